"""Lists of what printers and agents call themselves, which is theirs to choose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from core.model.jsonio import from_json, to_json
from core.model.outbox import DeliveredReading
from core.model.reading import LevelState, Supply, SupplyKind
from hub import tables
from hub.database import open_database
from hub.items import Item
from hub.store import HubStore
from tests.support.hub_data import NOW, filled, wire
from tests.support.outbox import item

EVIL = "[bold][/x]\x1b[2J\x07\u202e"


def evil_item() -> Item:
    body = item(9, "d9").body
    return wire(9, "d9", body.replace('"vendor":null', f'"vendor":{json.dumps(EVIL)}'))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HubStore]:
    filled(tmp_path, evil_item(), hostname=EVIL)
    made = HubStore(open_database(tmp_path))
    yield made
    made.close()


def drawn(table: Table) -> str:
    out = StringIO()
    Console(file=out, width=200, force_terminal=True, color_system=None).print(table)
    return out.getvalue()


def test_no_printer_writes_on_the_dealers_terminal_what_it_likes(store: HubStore) -> None:
    for table in (
        tables.agents(store.agents()),
        tables.devices(store.devices()),
        tables.readings(store.readings(None, None)),
    ):
        said = drawn(table)
        assert not set(said) & {"\x1b", "\x07", "\u202e"}
    assert "[bold][/x]?[2J??" in drawn(tables.agents(store.agents()))
    assert "[bold][/x]?[2J??" in drawn(tables.devices(store.devices()))


def test_json_is_one_line_and_keeps_every_character(store: HubStore) -> None:
    lines = list(tables.device_lines(store.devices()))
    assert all(b"\n" not in line for line in lines)
    assert json.loads(lines[-1])["reading"]["identity"]["vendor"] == EVIL
    for line in tables.reading_lines(store.readings(None, None)):
        json.loads(line)


def test_what_this_hub_does_not_know_is_still_in_its_json(store: HubStore) -> None:
    body = item(8, "d8").body.replace('"reading":{', '"reading":{"scent":"lemon",')
    store.take("agent-1", [wire(8, "d8", body)], NOW)
    lines = [json.loads(line) for line in tables.reading_lines(store.readings(None, "d8"))]
    assert [line["reading"]["scent"] for line in lines] == ["lemon"]


def test_levels_that_are_not_known_are_not_zero() -> None:
    whole = from_json(item(1).body, DeliveredReading)
    supplies = (
        Supply("1", SupplyKind.TONER, "black", None, 62.4, LevelState.OK),
        Supply("2", SupplyKind.WASTE, None, None, None, LevelState.UNKNOWN),
        Supply("3", SupplyKind.TONER, "cyan", None, 0.0, LevelState.EMPTY),
    )
    data = json.loads(to_json(whole))
    data["reading"]["supplies"] = json.loads(to_json(list(supplies)))

    class Row:
        agent_id, device_key, key, received_at, body = "a", "d", "k", "r", json.dumps(data)

    assert "62% ? 0%" in drawn(tables.readings([Row]))
