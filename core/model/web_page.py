"""Where a printer says that its own web page is: read strictly, opened at the printer alone.

``adminurl`` of DNS-SD (Bonjour Printing Specification 1.2.1 section 9.2) and IPP's
``printer-more-info`` (RFC 8011 section 5.4.6). Whoever is on the wire may write anything there, and
what is opened is opened in a person's browser: so only http and https are pages, without a login
or a query, and the host is never taken from the text but from where the printer is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

_LONGEST = 200
_SCHEMES = frozenset({"http", "https"})
# What is sent there is printed: nothing of ours ever connects to these.
_PRINTED = frozenset({515, *range(9100, 9108)})
_PATH = "/:;=@!$&'()*+,~%-._"


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page: ``host`` in lower case, as the text names it; ``port`` ``None`` for the usual one."""

    scheme: str
    host: str
    port: int | None
    path: str

    @property
    def text(self) -> str:
        """The page as it was named."""
        return self._with(f"[{self.host}]" if ":" in self.host else self.host)

    def at(self, address: str) -> str | None:
        """Give the page's address at an IP address; ``None`` where no browser could open that."""
        try:
            known = ip_address(address)
        except ValueError:
            return None
        if "%" in address:  # no browser knows the interfaces of link-local addresses (RFC 6874)
            return None
        return self._with(f"[{address}]" if known.version == 6 else address)

    def is_at(self, hosts: Iterable[str]) -> bool:
        """Say whether its host is one of these; "name" stands for "name.local", too."""
        known = {name.casefold().rstrip(".") for name in hosts} - {""}
        return self.host in known or self.host.removesuffix(".local") in known

    def _with(self, host: str) -> str:
        place = host if self.port is None else f"{host}:{self.port}"
        return f"{self.scheme}://{place}{self.path}"


def web_page(text: str | None) -> WebPage | None:
    """Read a page; ``None`` for what is none, or what nobody should be sent to."""
    words = (text or "").split()
    if len(words) != 1 or len(words[0]) > _LONGEST or not words[0].isprintable():
        return None
    try:
        parts = urlsplit(words[0])
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not host or "@" in parts.netloc or "\\" in words[0]:
        return None
    if port in _PRINTED or port == 0:
        return None
    return WebPage(parts.scheme, host, port, "/" + quote(parts.path.lstrip("/"), safe=_PATH))


def plain_page(scheme: str = "http") -> WebPage:
    """Give the page that a printer has where it names none: the first one, at the usual port."""
    return WebPage(scheme, "", None, "/")
