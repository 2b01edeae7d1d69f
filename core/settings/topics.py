"""The settings, topic by topic: each key once, with its default, text, and who may change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, field_validator

from core.model.segment import Segment
from core.settings.keys import CONSOLE, CONSOLE_AND_HUB, Text, Topic, key


class SegmentSettings(Topic):
    """One part of the customer's network that may be searched (``core.model.segment.Segment``)."""

    name: Text = Field(description="What you call this network. Each name can be used once.")
    targets: tuple[Text, ...] = Field(
        min_length=1,
        description="Addresses, ranges, networks or host names; one on each line.",
    )
    exclusions: tuple[Text, ...] = Field(
        default=(),
        description="Never search these, even where they are part of the addresses above.",
    )
    port: int = Field(
        default=161,
        strict=True,
        ge=1,
        le=65535,
        description="The UDP port of SNMP; 161 unless somebody changed it.",
    )
    credentials: Text = Field(
        default="default",
        description="Which of the sets under Passwords is used here.",
    )
    timeout: float = Field(
        default=1.0,
        strict=True,
        ge=0.05,
        le=60,
        description="How long to wait for each answer in a search, in seconds.",
    )
    max_hops: int | None = Field(
        default=None,
        strict=True,
        ge=0,
        le=30,
        description="Search behind at most this many routers (hops). Not set: no limit.",
    )
    versions: tuple[Literal["1", "2c", "3"], ...] = Field(
        default=("2c", "1"),
        min_length=1,
        description="The versions of SNMP that may be used here: 1, 2c, 3. "
        "Version 3 is used only where it is allowed here.",
    )

    read_every: int | None = Field(
        default=None,
        strict=True,
        ge=5,
        le=10_080,
        description="How often these printers are read, in minutes. Not set: like all others.",
    )

    @field_validator("versions")
    @classmethod
    def _no_version_twice(cls, versions: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(versions)) < len(versions):
            raise ValueError("a version of SNMP is named twice")
        return versions

    def as_segment(self) -> Segment:
        """Give it as the word of the model."""
        return Segment(
            name=self.name,
            targets=self.targets,
            exclusions=self.exclusions,
            port=self.port,
            credentials=self.credentials,
            timeout=self.timeout,
            max_hops=self.max_hops,
            versions=self.versions,
            read_every=self.read_every,
        )

    @classmethod
    def of(cls, segment: Segment) -> SegmentSettings:
        """Make it from the word of the model; raises pydantic's ``ValidationError``."""
        return cls(
            name=segment.name,
            targets=segment.targets,
            exclusions=segment.exclusions,
            port=segment.port,
            credentials=segment.credentials,
            timeout=segment.timeout,
            max_hops=segment.max_hops,
            versions=segment.versions,  # type: ignore[arg-type]  # checked by the model
            read_every=segment.read_every,
        )


class Discovery(Topic):
    """Where to search."""

    segments: tuple[SegmentSettings, ...] = key(
        (), "The networks that may be searched. Nothing outside of them is ever searched.", CONSOLE
    )
    manage_new: bool = key(
        True,
        "On: printers that a search finds are read from then on. Off: they are only listed.",
        CONSOLE,
        strict=True,
    )

    @field_validator("segments")
    @classmethod
    def _no_name_twice(cls, segments: tuple[SegmentSettings, ...]) -> tuple[SegmentSettings, ...]:
        names = [segment.name for segment in segments]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two networks are named {name!r}")
        return segments

    def as_segments(self) -> tuple[Segment, ...]:
        """Give the segments as the words of the model."""
        return tuple(segment.as_segment() for segment in self.segments)

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> Discovery:
        """Make the topic from segments; raises pydantic's ``ValidationError``."""
        return cls(segments=tuple(SegmentSettings.of(segment) for segment in segments))


class Secrets(Topic):
    """Where credentials lie."""

    backend: Literal["auto", "keyring", "file"] = key(
        "auto",
        "Where passwords and SNMP names are kept: in the system's own store (keyring), or in a "
        "file that only its owner can read. Automatic: in the first where it works, else in the "
        "file.",
        CONSOLE,
    )


class Collection(Topic):
    """How devices are read."""

    timeout: float = key(
        2.0,
        "How long to wait for each answer of a printer, in seconds.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=0.05,
        le=60,
    )
    retries: int = key(
        2,
        "How often a request is repeated when no answer comes.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=0,
        le=10,
    )
    concurrency: int = key(
        20,
        "How many printers are read at the same time.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=1,
        le=500,
    )
    offline_after: int = key(
        2,
        "After this many failed readings in a row a printer counts as offline.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=1,
        le=100,
    )
    stale_after: int = key(
        42,
        "After this many days without a reading a printer is left out of lists and reports. "
        "It is kept, and comes back with its next reading.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=1,
        le=3650,
    )
