"""The gallery's page of controls: everything that a person presses, picks or fills in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QTabWidget, QWidget

from app.ui import icons, poses
from app.ui.buttons import MenuButton, TextButton
from app.ui.chips import FilterChip
from app.ui.choices import CheckBox, RadioButton, Switch
from app.ui.fields import TextField
from app.ui.forms import Form, FormRow
from app.ui.gallery.parts import captioned, columns, group, in_state, right_to_left, row, states
from app.ui.key_hint import KeyHint
from app.ui.pickers import ComboBox, NumberField
from app.ui.search_box import SearchBox
from app.ui.segmented import SegmentedControl
from app.ui.theme import tokens
from app.ui.widgets import IconButton, button, label

_LONG = "Keep the networks of this customer for all later scans of this and every other agent"
_RANGES = (("day", "Day"), ("week", "Week"), ("month", "Month"))


def controls() -> QWidget:
    """Make the page."""
    return columns(
        (_buttons(), _marks(), _choices(), _menus()),
        (_fields(), _form(), _long(), _turned()),
    )


def _checked(widget: QAbstractButton) -> QAbstractButton:
    widget.setCheckable(True)
    widget.setChecked(True)
    return widget


def _buttons() -> QWidget:
    rows = (
        ("primary", lambda: button("Scan", "primary")),
        ("plain", lambda: button("Export")),
        ("danger", lambda: button("Remove", "danger")),
        ("quiet", lambda: button("More", "quiet")),
        ("link", lambda: button("Details", "link")),
        ("with icon", lambda: TextButton("Refresh", "refresh")),
        ("icon alone", lambda: IconButton("copy", "Copy")),
        ("menu", lambda: MenuButton("Rows")),
    )
    send, save = TextButton("Send", "send", "primary"), TextButton("Save", "")
    for each in (send, save):
        each.work(True)
    return group("Buttons", states(rows), row(label("at work", "small"), send, save))


def _marks() -> QWidget:
    rows = (
        ("check box", lambda: CheckBox("Keep")),
        ("checked", lambda: _checked(CheckBox("Keep"))),
        ("mixed", _mixed),
        ("radio", lambda: RadioButton("Daily")),
        ("chosen", lambda: _checked(RadioButton("Daily"))),
        ("switch", lambda: Switch("Hub")),
        ("on", lambda: _checked(Switch("Hub"))),
        ("filter chip", lambda: FilterChip("Ricoh")),
        ("on", lambda: _checked(FilterChip("Ricoh"))),
        ("removable", lambda: FilterChip("Ricoh", removable=True)),
    )
    return group("Check boxes, radio buttons, switches, chips", states(rows))


def _mixed() -> CheckBox:
    result = CheckBox("All")
    result.setTristate(True)
    result.setCheckState(Qt.CheckState.PartiallyChecked)
    return result


def _choices() -> QWidget:
    tabs = QTabWidget()
    for name in ("Sending", "Privacy", "Schedule"):
        tabs.addTab(label(f"What {name.lower()} is about.", "muted"), name)
    tabs.setTabEnabled(2, False)
    tabs.setFixedHeight(70)
    focused = SegmentedControl("Range", _RANGES)
    poses.pose(focused.part("week"), poses.FOCUS)
    off = SegmentedControl("Range", _RANGES)
    off.setEnabled(False)
    return group(
        "Segments, tabs, keys",
        row(SegmentedControl("Range", _RANGES), focused, off),
        tabs,
        row(KeyHint("Ctrl+K"), KeyHint("Esc"), KeyHint("Ctrl+Shift+P")),
    )


def _menus() -> QWidget:
    menu = QMenu()
    menu.setWindowFlags(Qt.WindowType.Widget)
    for name, icon in (("Read now", "refresh"), ("Open its web page", "web"), ("Copy", "copy")):
        menu.addAction(icons.icon(icon, tokens().text), name)
    menu.addSeparator()
    menu.addAction("Remove").setEnabled(False)
    menu.setActiveAction(menu.actions()[1])
    menu.setMinimumWidth(200)
    tip = label("Where does this come from?", "tip")
    return group("Menu and tool tip", row(menu, captioned("tool tip", tip)))


def _fields() -> QWidget:
    def field(text: str = "", hint: str = "") -> QLineEdit:
        result = TextField("Address", hint)
        result.setText(text)
        result.setFixedWidth(104)
        return result

    def wrong() -> QLineEdit:
        result = field("10.0.0.")
        result.setProperty("wrong", "true")
        return result

    rows = (
        ("empty", lambda: field("", "10.0.0.0/24")),
        ("filled", lambda: field("10.0.0.1")),
        ("wrong", wrong),
        ("combo box", _combo),
        ("number", lambda: NumberField("Days", 1, 90, unit="d")),
    )
    return group(
        "Fields",
        states(rows, ("normal", "hover", "focus", "disabled")),
        SearchBox("Filter", "Filter: model, serial, place", keys="Ctrl+F"),
    )


def _combo() -> ComboBox:
    result = ComboBox("Scheme", (("dark", "Dark"), ("light", "Light")))
    result.setFixedWidth(104)
    return result


def _form() -> QWidget:
    address, hours, hub = TextField("Address"), NumberField("Hours", 1, 24), Switch()
    address.setText("hub.example.com:99999")
    hub.setChecked(True)
    wrong = FormRow("Hub", address, "Name and port of the dealer's hub")
    wrong.refuse("99999 is not a port: ports go from 1 to 65535.")
    return group(
        "Form rows",
        Form(
            wrong,
            FormRow("Read the printers every", hours, "In hours; the next reading is at 15:00."),
            FormRow("Send to the hub", hub, "Off: everything stays on this PC.", beside=True),
        ),
    )


def _long() -> QWidget:
    box, chip = CheckBox(_LONG), FilterChip(_LONG, removable=True)
    field = TextField("Address")
    field.setText(f"{_LONG}, and {_LONG.lower()}")
    field.setCursorPosition(0)
    for each in (box, chip):
        each.setMinimumWidth(60)
        each.setMaximumWidth(330)
    return group("Long text", box, chip, field, in_state(button(_LONG[:48]), "normal"))


def _turned() -> QWidget:
    field = TextField("Address", "10.0.0.0/24", search=True)
    inside = row(
        _checked(CheckBox("احتفظ")),
        _checked(Switch("إرسال")),
        FilterChip("طابعة", removable=True),
        NumberField("Days", 1, 90),
        _combo(),
    )
    ranges = SegmentedControl("Range", (("day", "يوم"), ("week", "أسبوع"), ("month", "شهر")))
    part = captioned("from right to left", right_to_left(inside))
    return group("Right to left", part, right_to_left(field), right_to_left(row(ranges)))
