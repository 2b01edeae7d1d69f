"""The settings, topic by topic: each key once, with its default, text, and who may change it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field, field_validator

from core.model.segment import Segment
from core.settings.keys import CONSOLE, CONSOLE_AND_HUB, Text, Topic, key


class SegmentSettings(Topic):
    """One part of the customer's network that may be searched (``core.model.segment.Segment``)."""

    name: Text = Field(description="What to call it; no two segments have one name.")
    targets: tuple[Text, ...] = Field(
        min_length=1,
        description="What to search: addresses, ranges, networks, host names.",
    )
    exclusions: tuple[Text, ...] = Field(
        default=(), description="What to leave out, in the same forms; exclusions win."
    )
    port: int = Field(default=161, strict=True, ge=1, le=65535, description="The UDP port of SNMP.")
    credentials: Text = Field(
        default="default", description="The name of the list of communities in the secret store."
    )
    timeout: float = Field(
        default=1.0,
        strict=True,
        ge=0.05,
        le=60,
        description="How long to wait for an answer, in seconds.",
    )
    max_hops: int | None = Field(
        default=None,
        strict=True,
        ge=0,
        le=30,
        description="Behind how many routers to search at most; without it, no limit.",
    )
    versions: tuple[Literal["1", "2c", "3"], ...] = Field(
        default=("2c", "1"),
        min_length=1,
        description="The versions of SNMP that may be used here: 1, 2c, 3. "
        "3 is used only where it stands here.",
    )

    read_every: int | None = Field(
        default=None,
        strict=True,
        ge=5,
        le=10_080,
        description="How often its devices are read, in minutes; without it, as all others.",
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
        (), "The parts of the network that may be searched, as approved at the console.", CONSOLE
    )
    manage_new: bool = key(
        True,
        "Whether printers that a search finds are read from then on, or only listed.",
        CONSOLE,
        strict=True,
    )

    @field_validator("segments")
    @classmethod
    def _no_name_twice(cls, segments: tuple[SegmentSettings, ...]) -> tuple[SegmentSettings, ...]:
        names = [segment.name for segment in segments]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two segments are named {name!r}")
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
        "Where credentials lie: in the system's own store (keyring), in a file that its owner "
        "alone can read (file), or in the first where a person signs in and it works (auto).",
        CONSOLE,
    )


class Collection(Topic):
    """How devices are read."""

    timeout: float = key(
        2.0,
        "How long to wait for each answer of a device, in seconds.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=0.05,
        le=60,
    )
    retries: int = key(
        2,
        "How often a request without an answer is repeated.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=0,
        le=10,
    )
    concurrency: int = key(
        20,
        "How many devices are read side by side.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=1,
        le=500,
    )
    offline_after: int = key(
        2,
        "After how many visits in a row that gave nothing a device is offline.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=1,
        le=100,
    )
    stale_after: int = key(
        42,
        "After how many days without a reading a device drops off the reports.",
        CONSOLE_AND_HUB,
        strict=True,
        ge=1,
        le=3650,
    )
