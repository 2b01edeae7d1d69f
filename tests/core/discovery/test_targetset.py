from __future__ import annotations

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.addresses import text_of
from core.discovery.spans import count, intersect, merge, subtract
from core.discovery.targetset import Block, TargetSet, addresses
from core.model.identity import Endpoint

BASE = 10 << 24
span = st.tuples(st.integers(0, 300), st.integers(0, 40)).map(lambda v: (v[0], v[0] + v[1]))
spans = st.lists(span, max_size=12)
groups = st.dictionaries(
    st.sampled_from([161, 1161]),
    st.lists(span.map(lambda s: (BASE + s[0], BASE + s[1])), max_size=8),
)
six = st.lists(
    st.builds(Endpoint, st.sampled_from(["fd00::1", "fd00::2"]), st.sampled_from([161, 9])),
    max_size=4,
)
sets = st.builds(TargetSet, groups, six)


def _members(pairs):
    return {n for first, last in pairs for n in range(first, last + 1)}


@given(spans, spans)
def test_span_arithmetic_is_that_of_sets(left, right):
    one, two = merge(left), merge(right)
    assert _members(one) == _members(left)
    assert count(one) == len(_members(left))
    assert _members(subtract(one, two)) == _members(left) - _members(right)
    assert _members(intersect(one, two)) == _members(left) & _members(right)
    assert all(a[1] + 1 < b[0] for a, b in pairwise(one))


@given(sets)
def test_length_numbers_and_membership_agree_with_enumeration(targets):
    listed = list(targets)
    assert len(listed) == len(set(listed)) == len(targets)
    for number, endpoint in enumerate(listed):
        assert targets.at(number) == endpoint
        assert targets.find(endpoint) == number
        assert endpoint in targets
    assert addresses(targets) == len({e.address for e in listed})
    assert Endpoint("10.9.9.9", 161) not in targets
    assert Endpoint("10.0.0.1", 7) not in targets


@given(sets, sets)
def test_set_operations_are_those_of_sets(left, right):
    assert set(left.minus(right)) == set(left) - set(right)
    assert set(left.plus(right)) == set(left) | set(right)
    assert left.plus(right) == right.plus(left)


@given(sets, spans)
def test_inside_and_without_split_by_address(targets, raw):
    part = merge((BASE + a, BASE + b) for a, b in raw)
    texts = {text_of(n) for n in _members(part)}
    assert set(targets.inside(part)) == {e for e in targets if e.address in texts}
    assert set(targets.without(part)) == {e for e in targets if e.address not in texts}
    assert {e.address for e in targets.without((), ["fd00::1"])} == {
        e.address for e in targets if e.address != "fd00::1"
    }


def test_a_whole_eight_takes_no_memory():
    tracemalloc.start()
    try:
        targets = TargetSet({161: [(BASE, BASE + (1 << 24) - 1)]})
        assert len(targets) == 1 << 24
        assert targets.at(0x123456) == Endpoint("10.18.52.86", 161)
        assert targets.find(Endpoint("10.18.52.86", 161)) == 0x123456
        assert next(iter(targets)) == Endpoint("10.0.0.0", 161)
        assert tracemalloc.get_traced_memory()[1] < 50_000
    finally:
        tracemalloc.stop()


def test_members_outside():
    targets = TargetSet({161: [(BASE, BASE)]})
    assert targets.blocks == (Block(161, BASE, BASE),)
    assert targets.ports() == (161,)
    for number in (-1, 1):
        with pytest.raises(IndexError):
            targets.at(number)
    assert targets.find(Endpoint("not an address", 161)) is None
    assert "10.0.0.0" not in targets
    assert targets != "10.0.0.0"
    assert hash(targets) == hash(TargetSet({161: [(BASE, BASE)]}))
