"""Where a hub is: ``HOST:PORT``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.model.hostname import host_name
from core.model.plain import plain
from core.model.problem import BadInputError

_PORT = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class HubAddress:
    """A host name or IP address (without brackets), and a TCP port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def target(self) -> str:
        """The same for gRPC. The scheme is named: a host called "unix" is a host too."""
        return f"dns:///{self}"


def parse_address(text: str) -> HubAddress:
    """Read ``HOST:PORT``, ``1.2.3.4:PORT`` or ``[::1]:PORT``.

    Raises ``BadInputError`` (code ``bad_hub_address``).
    """
    shown, _, port = text.strip().rpartition(":")
    bracketed = shown.startswith("[") and shown.endswith("]")
    host = host_name(shown[1:-1] if bracketed else shown)
    if (
        host is None
        or (":" in host) is not bracketed
        or not _PORT.fullmatch(port)
        or not 0 < int(port) < 65536
    ):
        raise BadInputError(
            "bad_hub_address",
            f'"{plain(text, 80)}" is not HOST:PORT.',
            "For example hub.example.com:443.",
        )
    return HubAddress(host, int(port))
