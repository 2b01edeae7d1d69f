"""What spoke for a printer, and why an address was refused, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model.device import Device
from core.model.evidence import Evidence
from core.model.provenance import Source

_SOURCES = {
    Source.SNMP: "SNMP",
    Source.DNS_SD: "DNS-SD",
    Source.WS_DISCOVERY: "WS-Discovery",
    Source.IPP: "IPP",
    Source.USB: "USB",
    Source.WEB: QT_TRANSLATE_NOOP("Evidence", "Web page"),
    Source.SCRIPT: QT_TRANSLATE_NOOP("Evidence", "Script"),
}


def source(name: Source) -> str:
    """Name a way in which a printer was heard."""
    return QCoreApplication.translate("Evidence", _SOURCES[name])


def title(evidence: Evidence, device: Device) -> str:
    """Name a piece of evidence, SNMP with its version where that is known."""
    named = source(evidence.source)
    known = evidence.source is Source.SNMP and device.version is not None
    return f"{named} v{device.version}" if known else named


def said(evidence: Evidence, device: Device) -> str:
    """Give what the evidence says, without the name that already stands before it."""
    head = title(evidence, device)
    for start in (f"{head}: ", f"{source(evidence.source)}: "):
        if evidence.detail.startswith(start):
            return capital(evidence.detail.removeprefix(start))
    return evidence.detail


def ways(device: Device) -> str:
    """Name everything that spoke for a printer on one line: "SNMP v2c, IPP"."""
    return ", ".join(dict.fromkeys(title(each, device) for each in device.evidence))


def sentence(reason: str) -> str:
    """Make a sentence of a reason, which comes without its subject and its full stop."""
    text = capital(reason.strip())
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def capital(text: str) -> str:
    """Begin with a capital, except where the first word is a name that is spelt otherwise."""
    first = text.split(" ", 1)[0]
    return text if first != first.lower() else text[:1].upper() + text[1:]
