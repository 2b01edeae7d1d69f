"""The table of faults as it was measured: printed, and written to the file that
PLATEN_FAULT_TABLE names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


class FaultTable:
    """Rows of: the fault, what was lost, what a person saw."""

    def __init__(self) -> None:
        self._rows: list[str] = []

    def note(self, fault: str, *, lost: str, seen: str) -> None:
        """Add a row."""
        self._rows.append(f"| {fault} | {lost} | {seen} |\n")

    def tell(self) -> None:
        """Print it, and write it down where that is asked for."""
        text = "".join(["| fault | lost | seen |\n|---|---|---|\n", *self._rows])
        sys.stdout.write(f"\n{text}")
        if path := os.environ.get("PLATEN_FAULT_TABLE"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(text)
