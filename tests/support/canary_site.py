"""A whole site that does everything, failures too, while all that it says is kept for a search."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec

from core.snmp.v3.user import V3User
from tests.support.hub import Hub, running_hub
from tests.support.need import ROOT
from tests.support.simulated import simulated
from tests.support.site import Server
from tests.support.v3_agents import snmpd_v3

NETWORK = "127.47.1.0/28"
V3_PRINTER, V3_PORT = "127.64.1.1", 1161
#: No secret: whoever is refused has to be told as whom.
V3_NAME = "reader-33"
#: Every secret that can be entered.
COMMUNITY = "c4nary-community-7f"
WRONG_COMMUNITY = "c4nary-wrong-community-2b"
SECRETS = {
    "community": COMMUNITY,
    "wrong community": WRONG_COMMUNITY,
    "community of a set": "c4nary-kept-community-91",
    "v3 authentication": "c4nary-auth-password-é5",
    "v3 privacy": "c4nary-priv-password-c8",
    "web user": "c4nary-web-user-d0",
    "web password": "c4nary-web-password-1e",
    "too short a password": "c4n-pw7",
    "password in a damaged file": "c4nary-damaged-64",
    "password where none belongs": "c4nary-misplaced-aa",
    "wrong password": "c4nary-wrong-password-7d",
}
WHOLE_SET = {
    "communities": [SECRETS["community of a set"]],
    "users": [
        {
            "name": V3_NAME,
            "auth": "sha256",
            "auth_password": SECRETS["v3 authentication"],
            "priv": "aes128",
            "priv_password": SECRETS["v3 privacy"],
        }
    ],
    "logins": [{"user": SECRETS["web user"], "password": SECRETS["web password"]}],
}
BAD_SETS: list[Any] = [
    {"users": [{"name": "u", "auth": "sha1", "auth_password": SECRETS["too short a password"]}]},
    {"users": [{"name": "u", "auth": SECRETS["password where none belongs"]}]},
    {"logins": [{"user": SECRETS["web user"]}]},
    [SECRETS["password where none belongs"]],
]


@dataclass
class Told:
    """What was said, and where. ``outside`` is what leaves the building or may (hub, logs)."""

    secrets: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    outside: dict[str, bytes] = field(default_factory=dict)
    inside: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)  # where secrets belong
    delivered: int = 0

    @property
    def everywhere(self) -> dict[str, bytes]:
        return {**self.inside, **self.outside}


class Site:
    """The commands of a person at the machine, each with all that can be seen of it."""

    def __init__(self, folder: Path, hub: Hub, told: Told) -> None:
        self.folder, self.hub, self.told = folder, hub, told
        self.data = folder / "data"
        self._count = 0

    def platen(self, *arguments: str, typed: str = "") -> str:
        """Run a command to its end; its arguments and environment are read while it waits."""
        process = subprocess.Popen(
            [sys.executable, "-m", "app", *arguments, "--data", str(self.data)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._count += 1
        name = f"command {self._count} ({' '.join(arguments[:2])})"
        self.see(name, process.pid)
        out, errors = process.communicate(typed.encode(), timeout=60)
        self.told.inside[f"{name}, standard output"] = out
        self.told.inside[f"{name}, standard error"] = errors
        return out.decode()

    def see(self, name: str, pid: int) -> None:
        """Read what every user of the computer can see of a process, and what its owner can."""
        for file in ("cmdline", "environ"):
            self.told.inside[f"{name}, /proc {file}"] = Path(f"/proc/{pid}/{file}").read_bytes()

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.platen("status", "--json"))
        return found

    def files(self, folder: Path, what: str) -> dict[str, bytes]:
        """Read every file below a folder."""
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        found = {f"{what}: {path.relative_to(folder)}": path.read_bytes() for path in paths}
        for path in paths:
            if path.suffix == ".sqlite":
                found[f"{what}: {path.name}, unpacked"] = _unpacked(path)
        return found


def _unpacked(path: Path) -> bytes:
    """Give every value of a database, what is compressed in it too."""
    parts: list[bytes] = []
    with closing(sqlite3.connect(path)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                parts += [_plain(value) for value in row]
    return b"\n".join(parts)


def _plain(value: object) -> bytes:
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


@contextmanager
def canary_site(folder: Path) -> Iterator[Told]:
    """Do everything, and give all that was said."""
    told = Told(secrets=dict(SECRETS))
    wire = folder / "wire"
    os.environ["PLATEN_WIRE"] = str(wire)
    recorder = ("-m", "tests.support.recording_hub")
    try:
        with running_hub(folder / "hub", launcher=recorder) as hub:
            site = Site(folder, hub, told)
            _live(site)
            told.outside |= site.files(hub.folder, "hub")
    finally:
        del os.environ["PLATEN_WIRE"]
    told.outside["wire to the hub"] = wire.read_bytes()
    for name, data in site.files(site.data, "data folder").items():
        if name.startswith(("data folder: logs/", "data folder: bundles/")):
            told.outside[name] = data
            continue
        where = told.kept if name.endswith(("secrets.json", "border.key")) else told.inside
        where[name] = data
    yield told


def _live(site: Site) -> None:
    site.data.mkdir()
    masked = (f'{kind} = "mask"' for kind in ("addresses", "macs", "hostnames"))
    (site.data / "settings.toml").write_text("\n".join(["version = 1", "[privacy]", *masked, ""]))
    site.platen("settings", "set", "privacy.locations", "mask")
    log = site.folder / "agent.log"
    agent = Server(["-m", "app", "agent", "--data", str(site.data), "--log-level", "debug"], log)
    try:
        assert agent.ready.startswith("agent ready"), log.read_text()
        site.see("agent", agent.process.pid)
        with simulated(NETWORK, 3, "--community", COMMUNITY, port=1161):
            _work(site)
        _ask_by_v3(site)
        _fail(site)
        _ask_for_help(site)
    finally:
        agent.process.kill()
        agent.process.wait(10)
        assert agent.process.stdout is not None
        site.told.outside["agent, standard output"] = agent.process.stdout.read().encode()
        agent.process.stdout.close()
        site.told.outside["agent, log"] = log.read_bytes()


def _work(site: Site) -> None:
    code = site.hub.code()
    site.told.secrets["enrolment code"] = code
    site.platen("enrol", "--hub", site.hub.enrolment, typed=f"{code}\n")
    words = site.folder / "words"
    words.write_text(f"{COMMUNITY}\n")
    site.platen("scan", NETWORK, "--port", "1161", "--fast", "--community", f"@{words}")
    site.platen("collect", "--json")
    rows = [json.loads(line) for line in site.platen("devices", "--json").splitlines()]
    assert len(rows) == 3, rows
    for number, row in enumerate(rows):
        identity = row["device"]["identity"]
        site.told.hidden[f"address {number}"] = row["device"]["endpoint"]["address"]
        for kind in ("mac", "hostname", "name", "location"):
            if identity[kind]:
                site.told.hidden[f"{kind} {number}"] = identity[kind]
    if len(here := socket.gethostname()) > 5 and here != "localhost":
        site.told.hidden["name of this computer"] = here
    address = rows[0]["device"]["endpoint"]["address"]
    site.platen("read", address, "--port", "1161", "--json", "--community", f"@{words}")
    site.platen("credentials", "set", "all", "--from", "-", typed=json.dumps(WHOLE_SET))
    site.platen("credentials", "list", "--json")
    site.platen("settings", "show", "--json")
    end = time.monotonic() + 30
    while site.status()["waiting"] and time.monotonic() < end:
        time.sleep(0.1)
    with site.hub.store() as store:
        (agent,) = site.hub.agents().values()
        site.told.delivered = len(list(store.readings(agent, None)))


def _segment(*versions: str) -> str:
    targets = f'targets = ["{V3_PRINTER}"], port = {V3_PORT}, credentials = "all"'
    return f'[{{name = "by user", versions = {list(versions)}, {targets}}}]'


def _ask_by_v3(site: Site) -> None:
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
        site.platen("read", *asked, "--credentials", "all", "--trace")
        site.platen("discover", *asked, "--credentials", "all", "--all", "--json")
        for number, user in enumerate(_wrong_users(good)):
            _read_as(site, user, number)
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


def _read_as(site: Site, user: V3User, number: int) -> None:
    secrets = site.folder / f"passwords-{number}"
    secrets.touch(0o600)
    secrets.write_text(f"{user.auth_password}\n{user.priv_password}\n")
    whom = ("--v3-user", user.name, "--v3-auth", "sha256", "--v3-priv", "aes128")
    where = (V3_PRINTER, "--port", str(V3_PORT), "--v3-context", user.context or "")
    site.platen("read", *where, *whom, "--v3-secrets", str(secrets), "--timeout", "0.3")


def _ask_for_help(site: Site) -> None:
    """Make bundles: of all that went wrong until now, with an agent; saved, and looked into."""
    saved = site.folder / "saved.zip"
    site.platen("logs", "bundle", "--output", str(saved))
    with ZipFile(saved) as bundle:
        for name in bundle.namelist():
            site.told.outside[f"bundle: {name}"] = bundle.read(name)
    site.platen("logs", "show", "-n", "1000")
    site.platen("logs", "send")
    site.platen("alerts", "--all", "--json")


def _fail(site: Site) -> None:
    for bad in BAD_SETS:
        site.platen("credentials", "set", "bad", "--from", "-", typed=json.dumps(bad))
    broken = json.dumps(WHOLE_SET)[:-9] + SECRETS["password in a damaged file"]
    site.platen("credentials", "set", "bad", "--from", "-", typed=broken)
    wrong = site.folder / "wrong"
    wrong.write_text(f"{WRONG_COMMUNITY}\n")
    site.platen("scan", "127.47.2.1", "--port", "1161", "--fast", "--community", f"@{wrong}")
    site.platen("collect", "--json")  # nobody answers any more
    kept = site.data / "secrets.json"
    good = kept.read_bytes()
    kept.write_text(f'{{"version": 2, "secrets": "{SECRETS["password in a damaged file"]}"')
    site.platen("collect", "--json")
    site.platen("credentials", "list")
    kept.write_bytes(good)
    (site.data / "hub.json").write_text("{")
    site.platen("devices")
    site.status()
