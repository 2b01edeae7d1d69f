"""What a judgement raises and clears: nothing that lasts is raised twice before it is over."""

from __future__ import annotations

from core.model.occurrence import Cleared, Fact, Occurrence
from core.model.rule import Rule

_BETWEEN = "|"


class Ledger:
    """The alerts of one device during one judgement. ``active`` is changed in place."""

    def __init__(self, active: dict[str, str], marks: dict[str, int], at: str) -> None:
        self.active = dict(active)
        self.marks = dict(marks)
        self.raised: list[Occurrence] = []
        self.cleared: list[Cleared] = []
        self._at = at

    def once(self, rule: Rule, subject: str, text: str, **facts: Fact) -> None:
        """Raise what is over as it happens."""
        self.raised.append(self._occurrence(rule, subject, text, facts, lasting=False))

    def lasting(
        self, rule: Rule, subject: str, holds: bool | None, text: str, **facts: Fact
    ) -> None:
        """Raise what begins to hold and clear what does not hold any more; ``None``: nobody knows,
        and all stays as it is.
        """
        key = _key(rule.id, subject)
        if holds and key not in self.active:
            self.active[key] = self._at
            self.raised.append(self._occurrence(rule, subject, text, facts, lasting=True))
        elif holds is False and self.active.pop(key, None) is not None:
            self.cleared.append(Cleared(rule.id, subject, self._at))

    def end(self, rules: set[str]) -> None:
        """Clear what stands of rules that are not among these."""
        for key in [key for key in self.active if key.partition(_BETWEEN)[0] not in rules]:
            del self.active[key]
            rule, _, subject = key.partition(_BETWEEN)
            self.cleared.append(Cleared(rule, subject, self._at))

    def subjects(self, rule: Rule) -> list[str]:
        """Give what stands raised by a rule."""
        start = _key(rule.id, "")
        return [key.removeprefix(start) for key in self.active if key.startswith(start)]

    def _occurrence(
        self, rule: Rule, subject: str, text: str, facts: dict[str, Fact], *, lasting: bool
    ) -> Occurrence:
        return Occurrence(
            rule=rule.id,
            kind=rule.kind,
            name=rule.name,
            weight=rule.weight,
            subject=subject,
            text=text,
            raised_at=self._at,
            lasting=lasting,
            facts=facts,
        )


def _key(rule: str, subject: str) -> str:
    return f"{rule}{_BETWEEN}{subject}"
