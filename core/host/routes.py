"""This machine's IPv4 routes, as far as its operating system shows them to anybody.

On Linux the main table only: what policy rules send elsewhere is not seen.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

_PATIENCE = 5.0
_UP, _REJECT = 0x0001, 0x0200  # linux/route.h
_IP = r"(\d{1,3}(?:\.\d{1,3}){3})"
# Destination, mask, gateway (or "On-link", in the system's language), interface, metric.
_WINDOWS = re.compile(rf"\s*{_IP}\s+{_IP}\s+(\S.*?)\s+{_IP}\s+(\d+)\s*", re.ASCII)
_NETSTAT = re.compile(r"(default|[\d.]+(?:/\d+)?)\s+(\S+)\s+([A-Za-z]+)\s+(?:\d+\s+\d+\s+)?(\S+)")


@dataclass(frozen=True, slots=True)
class Route:
    """A network and the router to it; ``gateway`` is ``None`` where it is on a wire of ours.

    ``interface`` is what the system calls it: a name, on Windows its address.
    """

    network: IPv4Network
    gateway: str | None
    interface: str
    metric: int = 0


def best(routes: Iterable[Route], address: str) -> Route | None:
    """Give the route that the system takes: the narrowest network, then the least metric."""
    wanted = IPv4Address(address)
    fitting = (route for route in routes if wanted in route.network)
    return min(fitting, key=lambda r: (-r.network.prefixlen, r.metric), default=None)


def system_routes() -> tuple[Route, ...]:
    """Read the routes; none where the system does not show them. May take a moment."""
    read = {"linux": _linux, "win32": _windows}.get(sys.platform, _netstat)
    with suppress(OSError, subprocess.SubprocessError):
        return read()
    return ()


def _linux() -> tuple[Route, ...]:
    return parse_linux(Path("/proc/net/route").read_text(encoding="ascii"))


def _windows() -> tuple[Route, ...]:
    root = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))
    return parse_windows(_output(str(root / "System32" / "route.exe"), "print", "-4"))


def _netstat() -> tuple[Route, ...]:
    return parse_netstat(_output("/usr/sbin/netstat", "-rn", "-f", "inet"))


def parse_linux(text: str) -> tuple[Route, ...]:
    """Read /proc/net/route: addresses are hexadecimal in the machine's order of octets."""
    routes = []
    for line in text.splitlines()[1:]:
        with suppress(ValueError, IndexError):
            name, destination, gateway, flags, _, _, metric, mask, *_ = line.split()
            if int(flags, 16) & (_UP | _REJECT) != _UP:
                continue
            network = IPv4Network((_from_hex(destination), _from_hex(mask)))
            router = _from_hex(gateway)
            by = None if router == "0.0.0.0" else router  # noqa: S104 - the kernel's "no gateway"
            routes.append(Route(network, by, name, int(metric)))
    return tuple(routes)


def parse_windows(text: str) -> tuple[Route, ...]:
    """Read the active routes of ``route print -4``, in any language of Windows."""
    routes = []
    for line in text.splitlines():
        match = _WINDOWS.fullmatch(line)
        if match is None:
            continue
        destination, mask, gateway, interface, metric = match.groups()
        with suppress(ValueError):
            network = IPv4Network((destination, mask))
            routes.append(Route(network, _router(gateway), interface, int(metric)))
    return tuple(routes)


def parse_netstat(text: str) -> tuple[Route, ...]:
    """Read ``netstat -rn -f inet`` of macOS and the BSDs, which shortens destinations."""
    routes = []
    for line in text.splitlines():
        match = _NETSTAT.match(line)
        if match is None:
            continue
        destination, gateway, flags, interface = match.groups()
        if "U" not in flags or set("RB") & set(flags):
            continue
        with suppress(ValueError):
            router = _router(gateway) if "G" in flags else None
            routes.append(Route(_long(destination), router, interface))
    return tuple(routes)


def _long(destination: str) -> IPv4Network:
    """Write out "10.1/16", "192.168.1" and "default"."""
    if destination == "default":
        return IPv4Network("0.0.0.0/0")
    numbers, _, prefix = destination.partition("/")
    octets = numbers.split(".")
    length = int(prefix) if prefix else 8 * len(octets)
    return IPv4Network((".".join([*octets, *["0"] * (4 - len(octets))]), length))


def _router(text: str) -> str | None:
    with suppress(ValueError):
        return str(IPv4Address(text))
    return None


def _from_hex(text: str) -> str:
    return socket.inet_ntoa(int(text, 16).to_bytes(4, sys.byteorder))


def _output(*command: str) -> str:
    quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    done = subprocess.run(  # noqa: S603 - a fixed program of the system's, by its full path
        command, capture_output=True, timeout=_PATIENCE, check=True, creationflags=quiet
    )
    return done.stdout.decode(errors="replace")
