"""The one style sheet, generated from the tokens.

A widget says what it is by a dynamic property (``role`` for labels and frames, ``kind`` for
buttons), never by a colour of its own.
"""

from __future__ import annotations

from string import Template

from app.ui import tokens as t
from app.ui.tokens import Tokens

_TEMPLATE = Template("""
QMainWindow, QWidget[role="page"] { background: $background; }
QWidget { color: $text; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }

QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: ${card}px; }
QFrame[role="inset"] { background: $raised; border: 1px solid $border;
  border-radius: ${control}px; }
QFrame[role="popover"] { background: $raised; border: 1px solid $border;
  border-radius: ${card}px; }
QFrame[role="header"] { background: $surface; border: 0; border-bottom: 1px solid $border; }
QFrame[role="rail"] { background: $surface; border: 0; border-right: 1px solid $border; }
QFrame[role="divider"] { background: $border; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="notice"][tone="warning"] { background: $warning_tint; border-radius: ${control}px; }
QFrame[role="notice"][tone="error"] { background: $error_tint; border-radius: ${control}px; }
QFrame[role="notice"][tone="accent"] { background: $accent_tint; border-radius: ${control}px; }
QFrame[role="banner"] { border: 0; border-bottom: 1px solid $border; }
QFrame[role="banner"][tone="warning"] { background: $warning_tint; }
QFrame[role="banner"][tone="error"] { background: $error_tint; }
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

QPushButton { background: $raised; border: 1px solid $border; border-radius: ${control}px;
  padding: 0 12px; min-height: 30px; font-size: ${body}px; font-weight: 600; }
QPushButton:hover { background: $track; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $muted; background: $raised; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_press; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 0 11px; min-height: 28px; }
QPushButton[kind="primary"]:disabled { background: $track; border-color: $border; color: $muted; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent;
  padding: 0 6px; min-height: 24px; font-weight: 400; }
QPushButton[kind="quiet"]:hover { background: $track; }
QPushButton[kind="quiet"]:focus { border: 1px solid $accent; }
QPushButton[kind="row"] { background: transparent; border: 1px solid transparent;
  min-height: 42px; padding: 0; }
QPushButton[kind="row"]:hover { background: $track; }
QPushButton[kind="row"]:focus { border: 1px solid $accent; }
QPushButton[kind="value"] { background: transparent; border: 1px solid transparent;
  border-radius: 5px; padding: 0 5px; min-height: 20px; font-weight: 400; text-align: left; }
QPushButton[kind="value"][value="strong"] { font-weight: 700; }
QPushButton[kind="value"][value="small"] { color: $muted; font-size: ${small}px; }
QPushButton[kind="value"][value="short"] { color: $warning; font-weight: 600; }
QPushButton[kind="value"]:hover { background: $track; }
QPushButton[kind="value"]:focus { border: 1px solid $accent; }
QPushButton[kind="value"]:checked { background: $accent_tint; color: $accent; }

QLineEdit { background: $surface; border: 1px solid $border;
  border-radius: ${control}px; padding: 0 10px; min-height: 30px; font-size: ${body}px;
  placeholder-text-color: $muted;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus { border: 1px solid $accent; }
QLineEdit[wrong="true"] { border: 1px solid $error; }
QCheckBox { spacing: 8px; font-size: ${body}px; }
QCheckBox:disabled { color: $muted; }
QProgressBar { background: $track; border: 0; border-radius: 4px; max-height: 8px;
  min-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QTableView { background: transparent; border: 0; outline: 0; }
QTreeView { background: transparent; border: 0; outline: 0; font-size: ${body}px;
  selection-background-color: $accent_tint; selection-color: $text; }
QTreeView::item { min-height: 30px; }
QTreeView::item:hover { background: $track; }
QTreeView::item:selected { background: $accent_tint; color: $text; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: transparent; color: $muted; border: 0;
  border-bottom: 1px solid $border; padding: 0 12px; font-size: ${small}px; font-weight: 600; }
QHeaderView::section:hover { color: $text; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
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
QMenu::item { padding: 6px 16px; border-radius: 5px; }
QMenu::item:selected { background: $accent_tint; color: $text; }
""")


def build(colors: Tokens) -> str:
    """Make the style sheet of one scheme."""
    names = {name: getattr(colors, name) for name in Tokens.__slots__}
    sizes = {
        "card": t.RADIUS_CARD,
        "control": t.RADIUS_CONTROL,
        "body": t.BODY,
        "small": t.SMALL,
        "section": t.SECTION,
        "heading": t.HEADING,
        "title": t.TITLE,
    }
    hover = {
        "accent_hover": _mix(colors.accent, colors.text, 0.12),
        "accent_press": _mix(colors.accent, colors.text, 0.24),
    }
    return _TEMPLATE.substitute(names | hover, **sizes)


def _mix(one: str, other: str, share: float) -> str:
    """Give ``one`` with ``share`` of ``other`` in it, as ``#RRGGBB``."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
