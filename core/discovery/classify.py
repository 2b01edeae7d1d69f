"""What an address that answered is: findings for its printers, or a rejection with its reason."""

from __future__ import annotations

from core.discovery.answers import Answer
from core.discovery.probe import SYS_DESCR
from core.model.evidence import Evidence, Finding, Rejection
from core.model.provenance import Source
from core.snmp.access import Opened
from core.telemetry.identify import Identified
from core.telemetry.text import decode

_LONGEST = 80


def results(
    answer: Answer, opened: Opened, identified: tuple[Identified, ...], segment: str
) -> tuple[Finding | Rejection, ...]:
    """Give one finding for each printer behind the address; a rejection where there is none."""
    printers = [one for one in identified if one.is_printer]
    if not printers:
        why = identified[0].why if identified else "answers SNMP and says nothing about itself"
        return (Rejection(answer.endpoint, why, segment),)
    return tuple(
        Finding(
            endpoint=answer.endpoint,
            identity=printer.identity,
            evidence=(Evidence(Source.SNMP, _detail(answer, opened, printer)),),
            device_index=printer.device_index if len(printers) > 1 else None,
            segment=segment,
            version=str(opened.version),
            community_index=opened.community_index,
            provenance=printer.provenance,
        )
        for printer in printers
    )


def description(answer: Answer) -> str | None:
    """Give sysDescr as one short line, or ``None``."""
    for varbind in answer.varbinds:
        if varbind.oid == SYS_DESCR:
            octets = varbind.value.octets()
            return _line(octets) if octets else None
    return None


def _detail(answer: Answer, opened: Opened, printer: Identified) -> str:
    text = f"SNMP v{opened.version}: {printer.why}"
    descr = description(answer)
    if descr is not None and descr not in text:
        text = f"{text}; {descr}"
    return text if answer.answered_from is None else f"{text} (from {answer.answered_from})"


def _line(octets: bytes) -> str | None:
    line = decode(octets)
    return (line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…") or None
