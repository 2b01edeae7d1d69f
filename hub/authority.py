"""The dealer's authority and the hub's own certificate, as files in the hub's folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from core.model.jsonio import from_json, to_json
from core.pki.certificates import (
    Authority,
    issue_server,
    make_authority,
    new_key,
    same_key,
    signed_by,
)
from core.pki.errors import unreadable
from core.pki.files import (
    certificate_pem,
    key_pem,
    read_bytes,
    read_certificate,
    read_key,
    write_private,
)
from hub.errors import HubError

_AUTHORITY, _AUTHORITY_KEY = "authority.pem", "authority.key"
_SERVER, _SERVER_KEY = "server.pem", "server.key"
_HUB = "hub.json"
#: The hub renews its own certificate when less than this is left.
_RENEW = dt.timedelta(days=60)


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
    server_key: bytes

    @property
    def authority_pem(self) -> bytes:
        """The authority's certificate."""
        return certificate_pem(self.authority.certificate)


def init(folder: Path, facts: HubFacts, now: dt.datetime) -> None:
    """Make a new hub's authority and certificate; raises ``HubError`` where there is one."""
    if (folder / _AUTHORITY_KEY).exists() or (folder / _HUB).exists():
        raise HubError(
            "hub_exists",
            f"There is a hub in {folder} already.",
            "Choose another folder. A new authority would shut out every enrolled agent.",
        )
    authority = make_authority(facts.name, now)
    write_private(folder / _AUTHORITY_KEY, key_pem(authority.key))
    write_private(folder / _AUTHORITY, certificate_pem(authority.certificate))
    _new_server(folder, authority, facts, now)
    write_private(folder / _HUB, to_json(facts).encode())


def load(folder: Path, now: dt.datetime) -> HubKeys:
    """Read the hub's files, and renew its own certificate where it nears its end.

    Raises ``HubError`` where there is no hub, ``PkiError`` that names a file that cannot be used.
    """
    if not (folder / _HUB).exists():
        raise HubError(
            "no_hub", f"There is no hub in {folder}.", "Make one with `platen-hub init`."
        )
    facts = from_json(read_bytes(folder / _HUB), HubFacts)
    certificate = read_certificate(folder / _AUTHORITY)
    key = read_key(folder / _AUTHORITY_KEY)
    if not same_key(certificate, key):
        raise unreadable(folder / _AUTHORITY_KEY, f"it does not belong to {_AUTHORITY}")
    authority = Authority(certificate, key)
    _check_server(folder, authority, facts, now)
    return HubKeys(facts, authority, read_bytes(folder / _SERVER), read_bytes(folder / _SERVER_KEY))


def _check_server(folder: Path, authority: Authority, facts: HubFacts, now: dt.datetime) -> None:
    server = read_certificate(folder / _SERVER)
    if not same_key(server, read_key(folder / _SERVER_KEY)):
        raise unreadable(folder / _SERVER_KEY, f"it does not belong to {_SERVER}")
    if not signed_by(server, authority.certificate):
        raise unreadable(folder / _SERVER, f"it is not signed by {_AUTHORITY}")
    if server.not_valid_after_utc - now < _RENEW:
        _new_server(folder, authority, facts, now)


def _new_server(folder: Path, authority: Authority, facts: HubFacts, now: dt.datetime) -> None:
    # The key of the first certificate stays: two files cannot change in one step.
    path = folder / _SERVER_KEY
    if path.exists():
        key = read_key(path)
    else:
        key = new_key()
        write_private(path, key_pem(key))
    server = issue_server(authority, key, facts.hosts, now)
    write_private(folder / _SERVER, certificate_pem(server))
