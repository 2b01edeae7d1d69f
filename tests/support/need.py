"""What a test needs from the machine: skipped without it by hand, failed without it in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def in_ci() -> bool:
    """Say whether this runs in continuous integration, where nothing may be left out."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def missing(what: str) -> None:
    """Skip the test that runs, or fail it in CI."""
    if in_ci():
        pytest.fail(f"{what}, and in CI no test may be left out", pytrace=False)
    pytest.skip(what)


def need(program: str) -> str:
    """Give the path of a program that the test runs for real."""
    path = shutil.which(program)
    if path is None:
        missing(f"the program {program} is not installed")
    return str(path)


def walks_folder() -> Path:
    """Give where the recordings of real printers are, whether or not they are there."""
    return Path(os.environ.get("PLATEN_WALKS") or ROOT.parent / "shared" / "walks")


def need_walks() -> Path:
    """Give the folder of recordings of real printers."""
    folder = walks_folder()
    if not folder.is_dir():
        missing(f"no recordings of printers in {folder} (PLATEN_WALKS names another folder)")
    return folder
