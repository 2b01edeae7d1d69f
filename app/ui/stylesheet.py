"""The one style sheet, generated from the tokens.

A widget says what it is by a dynamic property (``role`` for labels and frames, ``kind`` for
buttons), never by a colour of its own.
"""

from __future__ import annotations

import re
from string import Template

from app.ui import tokens as t
from app.ui.tokens import Tokens

_TEMPLATE = Template("""
QMainWindow, QWidget[role="page"] { background: $background; }
QWidget { color: $text; }
QToolTip, QLabel[role="tip"] { background: $raised; color: $text; border: 1px solid $border;
  padding: 4px 6px; }

QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${card}px; }
QFrame[role="card"][tone="warning"] { border: 1px solid $warning; }
QFrame[role="card"][tone="error"] { border: 1px solid $error; }
QFrame[role="card"][tone="accent"] { border: 1px solid $accent; }
QFrame[role="sheet"] { background: $surface; border: 0; border-left: 1px solid $border; }
QFrame[role="toast"] { background: $raised; border: 1px solid $outline;
  border-radius: ${card}px; }
QFrame[role="segments"] { background: $track; border: 1px solid $border;
  border-radius: ${control}px; }
QFrame[role="inset"] { background: $raised; border: 1px solid $border;
  border-radius: ${control}px; }
QFrame[role="popover"] { background: $raised; border: 1px solid $border;
  border-radius: ${card}px; }
QFrame[role="header"] { background: $surface; border: 0; border-bottom: 1px solid $border; }
QFrame[role="rail"] { background: $surface; border: 0; border-right: 1px solid $border; }
QFrame[role="divider"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="notice"][tone="warning"] { background: $warning_tint; border-radius: ${control}px; }
QFrame[role="notice"][tone="error"] { background: $error_tint; border-radius: ${control}px; }
QFrame[role="notice"][tone="good"] { background: $good_tint; border-radius: ${control}px; }
QFrame[role="notice"][tone="accent"] { background: $accent_tint; border-radius: ${control}px; }
QFrame[role="banner"] { border: 0; border-bottom: 1px solid $border; }
QFrame[role="banner"][tone="warning"] { background: $warning_tint; }
QFrame[role="banner"][tone="error"] { background: $error_tint; }
QFrame[role="banner"][tone="good"] { background: $good_tint; }
QFrame[role="banner"][tone="accent"] { background: $accent_tint; }

QLabel { background: transparent; font-size: ${body}px; }
QLabel[role="product"] { font-size: ${heading}px; font-weight: 700; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 700; }
QLabel[role="section"] { font-size: ${section}px; font-weight: 700; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="short"] { color: $warning; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}px; }
QLabel[role="field"] { font-size: ${small}px; font-weight: 600; }
QLabel[role="mono"] { color: $muted; }
QLabel[role="wrong"] { color: $error; font-size: ${small}px; }
QLabel[role="value"] { font-size: ${value}px; font-weight: 700; }
QLabel[role="key"] { color: $muted; background: $raised; border: 1px solid $border;
  border-radius: 4px; padding: 0 5px; font-size: ${tiny}px; }
QLabel:disabled { color: $muted; }

QPushButton { background: $raised; border: 1px solid $border; border-radius: ${control}px;
  padding: 0 12px; min-height: 30px; font-size: ${body}px; font-weight: 600; }
QPushButton:hover { background: $track; }
QPushButton:pressed { background: $press; }
QPushButton:focus { border: 2px solid $focus; padding: 0 11px; min-height: 28px; }
QPushButton:disabled { color: $muted; background: $background; }
QPushButton[arrow="true"] { padding: 0 30px 0 12px; }
QPushButton[arrow="true"]:focus { padding: 0 29px 0 11px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_press; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 0 11px; min-height: 28px; }
QPushButton[kind="primary"]:disabled { background: $track; border-color: $border; color: $muted; }
QPushButton[kind="danger"] { background: $raised; color: $error; border: 1px solid $error; }
QPushButton[kind="danger"]:hover { background: $error_tint; }
QPushButton[kind="danger"]:pressed { background: $error; color: $on_error; }
QPushButton[kind="danger"]:focus { border: 2px solid $error; padding: 0 11px; min-height: 28px; }
QPushButton[kind="danger"]:disabled { background: $background; border-color: $border;
  color: $muted; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent;
  padding: 0 6px; min-height: 24px; font-weight: 400; }
QPushButton[kind="quiet"]:hover { background: $track; }
QPushButton[kind="quiet"]:pressed { background: $press; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 0 5px; min-height: 22px; }
QPushButton[kind="quiet"]:disabled { background: transparent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
  padding: 0 4px; min-height: 24px; }
QPushButton[kind="link"]:hover { background: $accent_tint; }
QPushButton[kind="link"]:pressed { background: $press; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0 3px; min-height: 22px; }
QPushButton[kind="link"]:disabled { background: transparent; color: $muted; }
QPushButton[kind="field"] { background: $surface; padding: 0; }
QPushButton[kind="field"]:hover { border: 1px solid $outline; }
QPushButton[kind="row"] { background: transparent; border: 1px solid transparent;
  min-height: 42px; padding: 0; }
QPushButton[kind="row"]:hover { background: $track; }
QPushButton[kind="row"]:focus { border: 2px solid $focus; min-height: 40px; }
QPushButton[kind="value"] { background: transparent; border: 1px solid transparent;
  border-radius: 5px; padding: 0 5px; min-height: 20px; font-weight: 400; text-align: left; }
QPushButton[kind="value"][value="strong"] { font-weight: 700; }
QPushButton[kind="value"][value="small"] { color: $muted; font-size: ${small}px; }
QPushButton[kind="value"][value="short"] { color: $warning; font-weight: 600; }
QPushButton[kind="value"]:hover { background: $track; }
QPushButton[kind="value"]:focus { border: 2px solid $focus; padding: 0 4px; min-height: 18px; }
QPushButton[kind="value"]:checked { background: $accent_tint; color: $accent; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit { background: $surface;
  border: 1px solid $border; border-radius: ${control}px; padding: 0 10px; min-height: 30px;
  font-size: ${body}px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { placeholder-text-color: $muted; }
QPlainTextEdit { padding: 4px 6px; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border: 1px solid $outline; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $focus;
  padding: 0 9px; min-height: 28px; }
QPlainTextEdit:focus { border: 2px solid $focus; padding: 3px 5px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"],
QPlainTextEdit[wrong="true"] { border: 1px solid $error; }
QLineEdit[wrong="true"]:focus, QComboBox[wrong="true"]:focus,
QAbstractSpinBox[wrong="true"]:focus { border: 2px solid $error; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled,
QPlainTextEdit:disabled { color: $muted; background: $background; }
QComboBox { padding-right: 4px; }
QComboBox:focus { padding-right: 3px; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; outline: 0;
  selection-background-color: $accent_tint; selection-color: $text; }
QAbstractSpinBox { padding: 0 24px 0 2px; }
QAbstractSpinBox:focus { padding: 0 23px 0 1px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 24px;
  background: transparent; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; }
QCheckBox, QRadioButton { spacing: 8px; font-size: ${body}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 7px 12px; border: 0;
  border-bottom: 2px solid transparent; font-size: ${body}px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $text; border-bottom: 2px solid $focus; }
QTabBar::tab:disabled { color: $outline; }

QTableView, QTreeView, QScrollArea { background: transparent; border: 2px solid transparent;
  border-radius: 6px; outline: 0; }
QTableView:focus, QTreeView:focus, QScrollArea:focus { border-color: $focus; }
QTreeView { font-size: ${body}px;
  selection-background-color: $accent_tint; selection-color: $text; }
QTreeView::item { min-height: 30px; }
QTreeView::item:hover { background: $track; }
QTreeView::item:selected { background: $accent_tint; color: $text; }
QTableCornerButton::section { background: $surface; border: none;
    border-bottom: 1px solid $border; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: transparent; color: $muted; border: 0;
  border-bottom: 1px solid $border; padding: 0 12px; font-size: ${small}px; font-weight: 600; }
QHeaderView::section:hover { color: $text; }

QListView[role="commands"] { background: transparent; border: 0; outline: 0; }
QTextBrowser { background: $surface; border: 0; font-size: ${body}px; color: $text;
  selection-background-color: $accent; selection-color: $on_accent; }

QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QGraphicsView { background: transparent; border: 0; }

QSplitter::handle { background: transparent; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 16px; border-radius: 5px; color: $text; }
QMenu::item:selected { background: $accent_tint; color: $text; }
QMenu::item:disabled { background: transparent; color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
""")


_STATE = re.compile(r":(hover|pressed|focus)\b")
_RULE = re.compile(r"([^{}]+)(\{[^{}]*\})")


def build(colors: Tokens, *, posed: bool = False) -> str:
    """Make the style sheet of one scheme; a ``posed`` one has the gallery's poses in it."""
    sheet = _fill(colors)
    return _RULE.sub(_with_poses, sheet) if posed else sheet


def _with_poses(rule: re.Match[str]) -> str:
    """Let what holds for a state hold for the pose as well: the same rule, so they cannot part."""
    selectors = [one.strip() for one in rule.group(1).split(",")]
    poses = [_STATE.sub(r'[pose="\1"]', one) for one in selectors if _STATE.search(one)]
    return ",\n".join([*selectors, *poses]) + " " + rule.group(2) + "\n"


def _fill(colors: Tokens) -> str:
    names = {name: getattr(colors, name) for name in Tokens.__slots__}
    sizes = {
        "card": t.RADIUS_CARD,
        "control": t.RADIUS_CONTROL,
        "body": t.BODY,
        "small": t.SMALL,
        "section": t.SECTION,
        "heading": t.HEADING,
        "title": t.TITLE,
        "tiny": t.TINY,
        "value": t.VALUE,
    }
    hover = {
        "accent_hover": _mix(colors.accent, colors.text, 0.12),
        "accent_press": _mix(colors.accent, colors.text, 0.24),
        "press": pressed(colors),
    }
    return _TEMPLATE.substitute(names | hover, **sizes)


def pressed(colors: Tokens) -> str:
    """Give the ground of a quiet button that is held down."""
    return _mix(colors.track, colors.muted, 0.16)


def _mix(one: str, other: str, share: float) -> str:
    """Give ``one`` with ``share`` of ``other`` in it, as ``#RRGGBB``."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
