"""What a dealer types, checked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from core.model.hostname import host_name
from core.model.plain import plain
from hub.errors import HubInputError

_LIFE = re.compile(r"([0-9]{1,5})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_LONGEST_LIFE = dt.timedelta(days=30)
_LONGEST_CUSTOMER, _LONGEST_NAME = 200, 64


def parse_life(text: str) -> dt.timedelta:
    """Read a length of time, such as "24h"; raises ``HubInputError`` (``bad_life``)."""
    found = _LIFE.fullmatch(text)
    life = dt.timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else dt.timedelta()
    if not dt.timedelta() < life <= _LONGEST_LIFE:
        raise HubInputError(
            "bad_life",
            f'"{plain(text, 40)}" is no length of time for a code.',
            "For example 30m, 24h or 7d; at most 30d.",
        )
    return life


def check_customer(text: str) -> str:
    """Give a customer's name without the blanks around it; raises ``HubInputError``."""
    return _shown("bad_customer", "The customer's name", text, _LONGEST_CUSTOMER)


def check_name(text: str) -> str:
    """Give the dealer's name without the blanks around it; raises ``HubInputError``."""
    return _shown("bad_hub_name", "The hub's name", text, _LONGEST_NAME)


def _shown(code: str, what: str, text: str, longest: int) -> str:
    name = text.strip()
    if not 0 < len(name) <= longest or not name.isprintable():
        raise HubInputError(
            code,
            f"{what} is empty, too long or has characters that do not print.",
            f"Give 1 to {longest} characters on one line.",
        )
    return name


def check_hosts(given: Iterable[str], machine: str) -> tuple[str, ...]:
    """Give the names of a hub, those that were given first; ``machine`` is this machine's own.

    Raises ``HubInputError`` (``bad_host``).
    """
    hosts = []
    for text in given:
        host = host_name(text)
        if host is None:
            raise HubInputError(
                "bad_host",
                f'"{plain(text, 80)}" is no host name or address.',
                "For example hub.example.com or 192.0.2.7, without a port.",
            )
        hosts.append(host)
    own = [host for host in ("localhost", "127.0.0.1", host_name(machine)) if host]
    return tuple(dict.fromkeys([*hosts, *own]))
