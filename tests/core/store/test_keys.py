from __future__ import annotations

import uuid
from datetime import timedelta
from random import Random

from core.store.keys import KeyMaker
from tests.support.stored import StoppedClock


def test_a_key_is_a_uuid_of_version_7() -> None:
    key = uuid.UUID(KeyMaker(StoppedClock(), Random(1))())
    assert (key.version, key.variant) == (7, uuid.RFC_4122)
    assert key.int >> 80 == int(StoppedClock()().timestamp() * 1000)


def test_keys_sort_by_the_time_they_were_made() -> None:
    clock = StoppedClock()
    make = KeyMaker(clock, Random(1))
    keys = []
    for _ in range(50):
        keys.append(make())
        clock.now += timedelta(milliseconds=1)
    assert keys == sorted(keys)


def test_keys_of_one_moment_differ() -> None:
    make = KeyMaker(StoppedClock(), Random(1))
    assert len({make() for _ in range(1000)}) == 1000
