"""The one thing about a device that matters most, and what it is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.ui import words
from app.ui.devices import words as say
from app.ui.tokens import Tone
from core.model.device import DeviceSummary, LatestReading
from core.model.identity import Identity
from core.model.problem import Problem
from core.model.reading import DeviceState, LevelState, Status, Supply, SupplyKind, Tray
from tests.support.sample_devices import summary


def with_status(
    state: DeviceState, *conditions: str, supplies: tuple[Supply, ...] = ()
) -> DeviceSummary:
    latest = LatestReading("2026-01-14T14:02:00Z", Status(state, conditions), supplies, {}, None)
    return replace(summary(0), latest=latest)


def supply(
    kind: SupplyKind, state: LevelState, percent: float | None = None, color: str | None = None
) -> Supply:
    return Supply("1.1", kind, color, None, percent, state)


@pytest.mark.parametrize(
    ("device", "word", "tone"),
    [
        (with_status(DeviceState.IDLE), "Idle", Tone.GOOD),
        (with_status(DeviceState.OFFLINE), "Offline", Tone.NEUTRAL),
        (with_status(DeviceState.UNKNOWN), "State not told", Tone.NEUTRAL),
        (with_status(DeviceState.IDLE, "low_paper", "jammed"), "Paper jam", Tone.ERROR),
        (with_status(DeviceState.ERROR), "Error", Tone.ERROR),
        (with_status(DeviceState.IDLE, "low_paper"), "Paper low", Tone.WARNING),
        (with_status(DeviceState.IDLE, "low_toner"), "Toner low", Tone.WARNING),
        (replace(summary(0), latest=None), "Not read yet", Tone.NEUTRAL),
    ],
)
def test_a_state_has_a_word_and_a_tone(device: DeviceSummary, word: str, tone: Tone) -> None:
    chip = say.state_chip(device)
    assert (chip.word, chip.tone) == (word, tone)


def test_low_ink_is_called_ink() -> None:
    ink = supply(SupplyKind.INK, LevelState.LOW, 4.0, "cyan")
    assert (
        say.state_chip(with_status(DeviceState.IDLE, "low_toner", supplies=(ink,))).word
        == "Ink low"
    )


def test_an_empty_supply_is_worse_than_a_low_one() -> None:
    empty = supply(SupplyKind.TONER, LevelState.EMPTY)
    chip = say.state_chip(with_status(DeviceState.IDLE, supplies=(empty,)))
    assert (chip.word, chip.tone) == ("Toner empty", Tone.ERROR)


def test_some_left_raises_no_alarm() -> None:
    some = supply(SupplyKind.TONER, LevelState.SOME_REMAINING)
    assert say.state_chip(with_status(DeviceState.IDLE, supplies=(some,))).word == "Idle"


def test_a_waste_box_is_not_judged_by_its_number() -> None:
    waste = supply(SupplyKind.WASTE, LevelState.OK, 2.0)
    assert say.state_chip(with_status(DeviceState.IDLE, supplies=(waste,))).word == "Idle"


def test_silence_since_the_last_reading_comes_first() -> None:
    silent = replace(summary(0), problem=Problem("snmp_timeout", "No answer."))
    assert (say.state_chip(silent).word, say.state_chip(silent).silent) == ("No answer", True)
    refused = replace(summary(0), problem=Problem("snmp_refused", "Refused."))
    assert (say.state_chip(refused).word, say.state_chip(refused).tone) == (
        "Not read",
        Tone.WARNING,
    )


def test_a_sleeping_printer_that_misses_a_visit_sleeps_until_it_is_offline() -> None:
    asleep = replace(
        with_status(DeviceState.SLEEP),
        problem=Problem("snmp_timeout", "No answer."),
        state=DeviceState.SLEEP,
    )
    assert say.state_chip(asleep).word == "Sleep"
    gone = replace(asleep, state=DeviceState.OFFLINE)
    assert (say.state_chip(gone).word, say.state_chip(gone).silent) == ("Offline", True)
    refused = replace(asleep, problem=Problem("snmp_refused", "Refused."))
    assert say.state_chip(refused).word == "Not read"


def test_the_name_that_a_person_uses_comes_first() -> None:
    device = summary(0).device
    names = Identity(vendor="HP", model="HP LaserJet", hostname="h", name="n", location="Reception")
    for gone, first in (
        ("location", "Reception"),
        ("name", "n"),
        ("hostname", "h"),
        ("model", "HP LaserJet"),
    ):
        shown = DeviceSummary(replace(device, identity=names))
        assert say.place_name(shown) == first
        names = replace(names, **{gone: None})
    bare = DeviceSummary(replace(device, identity=Identity()))
    assert say.place_name(bare) == device.endpoint.address
    assert say.second_line(bare) == "model not known"


def test_the_maker_is_not_said_twice() -> None:
    assert say.model_name(Identity(vendor="HP", model="HP LaserJet")) == "HP LaserJet"
    assert say.model_name(Identity(vendor="Kyocera", model="CS 4053ci")) == "Kyocera CS 4053ci"
    assert say.model_name(Identity(vendor="Ricoh", model="RICOH IM C2510")) == "Ricoh IM C2510"
    assert say.model_name(Identity(vendor="Sharp", model="SHARP")) == "Sharp"
    assert say.model_name(Identity(vendor="Sharp")) == "Sharp"


def test_colours_stand_in_one_order() -> None:
    mixed = tuple(
        supply(SupplyKind.TONER, LevelState.OK, 50.0, c) for c in ("yellow", "black", "cyan")
    )
    assert [s.color for s in say.consumed(mixed)] == ["black", "cyan", "yellow"]


@pytest.mark.parametrize(
    ("state", "percent", "text"),
    [
        (LevelState.OK, 62.0, "62 %"),
        (LevelState.SOME_REMAINING, None, "some left, amount unknown"),
        (LevelState.UNKNOWN, None, "not known"),
        (LevelState.EMPTY, None, "empty"),
    ],
)
def test_a_level_is_a_number_only_when_it_is_known(
    state: LevelState, percent: float | None, text: str
) -> None:
    assert words.level(state, percent) == text


def test_supplies_are_named_as_people_do() -> None:
    assert words.supply_name(supply(SupplyKind.TONER, LevelState.OK, color="black")) == "Black"
    assert words.supply_name(supply(SupplyKind.DRUM, LevelState.OK, color="cyan")) == "Drum, cyan"
    assert words.supply_name(supply(SupplyKind.WASTE, LevelState.OK)) == "Waste box"
    assert (
        words.supply_name(supply(SupplyKind.INK, LevelState.OK, color="light_gray")) == "Light gray"
    )


def test_a_tray_counts_in_its_own_unit() -> None:
    tray = Tray("1.1", None, None, None, 350, 500, 70.0, LevelState.OK)
    assert words.tray_level(tray) == "350 of 500"
    assert words.tray_level(replace(tray, level=None)) == "70 %"


def test_meters_are_told_in_a_technicians_order() -> None:
    keys = ["xyz", "scan", "total", "mono"]
    assert sorted(keys, key=words.meter_order) == ["total", "mono", "scan", "xyz"]
    assert words.meter("xyz") == "Xyz"
