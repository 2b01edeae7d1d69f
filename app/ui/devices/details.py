"""The pane with everything that one device tells, and where each value comes from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.ui.buttons import TextButton
from app.ui.choices import Switch
from app.ui.devices import words as device_words
from app.ui.devices.details_alerts import DetailsAlerts
from app.ui.devices.details_sections import SECTIONS
from app.ui.facts import Facts, as_text
from app.ui.fitting import FittingRow
from app.ui.provenance_card import ProvenanceCard
from app.ui.tokens import L, M, S
from app.ui.value_button import Values
from app.ui.web_page import web_address
from app.ui.widgets import ChipLabel, ElidedLabel, IconButton, button, clear, label
from core.model.device import DeviceSummary
from core.model.occurrence import Occurrence
from core.model.reading import Reading

_FIRST_EXPLAINED = "meters.total"
_LEAST_SCROLL = 48  # one value is in sight in the lowest of windows


class DeviceDetails(QFrame):
    """Shows one device. ``read_asked`` gives its key, ``recall_asked`` where its last readings are
    wanted, ``manage_asked`` with whether it is to be managed, ``alert_asked`` the key of an alert
    that is to be shown, ``alerts_asked`` the device whose are; ``privacy_asked`` gives the
    ``DeviceSummary`` whose way to the dealer is asked about; ``page_opened`` gives the address of
    the web page and whether a browser took it; ``shown`` when it is another device; ``closed`` is
    for panes that can go away.
    """

    read_asked = Signal(str)
    recall_asked = Signal(str)
    manage_asked = Signal(str, bool)
    history_asked = Signal(str)
    alert_asked = Signal(str)
    alerts_asked = Signal(str)
    privacy_asked = Signal(object)
    page_opened = Signal(str, bool)
    shown = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._facts: Facts | None = None
        self._busy: set[str] = set()
        self._values = Values(None, self)
        self._explained: str | None = _FIRST_EXPLAINED
        self._title = ElidedLabel(role="heading")
        self._chip = ChipLabel()
        self._subtitle = label(role="small", wrap=True)
        self._close = IconButton("close", self.tr("Close the details"))
        self._close.clicked.connect(self.closed)
        if not closable:
            self._close.hide()
        self._body = QVBoxLayout()
        self._alerts = DetailsAlerts()
        self._card = ProvenanceCard()
        self._card.closed.connect(self._close_card)
        self._make_buttons()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_hint())
        self._stack.addWidget(self._make_content())

    # --- making ---------------------------------------------------------------------------------

    def _make_hint(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(L, L, L, L)
        hint = label(
            self.tr(
                "Choose a printer to see everything it tells, and where each value comes from."
            ),
            "muted",
            wrap=True,
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(hint)
        return page

    def _make_buttons(self) -> None:
        self._read = button(self.tr("Read now"), "primary")
        self._read.clicked.connect(self._ask_read)
        self._history = _small(self.tr("History"), "history", self.tr("Show what was printed when"))
        self._history.clicked.connect(self._ask_history)
        self._web = _small(self.tr("Web page"), "web", self.tr("Open the printer's own web page"))
        self._web.clicked.connect(self.open_web_page)
        self._recall = button(self.tr("Last ten readings"), "link")
        self._recall.setToolTip(self.tr("Show the last ten readings side by side"))
        self._recall.clicked.connect(self.ask_recall)
        self._told = button(self.tr("What the dealer is told of it…"), "link")
        self._told.setToolTip(self.tr("Show what is told as it is, masked or left out"))
        self._told.clicked.connect(lambda: self.privacy_asked.emit(self.summary))
        self._copy = IconButton("copy", self.tr("Copy what is shown as text"))
        self._copy.clicked.connect(self._copy_text)
        self._managed = Switch(self.tr("Managed"))
        self._managed.setToolTip(self.tr("Read it at the usual times; otherwise it is only listed"))
        self._managed.clicked.connect(self._ask_manage)

    def _make_content(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(L, L, 2, L)  # the scroll bar stands at the edge
        layout.setSpacing(M)
        head = self._make_head()
        head.setContentsMargins(0, 0, L - 2, 0)
        layout.addLayout(head)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, L - 2, 0)
        line.addWidget(self._managed)
        line.addStretch(1)
        line.addWidget(self._recall)
        layout.addLayout(line)
        layout.addWidget(self._make_scroll(), 1)
        foot = FittingRow()
        foot.setContentsMargins(0, 0, L - 2, 0)
        foot.setSpacing(S)
        for each in (self._read, self._history, self._web):
            foot.addWidget(each)
        foot.addStretch(1)
        foot.addWidget(self._copy)
        layout.addLayout(foot)
        return page

    def _make_head(self) -> QVBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(S)
        line.addWidget(self._title)
        line.addWidget(self._chip)
        line.addStretch(1)
        line.addWidget(self._close)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addLayout(line)
        head.addWidget(self._subtitle)
        return head

    def _make_scroll(self) -> QScrollArea:
        """One scroll for everything: the alerts, the values, and the origin of the one asked."""
        self._inner = QWidget()
        self._body.setContentsMargins(0, 0, 2, 0)
        self._body.setSpacing(L)
        self._inner.setLayout(self._body)
        self._alerts.asked.connect(self.alert_asked)
        self._alerts.all_asked.connect(self._ask_alerts)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(_LEAST_SCROLL)
        scroll.setWidget(self._inner)
        scroll.setAccessibleName(self.tr("Everything the printer tells"))
        self._scroll = scroll
        return scroll

    # --- what is shown --------------------------------------------------------------------------

    @property
    def key(self) -> str | None:
        """The key of the device that is shown."""
        return self._facts.summary.device.key if self._facts else None

    @property
    def summary(self) -> DeviceSummary | None:
        """The device as it is shown."""
        return self._facts.summary if self._facts else None

    @property
    def subtitle(self) -> str:
        """The lines under the name."""
        return self._subtitle.text()

    @property
    def card(self) -> ProvenanceCard:
        """The card with the origin of the value that was asked for."""
        return self._card

    def clear(self) -> None:
        """Show no device."""
        self._facts = None
        self._stack.setCurrentIndex(0)

    def show_device(self, summary: DeviceSummary) -> None:
        """Show a device, or news of the one that is shown."""
        same = self.key == summary.device.key
        reading = self._facts.reading if same and self._facts else None
        if reading is not None and summary.latest is not None:
            # An older reading than the list knows would show old numbers as if they were new.
            reading = reading if reading.taken_at >= summary.latest.taken_at else None
        self._show(Facts(summary, reading), fresh=not same)

    def show_reading(self, key: str, reading: Reading | None) -> None:
        """Show the whole reading of the device, if it is still the one that is shown."""
        if self._facts is not None and self.key == key and reading is not None:
            self._show(Facts(self._facts.summary, reading), fresh=False)

    def set_busy(self, key: str, busy: bool) -> None:
        """Say whether the device is being read right now."""
        (self._busy.add if busy else self._busy.discard)(key)
        self._refresh_buttons()

    def show_alerts(self, items: Sequence[Occurrence]) -> None:
        """Show what is open of the device that is shown."""
        self._alerts.show_alerts(items)
        self._order_tabs()

    @property
    def alerts(self) -> tuple[Occurrence, ...]:
        """What is open of the device, as it is shown."""
        return self._alerts.shown

    def _show(self, facts: Facts, *, fresh: bool) -> None:
        place = 0 if fresh else self._scroll.verticalScrollBar().value()
        self._facts = facts
        chip = device_words.state_chip(facts.summary)
        self._title.setText(device_words.place_name(facts.summary))
        self._chip.show_state(chip.word, chip.tone)
        self._subtitle.setText(facts.subtitle())
        if fresh:
            self.shown.emit()
        self._fill(facts)
        self._explain(self._explained)
        self._refresh_buttons()
        self._stack.setCurrentIndex(1)
        self._settle(place)

    def _fill(self, facts: Facts) -> None:
        focused = self._values.path_of(self.focusWidget())
        for kept in (self._alerts, self._card, self._told):
            self._body.removeWidget(kept)
        clear(self._body)
        self._values.deleteLater()
        self._values = Values(facts.reading, self)
        self._values.asked.connect(self._toggle)
        self._body.addWidget(self._alerts)
        for section in SECTIONS:
            part = section(facts, self._values)
            if part is not None:
                self._body.addWidget(part)
                part.show()  # by itself a layout would show it with the next turn only
        self._body.addWidget(self._told, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addStretch(1)
        again = self._values.button(focused)
        if again is not None:
            again.setFocus()

    def _settle(self, place: int) -> None:
        """Have what is shown take its place now, so that news do not move what is being read."""
        self._body.activate()
        room = self._scroll.viewport().size()
        needed = self._body.totalHeightForWidth(room.width())
        self._inner.resize(room.width(), max(needed, room.height()))
        self._scroll.verticalScrollBar().setValue(place)

    # --- provenance -----------------------------------------------------------------------------

    def _toggle(self, path: str) -> None:
        """Show the origin of a value; once more takes it away, if it was in sight already."""
        again = path == self._explained and self._card.isVisible()
        self._explained = path
        if not again:
            self._explain(path)
        place = self._scroll.verticalScrollBar().value()
        self._body.activate()
        self._scroll.ensureWidgetVisible(self._card, 0, S)
        asked = self._values.button(path)
        if asked is not None:
            self._scroll.ensureWidgetVisible(asked, 0, S)
        if again and place == self._scroll.verticalScrollBar().value():
            self._explained = None
            self._explain(None)

    def _explain(self, path: str | None) -> None:
        origin = self._values.origin(path) if path else None
        self._values.mark(path if origin else None)
        self._body.removeWidget(self._card)
        if origin is None:
            self._card.hide()
        else:
            self._body.insertWidget(self._section_of(path) + 1, self._card)
            # What is remarkable stands under the values already, right above.
            self._card.explain(origin, remarks=False)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Have Tab go from top to bottom: what is made anew would come last of all."""
        items = (self._body.itemAt(place) for place in range(self._body.count()))
        parts = [part for item in items if item is not None and (part := item.widget())]
        order: list[QWidget] = [self._managed, self._recall, self._scroll]
        for part in parts:
            order += [part, *part.findChildren(QWidget)]
        order += [self._read, self._history, self._web, self._copy]
        stops = [each for each in order if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _section_of(self, path: str | None) -> int:
        """Give where the section stands in which a value is."""
        asked = self._values.button(path)
        for place in range(self._body.count()):
            item = self._body.itemAt(place)
            part = item.widget() if item is not None else None
            if part is not None and asked is not None and part.isAncestorOf(asked):
                return place
        return self._body.count() - 2  # the stretch stays last

    def _close_card(self) -> None:
        asked = self._values.button(self._explained)
        self._explained = None
        self._explain(None)
        if asked is not None:
            asked.setFocus()

    # --- buttons --------------------------------------------------------------------------------

    def _refresh_buttons(self) -> None:
        busy = self.key in self._busy
        self._read.setEnabled(not busy)
        self._read.setText(self.tr("Reading…") if busy else self.tr("Read now"))
        if self._facts is None:
            return
        self._managed.setChecked(self._facts.summary.device.managed)
        url = self.web_address()
        form = self.tr("Open the printer's own web page: %1")
        said = form.replace("%1", url.toString(), 1) if url else self.tr("A cable has no web page")
        self._web.setEnabled(url is not None)
        self._web.setToolTip(said)
        self._web.setAccessibleName(said)

    def _ask_read(self) -> None:
        if self.key is not None:
            self.read_asked.emit(self.key)

    def _ask_history(self) -> None:
        if self.key is not None:
            self.history_asked.emit(self.key)

    def _ask_alerts(self) -> None:
        if self.key is not None:
            self.alerts_asked.emit(self.key)

    def ask_recall(self) -> None:
        """Ask for the last readings of the device that is shown."""
        if self.key is not None:
            self.recall_asked.emit(self.key)

    def _ask_manage(self, on: bool) -> None:
        if self.key is not None:
            self.manage_asked.emit(self.key, on)

    def web_address(self) -> QUrl | None:
        """Give the address of the printer's own web page."""
        if self._facts is None:
            return None
        found = web_address(self._facts.summary)
        return None if found is None else QUrl(found)

    def open_web_page(self) -> None:
        """Open the printer's own page in the browser."""
        url = self.web_address()
        if url is not None:
            self.page_opened.emit(url.toString(), QDesktopServices.openUrl(url))

    def as_text(self) -> str:
        """Give all that is shown as text; nothing where no device is."""
        return as_text(self._facts) if self._facts is not None else ""

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())


def _small(text: str, icon: str, tip: str) -> TextButton:
    """Make a button that shows its icon alone where the pane is narrow."""
    result = TextButton(text).give_way(icon)
    result.setToolTip(tip)
    result.setAccessibleName(tip)
    return result
