"""What IPP says of what SNMP's word was taken for is told beside it; nothing is made up."""

from __future__ import annotations

import json

from app.commands import read as command
from app.commands import tables
from app.commands.asking import Asked
from core.model.identity import Identity
from core.model.jsonio import to_json
from core.model.provenance import Provenance, Source
from core.model.reading import DeviceState, LevelState, Reading, Status, Supply, SupplyKind
from core.telemetry.merge import merge
from core.telemetry.second_way import second_words


def reading(source: Source, index: str, percent: float | None, total: int, serial: str) -> Reading:
    state = LevelState.OK if percent is not None else LevelState.SOME_REMAINING
    toner = Supply(index, SupplyKind.TONER, "black", None, percent, state)
    paths = (f"supplies[{index}].level_percent", "meters.total", "status.state")
    origin = {path: Provenance(source, (f"{source} {path}",), ("raw",), "rule") for path in paths}
    return Reading(
        "192.0.2.1", 161, "2026-01-01T00:00:00Z", (source,), Identity(serial=serial),
        {"total": total}, None, (toner,), (), Status(DeviceState.IDLE), (), origin,
    )  # fmt: skip


SNMP = reading(Source.SNMP, "1.1", 62.0, 5000, "A1")
IPP = reading(Source.IPP, "ipp.1", 60.0, 5003, "A1")


def test_the_word_that_was_not_taken_has_its_value_and_its_origin() -> None:
    merged = merge(SNMP, IPP).reading
    also = second_words(merged, IPP)
    assert set(also) == {"supplies[1.1].level_percent", "meters.total", "status.state"}
    total = json.loads(to_json(also["meters.total"]))
    assert total == {
        "value": 5003, "source": "ipp", "refs": ["ipp meters.total"], "raw": ["raw"],
        "rule": "rule", "confidence": "standard",
    }  # fmt: skip
    assert also["supplies[1.1].level_percent"].value == 60.0, "under SNMP's row"
    assert also["status.state"].value is DeviceState.IDLE


def test_what_is_taken_of_it_is_not_said_twice() -> None:
    unknown = reading(Source.SNMP, "1.1", None, 5000, "A1")
    merged = merge(unknown, IPP).reading
    assert merged.supplies[0].level_percent == 60.0
    assert "supplies[1.1].level_percent" not in second_words(merged, IPP)


def test_of_another_printer_nothing_is_told() -> None:
    other = reading(Source.IPP, "ipp.1", 60.0, 5003, "B2")
    assert second_words(merge(SNMP, other).reading, other) == {}


async def test_read_tells_it_as_json_and_in_the_table(monkeypatch, capsys) -> None:
    merged = merge(SNMP, IPP).reading

    async def asked(*_: object) -> Asked:
        return Asked((merged,), second_words(merged, IPP))

    monkeypatch.setattr(command, "ask", asked)
    assert await command._read("127.77.9.9", 161, lambda: None, trace=False, json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["also"]["meters.total"]["value"] == 5003
    assert {key: value for key, value in told.items() if key != "also"} == json.loads(
        to_json(merged)
    )
    rows = list(tables.reading(merged, second_words(merged, IPP)).columns[0].cells)
    assert rows.count("  asked another way") == 3
