"""Made-up devices of several makes and states, the same ones for the same number every time."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from core.model.device import Device, DeviceSummary, LatestReading
from core.model.evidence import Evidence
from core.model.identity import Endpoint, Identity
from core.model.problem import Problem
from core.model.provenance import Source
from core.model.reading import (
    DeviceState,
    EngineLife,
    LevelState,
    Status,
    Supply,
    SupplyKind,
)

TAKEN_AT = "2026-01-14T14:02:00Z"
SEGMENTS = ("192.168.4.0/24", "192.168.5.0/24", "10.1.0.0/24", "10.2.0.0/24")
PLACES = (
    "Reception",
    "X-ray",
    "Office 2",
    "Lab",
    "Accounts",
    "Corridor",
    "Store room",
    "Front desk",
    "Archive",
    "Surgery 1",
    "Surgery 2",
    "Post room",
    "Library",
    "Director's office, second floor",
    "Workshop",
    "Warehouse north",
    "Loading bay",
    "Training room",
    "Sales",
    "Annexe",
)
_INK, _TONER = SupplyKind.INK, SupplyKind.TONER


@dataclass(frozen=True, slots=True)
class Make:
    """One model and what it tells of itself."""

    vendor: str
    model: str
    colors: tuple[str, ...]
    kind: SupplyKind = _TONER
    state: LevelState = LevelState.OK
    prefix: str = "SN"


_FOUR = ("black", "cyan", "magenta", "yellow")
MAKES = (
    Make("Kyocera", "CS 4053ci", _FOUR, prefix="RH28Y"),
    Make("Brother", "MFC-L2710DW", ("black",), prefix="E78098"),
    Make("HP", "LaserJet MFP M130nw", ("black",), prefix="VNC3J"),
    Make("Konica Minolta", "bizhub C250i", _FOUR, prefix="AA2J0"),
    Make("Sharp", "MX-M266NV", ("black",), state=LevelState.SOME_REMAINING, prefix="05055"),
    Make("Ricoh", "MP C3002", _FOUR, prefix="W492L"),
    Make("Epson", "CW-C6500Au", _FOUR, kind=_INK, prefix="X7F40"),
    Make("Canon", "LBP6670", ("black",), prefix="MKRA0"),
    Make("OKI", "C9450", _FOUR, state=LevelState.UNKNOWN, prefix="AF180"),
    Make("Zebra", "ZT410", ("black",), kind=SupplyKind.RIBBON, state=LevelState.SOME_REMAINING),
)
_TROUBLES: tuple[tuple[DeviceState, tuple[str, ...]], ...] = (
    (DeviceState.IDLE, ()),
    (DeviceState.IDLE, ()),
    (DeviceState.SLEEP, ()),
    (DeviceState.PRINTING, ()),
    (DeviceState.IDLE, ()),
    (DeviceState.IDLE, ("low_paper",)),
    (DeviceState.SLEEP, ()),
    (DeviceState.ERROR, ("jammed",)),
    (DeviceState.IDLE, ()),
    (DeviceState.WARMUP, ()),
    (DeviceState.IDLE, ()),
)


def summary(number: int) -> DeviceSummary:
    """Make the device with this number."""
    make = MAKES[number % len(MAKES)]
    dice = Random(number)
    device = _device(number, make)
    if number % 17 == 16:
        return DeviceSummary(device)
    latest = _latest(number, make, dice)
    if number % 13 == 8:
        problem = Problem(
            "snmp_timeout",
            "The printer gave no answer within 3 seconds, three times.",
            "Check that it is switched on and that SNMP is allowed on its web page.",
        )
        return DeviceSummary(device, latest, problem, "2026-01-14T15:00:00Z")
    return DeviceSummary(device, latest)


def summaries(count: int) -> list[DeviceSummary]:
    """Make the first ``count`` devices."""
    return [summary(number) for number in range(count)]


def _device(number: int, make: Make) -> Device:
    segment = number // 6 % len(SEGMENTS) if number < 254 else number // 254 % 250
    net = SEGMENTS[segment] if number < 254 else f"10.{segment}.{number // 65000}.0/24"
    base = net.rsplit(".", 1)[0]
    named = number % 7 != 3
    place = PLACES[number % len(PLACES)]
    floor = f"{place} {number // len(PLACES) + 1}" if number >= len(PLACES) else place
    return Device(
        key=f"d{number:05}",
        identity=Identity(
            vendor=make.vendor,
            model=make.model,
            serial=f"{make.prefix}{number:05}" if number % 11 != 9 else None,
            mac=f"00:17:c8:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}",
            hostname=f"prn-{number:05}",
            name=None,
            location=floor if named else None,
            firmware="2.01",
        ),
        endpoint=Endpoint(f"{base}.{20 + number % 230}"),
        evidence=(Evidence(Source.SNMP, f"SNMP v2c: {make.vendor} {make.model}"),),
        first_seen=f"2026-01-05T08:{number // 60 % 60:02}:{number % 60:02}Z",
        last_seen=TAKEN_AT,
        segment=net,
        version="2c",
        community_index=0,
        provisional=number % 11 == 9,
    )


def _latest(number: int, make: Make, dice: Random) -> LatestReading:
    state, conditions = _TROUBLES[number % len(_TROUBLES)]
    total = dice.randrange(5_000, 480_000)
    color = total * len(make.colors) // 10 if len(make.colors) > 1 else 0
    meters = {"total": total, "mono": total - color, "print": total * 6 // 10}
    if color:
        meters["color"] = color
    life = EngineLife(total + 434, "impressions")
    if make.vendor == "Zebra":
        meters, life = {}, EngineLife(58_410, "feet")
    supplies = tuple(_supply(i, make, name, dice) for i, name in enumerate(make.colors, 1))
    waste = Supply(
        "1.9", SupplyKind.WASTE, None, "Waste Toner Box", None, LevelState.SOME_REMAINING
    )
    return LatestReading(
        taken_at=TAKEN_AT,
        status=Status(state, conditions, ("Ready.",) if not conditions else ("Check printer",)),
        supplies=(*supplies, waste) if len(make.colors) > 1 else supplies,
        meters=meters,
        engine_life=life,
    )


def _supply(index: int, make: Make, color: str, dice: Random) -> Supply:
    level = float(dice.choice((3, 15, 34, 48, 62, 71, 80, 96, 100)))
    state = LevelState.LOW if level < 10 else LevelState.OK
    if make.state is not LevelState.OK:
        return Supply(f"1.{index}", make.kind, color, "Supply", None, make.state)
    return Supply(f"1.{index}", make.kind, color, f"TK-8345{color[0].upper()}", level, state)
