"""Alerts and rules of the agent in memory: what its queries give, what its actions do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from core.channel.convert import QueryPage
from core.model.action import (
    AcknowledgeArguments,
    ActionKind,
    DeleteRuleArguments,
    RuleTestArguments,
    SetRuleArguments,
    SkipNextArguments,
)
from core.model.event import EventKind, Finished, RuleChanged
from core.model.jsonio import to_json
from core.model.occurrence import Occurrence, RuleVerdict
from core.model.problem import BadInputError
from core.model.query import OccurrencesArguments, QueryKind
from core.model.rule import Rule, Weight
from core.telemetry.rules.book import book, check_rule
from core.telemetry.rules.expression import check_expression

Publish = Callable[[EventKind, Any, str], object]
ACKNOWLEDGED_AT = "2026-01-14T15:00:00Z"
_MINE = {
    ActionKind.ACKNOWLEDGE,
    ActionKind.SKIP_NEXT,
    ActionKind.SET_RULE,
    ActionKind.DELETE_RULE,
    ActionKind.TEST_RULE,
}


def alert(number: int, device: str = "d00000", **changes: Any) -> Occurrence:
    """Make an alert of a toner that is low; later numbers are later times."""
    level = float(number % 10)
    day, hour, minute = 10 + number // 1440 % 20, number // 60 % 24, number % 60
    made = Occurrence(
        rule="toner-low",
        kind="supply_low",
        name="Toner or ink is low",
        weight=Weight.WARNING,
        subject="supplies[1.1]",
        text=f"Black toner is at {level:.0f} %.",
        raised_at=f"2026-01-{day:02}T{hour:02}:{minute:02}:00Z",
        lasting=True,
        facts={"level_percent": level, "threshold": 10.0},
        key=f"a{number:05}",
        device=device,
    )
    return replace(made, **changes)


@dataclass
class FakeAlerts:
    """What the agent knows of alerts. ``verdicts`` is what a trial gives."""

    items: dict[str, Occurrence] = field(default_factory=dict)
    own: dict[str, Rule] = field(default_factory=dict)
    skips: list[tuple[str, str]] = field(default_factory=list)
    verdicts: list[RuleVerdict] = field(default_factory=list)

    def put(self, *items: Occurrence) -> None:
        """Keep alerts without a word."""
        self.items |= {item.key: item for item in items}

    def query(self, kind: QueryKind, arguments: object, token: str, size: int) -> QueryPage | None:
        """Answer a query, if it is one about alerts or rules."""
        if kind is QueryKind.RULES:
            rules = book(self.own.values())
            return QueryPage(tuple(map(to_json, rules)), "", len(rules))
        if kind is not QueryKind.OCCURRENCES:
            return None
        wanted = arguments if isinstance(arguments, OccurrencesArguments) else None
        found = [o for o in self.items.values() if _wanted(o, wanted)]
        found.sort(key=lambda o: o.key, reverse=True)
        start = int(token or 0)
        more = str(start + size) if start + size < len(found) else ""
        return QueryPage(tuple(map(to_json, found[start : start + size])), more, len(found))

    def act(self, publish: Publish, kind: ActionKind, arguments: Any, action_id: str) -> bool:
        """Do an action, if it is one of these."""
        if kind not in _MINE:
            return False
        try:
            self._do(publish, arguments, action_id)
        except BadInputError as error:
            publish(EventKind.ACTION_FAILED, error.problem, action_id)
        else:
            publish(EventKind.ACTION_FINISHED, Finished(), action_id)
        return True

    def _do(self, publish: Publish, arguments: Any, action_id: str) -> None:
        if isinstance(arguments, AcknowledgeArguments):
            if not set(arguments.alerts) <= set(self.items):
                raise BadInputError("unknown_alert", "There is no such alert.", "Look again.")
            for key in arguments.alerts:
                self.items[key] = replace(self.items[key], acknowledged_at=ACKNOWLEDGED_AT)
                publish(EventKind.ALERT_ACKNOWLEDGED, self.items[key], action_id)
        elif isinstance(arguments, SkipNextArguments):
            self.skips.append((arguments.device, arguments.rule))
        elif isinstance(arguments, SetRuleArguments):
            check_rule(arguments.rule)
            known = {rule.id: rule for rule in book(self.own.values())}.get(arguments.rule.id)
            if (arguments.seen or arguments.new) and known != arguments.seen:
                raise BadInputError("rule_changed", "It was changed elsewhere.", "Look again.")
            self.own[arguments.rule.id] = arguments.rule
            publish(EventKind.RULES_CHANGED, RuleChanged(arguments.rule.id), action_id)
        elif isinstance(arguments, DeleteRuleArguments):
            self.own.pop(arguments.rule, None)
            publish(EventKind.RULES_CHANGED, RuleChanged(arguments.rule), action_id)
        elif isinstance(arguments, RuleTestArguments):
            check_expression(arguments.expression)
            for verdict in self.verdicts:
                publish(EventKind.RULE_TESTED, verdict, action_id)


def _wanted(item: Occurrence, wanted: OccurrencesArguments | None) -> bool:
    if wanted is None:
        return True
    if wanted.device is not None and item.device != wanted.device:
        return False
    return item.open or not wanted.only_open
