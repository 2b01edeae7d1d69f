"""The device list as a table: what each device is, its latest values, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping

from core.export.table import Cell, Column
from core.host.clock import parse_rfc3339
from core.model.device import DeviceSummary
from core.model.provenance import Provenance
from core.model.reading import LevelState, Supply

METERS = (
    "total", "mono", "color", "print", "copy", "fax", "scan", "duplex", "sheets",
    "print_mono", "print_color", "copy_mono", "copy_color", "fax_mono", "scan_mono", "scan_color",
)  # fmt: skip
_COLORS = ("black", "cyan", "magenta", "yellow")
_IDENTITY = (
    ("vendor", "Vendor", 14),
    ("model", "Model", 24),
    ("serial", "Serial number", 18),
    ("mac", "MAC", 18),
    ("hostname", "Host name", 18),
    ("name", "Name", 18),
    ("location", "Location", 18),
    ("firmware", "Firmware", 14),
)


def columns() -> tuple[Column, ...]:
    """Give the columns, in order."""
    values = []
    for meter in METERS:
        title = meter.replace("_", " ").capitalize()
        values += [
            Column(f"meters.{meter}", title),
            Column(f"meters.{meter}.from", f"{title} from", 30),
        ]
    return (
        Column("device", "Device", 38),
        *(Column(key, title, width) for key, title, width in _IDENTITY),
        Column("address", "Address", 16),
        Column("port", "Port", 7),
        Column("managed", "Managed", 9),
        Column("stale", "Stale", 7),
        Column("taken_at", "Read at (UTC)", 19),
        Column("state", "State", 10),
        Column("conditions", "Conditions", 20),
        Column("problem", "Problem", 30),
        *values,
        Column("engine_life", "Engine life"),
        Column("engine_life.unit", "Engine life in"),
        Column("engine_life.from", "Engine life from", 30),
        *(Column(f"supplies.{color}", f"{color.capitalize()} %", 10) for color in _COLORS),
        *(Column(f"supplies.{c}.from", f"{c.capitalize()} from", 30) for c in _COLORS),
        Column("supplies", "Supplies", 50),
        Column("notes", "Notes", 40),
    )


def row(summary: DeviceSummary, origins: Mapping[str, Provenance]) -> tuple[Cell, ...]:
    """Give a device's row; ``origins`` are by path, as in its last reading."""
    device, latest = summary.device, summary.latest
    supplies = latest.supplies if latest else ()
    shown = [_of_color(supplies, color) for color in _COLORS]
    meters: list[Cell] = []
    for meter in METERS:
        value = latest.meters.get(meter) if latest else None
        meters += [value, _from(origins, f"meters.{meter}", known=value is not None)]
    life = latest.engine_life if latest else None
    return (
        device.key,
        *(getattr(device.identity, key) for key, _, _ in _IDENTITY),
        device.endpoint.address,
        device.endpoint.port,
        device.managed,
        summary.stale,
        parse_rfc3339(latest.taken_at) if latest else None,
        summary.state.value if summary.state else None,
        ", ".join(latest.status.conditions) if latest else None,
        summary.problem.text if summary.problem else None,
        *meters,
        life.value if life else None,
        life.unit if life else None,
        _from(origins, "engine_life", known=life is not None),
        *(supply.level_percent if supply else None for supply in shown),
        *(_level_from(origins, supply) for supply in shown),
        "; ".join(_words(supply) for supply in supplies) or None,
        " ".join(note.text for note in latest.notes) or None if latest else None,
    )


def _of_color(supplies: tuple[Supply, ...], color: str) -> Supply | None:
    """Give the toner or ink of a colour; a printer with several of one has none of its own."""
    found = [s for s in supplies if s.color == color and s.kind.value in ("toner", "ink")]
    return found[0] if len(found) == 1 else None


def _level_from(origins: Mapping[str, Provenance], supply: Supply | None) -> str | None:
    if supply is None or supply.level_percent is None:
        return None
    return _from(origins, f"supplies[{supply.index}].level_percent", known=True)


def _from(origins: Mapping[str, Provenance], path: str, *, known: bool) -> str | None:
    found = origins.get(path)
    return origin_text(found) if known and found is not None else None


def origin_text(origin: Provenance) -> str:
    """Say in one line where a value came from."""
    refs = ", ".join(origin.refs)
    return f"{origin.source.value} {refs} ({origin.rule}, {origin.confidence.value})"


def _words(supply: Supply) -> str:
    name = " ".join(filter(None, (supply.color, supply.kind.value)))
    if supply.level_percent is not None:
        return f"{name} {supply.level_percent:g} %"
    state = "not known" if supply.state is LevelState.UNKNOWN else supply.state.value
    return f"{name} {state.replace('_', ' ')}"
