"""The traps of supplies, one by one, on machines made up for them: none is a recording's."""

from __future__ import annotations

import pytest

from core.model.provenance import Confidence
from core.model.reading import LevelState, Reading, Supply
from core.snmp.types import Oid
from core.telemetry.reader import read_printers
from tests.support.expected import ENDPOINT, TAKEN_AT
from tests.support.recorded import RecordedAgent, values

Row = dict[str, int | str | bytes]
_COLUMNS = {
    "colorant": 3, "class": 4, "type": 5, "text": 6, "unit": 7, "max": 8, "level": 9,
}  # fmt: skip


async def read(rows: dict[str, int | str | bytes | Oid], *supplies: Row) -> Reading:
    """A printer at hrDeviceIndex 3 with these supplies at rows 5, 6, ..."""
    made: dict[str, int | str | bytes | Oid] = {"prt.5.1.1.17.3": "ZX9000001", **rows}
    for at, supply in enumerate(supplies, 5):
        made |= {f"prt.11.1.1.{_COLUMNS[k]}.3.{at}": v for k, v in supply.items()}
    (reading,) = await read_printers(RecordedAgent(values(made)), ENDPOINT, TAKEN_AT)
    return reading


async def supply(row: Row, **rows: int | str | bytes | Oid) -> Supply:
    (found,) = (await read({k.replace("_", "."): v for k, v in rows.items()}, row)).supplies
    return found


def brother(blob: str, care: str = "") -> dict[str, int | str | bytes | Oid]:
    tree = "e.2435.2.3.9.4.2.1.5.5"
    return {
        "sys.2.0": (1, 3, 6, 1, 4, 1, 2435, 2, 3, 9, 1),
        f"{tree}.8.0": bytes.fromhex(blob),
        f"{tree}.11.0": bytes.fromhex(care),
    }


@pytest.mark.parametrize(
    ("level", "state"), [(-1, "unlimited"), (-2, "unknown"), (-3, "some_remaining")]
)
async def test_1_a_state_is_never_a_number_and_raises_no_alert(level: int, state: str) -> None:
    reading = await read({}, {"type": 3, "text": "Black", "unit": 19, "max": 100, "level": level})
    assert (reading.supplies[0].level_percent, reading.supplies[0].state) == (None, state)
    assert reading.alerts == ()
    assert reading.status.conditions == ()


@pytest.mark.parametrize(
    ("row", "percent", "state"),
    [
        ({"unit": 19, "max": -2, "level": 40}, 40.0, "ok"),
        ({"unit": 7, "max": -2, "level": 40}, None, "unknown"),
        ({"max": -2, "level": 40}, None, "unknown"),
        ({"unit": 13, "max": -2, "level": 40}, None, "unknown"),
        ({"max": 0, "level": 0}, None, "empty"),  # an empty toner, no unit told
        ({"unit": 1, "max": 100, "level": 9}, 9.0, "low"),  # Epson: "other" means percent
        ({"unit": 19, "max": 100, "level": 101}, None, "unknown"),
    ],
)
async def test_2_a_percentage_needs_a_capacity_or_the_unit(
    row: Row, percent: float | None, state: str
) -> None:
    found = await supply({"type": 3, **row})
    assert (found.level_percent, found.state) == (percent, state)


@pytest.mark.parametrize("kind", [4, 8])
@pytest.mark.parametrize("told", [{"class": 4}, {}])
async def test_3_what_a_waste_level_means_is_not_guessed(kind: int, told: Row) -> None:
    row: Row = {"type": kind, "unit": 19, "max": 100, "level": 97, **told}
    reading = await read({}, row)
    (found,) = reading.supplies
    assert (found.kind, found.level_percent, found.state) == ("waste", None, "unknown")
    origin = reading.provenance["supplies[3.5].state"]
    assert "97" in origin.raw
    assert origin.confidence is Confidence.DOUBTFUL


@pytest.mark.parametrize(
    ("code", "state", "condition"),
    [
        (1107, "low", "waste_toner_almost_full"),
        (1108, "low", "waste_ink_almost_full"),
        (1109, "empty", "waste_toner_full"),
        (1110, "empty", "waste_ink_full"),
    ],
)
async def test_3_alerts_tell_of_waste(code: int, state: str, condition: str) -> None:
    rows: dict[str, int | str | bytes | Oid] = {
        "prt.18.1.1.2.3.1": 4, "prt.18.1.1.4.3.1": 11, "prt.18.1.1.5.3.1": 5,
        "prt.18.1.1.7.3.1": code,
    }  # fmt: skip
    reading = await read(rows, {"type": 4, "class": 4, "max": 100, "level": 3})
    assert reading.supplies[0].state == state
    assert reading.status.conditions == (condition,)


async def test_4_colour_by_the_table_whatever_the_order() -> None:
    rows: dict[str, int | str | bytes | Oid] = {
        "prt.12.1.1.4.3.7": "yellow", "prt.12.1.1.4.3.9": "BLACK\0",
    }  # fmt: skip
    found = (
        await read(
            rows,
            {"type": 3, "colorant": 9, "text": "Cartridge 1"},
            {"type": 3, "colorant": 7, "text": "Cartridge 2"},
            {"type": 3, "colorant": 0, "text": "Cartridge 3"},
            {"type": 3, "colorant": 8, "text": "Toner Magenta"},
        )
    ).supplies
    assert [s.color for s in found] == ["black", "yellow", None, "magenta"]


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("Yellow Toner", "yellow"),
        ("Tonerkassette Gelb", "yellow"),
        ("Toner jaune", "yellow"),
        ("Tóner amarillo", "yellow"),
        ("Toner amarelo", "yellow"),
        ("Toner giallo", "yellow"),
        ("Żółty toner", "yellow"),
        ("Gele tonercartridge", "yellow"),
    ],
)
async def test_4_colour_by_the_words_of_eight_languages(text: str, color: str) -> None:
    assert (await supply({"type": 3, "text": text})).color == color


@pytest.mark.parametrize(
    ("text", "kind", "color"),
    [
        ("Ink Tank MBK", 6, "matte_black"),
        ("Ink Tank K", 6, "black"),
        ("Toner [Y]", 3, "yellow"),
        ("Photo Drum:C", 9, "cyan"),
        ("TK-895M", 3, "magenta"),
        ("TN-247BK", 3, "black"),
        ("TK-3130", 3, None),
        ("Fuser C", 15, None),
        ("Toner type B", 3, None),
        ("Cyan Toner K", 3, "cyan"),
        ("K", 3, None),
    ],
)
async def test_4_colour_by_letters_where_no_word_names_one(
    text: str, kind: int, color: str | None
) -> None:
    assert (await supply({"type": kind, "text": text})).color == color


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Imaging Drum", "drum"),
        ("Color Imaging Kit", "drum"),
        ("Wasted Ink", "waste"),
        ("Fuser Kit", "fuser"),
        ("Transferband", "transfer"),
        ("Kit de maintenance", "maintenance"),
        ("ADF Roller Kit", "roller"),
        ("Document Feeder Kit", "roller"),
        ("Staples", "staples"),
        ("Bac de récupération", "waste"),
        ("TK-8305K", "toner"),
        ("DK-3170", "drum"),
        ("DV-8350C", "developer"),
        ("FK-3300", "fuser"),
        ("MK-3260", "maintenance"),
        ("WT-860", "waste"),
        ("TN-247BK", "toner"),
        ("Something", "other"),
    ],
)
@pytest.mark.parametrize("number", [1, 2])
async def test_5_other_is_told_by_the_words(text: str, kind: str, number: int) -> None:
    assert (await supply({"type": number, "text": text})).kind == kind


async def test_6_two_rows_of_one_name_and_colour() -> None:
    same: Row = {"type": 3, "text": "Black Toner Cartridge"}
    found = (
        await read({}, {**same, "max": -2, "level": 0}, {**same, "max": -2, "level": -3})
    ).supplies
    assert [(s.index, s.state) for s in found] == [("3.5", "empty"), ("3.6", "some_remaining")]


@pytest.mark.parametrize(
    ("octets", "told"),
    [
        (b"Black Toner\0", ("Black Toner", None, None)),
        (b"Black Toner S/N:CRUM-1", ("Black Toner", None, "CRUM-1")),
        (b"Black Toner, PN 006R01509;SN4E0B8980E000048A",
         ("Black Toner", "006R01509", "4E0B8980E000048A")),
        (b"Fuser, PN unknown;SNunknown", ("Fuser", None, None)),
        (b"Black Cartridge \n38 32 37 41 20 20 48 50 20 43 46 33 30 30 41 00 ",
         ("Black Cartridge", None, None)),
        (b"Magenta Cartridg\n65 20 38 32 37 41 20 20 48 50 20 43 46 33 30 33 41 \n00 ",
         ("Magenta Cartridg", None, None)),
        (b"\x01\x15Black Toner", ("Black Toner", None, None)),
    ],
)  # fmt: skip
async def test_7_tails_and_dumps(octets: bytes, told: tuple[str | None, ...]) -> None:
    found = await supply({"type": 3, "text": octets, "max": 100, "level": 50})
    assert (found.description, found.part, found.serial) == told


async def test_8_levels_out_of_the_blob_where_the_table_tells_none() -> None:
    rows = brother("6f0104000019c8410104000024546f01020102ff00", "82010400000bb8ff")
    reading = await read(
        rows,
        {"type": 3, "text": "Black Toner Cartridge", "unit": 19, "max": 100, "level": -3},
        {"type": 9, "text": "Drum Unit", "unit": 7, "max": -2, "level": -2},
    )
    toner, drum = reading.supplies
    assert (toner.level_percent, toner.state) == (66.0, "ok")
    assert (drum.level_percent, drum.remaining_pages) == (93.0, 3000)
    origin = reading.provenance["supplies[3.5].level_percent"]
    assert (origin.confidence, origin.rule) == (Confidence.PROFILE, "profile brother")


@pytest.mark.parametrize(
    "blob", ["", "ff", "6f0104", "6f0104000019", "6f01010aff", "6f0104ffffffff"]
)
async def test_8_a_blob_that_tells_nothing_leaves_the_table(blob: str) -> None:
    row: Row = {"type": 3, "text": "Black Toner", "unit": 19, "max": 100, "level": -3}
    (toner,) = (await read(brother(blob), row)).supplies
    assert (toner.level_percent, toner.state) == (None, LevelState.SOME_REMAINING)


async def test_9_nearly_empty_and_the_real_level_of_a_ricoh() -> None:
    rows: dict[str, int | str | bytes | Oid] = {
        "sys.2.0": (1, 3, 6, 1, 4, 1, 367, 1, 1),
        "e.367.3.2.1.2.24.1.1.2.1": "Black Toner", "e.367.3.2.1.2.24.1.1.5.1": -100,
        "e.367.3.2.1.2.24.1.1.2.2": "Cyan Toner", "e.367.3.2.1.2.24.1.1.5.2": 30,
    }  # fmt: skip
    black, cyan = (
        await read(
            rows,
            {"type": 3, "text": "Black Toner", "unit": 19, "max": 100, "level": -3},
            {"type": 3, "text": "Cyan Toner", "unit": 19, "max": 100, "level": -100},
        )
    ).supplies
    assert (black.level_percent, black.state) == (None, "low")
    assert (cyan.level_percent, cyan.state) == (30.0, "ok")


async def test_9_percent_without_a_capacity_is_not_trusted_of_a_sharp() -> None:
    sharp = {"sys_2_0": (1, 3, 6, 1, 4, 1, 2385, 3, 1)}
    used: Row = {"type": 9, "text": "Cyan Drum", "unit": 19, "max": -2, "level": 81}
    found = await supply(used, **sharp)
    assert (found.level_percent, found.state) == (None, "unknown")
    assert (await supply({**used, "max": 100}, **sharp)).level_percent == 81.0
    assert (await supply({**used, "level": -3}, **sharp)).state == "some_remaining"


async def test_10_staples_remain_or_not() -> None:
    found = await supply({"type": 32, "class": 3, "unit": 18, "max": -2, "level": -3})
    assert (found.kind, found.level_percent, found.state) == ("staples", None, "some_remaining")
