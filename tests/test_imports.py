"""The import contracts of pyproject.toml hold: Qt stays in app, the hub apart, core downwards."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.support.need import ROOT

LINTER = Path(sys.executable).parent / (
    "lint-imports" + (".exe" if sys.platform == "win32" else "")
)


def test_no_contract_is_broken() -> None:
    done = subprocess.run(
        [str(LINTER), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_part_of_core_has_its_layer() -> None:
    """A new package of core that no layer names could be imported from anywhere."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = data["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    named = {name.strip() for layer in layers for name in layer.split("|")}
    parts = {path.parent.name for path in (ROOT / "core").glob("*/__init__.py")}
    parts |= {path.stem for path in (ROOT / "core").glob("*.py")} - {"__init__"}
    assert parts - named == set()
