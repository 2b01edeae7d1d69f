"""The part of the details that tells how a printer is reached, and how it wants to be asked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui import evidence_words, wording, words
from app.ui.devices import words as device_words
from app.ui.facts import Facts
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.long_words import breakable
from app.ui.map import words as map_words
from app.ui.tokens import XS, S
from app.ui.value_button import Values
from app.ui.web_page import told, web_address
from app.ui.widgets import label

_LABEL_WIDTH = 92
_QUIRKS = {
    "answers_from_other_address": QT_TRANSLATE_NOOP(
        "Connection", "It answers from another address than the one that was asked."
    ),
    "answers_from_other_port": QT_TRANSLATE_NOOP(
        "Connection", "It answers from another port than the one that was asked."
    ),
    "request_id_zero_in_errors": QT_TRANSLATE_NOOP(
        "Connection", "Its error messages do not say what they answer."
    ),
    "no_getbulk": QT_TRANSLATE_NOOP("Connection", "It knows no requests for many values at once."),
    "one_at_a_time": QT_TRANSLATE_NOOP("Connection", "It is asked for one value at a time."),
    "drops_large_replies": QT_TRANSLATE_NOOP(
        "Connection", "It sends no large answers: it is asked in small parts."
    ),
    "non_increasing_oids": QT_TRANSLATE_NOOP("Connection", "It lists its values out of order."),
    "walk_ends_in_error": QT_TRANSLATE_NOOP("Connection", "Its lists end with an error."),
    "silent_for_some_oids": QT_TRANSLATE_NOOP(
        "Connection", "It does not answer at all where some values are asked for."
    ),
    "malformed_answers": QT_TRANSLATE_NOOP("Connection", "Some of its answers are malformed."),
}


def quirk(name: str) -> str:
    """Say a quirk as a sentence."""
    text = _QUIRKS.get(name)
    return QCoreApplication.translate("Connection", text) if text else words.plain(name)


def lines(facts: Facts) -> list[tuple[str, str]]:
    """Give label and text of how the printer is reached; what is not known is left out. Its
    address stands among who it is already.
    """
    device = facts.summary.device
    cable = device_words.cable(device.endpoint)
    found = [
        (
            QCoreApplication.translate("Connection", "Web page"),
            _page(facts),
        ),
        (QCoreApplication.translate("Connection", "Network"), device.segment or ""),
        (
            QCoreApplication.translate("Connection", "Distance"),
            "" if cable else map_words.distance(device.hops),
        ),
        (QCoreApplication.translate("Connection", "Asked by"), _ways(facts)),
        (QCoreApplication.translate("Connection", "Credentials"), _credentials(facts)),
        (
            QCoreApplication.translate("Connection", "First seen"),
            wording.moment(device.first_seen),
        ),
        (QCoreApplication.translate("Connection", "Last seen"), wording.moment(device.last_seen)),
    ]
    return [(name, text) for name, text in found if text]


def _page(facts: Facts) -> str:
    """Say where the web page is, and how that is known; with nothing said of it, what is tried."""
    address, page = web_address(facts.summary), told(facts.summary)
    if address is None or page is None:
        return address or ""
    form = QCoreApplication.translate("Connection", "%1 (told by %2)")
    named = evidence_words.source(page.source)
    return form.replace("%1", address, 1).replace("%2", named, 1)


def _ways(facts: Facts) -> str:
    device = facts.summary.device
    sources = facts.reading.sources if facts.reading else ()
    named = [evidence_words.source(each) for each in sources]
    if device.version is not None:
        snmp = f"SNMP v{device.version}"
        named = [snmp if each == "SNMP" else each for each in named] or [snmp]
    return ", ".join(named)


def _credentials(facts: Facts) -> str:
    index = facts.summary.device.community_index
    if index is None:
        return ""
    # Never its text: which of the segment's names it was is all that anybody learns here.
    form = QCoreApplication.translate("Connection", "SNMP name no. %1 of its network")
    return form.replace("%1", wording.number(index + 1), 1)


def connection(facts: Facts, _values: Values) -> QWidget | None:
    """Tell how the printer is reached, how it wants to be asked, and what spoke for it."""
    device = facts.summary.device
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(XS)
    layout.addWidget(label(QCoreApplication.translate("Connection", "Connection"), "section"))
    grid = _grid()
    for name, text in lines(facts):
        _pair(grid, name, text)
    for each in device.quirks:
        _pair(grid, QCoreApplication.translate("Connection", "Peculiar"), quirk(each))
    layout.addLayout(grid)
    if device.evidence:
        layout.addSpacing(S)
        layout.addWidget(label(QCoreApplication.translate("Details", "Found by"), "section"))
        grid = _grid()
        for one in device.evidence:
            name = evidence_words.title(one, device)
            said = _pair(grid, name, breakable(evidence_words.said(one, device)))
            said.setAccessibleName(f"{name}: {one.detail}")
        layout.addLayout(grid)
    return box


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(S)
    grid.setVerticalSpacing(XS)
    grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    return grid


def _pair(grid: QGridLayout, name: str, text: str) -> QWidget:
    row = grid.rowCount()
    said = label(text, wrap=True, select=True)
    said.setContentsMargins(6, 0, 0, 0)
    said.setAccessibleName(f"{name}: {text}")
    grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(said, row, 1)
    return said
