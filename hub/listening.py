"""Where the hub listens, and where it tells agents to deliver."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.model.hostname import host_name
from core.model.plain import plain
from hub.errors import HubInputError

UPLINK, ENROLMENT = "127.0.0.1:7443", "127.0.0.1:7444"
_PORT = re.compile(r"[0-9]{1,5}")
#: Addresses that mean "every one of ours"; an agent cannot be told them.
_ANY = ("0.0.0.0", "::")  # noqa: S104


@dataclass(frozen=True, slots=True)
class Place:
    """A host (name or address, without brackets) and a port; 0 is any port that is free."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the hub listens: ``HOST:PORT`` of both, and the ``HOST`` or ``HOST:PORT`` that agents
    are told instead, for a hub behind a balancer.
    """

    uplink: str = UPLINK
    enrolment: str = ENROLMENT
    public: str | None = None

    def told(self, uplink: Place, hosts: Sequence[str]) -> Place:
        """Give the place that agents are told; port 0 is the port of the listener.

        ``hosts`` are the hub's names. Raises ``HubInputError``.
        """
        if self.public is not None:
            host = host_name(self.public.removeprefix("[").removesuffix("]"))
            return Place(host, 0) if host else parse_place(self.public)
        return Place(hosts[0] if uplink.host in _ANY else uplink.host, 0)


def parse_place(text: str) -> Place:
    """Read ``HOST:PORT``; raises ``HubInputError`` (``bad_listen``)."""
    host, _, port = text.rpartition(":")
    name = host_name(host.removeprefix("[").removesuffix("]"))
    if name is None or not _PORT.fullmatch(port) or int(port) > 65535:
        raise HubInputError(
            "bad_listen", f'"{plain(text, 80)}" is not HOST:PORT.', "For example 0.0.0.0:7443."
        )
    return Place(name, int(port))
