"""A device with readings one after the other, and what a judge says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.model.device import Device
from core.model.identity import Endpoint, Identity
from core.model.reading import (
    DeviceState,
    LevelState,
    Note,
    Reading,
    Status,
    Supply,
    SupplyKind,
)
from core.model.rule import AnyWhen, Rule
from core.telemetry.rules.judge import Judgement, judge
from core.telemetry.rules.memory import Case, DeviceMemory, Limits
from tests.support.stored import at, reading

MINUTE, HOUR, DAY = 60, 3600, 86_400
DEVICE = Device(
    key="d1",
    identity=Identity(vendor="HP", model="M1", serial="S1"),
    endpoint=Endpoint("10.0.0.1"),
    evidence=(),
    first_seen=at(),
    last_seen=at(),
    segment="office",
)


def rule(when: AnyWhen, **changes: Any) -> Rule:
    """Make a rule named "r"."""
    return Rule(**({"id": "r", "name": "A rule", "when": when} | changes))


def supply(level: float | None = None, state: str = "ok", **changes: Any) -> Supply:
    """Make a black toner."""
    made = Supply("1.1", SupplyKind.TONER, "black", "TK", level, LevelState(state))
    return replace(made, **changes)


def read(
    *supplies: Supply,
    conditions: Sequence[str] = (),
    state: str = "idle",
    notes: Sequence[str] = (),
    **meters: int,
) -> Reading:
    """Make a reading; ``notes`` are texts of sums that disagree."""
    return replace(
        reading(vendor="HP", serial="S1"),
        supplies=supplies,
        meters=meters,
        status=Status(DeviceState(state), tuple(conditions)),
        notes=tuple(Note("meters_disagree", text) for text in notes),
    )


class Judged:
    """Judges visit after visit, an hour from each other where nothing else is said."""

    def __init__(self, *rules: Rule, limits: Limits | None = None) -> None:
        self.rules = rules
        self.limits = limits or Limits()
        self.memory = DeviceMemory()
        self.seconds = 0.0
        self.said: list[Judgement] = []

    def visit(
        self,
        taken: Reading | None,
        *,
        what: str = "",
        after: float = HOUR,
        device: Device = DEVICE,
        first_search: bool = False,
    ) -> Judgement:
        """Judge a reading (``None``: a miss) so many seconds after the last visit."""
        self.seconds += after
        now = at(self.seconds)
        made = None if taken is None else replace(taken, taken_at=now)
        what = what or ("missed" if taken is None else "seen")
        case = Case(device, what, now, made, self.limits, first_search)
        said = judge(self.memory, case, self.rules)
        self.memory = said.memory
        self.said.append(said)
        return said

    def raised(self, taken: Reading | None, **how: Any) -> list[str]:
        """Give the texts of what a visit raised."""
        return [item.text for item in self.visit(taken, **how).raised]

    def levels(self, *levels: float | None) -> list[str]:
        """Give, for each level of the black toner, "raised", "cleared", or nothing."""
        words = []
        for level in levels:
            state = "some_remaining" if level is None else "ok" if level > 0 else "empty"
            said = self.visit(read(supply(level, state)))
            words.append("raised" if said.raised else "cleared" if said.cleared else "")
        return words
