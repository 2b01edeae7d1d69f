"""PJL status codes as state and conditions: ``resources/pjl.toml`` applied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec

from core.discovery.local.pjl_text import Block
from core.model.reading import DeviceState, Status
from core.telemetry.resource import BadResourceError, compiled, load_toml

_FILE: Final = "pjl.toml"
_CODE: Final = re.compile(r"\d{5,6}\Z")


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    state: str = ""
    conditions: list[str] = []


class _PjlFile(msgspec.Struct, forbid_unknown_fields=True):
    status: list[_Row]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a status code says; ``state`` ``None`` where it says nothing of the state."""

    pattern: re.Pattern[str]
    state: DeviceState | None
    conditions: tuple[str, ...]


@cache
def meanings() -> tuple[Meaning, ...]:
    """Read the table once; raises ``BadResourceError``."""
    return tuple(_meaning(row) for row in load_toml(_FILE, _PjlFile).status)


def _meaning(row: _Row) -> Meaning:
    try:
        state = DeviceState(row.state) if row.state else None
    except ValueError:
        raise BadResourceError(_FILE, f"{row.code} has no state {row.state!r}") from None
    return Meaning(compiled(rf"{row.code}\Z", _FILE), state, tuple(row.conditions))


def status_of(block: Block | None) -> Status:
    """Read the answer to INFO STATUS; unknown where there is none."""
    if block is None:
        return Status(DeviceState.UNKNOWN)
    code = block.value("CODE") or ""
    found = None
    if _CODE.match(code):
        found = next((one for one in meanings() if one.pattern.match(code)), None)
    display = block.value("DISPLAY")
    return Status(
        state=_state(found, _flag(block.value("ONLINE"))),
        conditions=() if found is None else found.conditions,
        display=() if display is None else (display,),
    )


def _state(found: Meaning | None, online: bool | None) -> DeviceState:
    if found is not None and found.state is not None:
        return found.state
    if online is None:
        return DeviceState.UNKNOWN
    return DeviceState.IDLE if online else DeviceState.OFFLINE


def _flag(text: str | None) -> bool | None:
    return {"TRUE": True, "FALSE": False}.get((text or "").upper())
