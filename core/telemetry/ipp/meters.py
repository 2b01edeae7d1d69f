"""Counters by IPP (PWG 5100.22 section 7.3): impressions, media sheets, pages.

An IPP printer is the print service of a machine: what is copied and faxed need not be in its
counters, and there is none for scans, so that the keys of those are absent. Pages are those of
documents, which is neither impressions nor sheets: they are kept as read, and are no meter.
"""

from __future__ import annotations

from typing import Final

from core.ipp.attributes import Attributes
from core.model.provenance import Confidence, Observation, Provenance
from core.telemetry.ipp.observe import origin
from core.telemetry.meter_checks import implausible
from core.telemetry.meters import MeterFacts

IMPRESSIONS: Final = "printer-impressions-completed"
SHEETS: Final = "printer-media-sheets-completed"
PAGES: Final = "printer-pages-completed"
COLUMNS: Final = f"{IMPRESSIONS}-col"
_TWICE: Final = "-two-sided"
_MONO: Final = ("monochrome",)
_COLOR: Final = ("full-color", "highlight-color")
_BLANK: Final = ("blank",)


def meters_of(attributes: Attributes) -> MeterFacts:
    """Read the meters; what cannot be a count is refused, with its provenance."""
    found: dict[str, Observation[int]] = {}
    refused: dict[str, Provenance] = {}
    for name, attribute in (("total", IMPRESSIONS), ("sheets", SHEETS)):
        value = attributes.number(attribute)
        if value is None or value < 0:
            continue
        why = implausible(name, value, None)
        if why is None:
            found[name] = Observation(value, origin(attributes, (attribute,), attribute))
        else:
            refused[name] = origin(attributes, (attribute,), why, Confidence.DOUBTFUL)
    total = found.get("total")
    for name, value in _parts(attributes, None if total is None else total.value).items():
        found[name] = Observation(value, origin(attributes, (COLUMNS,), COLUMNS))
    if (attributes.number(PAGES) or 0) > 0:
        rule = "pages of documents, neither impressions nor sheets"
        refused["pages"] = origin(attributes, (PAGES,), rule)
    return MeterFacts(meters=found, refused=refused)


def _parts(attributes: Attributes, total: int | None) -> dict[str, int]:
    """Read mono and color from the collection, where it is plain how its members add up.

    Whether a member for two-sided media is a part of its one-sided sibling or stands beside it is
    told by what adds up to the total; where neither does, or both, nothing is made of them.
    """
    members = attributes.members(COLUMNS)
    if members is None:
        return {}
    single = {name: members.number(name) for name in (*_MONO, *_COLOR, *_BLANK)}
    double = {name: members.number(name + _TWICE) for name in single}
    counts = [value for value in (*single.values(), *double.values()) if value is not None]
    if any(value < 0 or implausible("mono", value, None) for value in counts):
        return {}
    beside = {name: _sum(single[name], double[name]) for name in single}
    chosen = single
    if any(double.values()):
        fits = [way for way in (single, beside) if _adds_up(way, total)]
        if len(fits) != 1:
            return {}
        chosen = fits[0]
    mono = _sum(*(chosen[name] for name in _MONO))
    color = _sum(*(chosen[name] for name in _COLOR))
    return {k: v for k, v in (("mono", mono), ("color", color)) if v is not None}


def _adds_up(counts: dict[str, int | None], total: int | None) -> bool:
    whole = _sum(*counts.values()) or 0
    return total in {whole, whole - (counts[_BLANK[0]] or 0)}


def _sum(*values: int | None) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
