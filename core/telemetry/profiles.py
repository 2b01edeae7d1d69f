"""The profiles that there are, and which of them fit a machine.

Those that come with Platen are in ``resources/profiles``. A person's own lie in a folder, by
default ``profiles`` in the data folder: a file there takes the place of the one of its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final

from core.model.reading import Note
from core.snmp.types import Oid
from core.telemetry.oids import SYS_DESCR, SYS_OBJECT_ID
from core.telemetry.profile import Profile
from core.telemetry.profile_file import parse_profile
from core.telemetry.remembered import remembered
from core.telemetry.resource import BadResourceError, read_resource
from core.telemetry.snapshot import Snapshot
from core.telemetry.text import text_of

#: A person's own profiles, in the data folder.
FOLDER: Final = "profiles"
_LARGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ProfileSet:
    """Profiles to read with, and a note for each own file that cannot be used."""

    profiles: tuple[Profile, ...]
    notes: tuple[Note, ...] = ()


@cache
def all_profiles() -> tuple[Profile, ...]:
    """Read every profile that comes along once, by name; raises ``BadResourceError``."""
    folder = files("resources").joinpath("profiles")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(_named(read_resource(f"profiles/{name}"), name) for name in names)


def read_profile(path: Path) -> Profile:
    """Read one file; raises ``BadResourceError`` that names its line where it is wrong."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadResourceError(str(path), f"it is larger than {_LARGEST:,} octets")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadResourceError(str(path), f"it cannot be read ({error})") from None
    return _named(text, str(path), path.name)


def profiles_with(folder: Path | None, *, strict: bool = False) -> ProfileSet:
    """Give the profiles that come along with those of ``folder`` over them, by name.

    A file that cannot be used is left out and noted (code "profile_unusable"), or, when ``strict``,
    raises its ``BadResourceError``. A folder that is not there holds nothing.
    """
    try:
        paths = sorted(folder.glob("*.toml")) if folder is not None else []
        stamps = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)
    except OSError as error:
        raise BadResourceError(str(folder), f"it cannot be read ({error})") from None
    return _read_all(stamps, strict)


@lru_cache(maxsize=8)
def _read_all(stamps: tuple[tuple[Path, int, int], ...], strict: bool) -> ProfileSet:
    found = {profile.name: profile for profile in all_profiles()}
    notes = []
    for path, _, _ in stamps:
        try:
            profile = read_profile(path)
        except BadResourceError as error:
            if strict:
                raise
            notes.append(Note("profile_unusable", error.problem.text))
        else:
            found[profile.name] = profile
    return ProfileSet(tuple(found[name] for name in sorted(found)), tuple(notes))


def _named(text: str, name: str, file: str | None = None) -> Profile:
    profile = parse_profile(text, name)
    if f"{profile.name}.toml" != (file or name):
        raise BadResourceError(name, f"its name is {profile.name!r}, not that of its file")
    return replace(profile, digest=sha256(text.encode()).hexdigest())


def matching(snapshot: Snapshot, profiles: Iterable[Profile] | None = None) -> tuple[Profile, ...]:
    """Give those of ``profiles`` (or of all that come along) that fit this agent, the best first.

    More than one may fit: a machine that one maker sells and another built answers both.
    """
    value = snapshot.value(SYS_OBJECT_ID)
    object_id = None if value is None else value.oid()
    description = text_of(snapshot.value(SYS_DESCR)) or ""
    ranked = [
        (rank, profile)
        for profile in (all_profiles() if profiles is None else profiles)
        if (rank := profile.rank(object_id, description)) is not None
    ]
    ranked.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(profile for _, profile in ranked)


@remembered
def identity_places(profiles: tuple[Profile, ...]) -> tuple[list[Oid], list[Oid]]:
    """Give the scalars and the columns that these profiles read identity from."""
    sources = [s for p in profiles for field in p.identity.values() for s in field]
    scalars = {s.oid: None for s in sources if s.oid is not None}
    columns = {s.column: None for s in sources if s.column is not None}
    return list(scalars), list(columns)
