"""A device in the log: who it is, the maker once."""

from __future__ import annotations

from dataclasses import replace

from core.support.words import device_words
from tests.support.sample_devices import summary


def test_the_maker_is_said_once() -> None:
    one = summary(1)
    identity = replace(one.device.identity, vendor="Canon", model="Canon LBP6670", serial="S1")
    said = device_words(replace(one, device=replace(one.device, identity=identity)))
    assert said.startswith("Canon LBP6670 (S1) at ")
    other = replace(identity, vendor="Ricoh", model="MP C3002")
    said = device_words(replace(one, device=replace(one.device, identity=other)))
    assert said.startswith("Ricoh MP C3002 (S1) at ")
