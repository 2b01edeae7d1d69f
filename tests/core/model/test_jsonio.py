"""JSON in and out of the words of the design."""

from __future__ import annotations

import json
import typing

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.model import action, device, event, evidence, outbox, reading, segment, status
from core.model.identity import Identity
from core.model.jsonio import from_builtins, from_json, to_builtins, to_json
from core.model.problem import BadInputError, Problem, ProblemKind
from core.model.provenance import Provenance

#: Shrinking a whole reading takes minutes; the failing value itself says enough.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)

# JSON has no NaN, and no number of ours needs more than 64 bits (Counter64 fits).
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**63), 2**64 - 1))

WORDS: list[type[typing.Any]] = [
    Identity,
    Problem,
    Provenance,
    action.DiscoverArguments,
    action.EnrolArguments,
    device.DeviceSummary,
    event.Delivery,
    event.DeviceChanged,
    evidence.Finding,
    evidence.Rejection,
    outbox.DeliveredReading,
    outbox.OutboxItem,
    reading.Reading,
    segment.Segment,
    status.AgentStatus,
]


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(data=st.data())
def test_every_word_comes_back_as_it_went(kind, data):
    value = data.draw(st.from_type(kind))
    text = to_json(value)
    assert from_json(text, kind) == value
    assert from_builtins(to_builtins(value), kind) == value
    json.loads(text)


def test_an_unknown_key_is_ignored_so_that_older_programs_read_newer_texts():
    assert from_json('{"vendor":"HP","colour_of_the_case":"grey"}', Identity).vendor == "HP"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{", "truncated"),
        ('{"vendor":3}', "$.vendor"),
        ("[]", "object"),
        (b"\xff\xfe", "valid Identity"),
    ],
)
def test_a_wrong_text_is_named_with_its_path(text, part):
    with pytest.raises(BadInputError) as caught:
        from_json(text, Identity)
    assert caught.value.problem.code == "bad_json"
    assert caught.value.problem.kind is ProblemKind.BAD_INPUT
    assert part in caught.value.problem.text


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_the_named_error(noise):
    try:
        from_json(noise, reading.Reading)
    except BadInputError:
        pass


def test_a_secret_is_in_no_repr_and_no_error():
    canary = "pUbLiC-canary"
    given_ = action.DiscoverArguments(communities=(canary,))
    assert canary not in repr(given_)
    assert canary not in repr(action.EnrolArguments("h", canary))
    with pytest.raises(BadInputError) as caught:
        from_json(f'{{"communities": "{canary}"}}', action.DiscoverArguments)
    assert canary not in str(caught.value)


def test_nesting_without_end_is_the_named_error():
    with pytest.raises(BadInputError):
        from_json('{"x":' + "[" * 200_000 + "]" * 200_000 + "}", Identity)


def test_what_was_written_before_distances_were_known_can_be_read() -> None:
    old = '{"segment":"office","addresses":9,"asked":9,"answered":1,"found":1}'
    assert from_json(old, event.SegmentProgress).hops is None
    assert from_json('{"name":"a","targets":["b"]}', segment.Segment).max_hops is None
    endpoint = '"endpoint":{"address":"192.0.2.1"}'
    found = from_json(f'{{{endpoint},"identity":{{}},"evidence":[]}}', evidence.Finding)
    assert found.hops is None
    times = '"first_seen":"2026-01-01T00:00:00Z","last_seen":"2026-01-01T00:00:00Z"'
    known = f'{{"key":"k",{endpoint},"identity":{{}},"evidence":[],{times}}}'
    assert from_json(known, device.Device).hops is None
