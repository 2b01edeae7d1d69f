"""``python -m app``, with faults in it: asked for one address it crashes, and says all it knows.

The agent crashes in a search and in a thread beside it, ``platen read`` before it asks. What they
say in it: every secret in reach, in a fault of a fault and in its notes; and what is hidden.
"""

from __future__ import annotations

import sys
import threading
from typing import Any, NoReturn

from app.cli import main
from core.jobs import discover
from tests.support.canary_values import CRASH

_plan = discover._plan


def crash(known: list[str]) -> NoReturn:
    """Raise a fault that was caused by another one, all with what is known."""
    nothing: dict[tuple[str, ...], Any] = {}
    try:
        nothing[tuple(known)]
    except KeyError as error:
        error.add_note(f"tried {known} at {CRASH}")
        raise RuntimeError(f"CRASHED with {', '.join(known)}") from error


async def _crash(tools: Any, segment: Any, given: tuple[str, ...]) -> Any:
    if CRASH not in segment.targets:
        return await _plan(tools, segment, given)
    found = await tools.secrets.get("all")
    known = [*given, *found.communities]
    known += [word for user in found.users for word in (user.auth_password, user.priv_password)]
    known += [word for login in found.logins for word in (login.user, login.password)]
    for row in (await tools.store.devices("", 100)).items:
        identity = row.device.identity
        said = (row.device.endpoint.address, identity.mac, identity.hostname, identity.location)
        known += [word for word in said if word]
    beside = threading.Thread(target=crash, args=(known,))
    beside.start()
    beside.join()
    return crash(known)


async def _crash_asking(endpoint: Any, how: Any, _: Any) -> Any:
    crash([*how.access.communities, endpoint.address])


if __name__ == "__main__":
    discover._plan = _crash
    if "read" in sys.argv:
        from app.commands import read

        if CRASH in sys.argv:
            read.ask = _crash_asking
    main()
