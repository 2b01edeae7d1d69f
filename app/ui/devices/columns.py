"""The columns of the device table that show one value: its words, its order, its side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui import wording, words
from app.ui.devices import words as device_words
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.map import words as map_words
from core.model.device import DeviceSummary


class Column(IntEnum):
    """The columns of the device table; the first five have a painting of their own."""

    PLACE = 0
    STATE = 1
    SUPPLIES = 2
    TOTAL = 3
    ADDRESS = 4
    MONO = 5
    COLOR = 6
    LOWEST = 7
    REMAINING = 8
    ALERTS = 9
    READ = 10
    SEGMENT = 11
    HOPS = 12
    FIRMWARE = 13
    MANAGED = 14


@dataclass(frozen=True, slots=True)
class Plain:
    """How a column of one value is shown: ``words`` of ``value``, sorted by ``value``."""

    value: Callable[[DeviceSummary], Any]
    words: Callable[[Any], str]
    right: bool = False


HEADS = {
    Column.PLACE: QT_TRANSLATE_NOOP("Devices", "Place and model"),
    Column.STATE: QT_TRANSLATE_NOOP("Devices", "State"),
    Column.SUPPLIES: QT_TRANSLATE_NOOP("Devices", "Supplies"),
    Column.TOTAL: QT_TRANSLATE_NOOP("Devices", "Total pages"),
    Column.ADDRESS: QT_TRANSLATE_NOOP("Devices", "Address and serial"),
    Column.MONO: QT_TRANSLATE_NOOP("Devices", "Mono"),
    Column.COLOR: QT_TRANSLATE_NOOP("Devices", "Colour"),
    Column.LOWEST: QT_TRANSLATE_NOOP("Devices", "Lowest supply"),
    Column.REMAINING: QT_TRANSLATE_NOOP("Devices", "Pages left"),
    Column.ALERTS: QT_TRANSLATE_NOOP("Devices", "Conditions"),
    Column.READ: QT_TRANSLATE_NOOP("Devices", "Last read"),
    Column.SEGMENT: QT_TRANSLATE_NOOP("Devices", "Segment"),
    Column.HOPS: QT_TRANSLATE_NOOP("Devices", "Distance"),
    Column.FIRMWARE: QT_TRANSLATE_NOOP("Devices", "Firmware"),
    Column.MANAGED: QT_TRANSLATE_NOOP("Devices", "Managed"),
}
WIDTHS = {
    Column.STATE: 136,
    Column.SUPPLIES: 88,
    Column.TOTAL: 148,
    Column.ADDRESS: 150,
    Column.MONO: 100,
    Column.COLOR: 100,
    Column.LOWEST: 140,
    Column.REMAINING: 100,
    Column.ALERTS: 170,
    Column.READ: 120,
    Column.SEGMENT: 140,
    Column.HOPS: 150,
    Column.FIRMWARE: 130,
    Column.MANAGED: 96,
}
USUAL = (Column.PLACE, Column.STATE, Column.SUPPLIES, Column.TOTAL, Column.ADDRESS)
_OF_NETWORKS = {Column.SEGMENT, Column.HOPS}
_OF_READINGS = {
    Column.MONO,
    Column.COLOR,
    Column.LOWEST,
    Column.REMAINING,
    Column.ALERTS,
    Column.READ,
}
RIGHT = {Column.TOTAL, Column.MONO, Column.COLOR, Column.REMAINING}


def head(column: Column) -> str:
    """Name a column."""
    return QCoreApplication.translate("Devices", HEADS[column])


def _meter(key: str) -> Callable[[DeviceSummary], int | None]:
    return lambda summary: summary.latest.meters.get(key) if summary.latest else None


def _lowest(summary: DeviceSummary) -> tuple[float, str] | None:
    found = device_words.lowest(summary.latest.supplies) if summary.latest else None
    if found is None or found.level_percent is None:
        return None
    return (found.level_percent, words.supply_name(found))


def remaining(summary: DeviceSummary) -> int | None:
    """Give the fewest pages that a supply is still good for, where its maker says so."""
    supplies = summary.latest.supplies if summary.latest else ()
    return min((s.remaining_pages for s in supplies if s.remaining_pages is not None), default=None)


def conditions(summary: DeviceSummary) -> tuple[str, ...] | None:
    """Give the conditions a printer is in; ``None`` before it was read."""
    return summary.latest.status.conditions if summary.latest else None


def _conditions(summary: DeviceSummary) -> tuple[int, str] | None:
    found = conditions(summary)
    if found is None:
        return None
    return (-len(found), ", ".join(words.condition(each) for each in found))


def _supply_words(value: tuple[float, str]) -> str:
    return f"{value[1]} {wording.percent(value[0])}"


def _condition_words(value: tuple[int, str]) -> str:
    return value[1] or QCoreApplication.translate("Devices", "none")


def _managed_words(value: int) -> str:
    if value:
        return QCoreApplication.translate("Devices", "managed")
    return QCoreApplication.translate("Devices", "ignored")


PLAIN: dict[Column, Plain] = {
    Column.MONO: Plain(_meter("mono"), wording.number, right=True),
    Column.COLOR: Plain(_meter("color"), wording.number, right=True),
    Column.LOWEST: Plain(_lowest, _supply_words),
    Column.REMAINING: Plain(remaining, wording.number, right=True),
    Column.ALERTS: Plain(_conditions, _condition_words),
    Column.READ: Plain(lambda s: s.latest.taken_at if s.latest else None, wording.moment),
    Column.SEGMENT: Plain(lambda s: s.device.segment, str),
    Column.HOPS: Plain(lambda s: s.device.hops, map_words.distance),
    Column.FIRMWARE: Plain(lambda s: s.device.identity.firmware, str),
    Column.MANAGED: Plain(lambda s: int(s.device.managed), _managed_words),
}


def plain_text(summary: DeviceSummary, column: Column) -> str | None:
    """Give the words of a column of one value; ``None`` where the value is not known."""
    plain = PLAIN[column]
    value = plain.value(summary)
    return None if value is None else plain.words(value)


def missing_text(summary: DeviceSummary, column: Column) -> str:
    """Say why a column of one value shows none: never read, on a cable, or just not known."""
    if column in _OF_NETWORKS and device_words.cable(summary.device.endpoint) is not None:
        return QCoreApplication.translate("Devices", "on a cable")
    if column in _OF_READINGS and summary.latest is None:
        return not_read()
    return words.not_known()


def not_read() -> str:
    """Say that a printer has never been read."""
    return QCoreApplication.translate("Devices", "not read yet")
