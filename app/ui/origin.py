"""Where a value comes from, as a sentence: a sentence answers before a table does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model.provenance import Confidence, Provenance, Source
from core.model.reading import Reading

_WAYS = {
    Source.SNMP: QT_TRANSLATE_NOOP("Origin", "by SNMP"),
    Source.DNS_SD: QT_TRANSLATE_NOOP("Origin", "from its announcement (DNS-SD)"),
    Source.WS_DISCOVERY: QT_TRANSLATE_NOOP("Origin", "from its announcement (WS-Discovery)"),
    Source.IPP: QT_TRANSLATE_NOOP("Origin", "by IPP"),
    Source.USB: QT_TRANSLATE_NOOP("Origin", "over USB"),
    Source.WEB: QT_TRANSLATE_NOOP("Origin", "from its web page"),
    Source.SCRIPT: QT_TRANSLATE_NOOP("Origin", "by a dealer's script"),
}
_WHAT = {
    Confidence.STANDARD: QT_TRANSLATE_NOOP("Origin", "A standard value"),
    Confidence.PROFILE: QT_TRANSLATE_NOOP("Origin", "%1's own value, known to its profile"),
    Confidence.DOUBTFUL: QT_TRANSLATE_NOOP("Origin", "A doubtful value"),
    Confidence.SCRIPT: QT_TRANSLATE_NOOP("Origin", "A value set by a dealer's script"),
}
_METER_NOTES = ("life", "total", "meter", "counter", "disagree", "implausible")


@dataclass(frozen=True, slots=True)
class Origin:
    """The answer to "where does this come from?": a question, a sentence, the evidence."""

    question: str
    sentence: str
    evidence: tuple[str, ...]
    rule: str
    remarks: tuple[str, ...]

    def as_text(self) -> str:
        """Give all of it as text, to paste into a mail."""
        parts = (self.question, self.sentence, *self.evidence, self.rule, *self.remarks)
        return "\n".join(part for part in parts if part)


def explain(reading: Reading, path: str, shown: str) -> Origin | None:
    """Explain the value at ``path``, written as ``shown``; ``None`` where nothing is known."""
    origin = reading.provenance.get(path)
    if origin is None:
        return None
    question = QCoreApplication.translate("Origin", "Where does %1 come from?")
    rule = QCoreApplication.translate("Origin", "Rule: %1")
    return Origin(
        question=question.replace("%1", shown, 1),
        sentence=_sentence(reading, origin),
        evidence=evidence(origin),
        rule=rule.replace("%1", origin.rule, 1) if origin.rule else "",
        remarks=_remarks(reading, path),
    )


def _sentence(reading: Reading, origin: Provenance) -> str:
    form = QCoreApplication.translate("Origin", "%1, read %2 at %3.")
    said = (
        form.replace("%1", what(origin, reading.identity.vendor), 1)
        .replace("%2", way(origin.source), 1)
        .replace("%3", wording.moment(origin.learned_at or reading.taken_at), 1)
    )
    if origin.confidence is Confidence.DOUBTFUL:
        doubt = QCoreApplication.translate(
            "Origin", "Sources disagree, or the printer cannot have done so much."
        )
        said = f"{said} {doubt}"
    return said


def what(origin: Provenance, vendor: str | None) -> str:
    """Say how far a value may be trusted: "Kyocera's own value, known to its profile"."""
    maker = vendor or QCoreApplication.translate("Origin", "The maker")
    return QCoreApplication.translate("Origin", _WHAT[origin.confidence]).replace("%1", maker, 1)


def way(source: Source) -> str:
    """Say by which way a value came."""
    return QCoreApplication.translate("Origin", _WAYS[source])


def evidence(origin: Provenance) -> tuple[str, ...]:
    """Give the places that were asked, each with what it said where that is known."""
    raw = (*origin.raw, *[""] * (len(origin.refs) - len(origin.raw)))
    lines = [
        f"{ref} = {text}" if text else ref for ref, text in zip(origin.refs, raw, strict=False)
    ]
    return tuple(lines)


def _remarks(reading: Reading, path: str) -> tuple[str, ...]:
    if not path.startswith(("meters.", "engine_life")):
        return ()
    return tuple(n.text for n in reading.notes if n.code.startswith(_METER_NOTES))
