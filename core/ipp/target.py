"""Where a printer is asked by IPP: address, port, with or without TLS, path."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Final, Self
from urllib.parse import SplitResult, quote, urlsplit

from core.model.problem import BadInputError, RefusedError

IPP_PORT: Final = 631
# Raw printing (JetDirect and its siblings) and LPD: bytes sent there come out as paper.
_PRINTING_PORTS: Final = frozenset((*range(9100, 9108), 515))
# Absolute, in the characters of a URI's path (RFC 3986), and short.
_PATH: Final = re.compile(r"/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/-]{0,254}\Z")
_ZONED: Final = re.compile(r"[^%]+(%[A-Za-z0-9._-]+)?\Z")
_SCHEMES: Final = {
    "ipp": (False, 631),
    "ipps": (True, 631),
    "http": (False, 80),
    "https": (True, 443),
}


@dataclass(frozen=True, slots=True)
class IppTarget:
    """One place to ask. ``path`` ``None`` stands for the usual ones, tried in turn.

    ``address`` is an IP address in text form, never a name: a name could lead elsewhere between
    two questions. Raises ``RefusedError`` (``ipp_port_denied``) for a port that prints what it
    receives, ``BadInputError`` (``ipp_bad_target``) for what is no target.
    """

    address: str
    port: int = IPP_PORT
    tls: bool = False
    path: str | None = None

    def __post_init__(self) -> None:
        try:
            ip_address(self.address)
        except ValueError:
            raise _bad(f"{self.address[:80]!r} is no IP address") from None
        if not _ZONED.match(self.address):
            raise _bad(f"{self.address[:80]!r} names no network interface after its %")
        if not 1 <= self.port <= 65535:
            raise _bad(f"port {self.port} is not between 1 and 65535")
        if self.port in _PRINTING_PORTS:
            raise RefusedError(
                "ipp_port_denied",
                f"Port {self.port} prints what it receives and is never asked.",
                "Ask by IPP on port 631, or by IPP with TLS on port 443.",
            )
        if self.path is not None and not _PATH.match(self.path):
            raise _bad(f"{self.path[:80]!r} is no path of a URI")

    def __str__(self) -> str:
        return f"{'ipps' if self.tls else 'ipp'}://{self._authority(zone=True)}{self.path or '/'}"

    @property
    def uri(self) -> str:
        """The URI that names this printer in a request (RFC 3510, RFC 7472)."""
        return f"{'ipps' if self.tls else 'ipp'}://{self.host}{self.path or '/'}"

    @property
    def url(self) -> str:
        """The URL that the request is posted to (RFC 8010 section 4)."""
        authority = self._authority(zone=True)
        return f"{'https' if self.tls else 'http'}://{authority}{self.path or '/'}"

    @property
    def host(self) -> str:
        """Address and port for the Host header; a zone means nothing at the other end."""
        return self._authority(zone=False)

    def _authority(self, *, zone: bool) -> str:
        if ":" not in self.address:
            return f"{self.address}:{self.port}"
        address = self.address if zone else self.address.partition("%")[0]
        return f"[{address.replace('%', '%25')}]:{self.port}"

    def at(self, path: str) -> Self:
        """Give the same place with another path."""
        return replace(self, path=path)

    def redirected(self, location: str) -> Self | None:
        """Give the target that a Location header names, or ``None`` where that is no place at the
        same address that may be asked.
        """
        try:
            parts = urlsplit(location)
            tls, port = _SCHEMES.get(parts.scheme, (self.tls, self.port))
            if not location or (parts.netloc and not self._is_here(parts)):
                return None
            port = (parts.port or port) if parts.netloc else port
            if parts.scheme and (parts.scheme not in _SCHEMES or not parts.netloc):
                return None
            return replace(self, port=port, tls=tls, path=parts.path or "/")
        except (ValueError, BadInputError, RefusedError):
            return None

    def _is_here(self, parts: SplitResult) -> bool:
        host = (parts.hostname or "").replace("%25", "%")
        return ip_address(host) == ip_address(self.address)


def resource_path(text: str) -> str | None:
    """Make a path of the resource that a DNS-SD record names (``rp``), or ``None``.

    It comes without its first slash and unquoted (Bonjour Printing Specification, section 9.2).
    """
    path = "/" + quote(text.strip().lstrip("/"), safe="/%:@!$&'()*+,;=~")
    return path if _PATH.match(path) else None


def _bad(why: str) -> BadInputError:
    return BadInputError("ipp_bad_target", f"{why}.", "Give an address, a port and a path.")
