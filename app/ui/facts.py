"""What is known of one device now: its row of the list, and the whole reading once it is there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui import evidence_words, wording, words
from app.ui.devices import words as device_words
from core.model.device import DeviceSummary
from core.model.reading import Alert, EngineLife, Note, Reading, Status, Supply, Tray


@dataclass(frozen=True, slots=True)
class Facts:
    """A device with its newest reading; without one, what the list knows."""

    summary: DeviceSummary
    reading: Reading | None = None

    @property
    def supplies(self) -> tuple[Supply, ...]:
        """Consumed supplies first, in colour order, then the rest."""
        found: tuple[Supply, ...] = ()
        if self.reading is not None:
            found = self.reading.supplies
        elif self.summary.latest is not None:
            found = self.summary.latest.supplies
        return in_order(found)

    @property
    def meters(self) -> list[tuple[str, int]]:
        """The known meters in reading order."""
        found: dict[str, int] = {}
        if self.reading is not None:
            found = self.reading.meters
        elif self.summary.latest is not None:
            found = self.summary.latest.meters
        return sorted(found.items(), key=lambda item: words.meter_order(item[0]))

    @property
    def engine_life(self) -> EngineLife | None:
        """The engine's life with its unit."""
        if self.reading is not None:
            return self.reading.engine_life
        return self.summary.latest.engine_life if self.summary.latest else None

    @property
    def status(self) -> Status | None:
        """State, conditions and panel."""
        if self.reading is not None:
            return self.reading.status
        return self.summary.latest.status if self.summary.latest else None

    @property
    def trays(self) -> tuple[Tray, ...]:
        """The input trays."""
        return self.reading.trays if self.reading else ()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What the printer itself complains of."""
        return self.reading.alerts if self.reading else ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """Remarks that a person should see."""
        if self.reading is not None:
            return self.reading.notes
        return self.summary.latest.notes if self.summary.latest else ()

    @property
    def taken_at(self) -> str | None:
        """When it was read."""
        if self.reading is not None:
            return self.reading.taken_at
        return self.summary.latest.taken_at if self.summary.latest else None

    def subtitle(self) -> str:
        """Model and serial, and under them when it was read and what that cost."""
        device = self.summary.device
        who = [device_words.model_name(device.identity), device.identity.serial]
        return "\n".join(line for line in (_line(who), _line(self._visit())) if line)

    def _visit(self) -> list[str | None]:
        parts: list[str | None] = []
        if self.taken_at:
            form = QCoreApplication.translate("Facts", "read %1")
            parts.append(form.replace("%1", wording.moment(self.taken_at), 1))
        if self.reading is not None and self.reading.cost is not None:
            asked = self.reading.cost.requests
            said = QCoreApplication.translate("Facts", "%n request(s)", "", asked)
            parts.append(wording.counted(said, asked))
        return parts

    def identity_lines(self) -> list[tuple[str, str, str]]:
        """Label, text and provenance path of who the device is; what is not known is left out."""
        device, identity = self.summary.device, self.summary.device.identity
        lines = (
            (
                QCoreApplication.translate("Facts", "Address"),
                device_words.cable(device.endpoint) or str(device.endpoint),
                "",
            ),
            (QCoreApplication.translate("Facts", "Serial"), identity.serial, "identity.serial"),
            (QCoreApplication.translate("Facts", "MAC"), identity.mac, "identity.mac"),
            (QCoreApplication.translate("Facts", "Name"), identity.name, "identity.name"),
            (
                QCoreApplication.translate("Facts", "Host name"),
                identity.hostname,
                "identity.hostname",
            ),
            (QCoreApplication.translate("Facts", "Place"), identity.location, "identity.location"),
            (
                QCoreApplication.translate("Facts", "Firmware"),
                identity.firmware,
                "identity.firmware",
            ),
        )
        return [(name, text, path) for name, text, path in lines if text]


def _line(parts: list[str | None]) -> str:
    return " · ".join(part for part in parts if part)


def in_order(found: tuple[Supply, ...]) -> tuple[Supply, ...]:
    """Put consumed supplies first, in colour order, then the rest."""
    first = device_words.consumed(found)
    return (*first, *(s for s in found if s not in first))


_ABOUT = {
    "meters": ("life", "total", "meter", "counter", "several_markers", "pjl_no_page_count"),
    "supplies": ("supply", "supplies", "level"),
    "identity": ("serial", "identity", "name"),
}
_WORDS = {"meters": ("impressions", "pages"), "supplies": ("%", "level"), "identity": ()}


def notes_about(notes: tuple[Note, ...], place: str) -> list[Note]:
    """Give the notes that belong to "meters", "supplies" or "identity"; "" gives the others."""
    return [note for note in notes if _place(note) == place]


def _place(note: Note) -> str:
    for place, starts in _ABOUT.items():
        if note.code.startswith(starts):
            return place
    if note.code == "sources_disagree":  # about whatever it names
        return next((p for p, said in _WORDS.items() if any(w in note.text for w in said)), "")
    return ""


def as_text(facts: Facts) -> str:
    """Write a device as plain text, to paste into a mail or a ticket."""
    lines = [device_words.place_name(facts.summary), facts.subtitle(), ""]
    lines += [f"{name}: {text}" for name, text, _ in facts.identity_lines()]
    device = facts.summary.device
    if device.evidence:
        form = QCoreApplication.translate("Facts", "Found by: %1")
        lines.append(form.replace("%1", evidence_words.ways(device), 1))
    lines += [f"{words.meter(key)}: {wording.number(value)}" for key, value in facts.meters]
    if facts.engine_life is not None:
        lines.append(f"{engine_life_label()}: {engine_life(facts.engine_life)}")
    for supply in facts.supplies:
        level = words.level(supply.state, supply.level_percent)
        lines.append(f"{words.supply_name(supply)}: {level}")
    if facts.summary.problem is not None:
        lines.append(facts.summary.problem.text)
    return "\n".join(lines)


def engine_life_label() -> str:
    """Name the engine's life."""
    return QCoreApplication.translate("Facts", "Engine life")


def engine_life(life: EngineLife) -> str:
    """Write the engine's life with its unit."""
    return f"{wording.number(life.value)} {words.unit(life.unit)}"
