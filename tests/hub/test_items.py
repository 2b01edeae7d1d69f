"""Items sorted out: anything an agent may send is stored or refused with a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.jsonio import from_json, to_json
from core.model.occurrence import DeliveredOccurrence, Occurrence
from core.model.outbox import LARGEST_BODY, DeliveredReading
from core.model.rule import Weight
from hub.items import GoodItem, Item, sort_out
from tests.support.outbox import item

GOOD = item(1).body


def one(**changes: str) -> Item:
    return Item(**({"key": "k", "kind": "reading", "device": "d", "body": GOOD} | changes))


def check(items: list[Item]) -> tuple[list[GoodItem], list[str]]:
    good, refused = sort_out(items)
    assert len(good) + len(refused) == len(items)
    for row in good:
        assert len(row.taken_at) == 27
        assert row.key.isascii()
        from_json(row.body, DeliveredOccurrence if row.subject else DeliveredReading)
    for bad in refused:
        assert bad.reason
        assert bad.reason.isprintable()
        assert len(bad.reason) < 500
    return good, [bad.reason for bad in refused]


@given(st.lists(st.builds(Item, *[st.text(max_size=90)] * 4), max_size=8))
def test_any_texts(items: list[Item]) -> None:
    check([*items, one()])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.data(), json_values)
def test_any_value_in_any_place_of_a_body(data: st.DataObject, value: Any) -> None:
    body = json.loads(GOOD)
    place: Any = body
    while True:
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = value
    check([one(body=json.dumps(body))])


def test_numbers_beyond_reason() -> None:
    for digits in ("9" * 30, "9" * 400, "9" * 5000, "1e999", "-1", "1.5"):
        check([one(body=GOOD.replace('"total":101', f'"total":{digits}'))])


@given(st.integers(0, len(GOOD)), st.binary(max_size=6))
def test_a_damaged_body(place: int, junk: bytes) -> None:
    damaged = GOOD.encode()[:place] + junk + GOOD.encode()[place + len(junk) :]
    check([one(body=damaged.decode(errors="replace"))])


def test_the_time_is_kept_in_one_form() -> None:
    for text, kept in (
        ("2026-01-01T00:00:01Z", "2026-01-01T00:00:01.000000Z"),
        ("2026-01-01T01:00:01.5+01:00", "2026-01-01T00:00:01.500000Z"),
    ):
        (good,), _ = check([one(body=GOOD.replace("2026-01-01T00:00:01Z", text))])
        assert good.taken_at == kept


def test_a_time_without_a_zone_is_no_time() -> None:
    _, (reason,) = check([one(body=GOOD.replace("00:00:01Z", "00:00:01"))])
    assert "zone" in reason


def test_a_flaw_of_one_does_not_touch_the_others() -> None:
    good, refused = check([one(key="a"), one(kind="b"), one(key="c"), one(body="{}")])
    assert [row.key for row in good] == ["a", "c"]
    assert len(refused) == 2


def test_the_size_is_that_of_utf8() -> None:
    pad = GOOD[:-1] + ',"pad":"' + "é" * ((LARGEST_BODY - len(GOOD)) // 2) + '"}'
    _, (reason,) = check([one(body=pad)])
    assert "larger" in reason


ALERT = Occurrence(
    rule="toner-low",
    kind="supply_low",
    name="Toner is low",
    weight=Weight.WARNING,
    subject="supplies[1.1]",
    text="Black toner is at 8 %.",
    raised_at="2026-01-01T00:00:00Z",
    lasting=True,
    key="o1",
    device="d1",
)


def alert(item_key: str = "k", **changes: Any) -> Item:
    device = from_json(GOOD, DeliveredReading).device
    body = to_json(DeliveredOccurrence(device, replace(ALERT, **changes)))
    return Item(item_key, "occurrence", "d1", body)


def test_an_alert_is_taken_with_its_own_key() -> None:
    (good,), refused = sort_out([alert()])
    assert refused == []
    assert (good.subject, good.open, good.taken_at) == ("o1", True, "2026-01-01T00:00:00.000000Z")
    (over,), _ = sort_out([alert(cleared_at="2026-01-02T00:00:00Z")])
    assert not over.open


@pytest.mark.parametrize("changes", [{"key": ""}, {"key": "é"}, {"raised_at": "soon"}])
def test_an_alert_that_is_none_is_refused_and_touches_no_other(changes: dict[str, str]) -> None:
    good, (reason,) = check([one(key="a"), alert("b", **changes), one(key="c")])
    assert [row.key for row in good] == ["a", "c"]
    assert "alert" in reason
