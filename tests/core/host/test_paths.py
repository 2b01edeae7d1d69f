from __future__ import annotations

import stat
from pathlib import Path

import platformdirs
import pytest

from core.host import paths
from core.host.errors import HostError


def test_what_was_asked_for_goes_before_the_environment(tmp_path: Path) -> None:
    environment = {"PLATEN_DATA": str(tmp_path / "b")}
    assert paths.data_folder(tmp_path / "a", environment) == tmp_path / "a"
    assert paths.data_folder(None, environment) == tmp_path / "b"


@pytest.mark.parametrize("environment", [{}, {"PLATEN_DATA": ""}])
def test_else_it_is_the_user_s_own(environment: dict[str, str]) -> None:
    expected = Path(platformdirs.user_data_path("platen", appauthor=False))
    assert paths.data_folder(None, environment) == expected


def test_a_home_folder_and_a_relative_path_are_made_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert paths.data_folder(Path("~/x")) == tmp_path / "x"
    assert paths.data_folder(Path("y")) == tmp_path / "y"


def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    made = paths.ensure_data_folder(tmp_path / "deep" / "data")
    assert made == tmp_path / "deep" / "data"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_file_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(HostError) as caught:
        paths.ensure_data_folder(tmp_path / "data")
    assert caught.value.problem.code == "folder_unusable"
    assert str(tmp_path / "data") in caught.value.problem.text
