"""Where the values of a chart come from: a line for the read-out, all of it where one asks."""

from __future__ import annotations

from collections.abc import Iterable

from app.ui import origin
from app.ui.charts.data import Level, Sources
from app.ui.charts.words import said
from app.ui.origin import Origin
from core.model.provenance import Provenance


def newest(sources: Sources) -> Provenance | None:
    """Give the source of what is counted now."""
    return sources.found[-1] if sources.found else None


def own(level: Level, sources: Sources) -> Provenance | None:
    """Give the source of a level."""
    place = level.origin
    return sources.found[place] if place is not None and place < len(sources.found) else None


def way(found: Provenance | None, maker: str) -> str:
    """Say in words by which way a value came; "" where nobody noted it."""
    if found is None:
        return ""
    what = origin.what(found, maker)
    return said("%1, %2").replace("%1", what, 1).replace("%2", origin.way(found.source), 1)


def brief(named: Iterable[tuple[str, Provenance | None, str]]) -> str:
    """Tell names (with the source and the maker of each) by the ways that their values came,
    those of one way together: "Mono, Colour: Kyocera's own value, known to its profile, by SNMP".
    """
    ways: dict[str, list[str]] = {}
    for name, found, maker in named:
        told = way(found, maker)
        if told:
            ways.setdefault(told, []).append(name)
    form = said("%1: %2")
    return "\n".join(
        form.replace("%1", ", ".join(names), 1).replace("%2", told, 1)
        for told, names in ways.items()
    )


def of_volume(name: str, value: str, sources: Sources) -> Origin:
    """Explain what a counter rose by: the newest source, and that there were others before."""
    sentence = said("What the printer's counter rose by between the readings of this time.")
    return _explained(name, value, newest(sources), sources, sentence)


def of_level(name: str, value: str, level: Level, sources: Sources) -> Origin:
    """Explain a level: from where this very value was read, and what the printer said."""
    return _explained(name, value, own(level, sources), sources, "", level)


def _explained(
    name: str,
    value: str,
    found: Provenance | None,
    sources: Sources,
    sentence: str,
    level: Level | None = None,
) -> Origin:
    question = said("%1: %2").replace("%1", name, 1).replace("%2", value, 1)
    if found is None:
        return Origin(question, said("Nobody noted where it came from."), (), "", ())
    form = said("%1, read %2.").replace("%1", origin.what(found, sources.maker), 1)
    told = form.replace("%2", origin.way(found.source), 1)
    raw = level.raw if level is not None else ()
    shown = tuple(
        f"{ref} = {raw[place]}" if place < len(raw) else ref for place, ref in enumerate(found.refs)
    )
    rule = said("Rule: %1").replace("%1", found.rule, 1) if found.rule else ""
    before = [other for other in sources.found if other is not found]
    remarks = []
    if before and level is None:
        ways = ", ".join(dict.fromkeys(origin.way(other.source) for other in before))
        remarks.append(said("Earlier it was read from elsewhere: %1.").replace("%1", ways, 1))
    return Origin(question, " ".join(filter(None, (sentence, told))), shown, rule, tuple(remarks))
