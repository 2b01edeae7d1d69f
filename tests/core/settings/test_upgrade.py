from __future__ import annotations

import pytest

from core.settings.upgrade import STEPS, VERSION, upgrade

TWO_STEPS = {
    1: lambda old: {"second": old["first"]},
    2: lambda old: {"third": old["second"]},
}


def test_an_old_document_goes_through_every_step() -> None:
    assert upgrade({"first": 5}, TWO_STEPS, 3) == {"version": 3, "third": 5}
    assert upgrade({"version": 2, "second": 5}, TWO_STEPS, 3) == {"version": 3, "third": 5}


def test_a_present_one_is_left_alone() -> None:
    assert upgrade({"version": 3, "x": 1}, TWO_STEPS, 3) == {"version": 3, "x": 1}


@pytest.mark.parametrize("version", [4, 0, -1, "1", True, 1.0, None])
def test_what_is_newer_or_no_version_is_refused(version: object) -> None:
    with pytest.raises(ValueError, match="version"):
        upgrade({"version": version}, TWO_STEPS, 3)


def test_there_is_a_step_for_every_older_version() -> None:
    assert set(STEPS) == set(range(1, VERSION))
