"""Who may change which setting, and the rows that a face is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.action import Origin
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError, RefusedError
from core.model.setting import Setting
from core.settings import Settings
from core.settings.change import changed, keys, value_of
from core.settings.privacy import KINDS, STRICTNESS, Privacy, SegmentPrivacy
from core.settings.shown import shown

HOW = st.sampled_from(["show", "mask", "omit"])
SPECIAL = st.builds(
    SegmentPrivacy,
    name=st.sampled_from(["a", "b"]),
    **{kind: st.none() | HOW for kind in KINDS},
)
PRIVACY = st.builds(
    Privacy,
    **dict.fromkeys(KINDS, HOW),
    segments=st.lists(SPECIAL, max_size=2, unique_by=lambda one: one.name).map(tuple),
    hidden=st.lists(st.sampled_from(["10.0.0.1", "10.0.0.2"]), unique=True).map(tuple),
)


@given(PRIVACY, PRIVACY)
def test_the_hub_makes_nothing_visible(old: Privacy, new: Privacy) -> None:
    before = Settings(privacy=old)
    values = {f"privacy.{name}": value for name, value in new.model_dump(mode="json").items()}
    try:
        after = changed(before, values, Origin.HUB).privacy
    except RefusedError:
        return
    assert set(after.hidden) >= set(old.hidden)
    for kind in KINDS:
        for segment in (None, "a", "b", "c"):
            then, now = after.treatment(kind, segment), old.treatment(kind, segment)
            assert STRICTNESS[then] >= STRICTNESS[now]


@pytest.mark.parametrize("path", keys())
def test_no_origin_but_those_named_changes_a_setting(path: str) -> None:
    found = keys()[path]
    for origin in set(Origin) - found.changed_by - found.tightened_by:
        with pytest.raises(PlatenError) as caught:
            changed(Settings(), {path: None}, origin)
        assert caught.value.problem.code == "setting_refused"


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("0.5", 0.5), ("true", True), ('["a"]', ["a"]), ("mask", "mask"), ('"5"', "5"),
     ("a b", "a b"), ("", ""), ("5 = 6", "5 = 6")],
)  # fmt: skip
def test_a_value_is_read_as_in_the_file_or_as_it_stands(text: str, value: object) -> None:
    assert value_of(text) == value


@given(st.text(max_size=40))
def test_any_text_is_a_value(text: str) -> None:
    value_of(text)


def test_every_setting_is_a_row_that_passes_the_channel() -> None:
    rows = tuple(shown(Settings()))
    assert [row.path for row in rows] == list(keys())
    kinds = {"switch", "number", "whole number", "text", "choice", "list", "table"}
    for row in rows:
        assert from_json(to_json(row), Setting).path == row.path
        assert row.type in kinds
        assert row.text
        assert bool(row.fields) == (row.type == "table")
        assert bool(row.choices) or row.type != "choice"
