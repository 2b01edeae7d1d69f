"""What a run of a lane came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.model.schedule import Outcome


@dataclass(frozen=True, slots=True)
class Ran:
    """``reason`` says why a run failed or was not needed; ``counts`` what it did."""

    outcome: Outcome
    reason: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
