"""The profiles that come with Platen, and which of them fit a machine."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from core.snmp.types import Oid
from core.telemetry.oids import SYS_DESCR, SYS_OBJECT_ID
from core.telemetry.profile import Profile
from core.telemetry.profile_file import parse_profile
from core.telemetry.resource import BadResourceError, read_resource
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import text_of


@cache
def all_profiles() -> tuple[Profile, ...]:
    """Read every profile once, by name; raises ``BadResourceError``."""
    folder = files("resources").joinpath("profiles")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    profiles = tuple(parse_profile(read_resource(f"profiles/{name}"), name) for name in names)
    for profile, name in zip(profiles, names, strict=True):
        if f"{profile.name}.toml" != name:
            raise BadResourceError(name, f"its name is {profile.name!r}")
    return profiles


def matching(snapshot: Snapshot) -> tuple[Profile, ...]:
    """Give the profiles that fit this agent, the best first.

    More than one may fit: a machine that one maker sells and another built answers both.
    """
    value = snapshot.value(SYS_OBJECT_ID)
    object_id = None if value is None else value.oid()
    description = text_of(snapshot.value(SYS_DESCR)) or ""
    ranked = [
        (rank, profile)
        for profile in all_profiles()
        if (rank := profile.rank(object_id, description)) is not None
    ]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(profile for _, profile in ranked)


def identity_places(profiles: tuple[Profile, ...]) -> tuple[list[Oid], list[Oid]]:
    """Give the scalars and the columns that these profiles read identity from."""
    sources = [s for p in profiles for field in p.identity.values() for s in field]
    scalars = {s.oid: None for s in sources if s.oid is not None}
    columns = {s.column: None for s in sources if s.column is not None}
    return list(scalars), list(columns)
