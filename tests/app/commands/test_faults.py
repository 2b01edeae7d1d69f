from __future__ import annotations

import stat

import pytest

from app import cli
from app.commands import faults
from app.commands.findings import FindingLines
from core.model.evidence import Evidence, Finding
from core.model.identity import Endpoint, Identity
from core.model.provenance import Source


def test_a_fault_is_one_sentence_and_a_file(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("sys.argv", ["platen", "agent", "--data", str(tmp_path)])
    monkeypatch.setitem(cli.COMMANDS, "agent", "no_such_module")
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == faults.STATUS
    assert "fault in Platen (ModuleNotFoundError" in said
    assert "Traceback" not in said
    file = tmp_path / "logs" / faults.NAME
    assert str(file) in said.replace("\n", "")
    assert "Traceback" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("settings", ['version = 1\n[privacy]\naddresses = "mask"\n', "broken ["])
def test_the_file_has_nothing_that_is_hidden(tmp_path, settings):
    (tmp_path / "settings.toml").write_text(settings)
    with pytest.raises(SystemExit):
        faults.end_by_fault(ValueError("no answer from 192.0.2.77"), [f"--data={tmp_path}"])
    kept = (tmp_path / "logs" / faults.NAME).read_text()
    assert "ValueError: no answer from hidden-" in kept
    assert "192.0.2.77" not in kept


def test_where_nothing_can_be_written_that_is_said(tmp_path, capsys):
    taken = tmp_path / "file"
    taken.touch()
    with pytest.raises(SystemExit):
        faults.end_by_fault(ValueError("odd\x1b[2J"), [f"--data={taken}"])
    said = capsys.readouterr().err
    assert "could not be written" in said
    assert "\x1b" not in said


def finding(address: str, serial: str | None, *more: str) -> Finding:
    evidence = tuple(Evidence(Source.SNMP, detail) for detail in ("first", *more))
    return Finding(Endpoint(address), Identity(serial=serial), evidence)


def test_printers_are_told_when_settled_and_again_when_there_is_more(capsys):
    lines = FindingLines()
    one, other = finding("192.0.2.1", "A"), finding("192.0.2.2", "B")
    lines.take(one)
    lines.take(other)
    lines.release(lambda address: address == "192.0.2.1")
    assert [row.count("192.0.2.1") for row in capsys.readouterr().out.splitlines()] == [1]
    lines.finish([one, other])
    assert "192.0.2.2" in capsys.readouterr().out
    lines.finish([finding("192.0.2.1", "A", "second"), other])
    (line,) = capsys.readouterr().out.splitlines()
    assert '"updated":true' in line


def test_what_may_be_one_printer_waits_for_the_end(capsys):
    lines = FindingLines()
    lines.take(finding("192.0.2.1", "A"))
    lines.take(finding("192.0.2.9", "a"))
    lines.release(lambda _: True)
    lines.release(lambda _: True)
    assert len(capsys.readouterr().out.splitlines()) == 1
