"""Manage: which devices are read from now on, and which are only listed."""

from __future__ import annotations

from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.jobs.visit import tell
from core.model.action import ManageArguments
from core.model.event import EventKind, Finished


async def manage(tools: Tools, arguments: ManageArguments, emit: Emit) -> Finished:
    """Set it for each; raises ``StoreError`` (``unknown_device``) for a key that is none."""
    for key in arguments.devices:
        await tools.store.manage(key, managed=arguments.managed)
        await tell(
            tools, key, "managed" if arguments.managed else "listed", EventKind.DEVICE_UPDATED, emit
        )
    said = "read from now on" if arguments.managed else "only listed from now on"
    return Finished({"devices": len(arguments.devices)}, f"{len(arguments.devices)} {said}")
