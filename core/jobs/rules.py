"""What a person does with rules and alerts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from core.jobs.judging import rules_now, tell_alerts
from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.model.action import (
    AcknowledgeArguments,
    ActionKind,
    DeleteRuleArguments,
    RuleTestArguments,
    SetRuleArguments,
    SkipNextArguments,
)
from core.model.device import Device
from core.model.event import EventKind, Finished, RuleChanged
from core.model.occurrence import RuleVerdict
from core.model.problem import BadInputError
from core.telemetry.rules.book import check_rule, is_builtin
from core.telemetry.rules.condition import check_condition
from core.telemetry.rules.expression import Verdict, evaluate
from core.telemetry.rules.fields import fields
from core.telemetry.rules.memory import Case, DeviceMemory, learn


async def set_rule(tools: Tools, arguments: SetRuleArguments, emit: Emit) -> Finished:
    """Make or change a rule; raises ``BadInputError`` for one that could never fire, and where it
    is not what the person saw who changed it.
    """
    check_rule(arguments.rule)
    await _check_seen(tools, arguments)
    await tools.store.alerts.set_rule(arguments.rule)
    emit(EventKind.RULES_CHANGED, RuleChanged(arguments.rule.id))
    return Finished(text=f"The rule {arguments.rule.id} is set.")


async def _check_seen(tools: Tools, wanted: SetRuleArguments) -> None:
    if wanted.seen is None and not wanted.new:
        return
    now = {rule.id: rule for rule in await rules_now(tools)}.get(wanted.rule.id)
    if now == wanted.seen:
        return
    what = "deleted" if now is None else "made" if wanted.new else "changed"
    raise BadInputError(
        "rule_changed",
        f"The rule {wanted.rule.id} was {what} elsewhere in the meantime. Nothing was saved.",
        "Look at it as it is now, then save again.",
    )


async def delete_rule(tools: Tools, arguments: DeleteRuleArguments, emit: Emit) -> Finished:
    """Forget a rule; a built-in one is again as it was. What stands of another is over."""
    builtin = is_builtin(arguments.rule)
    was, told = await tools.store.alerts.delete_rule(arguments.rule, ends=not builtin)
    if not was and builtin:
        raise BadInputError(
            "rule_builtin",
            f"The rule {arguments.rule} is built in, and as it always was.",
            "Switch it off instead: set it with enabled false.",
        )
    if not was:
        raise _unknown(arguments.rule)
    tell_alerts(told, emit)
    emit(EventKind.RULES_CHANGED, RuleChanged(arguments.rule))
    return Finished(text=f"The rule {arguments.rule} is {'as it was' if builtin else 'gone'}.")


async def try_rule(tools: Tools, arguments: RuleTestArguments, emit: Emit) -> Finished:
    """Say for each of these devices, or all, what a condition would say of its last reading."""
    check_condition(arguments.expression)
    counts = {"true": 0, "false": 0, "cannot_tell": 0}
    for device in await _chosen(tools, arguments.devices):
        verdict = await _verdict(tools, device, arguments.expression)
        name = {True: "true", False: "false", None: "cannot_tell"}[verdict.value]
        counts[name] += 1
        emit(EventKind.RULE_TESTED, RuleVerdict(device.key, verdict.value, verdict.why))
    said = f"true for {counts['true']}, false for {counts['false']}"
    return Finished(counts, f"{said}, cannot tell for {counts['cannot_tell']}")


async def _chosen(tools: Tools, keys: tuple[str, ...]) -> list[Device]:
    if not keys:
        return list(await tools.store.managed())
    found = []
    for key in keys:
        summary = await tools.store.device(key)
        if summary is None:
            raise BadInputError(
                "unknown_device", f"There is no device {key[:60]!r}.", "See `platen devices`."
            )
        found.append(summary.device)
    return found


async def _verdict(tools: Tools, device: Device, expression: str) -> Verdict:
    readings = (await tools.store.readings(device.key, limit=2)).items
    if not readings:
        return Verdict(None, "It was never read.")
    before = DeviceMemory()
    for reading in readings[1:2]:
        before = learn(before, Case(device, "seen", reading.taken_at, reading))
    return evaluate(expression, fields(device, readings[0], before))


async def acknowledge(tools: Tools, arguments: AcknowledgeArguments, emit: Emit) -> Finished:
    """Note that somebody has seen these alerts; raises ``StoreError`` (``unknown_alert``)."""
    done = await tools.store.alerts.acknowledge(arguments.alerts)
    for item in done:
        emit(EventKind.ALERT_ACKNOWLEDGED, item)
    return Finished({"alerts": len(done)}, f"{len(done)} acknowledged")


async def skip_next(tools: Tools, arguments: SkipNextArguments, _: Emit) -> Finished:
    """Pass the next time over that a rule fires for a device: it is noted, and nobody is told."""
    if arguments.rule not in {rule.id for rule in await rules_now(tools)}:
        raise _unknown(arguments.rule)
    await tools.store.alerts.skip_next(arguments.device, arguments.rule)
    return Finished(text=f"The next time, {arguments.rule} is passed over for this device.")


def _unknown(rule: str) -> BadInputError:
    return BadInputError(
        "unknown_rule", f"There is no rule {rule[:60]!r}.", "See `platen rules list`."
    )


#: The actions of this module; the agent gives each its tools.
HANDLERS: dict[ActionKind, Callable[[Tools, Any, Emit], Awaitable[Finished]]] = {
    ActionKind.SET_RULE: set_rule,
    ActionKind.DELETE_RULE: delete_rule,
    ActionKind.TEST_RULE: try_rule,
    ActionKind.ACKNOWLEDGE: acknowledge,
    ActionKind.SKIP_NEXT: skip_next,
}
