"""What is typed becomes the arguments of a search."""

from __future__ import annotations

import pytest

from app.ui.scan.form import ScanForm, split_targets
from core.model.segment import Segment

APPROVED = (Segment("office", ("10.0.0.0/24",)), Segment("lab", ("10.0.1.0/24",), port=1161))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("", ()),
        ("  , ;", ()),
        ("10.0.0.0/24", ("10.0.0.0/24",)),
        ("10.0.0.1, 10.0.0.2;a b\nc", ("10.0.0.1", "10.0.0.2", "a", "b", "c")),
        ("a a,a", ("a",)),
    ],
)
def test_targets_are_split(text: str, targets: tuple[str, ...]) -> None:
    assert split_targets(text) == targets


def test_nothing_typed_leaves_the_choice_to_the_agent() -> None:
    arguments = ScanForm(remember=True).arguments(APPROVED)
    assert arguments.segments == ()
    assert arguments.communities == ()
    assert not arguments.remember
    assert arguments.read_found


def test_each_target_becomes_a_segment() -> None:
    arguments = ScanForm("10.9.0.0/24 host", 1161, "secret", remember=True, fast=True).arguments(())
    assert [s.name for s in arguments.segments] == ["10.9.0.0/24 port 1161", "host port 1161"]
    assert [s.targets for s in arguments.segments] == [("10.9.0.0/24",), ("host",)]
    assert ScanForm("10.9.0.0/24").arguments(()).segments[0].name == "10.9.0.0/24"
    assert {s.port for s in arguments.segments} == {1161}
    assert arguments.communities == ("secret",)
    assert (arguments.remember, arguments.fast) == (True, True)
    assert "secret" not in repr(arguments)


def test_a_community_alone_applies_to_the_approved_segments() -> None:
    assert ScanForm(community="c").arguments(APPROVED).segments == APPROVED


def test_a_port_alone_applies_to_the_approved_segments() -> None:
    segments = ScanForm(port=9161).arguments(APPROVED).segments
    assert [(s.name, s.port) for s in segments] == [("office", 9161), ("lab", 9161)]


def test_a_hop_limit_goes_with_every_segment() -> None:
    arguments = ScanForm("10.9.0.0/24 host", max_hops=0).arguments(APPROVED)
    assert [s.max_hops for s in arguments.segments] == [0, 0]
    assert [s.max_hops for s in ScanForm(max_hops=2).arguments(APPROVED).segments] == [2, 2]


def test_without_a_hop_limit_the_approved_one_stands() -> None:
    limited = (Segment("far", ("10.0.0.0/24",), max_hops=3),)
    assert ScanForm(community="c").arguments(limited).segments == limited
