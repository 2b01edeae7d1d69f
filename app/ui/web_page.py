"""Where a printer's own web page is."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from core.model.device import DeviceSummary
from core.model.reading import Reading

_URL = re.compile(r"https?://[^\s\"'<>()]{1,200}", re.IGNORECASE)


def web_address(summary: DeviceSummary, reading: Reading | None = None) -> str | None:
    """Give the address of the page: what the printer announced, else plain http.

    Only the printer's own host counts: what it says of itself must not lead elsewhere. ``None``
    for a printer on a cable.
    """
    host = summary.device.endpoint.address
    try:
        address = ip_address(host)
    except ValueError:
        return None
    named = f"[{host}]" if address.version == 6 else host
    for url in _told(summary, reading):
        if _own(url, summary):
            return url
    return f"http://{named}/"


def _told(summary: DeviceSummary, reading: Reading | None) -> list[str]:
    texts = [each.detail for each in summary.device.evidence]
    if reading is not None:
        texts += [text for origin in reading.provenance.values() for text in origin.raw]
    return [found.rstrip(".,;") for text in texts for found in _URL.findall(text)]


def _own(url: str, summary: DeviceSummary) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        plain = not parts.username and parts.port in {None, 80, 443, 8000, 8080, 8443}
    except ValueError:
        return False
    if not plain:
        return False
    names = {summary.device.endpoint.address, (summary.device.identity.hostname or "").lower()}
    return host in names - {""}
