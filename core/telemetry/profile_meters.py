"""The meters that profiles know of a machine: each by the first source that is plausible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from core.model.provenance import Confidence, Observation, Provenance
from core.model.reading import EngineLife, Note
from core.telemetry.meter_checks import disagreements, implausible
from core.telemetry.observe import observed, origin
from core.telemetry.profile import NumberSource, Profile
from core.telemetry.snapshot import Snapshot
from core.telemetry.terms import Found, find, other_label

# Engines that count what the meters count, or its half.
_PAGES: Final = frozenset({"impressions", "sheets", "unknown"})


@dataclass(slots=True)
class ProfileMeters:
    """Meters by name, and what was found and refused: its provenance by name, with notes.

    Names that begin with "_" are for the checks of sums and are no meters of the reading.
    """

    meters: dict[str, Observation[int]] = field(default_factory=dict)
    refused: dict[str, Provenance] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def profile_meters(
    snapshot: Snapshot, profiles: tuple[Profile, ...], life: EngineLife | None
) -> ProfileMeters:
    """Read the meters of the first profile that gives any.

    ``life`` is the engine's own count: a number far beyond it is refused.
    """
    for profile in profiles:
        found = ProfileMeters()
        engine = None if life is None or life.unit not in _PAGES else life.value
        for key in sorted(profile.meters, key=lambda name: name != "total"):
            _meter(snapshot, profile, key, engine, found)
            if key == "total" and key in found.meters:
                engine = max(engine or 0, found.meters[key].value)
        if found.meters or found.refused:
            return found
    return ProfileMeters()


def profile_life(
    snapshot: Snapshot, profiles: tuple[Profile, ...]
) -> Observation[EngineLife] | None:
    """Read an engine's life that is not in the Printer MIB, in the unit its profile names."""
    for profile in profiles:
        for source in profile.life:
            hit = find(snapshot, source)
            if hit is not None and implausible("life", hit.whole, None, source.most) is None:
                life = EngineLife(hit.whole, source.unit)
                rule = f"profile {profile.name}"
                return observed(life, snapshot, hit.places, rule, source.confidence)
    return None


def check_sums(found: ProfileMeters, profiles: tuple[Profile, ...]) -> None:
    """Compare the sums that profiles know with their totals.

    Where they differ, a note says so and both sides become doubtful.
    """
    checks = [check for profile in profiles for check in profile.checks]
    for note, names in disagreements(dict.fromkeys(checks), found.meters):
        found.notes.append(note)
        for name in names:
            meter = found.meters[name]
            doubted = replace(meter.provenance, confidence=Confidence.DOUBTFUL)
            found.meters[name] = Observation(meter.value, doubted)


def _meter(
    snapshot: Snapshot, profile: Profile, key: str, engine: int | None, found: ProfileMeters
) -> None:
    rule = f"profile {profile.name}"
    for source in profile.meters[key]:
        hit = find(snapshot, source)
        if hit is None:
            continue
        why = implausible(key, hit.largest, engine, source.most)
        if why is None:
            known = observed(hit.whole, snapshot, hit.places, rule, source.confidence)
            found.meters[key] = known
            return
        found.notes.append(_refusal(key, hit, why))
        if key not in found.refused:
            doubtful = f"{rule}, refused: {why}"
            found.refused[key] = origin(snapshot, hit.places, doubtful, Confidence.DOUBTFUL)
    found.notes.extend(_other_labels(snapshot, profile.meters[key], key))


def _other_labels(
    snapshot: Snapshot, sources: tuple[NumberSource, ...], key: str
) -> Iterator[Note]:
    """Say where a meter is not read because the machine calls its place something else."""
    terms = [term for source in sources for term in source.terms]
    for label in dict.fromkeys(other_label(snapshot, term) for term in terms):
        if label is not None:
            name = key.strip("_").replace("_", " ")
            text = (
                f'The {name} counter is not read: this machine calls what stands there "{label}".'
            )
            yield Note("meter_label_differs", text)


def _refusal(key: str, hit: Found, why: str) -> Note:
    name = key.strip("_").replace("_", " ")
    text = f"The {name} counter says {hit.largest}: {why}. It is not used."
    return Note("meter_implausible", text)
