"""The size of a search, figured out without asking anybody."""

from __future__ import annotations

import socket

import pytest

from app.workers.reckon import Reckoned, reckon
from core.discovery.interfaces import Interface
from core.model.action import DiscoverArguments
from core.model.segment import Segment

OWN = (Interface("eth0", "192.168.4.7", 24),)


def asked(*targets: str, fast: bool = False, **changes: object) -> DiscoverArguments:
    segments = tuple(Segment(t, (t,), **changes) for t in targets)  # type: ignore[arg-type]
    return DiscoverArguments(segments=segments, fast=fast)


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a name was resolved")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def size(arguments: DiscoverArguments, *approved: Segment) -> Reckoned:
    found = reckon(arguments, approved, lambda: OWN)
    assert found is not None
    return found


def test_addresses_are_counted_once() -> None:
    assert size(asked("10.0.0.0/24", "10.0.0.5", "10.0.1.1-10")).addresses == 264


def test_nothing_named_is_the_approved_networks_else_our_own() -> None:
    assert size(DiscoverArguments(), Segment("a", ("10.0.0.0/30",))).addresses == 2
    assert size(DiscoverArguments()).addresses == 254


def test_host_names_are_counted_and_not_resolved() -> None:
    found = size(asked("printer.local", "10.0.0.1", exclusions=("scanner.local",)))
    assert (found.addresses, found.names) == (1, 1)


def test_our_own_wire_is_slower() -> None:
    assert size(asked("192.168.4.0/24")).seconds > size(asked("192.168.5.0/24")).seconds


def test_a_hurry_shortens_what_is_routed() -> None:
    gentle, hurried = size(asked("10.0.0.0/16")), size(asked("10.0.0.0/16", fast=True))
    assert gentle.addresses == hurried.addresses == 65534
    assert hurried.seconds < gentle.seconds / 5


def test_a_hop_limit_makes_it_at_most() -> None:
    assert not size(asked("10.0.0.0/24")).at_most
    assert size(asked("10.0.0.0/24", max_hops=0)).at_most


@pytest.mark.parametrize("text", ["10.0.0.", "10.0.0.0/2", "http://x", "999.1.1.1"])
def test_what_cannot_be_read_has_no_size(text: str) -> None:
    assert reckon(asked(text), (), lambda: OWN) is None
