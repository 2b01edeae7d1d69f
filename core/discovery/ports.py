"""Which UDP ports may be asked."""

from __future__ import annotations

from core.discovery.errors import PrintingPortError, TargetError, shown

# Raw printing (JetDirect and its siblings) and LPD: bytes sent there come out as paper.
PRINTING = frozenset((*range(9100, 9108), 515))


def parse_port(digits: str, text: str, *, asked: bool = True) -> int:
    """Read a port; ``text`` is the whole target for the message; raises ``TargetError``."""
    if not (digits.isascii() and digits.isdigit()):
        raise TargetError(text, f"{shown(digits, 20)} is not a port number")
    return check_port(int(digits[:9]), text, asked=asked)


def check_port(port: int, text: str, *, asked: bool = True) -> int:
    """Give ``port`` back if it may be asked (or merely left out: ``asked`` false)."""
    if not 1 <= port <= 65535:
        raise TargetError(text, f"port {port} is not between 1 and 65535")
    if asked and port in PRINTING:
        raise PrintingPortError(
            text,
            f"port {port} prints what it receives and is never asked",
            "Leave the port out (161 is used), or give the port that SNMP listens on.",
        )
    return port
