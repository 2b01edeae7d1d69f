"""Starts the agent or the hub so that it kills itself, as with kill -9, at a named moment.

``python -m tests.support.killed_at MOMENT COUNT COMMAND...``: at the COUNTth time that MOMENT is
reached. The production code knows nothing of it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any


def _bomb(count: int) -> Callable[[], None]:
    left = [count]

    def tick() -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return tick


def before_the_send(tick: Callable[[], None]) -> None:
    """The agent: after the store's commit, before an item is sent to the hub."""
    from core.uplink.sending import Sender

    whole = Sender._send

    async def send(self: Sender, items: Any) -> Any:
        tick()
        return await whole(self, items)

    Sender._send = send  # type: ignore[method-assign]


def before_the_forgetting(tick: Callable[[], None]) -> None:
    """The agent: after the hub's acknowledgement, before the outbox forgets the items."""
    from core.store import Store

    whole = Store.acknowledge

    async def acknowledge(self: Store, keys: Any) -> None:
        tick()
        await whole(self, keys)

    Store.acknowledge = acknowledge  # type: ignore[method-assign]


def before_the_acknowledgement(tick: Callable[[], None]) -> None:
    """The hub: after its commit, before the agent hears of it."""
    from hub.store import HubStore

    whole = HubStore.take

    def take(self: HubStore, *arguments: Any) -> Any:
        taken = whole(self, *arguments)
        tick()
        return taken

    HubStore.take = take  # type: ignore[method-assign]


MOMENTS = {
    moment.__name__: moment
    for moment in (before_the_send, before_the_forgetting, before_the_acknowledgement)
}


def main() -> None:
    """Plant the bomb and run the command."""
    moment, count, *command = sys.argv[1:]
    MOMENTS[moment](_bomb(int(count)))
    if moment == "before_the_acknowledgement":
        from hub.cli import main as run
    else:
        from app.cli import main as run
    sys.argv = ["killed", *command]
    run()


if __name__ == "__main__":
    main()
