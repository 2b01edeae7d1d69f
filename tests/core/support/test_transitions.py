"""Changes alone: a printer that is off for a month is two lines."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from core.bus import EventBus
from core.model.event import (
    ActionStarted,
    Delivery,
    DeviceChanged,
    EventKind,
    Finished,
    SettingsChanged,
)
from core.model.problem import Problem
from core.model.reading import DeviceState
from core.support.transitions import follow_transitions
from tests.support.sample_devices import summary

SILENT = Problem("snmp_timeout", "It does not answer.")
GONE = Problem("unreachable", "There is no way.")
PRINTER = replace(summary(1), problem=None, state=DeviceState.IDLE)
KEY = PRINTER.device.key


class Told:
    def __init__(self, caplog: pytest.LogCaptureFixture, offline: tuple[str, ...] = ()) -> None:
        caplog.set_level(logging.INFO, "core.support.transitions")
        self.caplog, self.bus = caplog, EventBus(lambda: "2026-01-01T00:00:00Z")
        self.task = follow_transitions(self.bus, offline)

    def run(self, origin: str, *, misses: int = 0, off: Problem | None = None) -> None:
        """One hourly run: started, the device missed or read, finished."""
        bus, name = self.bus, "run"
        bus.publish(EventKind.ACTION_STARTED, ActionStarted("collect", origin), name)
        state = DeviceState.OFFLINE if misses >= 2 else PRINTER.state
        seen = replace(PRINTER, problem=off, state=state)
        what = "failed" if off else "read"
        bus.publish(EventKind.DEVICE_UPDATED, DeviceChanged(what, seen), name)
        text = "0 read, 1 failed" if off else "1 read, 0 failed"
        bus.publish(EventKind.ACTION_FINISHED, Finished({}, text), name)

    async def lines(self) -> list[str]:
        self.bus.close()
        await self.task
        return [record.getMessage() for record in self.caplog.records]


async def test_a_printer_that_is_off_for_a_month_is_two_lines(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = Told(caplog)
    for _ in range(24):
        told.run("schedule")
    for hour in range(30 * 24):
        told.run("schedule", misses=hour + 1, off=SILENT)
    for _ in range(24):
        told.run("schedule")
    lines = await told.lines()
    of_it = [line for line in lines if KEY in line]
    assert [line.split(":")[0] for line in of_it] == ["offline", "back"]
    assert SILENT.text in of_it[0]
    # Of the 768 runs the first is told, and the two that ended otherwise than the one before.
    assert len(lines) == 5


async def test_what_was_offline_before_the_start_is_not_told_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = Told(caplog, (KEY,))
    told.run("schedule", misses=9, off=SILENT)
    told.run("schedule", misses=10, off=SILENT)
    told.run("schedule")
    of_it = [line for line in await told.lines() if KEY in line]
    assert [line.split(":")[0] for line in of_it] == ["back"]


async def test_causes_that_take_turns_are_told_once_each(caplog: pytest.LogCaptureFixture) -> None:
    told = Told(caplog)
    for hour in range(50):
        told.run("schedule", misses=hour + 2, off=(SILENT, GONE)[hour % 2])
    of_it = [line for line in await told.lines() if KEY in line]
    assert [line.split(":")[0] for line in of_it] == ["offline", "still offline"]


async def test_a_persons_actions_the_hub_and_settings_are_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = Told(caplog)
    told.run("console")
    away = Delivery(0, 5, Problem("hub_away", "The hub cannot be reached."))
    for _ in range(100):
        told.bus.publish(EventKind.DELIVERY, away)
    for _ in range(3):
        told.bus.publish(EventKind.DELIVERY, Delivery(5, 0))
    told.bus.publish(EventKind.SETTINGS_CHANGED, SettingsChanged(("collection.retries",)))
    assert await told.lines() == [
        "collect started, from the console",
        "collect finished: 1 read, 0 failed",
        "delivery to the hub fails: The hub cannot be reached. 5 waiting",
        "delivery to the hub works again: 5 delivered",
        "settings changed: collection.retries",
    ]
