"""Device URIs of CUPS that lead to a printer connected to this computer.

The forms are those of the backends usb, parallel and hp (HPLIP), and of ipp-usb's loopback ports.
Every other URI is dropped at once, unread: it may hold a login.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from core.discovery.local.identity import Told
from core.discovery.local.printer import Connection

_LONGEST = 1_023  # what IPP allows a URI (RFC 8011 section 5.1.6)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Where the daemon ipp-usb listens (its http-min-port and up).
_IPP_USB_PORTS = range(60_000, 65_536)
_DEVICE = re.compile(r"/dev/(?:usb/)?lp\d{1,3}\Z")
# "HP%20Laser%20(USB)._ipp._tcp.local": a printer that ipp-usb announces on this computer.
_ANNOUNCED = re.compile(r"(?P<name>.+) \(USB\)\._ipps?\._tcp\.local\.?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LocalUri:
    """What a device URI says. ``ipp_port`` is on this computer's loopback."""

    connection: Connection
    uri: str
    told: Told
    port: str | None = None
    ipp_port: int | None = None


def read_uri(text: str | None) -> LocalUri | None:
    """Read a device URI; ``None`` for one that leads elsewhere than to a local printer."""
    if not text or len(text) > _LONGEST or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        if parts.username is not None or parts.password is not None:
            return None
        reader = _READERS.get(parts.scheme.rpartition("+")[2])
        return None if reader is None else reader(text, parts)
    except ValueError:
        return None


def _usb(text: str, parts: SplitResult) -> LocalUri | None:
    if not parts.netloc:
        port = parts.path if _DEVICE.match(parts.path) else None
        return None if port is None else LocalUri("usb", text, Told("device URI"), port)
    vendor, model = unquote(parts.netloc), unquote(parts.path.lstrip("/"))
    return LocalUri("usb", text, Told("device URI", vendor, model, _serial(parts)))


def _parallel(text: str, parts: SplitResult) -> LocalUri | None:
    if not _DEVICE.match(parts.path):
        return None
    return LocalUri("parallel", text, Told("device URI"), parts.path)


def _hp(text: str, parts: SplitResult) -> LocalUri | None:
    """Read "hp:/usb/HP_LaserJet_1018?serial=..." and "hp:/par/...?device=/dev/parport0"."""
    _, bus, name = (*parts.path.split("/", 2), "", "")[:3]
    if bus not in {"usb", "par"} or not name:
        return None
    connection: Connection = "usb" if bus == "usb" else "parallel"
    model = unquote(name).replace("_", " ")
    return LocalUri(connection, text, Told("device URI", "HP", model, _serial(parts)))


def _ipp(text: str, parts: SplitResult) -> LocalUri | None:
    host = unquote(parts.hostname or "")
    if host in _LOOPBACK and parts.port in _IPP_USB_PORTS:
        return LocalUri("ipp-usb", text, Told("device URI"), ipp_port=parts.port)
    # The host's own case is in netloc; urlsplit's hostname is in lower case.
    found = _ANNOUNCED.match(unquote(parts.netloc))
    if found is None:
        return None
    return LocalUri("ipp-usb", text, Told("device URI", model=found.group("name")))


def _ippusb(text: str, parts: SplitResult) -> LocalUri | None:
    model = unquote(parts.path.lstrip("/")) or None
    told = Told("device URI", unquote(parts.netloc) or None, model, _serial(parts))
    return LocalUri("ipp-usb", text, told)


def _serial(parts: SplitResult) -> str | None:
    return next(iter(parse_qs(parts.query, max_num_fields=20).get("serial", ())), None)


_READERS = {
    "usb": _usb,
    "parallel": _parallel,
    "hp": _hp,
    "hpfax": _hp,
    "ipp": _ipp,
    "ipps": _ipp,
    "dnssd": _ipp,
    "ippusb": _ippusb,
}
