"""What stands on the map in words."""

from __future__ import annotations

import pytest

from app.ui import evidence_words
from app.ui.map import words as map_words
from core.model.event import SegmentProgress


@pytest.mark.parametrize(
    ("hops", "ring", "distance"),
    [
        (None, "distance not known", "not known"),
        (0, "this network", "on this PC's own network"),
        (1, "1 hop", "1 router away"),
        (4, "4 hops", "4 routers away"),
    ],
)
def test_distances(hops: int | None, ring: str, distance: str) -> None:
    assert map_words.ring(hops) == ring
    assert map_words.distance(hops) == distance


@pytest.mark.parametrize(
    ("count", "share", "progress", "said"),
    [
        (3, 1.0, None, "3 printers"),
        (1, 1.0, None, "1 printer"),
        (0, 1.0, None, "no printers found"),
        (0, 0.0, None, "not searched yet"),
        (2, 0.5, SegmentProgress("s", 254, 127, 3, 1), "50 % asked · 3 answers · 1 found"),
        (0, 0.25, SegmentProgress("s", 200, 50, 0, 0), "25 % asked"),
        (2, 1.0, SegmentProgress("s", 254, 254, 3, 2), "2 printers"),
    ],
)
def test_segments(count: int, share: float, progress: SegmentProgress | None, said: str) -> None:
    assert map_words.segment(count, share, progress) == said


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("refuses every community", "Refuses every community."),
        ("hrDeviceType says computer", "hrDeviceType says computer."),
        ("network not searched: it ended.", "Network not searched: it ended."),
        ('"Scan 1" announces that it scans', '"Scan 1" announces that it scans.'),
        ("", ""),
    ],
)
def test_a_reason_becomes_a_sentence(reason: str, sentence: str) -> None:
    assert evidence_words.sentence(reason) == sentence
