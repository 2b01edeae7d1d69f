"""The table of every recording: what was worked out by hand stands in it with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docs.make_readings_table import full_table, line, main, read, values
from tests.support.expected import EXPECTED, by_name, expected_meters
from tests.support.recorded import walks_folder

pytestmark = pytest.mark.walks


def rows(expected: dict[str, Any]) -> dict[str, list[str]]:
    """The table of one recording: path to value, places and rule."""
    path = walks_folder() / f"{expected['name']}.snmprec"
    if not path.is_file():
        pytest.skip(f"no recording {path}")
    (reading,) = read(path)
    text = full_table(expected["name"], reading)
    cells = [row.strip("|").split(" | ") for row in text.splitlines()[4:]]
    return {c[0].strip(): [each.strip() for each in c[1:]] for c in cells}


def known(expected: dict[str, Any]) -> dict[str, str]:
    """What the table has to say, by path."""
    found = {
        f"identity.{key}": expected[key]
        for key in ("vendor", "model", "serial", "mac", "firmware")
        if key in expected
    }
    found |= {f"meters.{key}": str(n) for key, n in expected_meters(expected).items()}
    if "life" in expected:
        found["engine_life"] = " ".join(map(str, expected["life"]))
    for index, kind, color, percent, state, *pages in expected.get("supplies", []):
        told = {"kind": kind, "color": color, "level_percent": percent, "state": state}
        told["remaining_pages"] = pages[0] if pages else ""
        found |= {f"supplies[{index}].{k}": str(v) for k, v in told.items() if v != ""}
    status = expected.get("status", ["unknown", [], []])
    found["status.state"] = status[0]
    if status[1]:
        found["status.conditions"] = ", ".join(status[1])
    for index, severity, code, text in expected.get("alerts", []):
        found[f"alerts[{index}]"] = " ".join(str(p) for p in (severity, code, text) if p != "")
    return found


@by_name
def test_every_value_is_told_with_its_source(expected: dict[str, Any]) -> None:
    table = rows(expected)
    for path, value in known(expected).items():
        told, places, rule = table[path]
        assert told == value, path
        assert rule, path
        assert places or value in ("unknown", "other"), path


def test_nothing_is_told_that_was_not_worked_out() -> None:
    for expected in EXPECTED:
        heads = ("meters.", "engine_life", "alerts[")
        told = {path for path in rows(expected) if path.startswith(heads)}
        assert told == {path for path in known(expected) if path.startswith(heads)}


def test_it_is_made_and_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = walks_folder() / "kyocera_cs4053ci.snmprec"
    if not path.is_file():
        pytest.skip(f"no recording {path}")
    (tmp_path / path.name).write_bytes(path.read_bytes())
    assert main(["--full", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "| meters.total | 76064 | ent.1347.43.10.1.1.12.1.1 | profile kyocera |" in printed
    (reading,) = read(path)
    assert "total 76064" in line(path.stem, reading)
    assert len(list(values(reading))) == len(printed.splitlines()) - 5 - len(reading.notes)


def test_no_recordings(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 1
