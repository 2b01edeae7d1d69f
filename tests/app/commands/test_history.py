"""platen history and platen export on a real agent with simulated printers."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from app.commands.export import Format, _format
from app.commands.times import moment
from core.model.problem import BadInputError
from tests.support.simulated import simulated
from tests.support.site import site

NETWORK = "127.44.3.0/24"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with site(tmp_path_factory.mktemp("site")) as here:
        with simulated(NETWORK, 2, "--speed", "20000", port=1161) as printers:
            here.start_agent()
            done = here.platen("scan", "--port", "1161", "--fast", *(p.address for p in printers))
            assert done.returncode == 0, done.stderr
            for _ in range(3):
                done = here.platen("collect")
                assert done.returncode == 0, done.stderr
        yield here, printers[0].serial


def objects(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_volumes_after_three_collections(made) -> None:
    here, serial = made
    (series,) = objects(here.platen("history", serial, "--meter", "total", "--json"))
    assert series["path"] == "meters.total"
    (changes,) = objects(
        here.platen("history", serial, "--meter", "total", "--by", "raw", "--json")
    )
    values = [point["value"] for point in changes["points"]]
    assert len(values) == 3
    assert sum(volume["value"] for volume in series["volumes"]) == values[-1] - values[0] > 0
    assert changes["origins"][0]["source"] == "snmp"
    shown = here.platen("history", serial)
    assert "total" in shown.stdout
    assert "no forecast. Too few days" in " ".join(shown.stdout.split())


def test_history_as_csv(made) -> None:
    here, serial = made
    done = here.platen("history", serial, "--by", "raw", "--csv")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[0][4:8] == ["Value", "From (UTC)", "Until (UTC)", "Is"]
    assert {row[3] for row in rows[1:]} == {serial}


def test_what_is_not_there(made) -> None:
    here, serial = made
    assert here.platen("history", "nobody").returncode == 2
    assert here.platen("history", serial, "--from", "yesterday").returncode == 2
    nothing = here.platen("history", serial, "--from", "2001-01-01", "--to", "2001-02-01")
    assert nothing.returncode == 1
    assert "Nothing was read" in nothing.stderr


def test_the_device_list_in_every_kind_of_file(made) -> None:
    here, serial = made
    done = here.platen("export")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 2
    assert serial in {row["Serial number"] for row in rows}
    assert rows[0]["Total from"].startswith("snmp 1.3.6.1")
    lines = objects(here.platen("export", "--json"))
    assert {str(line["meters.total"]) for line in lines} == {row["Total"] for row in rows}
    path = here.folder / "list.xlsx"
    done = here.platen("export", str(path))
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(path)["Devices"]
    assert sheet.max_row == 3
    assert [entry.name for entry in here.folder.glob("*list*")] == ["list.xlsx"]


def test_histories_in_a_file(made) -> None:
    here, serial = made
    path = here.folder / "history.csv"
    done = here.platen("export", str(path), "--history", serial, "--by", "month", "--bom")
    assert done.returncode == 0, done.stderr
    assert path.read_bytes().startswith(b"\xef\xbb\xbfDevice,")
    nowhere = here.platen("export", str(here.folder / "no" / "where.csv"))
    assert nowhere.returncode == 1
    assert "cannot be written" in nowhere.stderr


def test_one_kind_of_file_at_a_time() -> None:
    with pytest.raises(BadInputError):
        _format(None, Format.CSV, json=True, csv=False, xlsx=False)
    with pytest.raises(BadInputError):
        _format(None, Format.XLSX, json=False, csv=False, xlsx=False)


def test_days_are_this_computer_s() -> None:
    assert moment("2026-01-31T12:00:00+01:00") == "2026-01-31T11:00:00Z"
    with pytest.raises(BadInputError):
        moment("31.1.2026")
