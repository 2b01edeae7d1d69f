"""The command line as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app


def test_a_folder_named_before_the_command_holds_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLATEN_DATA", str(tmp_path / "other"))  # and is put back after the test
    before, after = tmp_path / "before", tmp_path / "after"
    told = CliRunner().invoke(app, ["--data", str(before), "status"])
    assert f"No agent is running for {before}" in told.output
    told = CliRunner().invoke(app, ["--data", str(before), "status", "--data", str(after)])
    assert f"No agent is running for {after}" in told.output
