"""Reading a device now."""

from __future__ import annotations

from app.workers.collection import CollectionWorker
from app.workers.connection import ConnectionWorker, LinkState
from core.model.action import ActionKind, CollectArguments
from core.model.problem import Problem
from tests.support.fake_agent import FOLDER, FakeAgent
from tests.support.qt_loop import QtLoop
from tests.support.sample_devices import summary


def test_reading_now(loop: QtLoop, agent: FakeAgent) -> None:
    agent.put(summary(0))
    connection = ConnectionWorker(FOLDER, agent.connect)
    worker = CollectionWorker(connection)
    busy: list[tuple[str, bool]] = []
    refused: list[tuple[str, Problem]] = []
    worker.busy.connect(lambda key, on: busy.append((key, on)))
    worker.refused.connect(lambda key, problem: refused.append((key, problem)))

    worker.read("d00000")
    loop.wait(lambda: len(busy) == 2)
    assert refused[0][1].code == "agent_away"

    connection.start()
    loop.wait(lambda: connection.link.state is LinkState.CONNECTED)
    worker.read("d00000")
    worker.read("d00000")  # a second click while it is being read
    loop.wait(lambda: len(busy) == 4)
    assert busy[2:] == [("d00000", True), ("d00000", False)]
    assert agent.done == [(ActionKind.COLLECT, CollectArguments(("d00000",)))]

    agent.refusal = Problem("already_running", "A collection is running.", "Wait.")
    worker.read("d00000")
    loop.wait(lambda: len(refused) == 2)
    assert refused[1] == ("d00000", agent.refusal)

    async def close() -> None:
        await worker.close()
        await connection.close()

    loop.run(close())
