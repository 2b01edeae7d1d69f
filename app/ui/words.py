"""What a person reads for the words of the model: meters, supplies, levels, conditions, units."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model.reading import LevelState, Supply, SupplyKind, Tray

_METERS = {
    "total": QT_TRANSLATE_NOOP("Words", "Total"),
    "mono": QT_TRANSLATE_NOOP("Words", "Mono"),
    "color": QT_TRANSLATE_NOOP("Words", "Colour"),
    "print": QT_TRANSLATE_NOOP("Words", "Print"),
    "copy": QT_TRANSLATE_NOOP("Words", "Copy"),
    "fax": QT_TRANSLATE_NOOP("Words", "Fax"),
    "scan": QT_TRANSLATE_NOOP("Words", "Scan"),
    "duplex": QT_TRANSLATE_NOOP("Words", "Duplex"),
    "sheets": QT_TRANSLATE_NOOP("Words", "Sheets"),
    "print_mono": QT_TRANSLATE_NOOP("Words", "Print, mono"),
    "print_color": QT_TRANSLATE_NOOP("Words", "Print, colour"),
    "copy_mono": QT_TRANSLATE_NOOP("Words", "Copy, mono"),
    "copy_color": QT_TRANSLATE_NOOP("Words", "Copy, colour"),
    "fax_mono": QT_TRANSLATE_NOOP("Words", "Fax, mono"),
    "scan_mono": QT_TRANSLATE_NOOP("Words", "Scan, mono"),
    "scan_color": QT_TRANSLATE_NOOP("Words", "Scan, colour"),
}
_COLORS = {
    "black": QT_TRANSLATE_NOOP("Words", "Black"),
    "cyan": QT_TRANSLATE_NOOP("Words", "Cyan"),
    "magenta": QT_TRANSLATE_NOOP("Words", "Magenta"),
    "yellow": QT_TRANSLATE_NOOP("Words", "Yellow"),
}
_KINDS = {
    SupplyKind.TONER: QT_TRANSLATE_NOOP("Words", "Toner"),
    SupplyKind.INK: QT_TRANSLATE_NOOP("Words", "Ink"),
    SupplyKind.RIBBON: QT_TRANSLATE_NOOP("Words", "Ribbon"),
    SupplyKind.DRUM: QT_TRANSLATE_NOOP("Words", "Drum"),
    SupplyKind.DEVELOPER: QT_TRANSLATE_NOOP("Words", "Developer"),
    SupplyKind.WASTE: QT_TRANSLATE_NOOP("Words", "Waste box"),
    SupplyKind.FUSER: QT_TRANSLATE_NOOP("Words", "Fuser"),
    SupplyKind.TRANSFER: QT_TRANSLATE_NOOP("Words", "Transfer unit"),
    SupplyKind.STAPLES: QT_TRANSLATE_NOOP("Words", "Staples"),
    SupplyKind.MAINTENANCE: QT_TRANSLATE_NOOP("Words", "Maintenance kit"),
    SupplyKind.ROLLER: QT_TRANSLATE_NOOP("Words", "Roller"),
    SupplyKind.OTHER: QT_TRANSLATE_NOOP("Words", "Supply"),
}
_LEVELS = {
    LevelState.OK: QT_TRANSLATE_NOOP("Words", "fine, amount not told"),
    LevelState.LOW: QT_TRANSLATE_NOOP("Words", "low"),
    LevelState.EMPTY: QT_TRANSLATE_NOOP("Words", "empty"),
    LevelState.SOME_REMAINING: QT_TRANSLATE_NOOP("Words", "some left, amount unknown"),
    LevelState.UNKNOWN: QT_TRANSLATE_NOOP("Words", "not known"),
    LevelState.UNLIMITED: QT_TRANSLATE_NOOP("Words", "no limit"),
}
_UNITS = {
    "impressions": QT_TRANSLATE_NOOP("Words", "impressions"),
    "sheets": QT_TRANSLATE_NOOP("Words", "sheets"),
    "hours": QT_TRANSLATE_NOOP("Words", "hours"),
    "feet": QT_TRANSLATE_NOOP("Words", "feet"),
    "meters": QT_TRANSLATE_NOOP("Words", "metres"),
    "characters": QT_TRANSLATE_NOOP("Words", "characters"),
    "lines": QT_TRANSLATE_NOOP("Words", "lines"),
    "unknown": QT_TRANSLATE_NOOP("Words", "(unit not told)"),
}
_CONDITIONS = {
    "low_paper": QT_TRANSLATE_NOOP("Words", "Paper low"),
    "no_paper": QT_TRANSLATE_NOOP("Words", "Out of paper"),
    "low_toner": QT_TRANSLATE_NOOP("Words", "Toner low"),
    "no_toner": QT_TRANSLATE_NOOP("Words", "Toner empty"),
    "door_open": QT_TRANSLATE_NOOP("Words", "Door open"),
    "jammed": QT_TRANSLATE_NOOP("Words", "Paper jam"),
    "offline": QT_TRANSLATE_NOOP("Words", "Offline"),
    "service_requested": QT_TRANSLATE_NOOP("Words", "Service needed"),
    "input_tray_missing": QT_TRANSLATE_NOOP("Words", "Tray missing"),
    "output_tray_missing": QT_TRANSLATE_NOOP("Words", "Output tray missing"),
    "marker_supply_missing": QT_TRANSLATE_NOOP("Words", "Supply missing"),
    "output_near_full": QT_TRANSLATE_NOOP("Words", "Output nearly full"),
    "output_full": QT_TRANSLATE_NOOP("Words", "Output full"),
    "input_tray_empty": QT_TRANSLATE_NOOP("Words", "A tray is empty"),
    "overdue_prevent_maint": QT_TRANSLATE_NOOP("Words", "Maintenance overdue"),
}


def _said(table: dict[str, str], key: str) -> str:
    text = table.get(key)
    if text is None:
        return plain(key)
    return QCoreApplication.translate("Words", text)


def plain(word: str) -> str:
    """Make a snake_case word that has no wording of its own readable."""
    return word.replace("_", " ").replace("-", " ").strip().capitalize()


def not_known() -> str:
    """Say that a value is absent: never zero, never a dash."""
    return QCoreApplication.translate("Words", "not known")


def meter(key: str) -> str:
    """Name a meter."""
    return _said(_METERS, key)


def meter_order(key: str) -> tuple[int, str]:
    """Order meters as a technician reads them; unheard-of ones come last, by name."""
    keys = tuple(_METERS)
    return (keys.index(key) if key in _METERS else len(keys), key)


def condition(key: str) -> str:
    """Name a condition of the printer."""
    return _said(_CONDITIONS, key)


def unit(key: str) -> str:
    """Name the unit of an engine's life."""
    return _said(_UNITS, key)


def kind(supply: SupplyKind) -> str:
    """Name a kind of supply."""
    return QCoreApplication.translate("Words", _KINDS[supply])


def color(name: str) -> str:
    """Name a colour."""
    return _said(_COLORS, name)


def supply_name(supply: Supply) -> str:
    """Name a supply in one or two words: its colour for toner and ink, else colour and kind."""
    known = supply.color if supply.color and supply.color != "none" else None
    if known and supply.kind in {SupplyKind.TONER, SupplyKind.INK}:
        return color(known)
    if supply.kind is SupplyKind.OTHER and supply.description:
        return supply.description
    if known:
        form = QCoreApplication.translate("Words", "%1, %2")
        return form.replace("%1", kind(supply.kind), 1).replace("%2", color(known).lower(), 1)
    return kind(supply.kind)


def level(state: LevelState, percent: float | None) -> str:
    """Say how much is left: a percentage only when it is really known."""
    if percent is not None:
        return wording.percent(percent)
    return QCoreApplication.translate("Words", _LEVELS[state])


def tray_level(tray: Tray) -> str:
    """Say how full a tray is, in its own unit where it tells one."""
    if tray.level is not None and tray.capacity is not None and tray.capacity > 0:
        form = QCoreApplication.translate("Words", "%1 of %2")
        return form.replace("%1", wording.number(tray.level), 1).replace(
            "%2", wording.number(tray.capacity), 1
        )
    return level(tray.state, tray.level_percent)
