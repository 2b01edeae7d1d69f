"""Why runs were missed: sleep, a clock that was set, a network that was not there, an agent that
was not running.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo

from core.host.clock import parse_rfc3339
from core.schedule.clocks import Clocks, Moment, jump_between, look, spell

_WORTH_TELLING = 30.0  # seconds; a restart that somebody asked for is no absence


class Away:
    """Watches the clocks and the network from turn to turn.

    ``why`` is the sentence for runs that were missed since the last turn in which none was;
    ``offline`` says why nothing that needs the network may start yet, or ""; ``told`` why the agent
    was away last and until when, in the time of ``zone``.
    """

    def __init__(
        self,
        clocks: Clocks,
        offline: Callable[[], str],
        settle: Callable[[], float],
        zone: Callable[[], tzinfo] = lambda: UTC,
    ) -> None:
        self._clocks = clocks
        self._probe = offline
        self._settle = settle
        self._zone = zone
        self._last: Moment | None = None
        self._ready_at: float | None = 0.0  # on the clock that runs while awake
        self._began = ""
        self.offline = ""
        self.why = ""
        self.told = ""

    def started(self, alive: str | None, ended: str) -> None:
        """Begin; ``alive`` is when an agent last ran here, ``ended`` why that one ended."""
        moment = look(self._clocks)
        self._last = moment
        self._begin(moment)
        if alive is None:
            return
        gone = max((moment.wall - parse_rfc3339(alive)).total_seconds(), 0)
        how = ended or "it ended without saying why, as in a power cut or a crash"
        # That it lives, an agent notes every few minutes; its end it notes at once.
        length = spell(gone) if ended else f"up to {spell(gone)}"
        self._began = f"the agent was not running for {length} ({how})"
        self.why = self._began
        if not ended or gone >= _WORTH_TELLING:
            self._tell(self._began, moment)

    def look(self) -> float:
        """Read clocks and network, at the begin of a turn; gives by how many seconds the clock was
        set meanwhile (negative: back).
        """
        moment = look(self._clocks)
        jump = None if self._last is None else jump_between(self._last, moment)
        self._last = moment
        if jump is not None:
            self.why = jump.why
            self._tell(jump.why, moment)
            self._begin(moment)
        self._look_at_network(moment)
        return jump.set_by if jump is not None else 0.0

    def seen(self) -> None:
        """Forget why: the turn is over, and what comes now was not missed for that reason."""
        if not self.offline:
            self.why = ""

    def _tell(self, why: str, moment: Moment) -> None:
        back = moment.wall.astimezone(self._zone())
        self.told = f"{why}, until {back:%Y-%m-%d %H:%M} {back.tzname()}"

    def _begin(self, moment: Moment) -> None:
        """After a sleep or a start the network is not trusted before it has settled."""
        self._ready_at = moment.awake + self._settle()

    def _look_at_network(self, moment: Moment) -> None:
        missing = self._probe()
        if missing:
            self._ready_at = None
            self.offline = missing
            self.why = self.why or missing
            return
        if self._ready_at is None:
            self._begin(moment)
        assert self._ready_at is not None  # noqa: S101 - _begin set it
        waiting = moment.awake < self._ready_at
        self.offline = "the network is only just back" if waiting else ""
