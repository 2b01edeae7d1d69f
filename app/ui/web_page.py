"""Where a printer's own web page is."""

from __future__ import annotations

from core.model.device import DeviceSummary
from core.model.evidence import Evidence
from core.model.provenance import Source
from core.model.web_page import plain_page, web_page

# Who is asked first: ``adminurl`` of DNS-SD is for this very purpose; IPP's may be about drivers.
_ORDER = (Source.DNS_SD, Source.IPP)


def web_address(summary: DeviceSummary) -> str | None:
    """Give the address of the page: what the printer names, else https or http by what answered.

    Always at the printer's present address, whatever host was named: what a printer says of itself
    leads a browser to that printer or nowhere. ``None`` for a printer on a cable.
    """
    page = told(summary)
    found = None if page is None else web_page(page.url)
    return (found or plain_page()).at(summary.device.endpoint.address)


def told(summary: DeviceSummary) -> Evidence | None:
    """Give the evidence that names the page, or ``None``."""
    named = [one for one in summary.device.evidence if web_page(one.url) is not None]
    return min(named, key=_rank, default=None)


def _rank(evidence: Evidence) -> int:
    known = evidence.source in _ORDER
    return _ORDER.index(evidence.source) if known else len(_ORDER)
