"""The dealer's authority and the hub's own certificate, as files in the hub's folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.model.jsonio import from_json, to_json
from core.model.problem import BadInputError, RefusedError
from core.pki.certificates import (
    Authority,
    check_time,
    hosts_of,
    issue_server,
    make_authority,
    new_key,
    same_key,
    signed_by,
)
from core.pki.errors import unreadable
from core.pki.files import read_bytes, read_certificate, read_key, write_private
from core.pki.pem import certificate_pem, key_pem, load_certificate
from hub.errors import HubError

_AUTHORITY, _AUTHORITY_KEY = "authority.pem", "authority.key"
_SERVER, _SERVER_KEY = "server.pem", "server.key"
_HUB = "hub.json"
#: The hub renews its own certificate when less than this is left.
RENEW = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class HubFacts:
    """What ``init`` was told: the dealer's name and the names that the hub is reached by."""

    name: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HubKeys:
    """The authority, and the PEM texts that the listeners show."""

    facts: HubFacts
    authority: Authority
    server_pem: bytes
    server_key: bytes = field(repr=False)

    @property
    def authority_pem(self) -> bytes:
        """The authority's certificate."""
        return certificate_pem(self.authority.certificate)


def init(folder: Path, facts: HubFacts, now: dt.datetime) -> None:
    """Make a new hub's authority and certificate; raises ``RefusedError`` where there is one.

    An authority without a hub (``hub.json`` comes last) is one of an ``init`` that was cut short,
    or what is left of a lost hub: it is kept, and with it every agent that was enrolled by it.
    """
    if _there(folder / _HUB):
        raise RefusedError(
            "hub_exists",
            f"There is a hub in {folder} already.",
            "Choose another folder. A new authority would shut out every enrolled agent.",
        )
    if _there(folder / _AUTHORITY_KEY) and _there(folder / _AUTHORITY):
        authority = _read_authority(folder)
    else:
        authority = make_authority(facts.name, now)
        write_private(folder / _AUTHORITY_KEY, key_pem(authority.key))
        write_private(folder / _AUTHORITY, certificate_pem(authority.certificate))
    _issue(folder, authority, facts.hosts, now)
    write_private(folder / _HUB, to_json(facts).encode())


def check_there(folder: Path) -> None:
    """Raise ``HubError`` (``no_hub``) where there is no hub in a folder."""
    if not _there(folder / _HUB):
        raise HubError(
            "no_hub", f"There is no hub in {folder}.", "Make one with `platen-hub init`."
        )


def load(folder: Path) -> HubKeys:
    """Read the hub's files; raises ``HubError`` where there is no hub, and ``PkiError`` that names
    a file that cannot be used.
    """
    check_there(folder)
    facts = _read_facts(folder / _HUB)
    authority = _read_authority(folder)
    server, key = read_certificate(folder / _SERVER), read_key(folder / _SERVER_KEY)
    if not same_key(server, key):
        raise unreadable(folder / _SERVER_KEY, f"it does not belong to {_SERVER}")
    if not signed_by(server, authority.certificate):
        raise unreadable(folder / _SERVER, f"it is not signed by {_AUTHORITY}")
    return HubKeys(facts, authority, certificate_pem(server), key_pem(key))


def renewed(
    folder: Path, keys: HubKeys, now: dt.datetime, hosts: Iterable[str] = ()
) -> HubKeys | None:
    """Renew the hub's own certificate where it nears its end, is not valid yet (the clock was put
    right) or lacks one of the hub's names or of ``hosts``; ``None`` where it is good.

    Raises ``PkiError``, also where the authority itself is not valid now.
    """
    server = load_certificate(keys.server_pem)
    wanted = {*keys.facts.hosts, *hosts}
    begin, end = server.not_valid_before_utc, server.not_valid_after_utc
    if begin <= now < end - RENEW and wanted <= hosts_of(server):
        return None
    what = f"The hub's authority ({folder / _AUTHORITY})"
    check_time(keys.authority.certificate, now, what, "make a new hub; every agent enrols again.")
    # Names of before stay: another process may serve by them.
    names = [*keys.facts.hosts, *sorted((wanted | hosts_of(server)) - set(keys.facts.hosts))]
    return replace(keys, server_pem=_issue(folder, keys.authority, names, now))


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise unreadable(path, error.strerror or type(error).__name__) from None
    return True


def _read_facts(path: Path) -> HubFacts:
    data = read_bytes(path)
    try:
        facts = from_json(data, HubFacts)
    except BadInputError:
        raise unreadable(path, "it is damaged") from None
    if not facts.hosts:
        raise unreadable(path, "it names no host")
    return facts


def _read_authority(folder: Path) -> Authority:
    certificate, key = read_certificate(folder / _AUTHORITY), read_key(folder / _AUTHORITY_KEY)
    if not same_key(certificate, key):
        raise unreadable(folder / _AUTHORITY_KEY, f"it does not belong to {_AUTHORITY}")
    return Authority(certificate, key)


def _issue(folder: Path, authority: Authority, hosts: Iterable[str], now: dt.datetime) -> bytes:
    # The key of the first certificate stays: two files cannot change in one step.
    path = folder / _SERVER_KEY
    if _there(path):
        key = read_key(path)
    else:
        key = new_key()
        write_private(path, key_pem(key))
    pem = certificate_pem(issue_server(authority, key, tuple(hosts), now))
    write_private(folder / _SERVER, pem)
    return pem
