"""Rules about the device itself: conditions, new, moved, offline, stale, back."""

from __future__ import annotations

from core.model.rule import Back, ConditionLasting, Moved, NewDevice, Offline, Rule, Stale
from core.telemetry.rules.ledger import Ledger
from core.telemetry.rules.memory import Case, DeviceMemory, learn, minutes_between

_STATE = "state:"


def lasting(
    rule: Rule, when: ConditionLasting, case: Case, before: DeviceMemory, ledger: Ledger
) -> None:
    """Raise a condition that has been there long enough, clear one that is gone."""
    if case.reading is None:
        return  # nobody knows
    since = learn(before, case).conditions
    wanted = (*when.conditions, *(f"{_STATE}{state.value}" for state in when.states))
    for word in dict.fromkeys(wanted):
        begun = since.get(word)
        minutes = 0.0 if begun is None else minutes_between(begun, case.at)
        holds = begun is not None and minutes >= when.minutes
        text = f"{_said(word)}{_for(minutes)}."
        ledger.lasting(rule, f"conditions.{word}", holds, text, minutes=round(minutes))
    for subject in ledger.subjects(rule):
        if subject.removeprefix("conditions.") not in wanted:
            ledger.lasting(rule, subject, False, "")


def _said(word: str) -> str:
    state, _, name = word.rpartition(_STATE)
    said = f"the printer is in the state {name}" if word.startswith(_STATE) else name or state
    said = said.replace("_", " ")
    return said[:1].upper() + said[1:]


def _for(minutes: float) -> str:
    if minutes < 1:
        return ""
    if minutes < 120:
        return f" for {minutes:.0f} minutes"
    hours = minutes / 60
    return f" for {hours:.0f} hours" if hours < 48 else f" for {hours / 24:.0f} days"


def new_device(rule: Rule, _: NewDevice, case: Case, __: DeviceMemory, ledger: Ledger) -> None:
    """Say a device that was not known; all that a first search finds is no news."""
    if case.what == "found" and not case.first_search:
        device = case.device
        name = device.identity.called or "make and model are not known"
        text = f"A new printer was found at {device.endpoint}: {name}."
        ledger.once(rule, "", text, address=device.endpoint.address)


def moved(rule: Rule, _: Moved, case: Case, before: DeviceMemory, ledger: Ledger) -> None:
    """Say a device that is at another address."""
    address = case.device.endpoint.address
    if before.address is not None and before.address != address:
        text = f"The printer moved from {before.address} to {address}."
        ledger.once(rule, "endpoint", text, before=before.address, after=address)


def offline(rule: Rule, _: Offline, case: Case, before: DeviceMemory, ledger: Ledger) -> None:
    """Raise at the set number of misses, clear at a reading."""
    after = learn(before, case)
    holds = after.offline if case.reading or case.what == "missed" else None
    times = "once" if after.misses == 1 else f"{after.misses} times in a row"
    text = f"The printer did not answer {times}: it is offline."
    ledger.lasting(rule, "", holds, text, misses=after.misses, last_reading=after.read_at)


def stale(rule: Rule, _: Stale, case: Case, before: DeviceMemory, ledger: Ledger) -> None:
    """Raise after the set number of days, clear at a reading."""
    after = learn(before, case)
    days = f"{case.limits.stale_after} days"
    text = f"No reading for {days}: the printer is left out of reports until it answers again."
    holds = True if after.stale else False if case.reading else None
    ledger.lasting(rule, "", holds, text, last_reading=after.read_at)


def back(rule: Rule, _: Back, case: Case, before: DeviceMemory, ledger: Ledger) -> None:
    """Say a device that was away and gives readings again."""
    if case.reading is not None and (before.offline or before.stale):
        last = before.read_at
        ledger.once(rule, "", "The printer answers again.", last_reading=last)
