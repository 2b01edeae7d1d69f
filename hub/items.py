"""What agents deliver, looked at before it is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from core.model.jsonio import from_json
from core.model.occurrence import DeliveredOccurrence, Occurrence
from core.model.outbox import LARGEST_BODY, DeliveredReading
from core.model.plain import plain
from core.model.problem import BadInputError

_LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Item:
    """One delivered item, as it came."""

    key: str
    kind: str
    device: str
    body: str


@dataclass(frozen=True, slots=True)
class GoodItem:
    """One that can be stored, and when its reading was taken (UTC, with microseconds).

    For an alert that is when it was raised; ``subject`` is then the alert's own key, and ``open``
    says whether somebody should still see to it.
    """

    key: str
    device: str
    body: str
    taken_at: str
    subject: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that the hub will never take, and why."""

    key: str
    reason: str


def rfc3339(moment: dt.datetime) -> str:
    """Write a time in UTC with microseconds, so that texts sort as times do."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sort_out(items: Sequence[Item]) -> tuple[list[GoodItem], list[Refused]]:
    """Part what can be stored from what never will be; a flaw of one does not touch the others."""
    good: list[GoodItem] = []
    refused: list[Refused] = []
    for item in items:
        looked_at = _look_at(item)
        if isinstance(looked_at, GoodItem):
            good.append(looked_at)
        else:
            refused.append(Refused(item.key, looked_at))
    return good, refused


def _look_at(item: Item) -> GoodItem | str:
    if flaw := _flaw(item):
        return flaw
    try:
        if item.kind == "occurrence":
            return _alert(item, from_json(item.body, DeliveredOccurrence).occurrence)
        taken = _time(from_json(item.body, DeliveredReading).reading.taken_at)
    except BadInputError as error:
        return error.problem.text
    if taken is None:
        return "the time of its reading is none, or has no zone"
    return GoodItem(item.key, item.device, item.body, taken)


def _alert(item: Item, alert: Occurrence) -> GoodItem | str:
    raised = _time(alert.raised_at)
    if raised is None:
        return "the time of its alert is none, or has no zone"
    if not _is_key(alert.key):
        return "the key of its alert is empty, too long or not plain ASCII"
    return GoodItem(item.key, item.device, item.body, raised, alert.key, alert.open)


def _time(text: str) -> str | None:
    try:
        taken = dt.datetime.fromisoformat(text)
        return None if taken.tzinfo is None else rfc3339(taken)
    except (ValueError, OverflowError):
        return None


def _is_key(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_KEY and text.isascii() and text.isprintable()


def _flaw(item: Item) -> str:
    if item.kind not in {"reading", "occurrence"}:
        return f'this hub does not know items of kind "{plain(item.kind, 40)}"'
    for key in (item.key, item.device):
        if not _is_key(key):
            return "the key of the item or of its device is empty, too long or not plain ASCII"
    if len(item.body.encode()) > LARGEST_BODY:
        return f"its body is larger than {LARGEST_BODY:,} bytes"
    return ""
