"""The action ``test_connection``: the way to the hub, a step an event."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.model.action import ConnectionTestArguments
from core.model.connection import ConnectionStep, StepName, StepResult
from core.model.event import EventKind, Finished
from core.model.problem import PlatenError
from core.uplink import connection
from core.uplink.address import HubAddress, parse_address
from core.uplink.checks import Around, ConnectionTest
from core.uplink.connection import Enrolment


async def test_connection(
    tools: Tools,
    arguments: ConnectionTestArguments,
    emit: Emit,
    ask_clock: Callable[[], Awaitable[float | None]],
) -> Finished:
    """Test the way to the hub named, or to the enrolled one; raises ``BadInputError``."""
    where, enrolment = None, None
    try:
        enrolment = connection.load(tools.folder)
    except PlatenError as error:
        flaw = error.problem
        broken = ConnectionStep(
            StepName.CERTIFICATE, "Enrolment", StepResult.FAILED, flaw.text, flaw.remedy
        )
        emit(EventKind.CONNECTION_STEP, broken)
    if arguments.hub:
        where, enrolment = parse_address(arguments.hub), _of(enrolment, arguments.hub)
    elif enrolment is not None:
        where = parse_address(enrolment.uplink_address)
    return await _run(tools, (where, enrolment), emit, ask_clock)


def _of(enrolment: Enrolment | None, hub: str) -> Enrolment | None:
    """Give the enrolment if it is at this very address: another hub has another authority."""
    return enrolment if enrolment is not None and enrolment.uplink_address == hub else None


async def _run(
    tools: Tools,
    to: tuple[HubAddress | None, Enrolment | None],
    emit: Emit,
    ask_clock: Callable[[], Awaitable[float | None]],
) -> Finished:
    async def nobody() -> float | None:
        return None

    from urllib.request import getproxies  # noqa: PLC0415 - memory: few agents are ever tested

    where, enrolment = to
    around = Around(tools.clock, getproxies(), ask_clock if enrolment else nobody)
    counts = dict.fromkeys((result.value for result in StepResult), 0)
    async for step in ConnectionTest(where, enrolment, around).steps():
        counts[step.result.value] += 1
        emit(EventKind.CONNECTION_STEP, step)
    failed = counts[StepResult.FAILED]
    if where is None:
        return Finished(counts, "No hub is known yet.")
    return Finished(counts, f"{failed} of the steps failed." if failed else f"{where} is reached.")
