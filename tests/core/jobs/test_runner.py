"""The action runner: origin checked, one at a time where it must be, every end told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from datetime import timedelta

import pytest

from core.bus import EventBus
from core.jobs import runner as runner_module
from core.jobs.runner import ActionRunner
from core.model.action import ActionKind, CollectArguments, Origin
from core.model.event import EventKind, Finished
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError, Problem, ProblemKind


class House:
    """A runner with one handler that does what the test says."""

    def __init__(self, handler) -> None:
        self.bus = EventBus(lambda: "2026-01-01T00:00:00Z")
        handlers = dict.fromkeys(ActionKind, handler)
        self.runner = ActionRunner(self.bus, handlers, lambda: "2026-01-01T00:00:00Z")

    def do(self, kind="collect", arguments="{}", origin=Origin.CONSOLE, action_id="a"):
        return self.runner.do(action_id, kind, arguments, origin)


async def events_of(subscription):
    return [event async for event in subscription]


async def last_problem(subscription) -> Problem:
    events = await events_of(subscription)
    assert events[-1].kind is EventKind.ACTION_FAILED
    return from_json(events[-1].body, Problem)


async def quick(arguments, emit):
    return Finished({"read": 2})


async def forever(arguments, emit):
    await asyncio.Event().wait()


async def test_an_action_tells_its_start_and_its_end():
    events = await events_of(House(quick).do())
    assert [e.kind for e in events] == [EventKind.ACTION_STARTED, EventKind.ACTION_FINISHED]
    assert json.loads(events[0].body) == {"kind": "collect", "origin": "console"}
    assert json.loads(events[1].body)["counts"] == {"read": 2}


async def test_the_arguments_arrive_typed():
    seen = []

    async def handler(arguments, emit):
        seen.append(arguments)
        return Finished()

    await events_of(House(handler).do(arguments=to_json(CollectArguments(("k",)))))
    assert seen == [CollectArguments(("k",))]


@pytest.mark.parametrize(
    ("call", "code", "kind"),
    [
        ({"kind": "format_disk"}, "unknown_action", ProblemKind.BAD_INPUT),
        ({"arguments": "{"}, "bad_json", ProblemKind.BAD_INPUT),
        ({"arguments": '{"devices": 3}'}, "bad_json", ProblemKind.BAD_INPUT),
        ({"action_id": ""}, "bad_action_id", ProblemKind.BAD_INPUT),
        ({"kind": "enrol", "origin": Origin.HUB}, "origin_refused", ProblemKind.REFUSED),
        (
            {
                "kind": "discover",
                "origin": Origin.HUB,
                "arguments": '{"segments":[{"name":"x","targets":["10.0.0.1"]}]}',
            },
            "segment_not_approved",
            ProblemKind.REFUSED,
        ),
    ],
)
async def test_what_cannot_run_is_refused_with_the_reason(call, code, kind):
    problem = await last_problem(House(quick).do(**call))
    assert (problem.code, problem.kind) == (code, kind)


async def test_a_second_collection_is_refused_while_one_runs():
    house = House(forever)
    first = house.do(action_id="one")
    problem = await last_problem(house.do(action_id="two"))
    assert problem.code == "already_running"
    assert [action.id for action in house.runner.running] == ["one"]
    assert house.runner.cancel("one")
    events = await events_of(first)
    assert events[-1].kind is EventKind.ACTION_CANCELLED
    assert house.runner.running == ()


async def test_a_refusal_is_heard_by_the_asker_alone():
    house = House(forever)
    first = house.do(action_id="one")
    problem = await last_problem(house.do(action_id="one"))
    assert problem.code == "bad_action_id"
    house.runner.cancel("one")
    kinds = [event.kind for event in await events_of(first)]
    assert EventKind.ACTION_FAILED not in kinds


async def test_a_named_error_keeps_its_words():
    async def handler(arguments, emit):
        raise PlatenError("snmp_timeout", "No answer.", "Switch it on.")

    assert await last_problem(House(handler).do()) == Problem(
        "snmp_timeout", "No answer.", "Switch it on."
    )


async def test_a_named_error_of_one_of_several_tasks_keeps_its_words():
    async def one():
        raise PlatenError("store_full", "The disk is full.")

    async def handler(arguments, emit):
        async with asyncio.TaskGroup() as group:
            group.create_task(one())
            group.create_task(asyncio.sleep(60))

    assert (await last_problem(House(handler).do())).code == "store_full"


async def test_a_fault_of_ours_is_named_logged_and_survived(caplog):
    async def handler(arguments, emit):
        raise ZeroDivisionError("secret detail")

    house = House(handler)
    with caplog.at_level(logging.ERROR):
        problem = await last_problem(house.do())
    assert problem.code == "internal_error"
    assert "secret detail" not in problem.text
    assert "ZeroDivisionError" in caplog.text
    assert (await last_problem(house.do())).code == "internal_error"


async def test_closing_cancels_everything():
    house = House(forever)
    first = house.do()
    await asyncio.sleep(0)
    await house.runner.close()
    assert (await events_of(first))[-1].kind is EventKind.ACTION_CANCELLED


async def test_an_action_goes_on_when_its_listener_leaves():
    gate, done = asyncio.Event(), asyncio.Event()

    async def handler(arguments, emit):
        await gate.wait()
        done.set()
        return Finished()

    house = House(handler)
    house.bus.unsubscribe(house.do())
    gate.set()
    await asyncio.wait_for(done.wait(), 5)


async def test_an_action_that_hangs_is_ended_and_named(caplog):
    house = House(forever)
    house.runner._limit = lambda kind: timedelta(seconds=0.05)
    with caplog.at_level(logging.ERROR):
        problem = await last_problem(house.do())
    assert problem.code == "action_overdue"
    assert problem.text.startswith("The action collect was ended")
    assert "hangs" in caplog.text
    assert "forever" in caplog.text
    assert house.runner.running == ()


async def test_an_action_that_will_not_be_ended_is_left_to_itself(monkeypatch):
    monkeypatch.setattr(runner_module, "_GRACE", 0.05)
    free = asyncio.Event()

    async def stubborn(arguments, emit):
        while not free.is_set():
            with contextlib.suppress(asyncio.CancelledError):
                await free.wait()
        return Finished()

    house = House(stubborn)
    house.runner._limit = lambda kind: timedelta(seconds=0.05)
    assert (await last_problem(house.do())).code == "action_overdue"
    free.set()
    await asyncio.sleep(0)
