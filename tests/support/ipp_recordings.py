"""Recorded IPP messages of real printers, beside the project."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.need import ROOT, missing


def need_ipp_recordings() -> Path:
    """Give the folder of recorded IPP messages."""
    folder = Path(os.environ.get("PLATEN_IPP") or ROOT.parent / "shared" / "ipp")
    if not folder.is_dir():
        missing(f"no recordings of IPP in {folder} (PLATEN_IPP names another folder)")
    return folder
