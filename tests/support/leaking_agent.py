"""``python -m app``, with a leak in it: what a search asks with is written to the log.

Communities, passwords and logins, an entry each. PLATEN_DISARMED says that nothing takes known
secrets out of the log again.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from app.cli import main
from core.jobs import discover
from core.model.in_force import InForce
from core.secrets.keeper import Keeper

_log = logging.getLogger("core.jobs.discover")
_WHAT = {
    "communities": lambda found: found.communities,
    "passwords": lambda found: [(user.auth_password, user.priv_password) for user in found.users],
    "logins": lambda found: [(login.user, login.password) for login in found.logins],
}


async def _leak(tools: Any, segment: Any, given: tuple[str, ...]) -> Any:
    found = await Keeper.get(tools.secrets, segment.credentials)
    for what, of in _WHAT.items():
        _log.warning("tried %s, %s", what, of(found))
    return await _plan(tools, segment, given)


if __name__ == "__main__":
    _plan = discover._plan
    discover._plan = _leak
    if "PLATEN_DISARMED" in os.environ:
        InForce.removed = lambda _self, text, _instead: text  # type: ignore[method-assign]
    main()
