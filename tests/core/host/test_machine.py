from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.host.machine import LINUX, VARIABLE, machine_places, trusted_run


def test_the_places_of_each_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert machine_places("linux") == LINUX
    assert machine_places("darwin").group == "admin"
    monkeypatch.setenv("PROGRAMDATA", "/c/ProgramData")
    assert machine_places("win32").data == Path("/c/ProgramData/Platen")


def test_a_folder_that_others_can_write_is_not_trusted(tmp_path: Path) -> None:
    places = replace(LINUX, run=tmp_path / "run")
    assert not trusted_run(places)
    places.run.mkdir(mode=0o750)
    assert trusted_run(places)
    places.run.chmod(0o770)
    assert not trusted_run(places)
    places.run.chmod(0o750)
    tmp_path.chmod(0o777)
    assert not trusted_run(places)
