"""A map with made-up printers on it."""

from __future__ import annotations

from app.ui.map.scene import MapScene
from tests.support.sample_devices import SEGMENTS, summaries


def sample_map(count: int, segments: tuple[str, ...] = SEGMENTS) -> MapScene:
    """Give a map of these segments, all of them searched, with so many printers."""
    made = MapScene()
    made.set_segments(segments, swept=True)
    made.update_devices(summaries(count))
    return made
