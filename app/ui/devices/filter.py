"""The language of the filter box: words, ``field:text``, ``field<number`` and states.

``kyocera "front desk" vendor:HP state:offline supply<20 is:stale -archive``: all of it must hold.
What is no field (a MAC, an IPv6 address) is a word.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui.devices import words as device_words
from app.ui.devices.columns import remaining
from app.ui.devices.row import DeviceRow

Test = Callable[[DeviceRow], bool]
_TERM = re.compile(r'(-?)(?:([A-Za-z]+)(:|<=|>=|<|>|=))?(?:"([^"]*)"?|(\S*))')
_HEX = re.compile(r"[0-9a-f]{0,4}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,6})?%?")
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    ":": operator.eq,
}


def _state(row: DeviceRow) -> str:
    state = row.summary.state
    latest = row.summary.latest
    said = latest.status.state.value if latest else ""
    return f"{row.chip.word} {state.value if state is not None else said}"


TEXTS: dict[str, Callable[[DeviceRow], str | None]] = {
    "vendor": lambda row: row.summary.device.identity.vendor,
    "model": lambda row: row.summary.device.identity.model,
    "place": lambda row: row.summary.device.identity.location,
    "name": lambda row: row.summary.device.identity.name,
    "host": lambda row: row.summary.device.identity.hostname,
    "serial": lambda row: row.summary.device.identity.serial,
    "mac": lambda row: row.summary.device.identity.mac,
    "address": lambda row: str(row.summary.device.endpoint),
    "segment": lambda row: row.summary.device.segment,
    "firmware": lambda row: row.summary.device.identity.firmware,
    "state": _state,
}


def _meter(key: str) -> Callable[[DeviceRow], float | None]:
    return lambda row: row.summary.latest.meters.get(key) if row.summary.latest else None


def _lowest(row: DeviceRow) -> float | None:
    known = [s.level_percent for s in row.supplies if s.level_percent is not None]
    return min(known, default=None)


NUMBERS: dict[str, Callable[[DeviceRow], float | None]] = {
    "supply": _lowest,
    "total": _meter("total"),
    "mono": _meter("mono"),
    "color": _meter("color"),
    "pages": lambda row: remaining(row.summary),
    "hops": lambda row: row.summary.device.hops,
}


def _low(row: DeviceRow) -> bool:
    latest = row.summary.latest
    if latest is None:
        return False
    return device_words.low_supply(latest.supplies) is not None or not {
        "low_toner",
        "no_toner",
    }.isdisjoint(latest.status.conditions)


STATES: dict[str, Test] = {
    "attention": lambda row: row.chip.needs_attention,
    "low": _low,
    "offline": lambda row: row.chip.silent,
    "stale": lambda row: row.summary.stale,
    "managed": lambda row: row.summary.device.managed,
    "ignored": lambda row: not row.summary.device.managed,
    "unread": lambda row: row.summary.latest is None,
}
#: States that may stand alone; the others are words that printers use themselves.
_ALONE = {"stale", "ignored"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the rows must hold. ``wrong`` says in words what was not understood; the rest holds."""

    tests: tuple[Test, ...] = ()
    wrong: tuple[str, ...] = ()

    def holds(self, row: DeviceRow) -> bool:
        """Whether a row is shown."""
        return all(test(row) for test in self.tests)


def parse(text: str) -> Filter:
    """Read what a person typed; never fails, names what it does not know."""
    tests: list[Test] = []
    wrong: list[str] = []
    for match in _TERM.finditer(text):
        if not match.group().strip('-" '):
            continue
        found = _term(match)
        if isinstance(found, str):
            wrong.append(found)
        else:
            tests.append(_unless(found) if match.group(1) else found)
    return Filter(tuple(tests), tuple(wrong))


def _term(match: re.Match[str]) -> Test | str:
    _, field, sign, quoted, bare = match.groups()
    value = (quoted if quoted is not None else bare or "").casefold()
    if field is None:
        return STATES[value] if quoted is None and value in _ALONE else _word(value)
    name = {"colour": "color"}.get(field.lower(), field.lower())
    whole = match.group().casefold().removeprefix("-")
    if name == "is" and sign == ":":
        return STATES.get(value) or _unknown("is:", value, tuple(STATES))
    if name in NUMBERS:
        return _number(name, sign, value)
    if name in TEXTS:
        return _in_field(TEXTS[name], value) if sign in {":", "="} else _no_number(name)
    if sign == ":" and _HEX.fullmatch(name) and (":" in value or _HEX.fullmatch(value)):
        return _word(whole)  # a MAC or an IPv6 address
    return _unknown("", name, (*TEXTS, *NUMBERS, "is"))


def _word(needle: str) -> Test:
    return lambda row: needle in row.haystack


def _in_field(read: Callable[[DeviceRow], str | None], needle: str) -> Test:
    return lambda row: needle in (read(row) or "").casefold()


def _number(name: str, sign: str, value: str) -> Test | str:
    if not _NUMBER.fullmatch(value):
        form = QCoreApplication.translate(
            "Filter", "After “%1” there must be a number, as in %1<20."
        )
        return form.replace("%1", name)
    read, order, wanted = NUMBERS[name], _ORDERS[sign], float(value.rstrip("%"))

    def test(row: DeviceRow) -> bool:
        found = read(row)
        return found is not None and order(found, wanted)

    return test


def _unless(test: Test) -> Test:
    return lambda row: not test(row)


def _unknown(lead: str, name: str, known: tuple[str, ...]) -> str:
    form = QCoreApplication.translate("Filter", "There is no “%1” to filter by. Known are: %2.")
    said = form.replace("%1", f"{lead}{name}"[:40], 1)
    return said.replace("%2", ", ".join(known), 1)


def _no_number(name: str) -> str:
    form = QCoreApplication.translate("Filter", "“%1” is a text: write %1:words.")
    return form.replace("%1", name)
