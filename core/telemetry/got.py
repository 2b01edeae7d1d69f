"""What several questions to one agent gave, when not all of them went well."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from core.model.reading import Note
from core.snmp.errors import (
    SnmpDeadlineError,
    SnmpError,
    SnmpNoResourcesError,
    SnmpPartialError,
    SnmpPortClosedError,
    SnmpTimeoutError,
    SnmpUnreachableError,
    SnmpWalkTooLongError,
)
from core.snmp.together import together
from core.snmp.types import Oid, Value, format_oid
from core.snmp.v3.errors import V3Error

#: Who does not answer will not answer more questions either.
AWAY: Final = (
    SnmpTimeoutError,
    SnmpDeadlineError,
    SnmpPortClosedError,
    SnmpUnreachableError,
    SnmpNoResourcesError,
    V3Error,
)
_NAMED: Final = 3
Job = Coroutine[Any, Any, dict[Oid, Value]]


@dataclass(slots=True)
class Got:
    """Values as they come in, and what went wrong with single questions: one bad table must not
    cost all the others.
    """

    values: dict[Oid, Value] = field(default_factory=dict)
    failures: list[SnmpError] = field(default_factory=list)

    async def take(self, jobs: Sequence[Job], fatal: tuple[type[SnmpError], ...] = AWAY) -> None:
        """Ask side by side; raises errors of the ``fatal`` kinds and keeps all others."""
        await together([self._one(job, fatal) for job in jobs])

    async def _one(self, job: Job, fatal: tuple[type[SnmpError], ...]) -> None:
        try:
            self.values.update(await job)
        except fatal:
            raise
        except SnmpPartialError as error:
            self.values.update(error.found)
            self.failures += error.failures
        except SnmpError as error:
            self.failures.append(error)

    def notes(self) -> tuple[Note, ...]:
        """Say what is not known because of failures, one note for each kind of them."""
        endless = [error for error in self.failures if isinstance(error, SnmpWalkTooLongError)]
        notes = [Note("walk_never_ends", _never_ends(endless))] if endless else []
        others = {e.problem.code: e for e in self.failures if e not in endless}
        notes += [
            Note(code, f"A part was not answered and is unknown: {error.problem.text}")
            for code, error in others.items()
        ]
        return tuple(notes)


def _never_ends(failures: Sequence[SnmpWalkTooLongError]) -> str:
    roots = list(dict.fromkeys(format_oid(error.root) for error in failures))
    named = ", ".join(roots[:_NAMED])
    more = f" and {len(roots) - _NAMED} others" if len(roots) > _NAMED else ""
    return (
        f"What the printer lists below {named}{more} never comes to an end, or is far too long: "
        "nothing of it was taken over."
    )
