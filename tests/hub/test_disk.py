"""Disks that are full or may not be written: named, and nothing acknowledged is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.small_disk import answer_of, on_a_small_disk

SCRIPTS = Path(__file__).parent


def test_a_full_disk_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    full = "hub_disk_full: The hub has no room left on its disk."
    assert on_a_small_disk(tmp_path, SCRIPTS / "small_disk_script.py", 12) == {
        "full": full,
        "again": full,
        "enrolment": full,
        "acknowledged": True,
        "lost": 0,
        "kept by the agent": True,
        "with room": "",
        "enrolment with room": "",
        "in the end": True,
        "integrity": "ok",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are those of POSIX")
def test_a_folder_that_may_not_be_used_is_named_by_every_command() -> None:
    said = answer_of([sys.executable, str(SCRIPTS / "unwritable_script.py")])
    assert said.pop("init") == [1, "cannot be written: Permission denied."]
    for name in ("serve", "code"):
        assert said.pop(f"{name} without its key") == [1, "cannot be used: Permission denied."]
    for name in ("serve", "code", "agents", "devices", "readings"):
        assert said.pop(f"{name} closed") == [2, "is not readable."]
        assert said.pop(f"{name} read-only") == [1, "cannot be written: Permission denied."]
    assert said == {}
