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


#: How a reason for not taking an address begins (``core.discovery`` makes them), and what to do.
_REMEDIES = (
    (
        ("answered the sweep", "answers, but too slowly"),
        QT_TRANSLATE_NOOP("Evidence", "Scan again: it may have been busy or just waking up."),
    ),
    (
        ("could not be asked", "network not searched"),
        QT_TRANSLATE_NOOP(
            "Evidence", "Check this PC's network and firewall, and the networks that are searched."
        ),
    ),
    (
        ("answers with something", "takes connections"),
        QT_TRANSLATE_NOOP(
            "Evidence", "If it is a printer, switch SNMP on at its web page, then scan again."
        ),
    ),
)
_REMEDY = QT_TRANSLATE_NOOP(
    "Evidence",
    "If it is a printer, check that SNMP is on and its SNMP name is set here, then scan again.",
)


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


def remedy(reason: str) -> str:
    """Say what to do about an address that was not taken for this reason."""
    told = (text for starts, text in _REMEDIES if reason.startswith(starts))
    return QCoreApplication.translate("Evidence", next(told, _REMEDY))


def capital(text: str) -> str:
    """Begin with a capital, except where the first word is a name that is spelt otherwise."""
    first = text.split(" ", 1)[0]
    return text if first != first.lower() else text[:1].upper() + text[1:]
