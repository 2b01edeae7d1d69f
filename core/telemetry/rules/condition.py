"""Whether an own condition can ever say yes: its names are known, and it gives true or false."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields as fields_of
from difflib import get_close_matches
from typing import Any, Final

from core.model.identity import Identity
from core.model.problem import BadInputError
from core.model.reading import EngineLife, Status
from core.telemetry.profile import METER_KEYS
from core.telemetry.rules.expression import bad, check_expression, program

_TEXT: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_PATH: Final = re.compile(
    r"(?<![\w.])([a-z_]+)\s*\.\s*([A-Za-z_]\w*)(?:\s*\.\s*([A-Za-z_]\w*))?(\s*\()?"
)
_DEVICE: Final = frozenset(
    {"key", "address", "port", "segment", "hops", "managed", "first_seen", "last_seen"}
)

#: Of the language, what is of use here.
_FUNCTIONS: Final = frozenset(
    {
        "size", "contains", "startsWith", "endsWith", "string", "int", "uint", "double", "bytes",
        "min", "max", "has", "all", "exists", "exists_one", "filter", "duration", "timestamp",
        "getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek",
        "getHours", "getMinutes", "getSeconds", "getMilliseconds",
    }
)  # fmt: skip


def _names(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields_of(kind))


_KNOWN: Final = {
    "device": _DEVICE,
    "identity": _names(Identity),
    "meters": METER_KEYS,
    "status": _names(Status),
    "engine_life": _names(EngineLife),
    "previous": frozenset({"taken_at", "state", "meters", "levels"}),
}
_SAMPLE: Final[dict[str, Any]] = {
    **{root: dict.fromkeys(names, "text") for root, names in _KNOWN.items()},
    "meters": dict.fromkeys(METER_KEYS, 1000),
    "status": {"state": "idle", "conditions": [], "display": []},
    "previous": {"taken_at": "", "state": "idle", "levels": [],
                 "meters": dict.fromkeys(METER_KEYS, 900)},
    "engine_life": {"value": 1000, "unit": "impressions"},
    "supplies": [], "levels": [], "trays": [], "alerts": [], "notes": [],
    "taken_at": "2026-01-01T00:00:00Z",
}  # fmt: skip


def check_condition(text: str) -> None:
    """Raise ``BadInputError`` (``bad_expression``) for what can never say yes."""
    check_expression(text)
    for root, name in _paths(_TEXT.sub('""', text)):
        if name not in _KNOWN[root]:
            raise _unknown(f"{root}.{name}", (f"{root}.{known}" for known in _KNOWN[root]))
    compiled = program(text)
    for name in compiled.functions():
        if name.isidentifier() and name not in _FUNCTIONS:
            raise _unknown(f"function {name}", (f"function {known}" for known in _FUNCTIONS))
    if not compiled.variables():
        raise bad("it asks for nothing of a printer, and is always the same")
    try:
        value = compiled.execute(_SAMPLE)
    except Exception:  # noqa: BLE001 - of a printer that is no sample it may well be able to tell
        return
    if not isinstance(value, bool):
        raise bad(f"it gives {type(value).__name__}, not true or false")


def _paths(text: str) -> Iterator[tuple[str, str]]:
    """Give what is asked of the roots: ("meters", "total") for previous.meters.total, too."""
    for root, name, inner, called in _PATH.findall(text):
        if root not in _KNOWN or (called and not inner):
            continue
        yield root, name
        if root == "previous" and name == "meters" and inner and not called:
            yield "meters", inner


def _unknown(path: str, known: Iterable[str]) -> BadInputError:
    near = get_close_matches(path, list(known), 1, 0.5)
    return bad(f"there is no {path[:60]}" + (f"; do you mean {near[0]}?" if near else ""))
