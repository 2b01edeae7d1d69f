"""Rules about meters: fell, jumped, a volume reached, sums that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.model.rule import CounterFell, CounterJumped, MetersDisagree, Rule, VolumeReached
from core.telemetry.rules.ledger import Ledger
from core.telemetry.rules.memory import (
    Case,
    DeviceMemory,
    MeterMemory,
    minutes_between,
    origin_of,
)

_DISAGREE = "meters_disagree"
# "total is 100, but mono 40 + color 50 is 90."
_SUM = re.compile(r"(?P<whole>.+?) is (?P<said>\d+), but .* is (?P<sum>\d+)\.")


def fell(rule: Rule, when: CounterFell, case: Case, before: DeviceMemory, ledger: Ledger) -> None:
    """Say each meter that is lower than it was."""
    for meter, was, value in _known(when.meters, case, before):
        if value < was.value:
            text = f"The meter {_words(meter)} fell from {was.value:,} to {value:,}."
            ledger.once(rule, f"meters.{meter}", text, before=was.value, after=value)


def jumped(
    rule: Rule, when: CounterJumped, case: Case, before: DeviceMemory, ledger: Ledger
) -> None:
    """Say each meter that rose by more than an engine can print in that time."""
    for meter, was, value in _known(when.meters, case, before):
        minutes = minutes_between(was.at, case.at)
        most = int(when.pages_per_minute * minutes) + when.slack
        if minutes < 0 or value - was.value <= most:
            continue  # a clock that was set back tells nothing of the time gone
        text = (
            f"The meter {_words(meter)} rose from {was.value:,} to {value:,} in {minutes:.0f} "
            f"minutes; {when.pages_per_minute} pages a minute would be {most:,} at most."
        )
        facts = {"before": was.value, "after": value, "minutes": round(minutes, 1), "most": most}
        ledger.once(rule, f"meters.{meter}", text, **facts)


def volume(
    rule: Rule, when: VolumeReached, case: Case, before: DeviceMemory, ledger: Ledger
) -> None:
    """Say a volume that was passed; what a printer had behind it when it was first seen is not."""
    reading, step = case.reading, when.every or when.at
    value = reading.meters.get(when.meter) if reading else None
    if reading is None or value is None or step is None:
        return
    # With its numbers: a rule that was changed counts anew.
    place = f"{rule.id}|{when.meter}|{'every' if when.every else 'at'}|{step}"
    reached = value // step if when.every else int(value >= step)
    was = before.meters.get(when.meter)
    told = before.marks.get(place)
    if was is not None and not was.comparable(origin_of(reading, when.meter)):
        # Another counter: what it had behind it is no news, as with a printer first seen.
        ledger.marks[place] = reached
        return
    if told is None:
        told = reached if was is None else (was.value // step if when.every else was.value >= step)
    if reached > told:
        passed = reached * step
        text = f"The meter {_words(when.meter)} passed {passed:,}: it is {value:,}."
        ledger.once(rule, f"meters.{when.meter}", text, value=value, passed=passed)
    # A count that wavers around a step is told once; one that begins anew is told again.
    anew = when.every is not None and value < (told - 1) * step
    ledger.marks[place] = reached if anew else max(int(told), reached)


def disagree(
    rule: Rule, _: MetersDisagree, case: Case, before: DeviceMemory, ledger: Ledger
) -> None:
    """Say each sum that is not what the device says it is, until it is."""
    if case.reading is None:
        return
    present = set()
    for note in case.reading.notes:
        if note.code == _DISAGREE:
            found = _SUM.fullmatch(note.text)
            subject = f"meters.{found['whole'].replace(' ', '_')}" if found else "meters"
            facts = {"said": int(found["said"]), "sum": int(found["sum"])} if found else {}
            present.add(subject)
            text = f"{note.text[:1].upper()}{note.text[1:]}"
            ledger.lasting(rule, subject, True, text, **facts)
    for subject in ledger.subjects(rule):
        whole = subject.removeprefix("meters.")
        # A reading that has lost the meter says nothing of its sum.
        told = whole in case.reading.meters or whole not in before.meters
        if subject not in present and told:
            ledger.lasting(rule, subject, False, "")


def _known(
    chosen: tuple[str, ...], case: Case, before: DeviceMemory
) -> Iterator[tuple[str, MeterMemory, int]]:
    for meter, value in case.reading.meters.items() if case.reading else ():
        was = before.meters.get(meter)
        if was is None or (chosen and meter not in chosen):
            continue
        if case.reading and was.comparable(origin_of(case.reading, meter)):
            yield meter, was, value


def _words(meter: str) -> str:
    return meter.replace("_", " ")
