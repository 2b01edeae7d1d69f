"""Values from the sources that profiles name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.model.provenance import Observation
from core.snmp.types import Oid
from core.telemetry.ieee1284 import parse_device_id
from core.telemetry.observe import observed
from core.telemetry.profile import Profile, ValueSource
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import text_of

Cleaner = Callable[[str | None], str | None]


def profile_values(
    snapshot: Snapshot, profiles: tuple[Profile, ...], field: str, clean: Cleaner
) -> Iterator[Observation[str]]:
    """Give every usable value of an identity field, in the order of the profiles' sources."""
    for profile in profiles:
        for source in profile.identity.get(field, ()):
            found = _first(snapshot, source, clean)
            if found is not None:
                text, oid = found
                yield observed(text, snapshot, (oid,), f"profile {profile.name}", source.confidence)


def _first(snapshot: Snapshot, source: ValueSource, clean: Cleaner) -> tuple[str, Oid] | None:
    for oid in _places(snapshot, source):
        text = text_of(snapshot.value(oid))
        value = clean(_extract(text, source)) if text is not None else None
        if value is not None:
            return value, oid
    return None


def _places(snapshot: Snapshot, source: ValueSource) -> list[Oid]:
    if source.oid is not None:
        return [source.oid]
    column = source.column or ()
    return [(*column, *index) for index in snapshot.column(column)]


def _extract(text: str, source: ValueSource) -> str | None:
    if source.key is not None:
        return parse_device_id(text).get(source.key)
    if source.pattern is not None:
        found = source.pattern.search(text)
        return None if found is None else found.group(1)
    return text
