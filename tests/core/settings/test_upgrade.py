from __future__ import annotations

from pathlib import Path

import pytest

from core.settings.file import NAME, Settings
from core.settings.upgrade import STEPS, VERSION, upgrade

FIXTURES = Path(__file__).parent / "fixtures"
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


def test_a_file_of_the_first_version_keeps_its_meaning(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes((FIXTURES / "settings-1.toml").read_bytes())
    loaded = Settings.load(tmp_path)
    assert loaded.problem is None
    found = loaded.settings
    (hall,) = found.discovery.as_segments()
    assert (hall.name, hall.credentials, hall.max_hops) == ("Hall", "segment Hall", 2)
    assert hall.versions == ("2c", "1")
    assert found.privacy.hidden == ("192.168.4.7", "10.0.0.0/8")
    assert found.privacy.strictest("macs") == "show"
    assert (found.collection.timeout, found.discovery.manage_new) == (3.0, False)
    found.save(tmp_path)
    assert Settings.load(tmp_path).settings == found
