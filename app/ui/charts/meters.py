"""Which meters a chart can show together, and as what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui import words
from app.ui.charts.data import Part
from app.ui.i18n import QT_TRANSLATE_NOOP

_INKS = {
    "mono": "toner_k",
    "color": "accent",
    "print": "accent",
    "copy": "toner_m",
    "fax": "toner_y",
}
_KINDS = ("print", "copy", "fax")
#: For devices side by side; each also has a pattern of its own.
DEVICE_INKS = ("accent", "toner_m", "good", "warning", "toner_c", "text")
MOST_DEVICES = len(DEVICE_INKS)
_PAGES = QT_TRANSLATE_NOOP("History", "Pages")
_BY_KIND = QT_TRANSLATE_NOOP("History", "Pages by kind")


@dataclass(frozen=True, slots=True)
class MeterChoice:
    """What may be chosen: its key, its name, the meters that are drawn on each other, and the one
    that devices are compared by.
    """

    key: str
    name: str
    meters: tuple[str, ...]
    single: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The meters as paths of a history."""
        return tuple(path(name) for name in self.meters)

    def parts(self) -> tuple[Part, ...]:
        """Give each meter with its name and colour."""
        return tuple(
            Part(
                path(name),
                self.name if name == "engine_life" else name_of(name),
                _INKS.get(name, "accent"),
                place,
            )
            for place, name in enumerate(self.meters)
        )


def path(meter: str) -> str:
    """Give the path of a meter in a history."""
    return meter if meter == "engine_life" else f"meters.{meter}"


def name_of(meter: str) -> str:
    """Name a meter."""
    return words.meter(meter)


def choices(known: Collection[str], *, engine_life: str = "") -> tuple[MeterChoice, ...]:
    """Give what may be chosen for a device that counts these meters, the usual one first.

    ``engine_life`` is the unit that it counts its life in, where that is to be chosen too.
    """
    found: list[MeterChoice] = []
    pages = tuple(meter for meter in ("mono", "color") if meter in known)
    kinds = tuple(meter for meter in _KINDS if meter in known)
    said = QCoreApplication.translate
    if len(pages) == 2:
        single = "total" if "total" in known else "mono"
        found.append(MeterChoice("pages", said("History", _PAGES), pages, single))
    elif "total" in known:
        found.append(MeterChoice("pages", said("History", _PAGES), ("total",), "total"))
    if len(kinds) > 1:
        found.append(MeterChoice("kinds", said("History", _BY_KIND), kinds, kinds[0]))
    singles = sorted(known, key=words.meter_order)
    found += [MeterChoice(m, name_of(m), (m,), m) for m in singles]
    if engine_life:
        name = said("History", "Engine life, %1").replace("%1", words.unit(engine_life), 1)
        found.append(MeterChoice("engine_life", name, ("engine_life",), "engine_life"))
    return tuple(found)
