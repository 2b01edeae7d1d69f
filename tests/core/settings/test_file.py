from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.model.segment import Segment
from core.settings import Settings, SettingsError, file
from core.settings.privacy import CLOSED, KINDS, Privacy

OFFICE = Segment("office", ("10.0.0.0/24", "10.0.1.1-9"), ("10.0.0.7",), 1161, "office", 0.5, 2)
MASKED = Settings(privacy=Privacy(addresses="mask", macs="omit"))
GOOD = (
    "version = 1\n[collection]\ntimeout = 3\n\n"
    '[[discovery.segments]]\nname = "a"\ntargets = ["10.0.0.1"]\n'
)


def _write(folder: Path, text: str) -> None:
    (folder / file.NAME).write_text(text, encoding="utf-8")


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    loaded = Settings.load(tmp_path)
    assert (loaded.settings, loaded.problem) == (Settings(), None)
    assert loaded.settings.discovery.as_segments() == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    settings = Settings().with_segments([OFFICE])
    settings.save(tmp_path / "data")
    loaded = Settings.load(tmp_path / "data")
    assert (loaded.settings, loaded.problem) == (settings, None)
    assert loaded.settings.discovery.as_segments() == (OFFICE,)
    assert (tmp_path / "data" / file.NAME).stat().st_mode & 0o777 == 0o600


def test_a_hand_written_file_needs_only_what_differs(tmp_path: Path) -> None:
    _write(tmp_path, GOOD)
    loaded = Settings.load(tmp_path)
    assert loaded.problem is None
    assert loaded.settings.collection.timeout == 3.0
    assert loaded.settings.collection.retries == Settings().collection.retries
    assert loaded.settings.discovery.as_segments() == (Segment("a", ("10.0.0.1",)),)


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("version = 1\nx = [1,\n", 2, "", "end of document"),
        ("[collection]\n\ntimeout = = 3\n", 3, "", "value"),
        ("[collection]\nretries = 3\ntimeout = 100\n", 3, "collection.timeout", "60"),
        ('[collection]\nretries = "3"\n', 2, "collection.retries", "whole number"),
        ("[collection]\nconcurrency = true\n", 2, "collection.concurrency", "whole number"),
        ("# a\n\n[colection]\nx = 1\n", 3, "colection", "no such setting"),
        ("[discovery]\nsegmants = []\n", 2, "discovery.segmants", "no such setting"),
        (f"{GOOD}port = 70000\n", 8, "discovery.segments[0].port", "65535"),
        (f"{GOOD}[[discovery.segments]]\nname = 'b'\n", 8, "[1].targets", "missing"),
        (GOOD.replace('["10', '[\n"10.0.0.2",\n5, "10'), 7, "[0].targets[1]", "string"),
        (f"{GOOD}[[discovery.segments]]\nname='a'\ntargets=['x']\n", 5, "segments", "'a'"),
        (GOOD.replace('["10.0.0.1"]', "[]"), 7, "[0].targets", "at least 1"),
        (GOOD.replace('"a"', '" "'), 6, "[0].name", "at least 1"),
        ("[collection]\ncollection.timeout = 3\n", 2, "collection.collection", "no such"),
        ("version = 99\n", 1, "", "version 99"),
        ("version = 'x'\n", 1, "", "version"),
    ],
)
def test_a_wrong_file_is_reported_with_key_and_line(
    tmp_path: Path, text: str, line: int, key: str, says: str
) -> None:
    _write(tmp_path, text)
    problem = Settings.load(tmp_path).problem
    assert problem is not None
    assert problem.code == "bad_settings"
    assert f"settings.toml, line {line}: " in problem.text
    assert key in problem.text
    assert says in problem.text
    assert problem.remedy


def test_a_file_of_a_windows_editor_is_read(tmp_path: Path) -> None:
    (tmp_path / file.NAME).write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    loaded = Settings.load(tmp_path)
    assert (loaded.problem, loaded.settings.collection.timeout) == (None, 3.0)


def test_a_wrong_file_leaves_the_last_good_settings_in_force(tmp_path: Path) -> None:
    _write(tmp_path, GOOD)
    good = Settings.load(tmp_path).settings
    for wrong in ("[collection]\ntimeout = 100\n", "x = [", "\0"):
        _write(tmp_path, wrong)
        loaded = Settings.load(tmp_path)
        assert loaded.settings == good
        assert loaded.problem is not None
        assert (tmp_path / file.NAME).read_text() == wrong, "the person's text is not touched"
    _write(tmp_path, "version = 1\n")
    assert Settings.load(tmp_path).settings == Settings()


@pytest.mark.parametrize(
    ("wrong", "says"), [("", "empty"), ("# a\n", "empty"), ("[collection]\n", "version")]
)
def test_a_file_that_was_emptied_is_wrong_and_stays_so(
    tmp_path: Path, wrong: str, says: str
) -> None:
    settings = MASKED.with_segments([OFFICE])
    settings.save(tmp_path)
    for _ in range(2):  # it must not become the last good one
        _write(tmp_path, wrong)
        loaded = Settings.load(tmp_path)
        assert loaded.settings == settings
        assert loaded.problem is not None
        assert says in loaded.problem.text


def test_a_file_that_was_cut_off_at_any_line_is_wrong(tmp_path: Path) -> None:
    settings = MASKED.with_segments([OFFICE])
    settings.save(tmp_path)
    lines = (tmp_path / file.NAME).read_text().splitlines(keepends=True)
    assert len(lines) > 20
    for kept in range(len(lines)):
        _write(tmp_path, "".join(lines[:kept]))
        loaded = Settings.load(tmp_path)
        assert loaded.problem is not None, kept
        assert loaded.settings == settings
    _write(tmp_path, "".join(lines).rstrip())
    assert Settings.load(tmp_path).problem is None


def test_a_wrong_file_is_never_written_over(tmp_path: Path) -> None:
    MASKED.save(tmp_path)
    wrong = (tmp_path / file.NAME).read_text().replace('"mask"', '"maske"')
    _write(tmp_path, wrong)
    with pytest.raises(SettingsError) as caught:
        Settings().save(tmp_path)
    assert re.match(r"settings.toml has an error at line \d+: mend it", caught.value.problem.text)
    assert (tmp_path / file.NAME).read_text() == wrong
    assert Settings.load(tmp_path).settings == MASKED


def test_a_saved_file_is_the_last_good_one(tmp_path: Path) -> None:
    settings = Settings().with_segments([OFFICE])
    settings.save(tmp_path)
    _write(tmp_path, "x = [")
    assert Settings.load(tmp_path).settings == settings


def test_without_a_last_good_file_all_is_masked(tmp_path: Path) -> None:
    _write(tmp_path, "x = [")
    loaded = Settings.load(tmp_path)
    assert loaded.settings == Settings(privacy=CLOSED)
    assert all(loaded.settings.privacy.strictest(kind) == "mask" for kind in KINDS)
    assert loaded.problem is not None
    assert "masked" in loaded.problem.remedy
    (tmp_path / file.LAST_GOOD).write_bytes(b"\xff")
    assert Settings.load(tmp_path).settings == Settings(privacy=CLOSED)


def test_many_faults_are_told_in_part(tmp_path: Path) -> None:
    _write(tmp_path, "".join(f"x{n} = 1\n" for n in range(9)))
    problem = Settings.load(tmp_path).problem
    assert problem is not None
    assert problem.text.count("line") == 5
    assert "and 4 more" in problem.text


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / file.NAME
    path.write_bytes(content) if content else path.mkdir()
    problem = Settings.load(tmp_path).problem
    assert problem is not None
    assert problem.code == "bad_settings"


def test_settings_that_cannot_be_written_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    _write(tmp_path, GOOD)
    monkeypatch.setattr(file, "atomic_write", full)
    loaded = Settings.load(tmp_path)
    assert loaded.settings.collection.timeout == 3
    assert loaded.problem is not None
    assert loaded.problem.code == "settings_unwritable"
    with pytest.raises(SettingsError) as caught:
        Settings().save(tmp_path)
    assert caught.value.problem.code == "settings_unwritable"
    assert (tmp_path / file.NAME).read_text() == GOOD


def test_segments_that_cannot_be_settings_are_refused() -> None:
    with pytest.raises(SettingsError, match="two networks are named 'office'"):
        Settings().with_segments([OFFICE, OFFICE])
    with pytest.raises(SettingsError, match="at least 1"):
        Settings().with_segments([Segment("a", ())])


@given(st.text())
@example("[" * 5000)
@example("a = " + "[" * 5000)
@example("a = " + "9" * 5000)
def test_any_text_is_settings_or_a_settings_error(text: str) -> None:
    try:
        settings = file.parse(text)
    except SettingsError:
        return
    assert isinstance(settings, Settings)


def test_a_file_that_is_gone_takes_no_setting_with_it(tmp_path: Path) -> None:
    masked = Settings.model_validate({"privacy": {"macs": "mask"}})
    masked.save(tmp_path)
    (tmp_path / file.NAME).unlink()
    loaded = Settings.load(tmp_path)
    assert loaded.settings.privacy.macs == "mask"
    assert loaded.problem is not None
    assert "is gone" in loaded.problem.text
    loaded.settings.save(tmp_path)  # any change writes it anew
    assert Settings.load(tmp_path) == file.LoadedSettings(masked, None)
    (tmp_path / file.NAME).unlink()
    (tmp_path / file.LAST_GOOD).unlink()
    assert Settings.load(tmp_path) == file.LoadedSettings(Settings(), None)
