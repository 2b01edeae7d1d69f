"""The word that the store was damaged and saved: it stays until somebody has seen it, or a month.

It outlives restarts: the host may have started the agent again before anybody looked.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.host.clock import parse_rfc3339, rfc3339
from core.jobs.tools import Tools
from core.model.event import Finished
from core.model.jsonio import from_json, to_json
from core.model.problem import PlatenError, Problem
from core.store.rescue import Rescued

KEPT = timedelta(days=30)
#: So long it comes before what is wrong with the hub; then that must not be hidden by it.
FIRST = timedelta(days=1)
_FACT = "store_rescued"
_REMEDY = (
    "Nothing needs to be done here. Send the logs to support, and have the disk looked at. This "
    "note stays for 30 days, or until somebody has seen it (the button in the window, or "
    "`platen status --dismiss`)."
)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is kept of it: when (RFC 3339), and the sentence."""

    at: str
    text: str


class RescueNote:
    """What is said of the last rescue; nothing where there was none, or it was long ago."""

    def __init__(self, tools: Tools, told: _Told | None) -> None:
        self._tools = tools
        self._told = told

    @classmethod
    async def open(cls, tools: Tools, rescued: Rescued | None) -> RescueNote:
        """Keep the word of a rescue just made, else take up that of an earlier one."""
        told = None
        if rescued is not None:
            told = _Told(rfc3339(tools.clock()), rescued.text)
            with contextlib.suppress(PlatenError):  # it is said now, kept or not
                await tools.store.set_fact(_FACT, to_json(told))
        elif kept := await tools.store.fact(_FACT):
            with contextlib.suppress(PlatenError):
                told = from_json(kept, _Told)
        return cls(tools, told)

    def problem(self, now: datetime, within: timedelta = KEPT) -> Problem | None:
        """Give what is to be said now of a rescue so recent."""
        if self._told is None or now - parse_rfc3339(self._told.at) > within:
            return None
        return Problem("store_rescued", self._told.text, _REMEDY)

    async def dismiss(self) -> Finished:
        """Forget it: somebody has seen it."""
        if self.problem(self._tools.clock()) is None:
            return Finished(text="There is no note.")
        await self._tools.store.set_fact(_FACT, "")
        self._told = None
        return Finished(text="The note is gone.")
