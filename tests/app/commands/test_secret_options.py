"""Secrets as options: what everybody can see is said, and there are two ways round it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.need import ROOT

SECRET = "c4nary-community"
WARNING = "as text is visible to other users of this computer"
NOBODY = ("127.77.8.1", "--port", "1", "--timeout", "0.05")


def platen(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT, input=typed, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert SECRET not in done.stdout + done.stderr
    return " ".join(done.stderr.split())


def test_a_community_as_text_is_said_once_and_not_shown() -> None:
    done = platen("read", *NOBODY, "--community", SECRET, "--community", SECRET + "-2")
    assert done.returncode == 1
    assert said(done).count(WARNING) == 1
    assert "use --community @FILE, or --community - to type it." in said(done)
    assert done.stdout == ""


@pytest.mark.parametrize("given", ["public", "@", "-"])
def test_what_nobody_sees_is_not_warned_of(given: str, tmp_path: Path) -> None:
    file = tmp_path / "words"
    file.write_text(f"\n{SECRET}\nother\n")
    given = f"@{file}" if given == "@" else given
    done = platen("read", *NOBODY, "--community", given, typed=f"{SECRET}\n")
    assert done.returncode == 1
    assert WARNING not in said(done)


@pytest.mark.parametrize("given", ["@", "-"])
def test_a_community_that_is_not_there_is_not_replaced_by_another(
    given: str, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    done = platen("read", *NOBODY, "--community", f"@{empty}" if given == "@" else given)
    assert done.returncode == 2
    assert "it is empty" in said(done) or "nothing was typed" in said(done)


def test_a_code_as_text_is_said_and_one_in_a_file_or_typed_is_not(tmp_path: Path) -> None:
    file = tmp_path / "code"
    file.write_text(f"{SECRET}\n")
    where = ("enrol", "--hub", "127.77.8.1:1", "--data", str(tmp_path / "data"))
    shown = platen(*where, "--code", SECRET)
    assert WARNING in said(shown)
    assert "--code @FILE" in said(shown)
    for hidden in (
        platen(*where, "--code", f"@{file}"),
        platen(*where, "--code", "-", typed=f"{SECRET}\n"),
        platen(*where, typed=f"{SECRET}\n"),
    ):
        assert hidden.returncode == 1
        assert "agent" in said(hidden), "it came as far as to look for the agent"
        assert WARNING not in said(hidden)
