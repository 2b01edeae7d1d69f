"""The made-up devices in the gallery's table: one a state that its rows can show."""

from __future__ import annotations

from collections.abc import Iterator

from core.model.device import Device, DeviceSummary, LatestReading
from core.model.identity import Endpoint, Identity
from core.model.reading import DeviceState, LevelState, Status, Supply, SupplyKind

_AT = "2026-01-14T14:02:00Z"
_FOUR = ("black", "cyan", "magenta", "yellow")


def devices() -> Iterator[DeviceSummary]:
    """Give them."""
    full = tuple(_toner(color, LevelState.OK, 30.0 + 20 * i) for i, color in enumerate(_FOUR))
    low = (_toner("black", LevelState.LOW, 4.0),)
    unknown = tuple(_toner(color, LevelState.UNKNOWN, None) for color in _FOUR)
    yield _device("one", "Reception", "CS 4053ci", full, Status(DeviceState.IDLE))
    yield _device("two", "X-ray", "MFC-L2710DW", low, Status(DeviceState.IDLE, ("low_toner",)))
    yield _device("three", "Lab", "C9450", unknown, Status(DeviceState.ERROR, ("jammed",)))
    yield _device("four", "Director's office, second floor", "LBP6670", (), None)


def _toner(color: str, state: LevelState, percent: float | None) -> Supply:
    return Supply(
        index=f"1.{_FOUR.index(color) + 1}",
        kind=SupplyKind.TONER,
        color=color,
        description=color,
        level_percent=percent,
        state=state,
    )


def _device(
    key: str, place: str, model: str, supplies: tuple[Supply, ...], status: Status | None
) -> DeviceSummary:
    device = Device(
        key=key,
        identity=Identity(vendor="Kyocera", model=model, serial=f"SN-{key}", location=place),
        endpoint=Endpoint("192.168.4.21"),
        evidence=(),
        first_seen=_AT,
        last_seen=_AT,
    )
    if status is None:
        return DeviceSummary(device)
    return DeviceSummary(device, LatestReading(_AT, status, supplies, {"total": 76064}, None))
