"""What is done at the site of the canaries: all that the program can do, and all that can fail."""

from __future__ import annotations

import json
import re
import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from core.snmp.access import Version
from core.snmp.message import PduKind, encode_request
from core.snmp.types import parse_oid
from core.snmp.v3.user import V3User
from tests.support.canary_page import look_at_page
from tests.support.canary_values import (
    BAD_SETS,
    COMMUNITY,
    CRASH,
    JOBS,
    SECRETS,
    V3_NAME,
    WHOLE_SET,
    WRONG_COMMUNITY,
)
from tests.support.simulated import simulated
from tests.support.v3_agents import snmpd_v3

if TYPE_CHECKING:
    from tests.support.canary_site import Site

PORT = 1161
#: All masked; then, by segment: all left out; all shown.
MASKED, LEFT_OUT, SHOWN = "127.77.1.0/28", "127.77.4.0/28", "127.77.5.0/28"
V3_PRINTER, V3_PORT = "127.77.2.1", 1161
_KINDS = ("addresses", "macs", "hostnames", "locations")
_PLANTED = "tests.support.planted_printers"


def act(site: Site) -> None:
    """Do everything, with an agent that runs."""
    how = ("--community", COMMUNITY)
    with (
        simulated(MASKED, 3, *how, port=PORT, module=_PLANTED),
        simulated(LEFT_OUT, 2, *how, "--seed", "2", port=PORT, module=_PLANTED),
        simulated(SHOWN, 2, *how, "--seed", "3", port=PORT, module=_PLANTED),
    ):
        work(site)
        by_segment(site)
        look_at_page(site)
        crash(site)
    ask_by_v3(site)
    fail(site)
    ask_for_help(site)


def work(site: Site) -> None:
    """Enrol, search, read, export; by segments that are all masked."""
    code = site.hub.code()
    site.told.secrets["enrolment code"] = code
    site.platen("enrol", "--hub", site.hub.enrolment, typed=f"{code}\n")
    words = site.folder / "words"
    words.write_text(f"{COMMUNITY}\n")
    site.platen("scan", MASKED, "--port", f"{PORT}", "--fast", "--community", f"@{words}")
    rows = site.rows("devices")
    assert len(rows) == 3, rows
    site.told.hidden |= _told_of(rows)
    if len(here := socket.gethostname()) > 5 and here != "localhost":
        site.told.hidden["name of this computer"] = here
    _watch(site, rows[0]["device"]["identity"])
    site.platen("collect", "--json")
    address = rows[0]["device"]["endpoint"]["address"]
    site.told.answers.append(_ask_for_jobs(address))
    site.platen("read", address, "--port", f"{PORT}", "--json", "--community", f"@{words}")
    site.platen("credentials", "set", "all", "--from", "-", typed=json.dumps(WHOLE_SET))
    site.together(
        [
            ("credentials", "list", "--json"),
            ("settings", "show", "--json"),
            ("export", "--csv"),
            ("export", "--history", rows[0]["device"]["key"], "--json"),
            ("export", str(site.data / "export.xlsx"), "--history", rows[0]["device"]["key"]),
            ("history", rows[0]["device"]["key"], "--json"),
        ]
    )


def _watch(site: Site, identity: dict[str, Any]) -> None:
    """Make a rule that fires for every device, and has a person's words in it."""
    where = identity["location"] or identity["hostname"]
    rule = {
        "id": "standing", "name": f"Somebody looks after {where}", "weight": "info",
        "when": {"kind": "custom", "expression": "meters.total > 0"},
    }  # fmt: skip
    site.platen("rules", "add", "-", typed=json.dumps(rule))


def _told_of(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Give what the border is about, of devices."""
    found = {}
    for row in rows:
        key, identity = row["device"]["key"], row["device"]["identity"]
        found[f"address {key}"] = row["device"]["endpoint"]["address"]
        for kind in ("mac", "hostname", "name", "location"):
            if identity[kind]:
                found[f"{kind} {key}"] = identity[kind]
    return found


def _ask_for_jobs(address: str) -> bytes:
    """Ask a printer what must not be asked: it would have answered."""
    oids = [parse_oid(oid) for oid in JOBS]
    asked = encode_request(Version.V2C, COMMUNITY.encode(), PduKind.GET, 7, oids)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(5)
        sock.sendto(asked, (address, PORT))
        return sock.recv(65_535)


def by_segment(site: Site) -> None:
    """Leave everything of one segment out, show everything of another."""
    told = {LEFT_OUT: "omit", SHOWN: "show"}
    own = (
        {"name": f"{network} port {PORT}", **dict.fromkeys(_KINDS, how)}
        for network, how in told.items()
    )
    tables = ", ".join(
        "{" + ", ".join(f"{name} = {json.dumps(value)}" for name, value in one.items()) + "}"
        for one in own
    )
    site.platen("settings", "set", "privacy.segments", f"[{tables}]")
    words = f"@{site.folder / 'words'}"
    for network in told:
        site.platen("scan", network, "--port", f"{PORT}", "--fast", "--community", words)
    rows = site.rows("devices")
    of = {n: [r for r in rows if r["device"]["segment"] == f"{n} port {PORT}"] for n in told}
    assert [len(of[network]) for network in told] == [2, 2], rows
    site.told.left_out_keys = [row["device"]["key"] for row in of[LEFT_OUT]]
    site.told.shown = _told_of(of[SHOWN])
    known = {value.lower() for value in site.told.shown.values()}
    hidden = site.told.hidden | _told_of(of[LEFT_OUT])
    site.told.hidden = {n: value for n, value in hidden.items() if value.lower() not in known}
    site.platen("collect", "--json")
    end = time.monotonic() + 30
    while site.rows("status")[0]["waiting"] and time.monotonic() < end:
        time.sleep(0.1)


def crash(site: Site) -> None:
    """Let the agent and a command crash with all that they know."""
    words = f"@{site.folder / 'words'}"
    site.told.hidden["address of the crash"] = CRASH
    site.platen("scan", CRASH, "--once", "--port", f"{PORT}", "--community", words)
    crashing = "tests.support.crashing"
    site.platen("read", CRASH, "--port", f"{PORT}", "--community", words, module=crashing)


def _segment(*versions: str) -> str:
    targets = f'targets = ["{V3_PRINTER}"], port = {V3_PORT}, credentials = "all"'
    return f'[{{name = "by user", versions = {list(versions)}, {targets}}}]'


def ask_by_v3(site: Site) -> None:
    """Ask a real agent as a user: allowed, refused, with everything wrong; by stored sets too."""
    good = _user()
    with snmpd_v3(V3_PRINTER, [good], port=V3_PORT):
        # Not allowed; then allowed and answering.
        site.platen("discover", V3_PRINTER, "--credentials", "all")
        site.platen("settings", "set", "discovery.segments", _segment("2c"))
        site.platen("read", V3_PRINTER, "--port", str(V3_PORT), "--credentials", "all")
        site.platen("scan", "--fast")
        site.platen("settings", "set", "discovery.segments", _segment("3", "2c"))
        site.platen("scan", "--fast")
        site.platen("collect", "--json")
        asked = (V3_PRINTER, "--port", str(V3_PORT))
        users = _wrong_users(good)
        site.together(
            [
                ("read", *asked, "--credentials", "all", "--trace"),
                ("discover", *asked, "--credentials", "all", "--all", "--json"),
                *(_read_as(site, user, number) for number, user in enumerate(users)),
            ]
        )
        for user in users:
            kept = json.dumps({"users": [msgspec.to_builtins(user)]})
            site.platen("credentials", "set", "all", "--from", "-", typed=kept)
            site.platen("scan", "--fast")
    site.platen("credentials", "set", "all", "--from", "-", typed=json.dumps(WHOLE_SET))
    site.platen("credentials", "delete", "nobody has this one")


def _user() -> V3User:
    (user,) = WHOLE_SET["users"]
    return msgspec.convert(user, V3User)


def _wrong_users(good: V3User) -> list[V3User]:
    wrong = SECRETS["wrong password"]
    return [
        good,
        replace(good, auth_password=wrong),
        replace(good, priv_password=wrong),
        replace(good, name="nobody"),
        replace(good, context="nowhere"),
    ]


def _read_as(site: Site, user: V3User, number: int) -> tuple[str, ...]:
    secrets = site.folder / f"passwords-{number}"
    secrets.touch(0o600)
    secrets.write_text(f"{user.auth_password}\n{user.priv_password}\n")
    whom = ("--v3-user", V3_NAME if user.name == V3_NAME else user.name)
    where = (V3_PRINTER, "--port", str(V3_PORT), "--v3-context", user.context or "")
    how = ("--v3-auth", "sha256", "--v3-priv", "aes128")
    return ("read", *where, *whom, *how, "--v3-secrets", str(secrets), "--timeout", "0.3")


def fail(site: Site) -> None:
    """Enter what is wrong, ask nobody, damage files."""
    bad = json.dumps(WHOLE_SET)[:-9] + SECRETS["password in a damaged file"]
    sets = [*map(json.dumps, BAD_SETS), bad]
    site.together([("credentials", "set", "bad", "--from", "-")] * len(sets), sets)
    wrong = site.folder / "wrong"
    wrong.write_text(f"{WRONG_COMMUNITY}\n")
    nobody = "127.77.3.1"
    site.platen("scan", nobody, "--port", "1161", "--fast", "--community", f"@{wrong}")
    site.platen("collect", "--json")  # nobody answers any more
    kept = site.data / "secrets.json"
    good = kept.read_bytes()
    kept.write_text(f'{{"version": 2, "secrets": "{SECRETS["password in a damaged file"]}"')
    site.platen("collect", "--json")
    site.platen("credentials", "list")
    kept.write_bytes(good)
    (site.data / "hub.json").write_text("{")
    site.together([("devices",), ("status", "--json")])


def ask_for_help(site: Site) -> None:
    """Make bundles of all that went wrong until now: saved and looked into, refused, sent."""
    from tests.support.canary_site import unzipped

    saved = site.folder / "saved.zip"
    site.platen("logs", "bundle", "--output", str(saved))
    site.told.outside |= unzipped(saved, "bundle")
    site.platen("logs", "show", "-n", "1000")
    site.platen("logs", "send")  # nobody says yes
    assert re.search(r'"reference":', site.platen("logs", "send", "--yes", "--json"))
    site.platen("alerts", "--all", "--json")
