"""What a person types to search the network, as the arguments of the action."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.workers.typed import split_targets
from core.model.action import DiscoverArguments
from core.model.segment import Segment

USUAL_PORT = 161


@dataclass(frozen=True, slots=True)
class ScanForm:
    """The fields as typed. ``targets`` is a list with commas, spaces or lines between;
    ``max_hops`` is ``None`` for no limit of one's own.
    """

    targets: str = ""
    port: int = USUAL_PORT
    community: str = ""
    remember: bool = False
    fast: bool = False
    max_hops: int | None = None

    def arguments(self, approved: tuple[Segment, ...]) -> DiscoverArguments:
        """Make the action's arguments.

        Nothing typed means the approved segments, or this machine's own networks where none are
        approved. A port, community or hop limit without targets applies to the approved segments.
        """
        segments = self._segments(approved)
        return DiscoverArguments(
            segments=segments,
            communities=(self.community,) if self.community else (),
            remember=self.remember and bool(segments),
            fast=self.fast,
            read_found=True,
        )

    def _name(self, target: str) -> str:
        # As `platen scan` names it, so that one network searched from both is one segment.
        return target if self.port == USUAL_PORT else f"{target} port {self.port}"

    def _segments(self, approved: tuple[Segment, ...]) -> tuple[Segment, ...]:
        targets = split_targets(self.targets)
        if targets:
            return tuple(
                Segment(self._name(text), (text,), port=self.port, max_hops=self.max_hops)
                for text in targets
            )
        if self.port == USUAL_PORT and not self.community and self.max_hops is None:
            return ()
        return tuple(self._changed(segment) for segment in approved)

    def _changed(self, segment: Segment) -> Segment:
        if self.port != USUAL_PORT:
            segment = replace(segment, port=self.port)
        return segment if self.max_hops is None else replace(segment, max_hops=self.max_hops)
