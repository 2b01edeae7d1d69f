"""Printer-MIB (RFC 3805) of a simulated printer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.snmp.types import Oid, Value
from sim import alerts
from sim.layout import Cell, Layout, counter, integer, text, ticks
from sim.spec import Spec, Supply, Tray
from sim.system_mib import MIB2, from_text

if TYPE_CHECKING:
    from sim.printer import Printer

PRINTER: Oid = (*MIB2, 43)
ALERT_ENTRY: Oid = (*PRINTER, 18, 1, 1)
SOME_REMAINING, UNKNOWN = -3, -2
# Micrometres times ten: A4 and A3, feed direction first (prtInputMediaDim..., unit 4)
A4, A3 = (2970000, 2100000), (4200000, 2970000)


def add_printer(layout: Layout, spec: Spec) -> None:
    """Add every table of the Printer-MIB that the model has, but for the alerts."""
    _add_general(layout, spec)
    for tray in spec.trays:
        _add_tray(layout, spec.index, tray)
    _add_output(layout, spec.index)
    _add_marker(layout, spec)
    colors = list(dict.fromkeys(supply.color for supply in spec.supplies if supply.color))
    for position, supply in enumerate(spec.supplies):
        colorant = colors.index(supply.color) + 1 if supply.color and spec.colorants else 0
        _add_supply(layout, spec.index, position, supply, colorant)
    if spec.colorants:
        for number, color in enumerate(colors, start=1):
            _add_colorant(layout, spec.index, number, color)
    for line in range(1, spec.panel_lines + 1):
        layout.row((*PRINTER, 16, 5, 1), (spec.index, line), {2: partial(_panel, line)})


def _add_general(layout: Layout, spec: Spec) -> None:
    columns: dict[int, Cell] = {
        1: counter(0),
        2: integer(1),
        3: integer(3),
        6: integer(3),
        7: integer(1),
        8: integer(1),
        9: integer(1),
        10: integer(1),
        11: integer(spec.panel_lines),
        12: integer(40),
        13: integer(3),
        14: integer(5),
        15: integer(5),
        18: lambda printer: counter(printer.life.critical_events),
        19: lambda printer: counter(printer.life.alert_events),
    }
    if spec.printer_name is not None:
        columns[16] = from_text(spec.printer_name)
    if spec.general_serial:
        columns[17] = from_text("{serial}")
    layout.row((*PRINTER, 5, 1, 1), (spec.index,), columns)
    localization: dict[int, Cell] = {2: text("en"), 3: text("GB"), 4: integer(spec.charset)}
    layout.row((*PRINTER, 7, 1, 1), (spec.index, 1), localization)


def _add_tray(layout: Layout, device: int, tray: Tray) -> None:
    length, width = A3 if tray.large else A4
    layout.row(
        (*PRINTER, 8, 2, 1),
        (device, tray.index),
        {
            2: integer(tray.type),
            3: integer(4),
            4: integer(length),
            5: integer(width),
            6: integer(length),
            7: integer(width),
            8: integer(8),
            9: integer(tray.max),
            10: partial(_tray_level, tray),
            11: lambda printer: integer(_tray_status(tray, printer)),
            12: text(tray.media),
            13: text(tray.name),
            18: text(tray.description or tray.name),
        },
    )


def _tray_level(tray: Tray, printer: Printer) -> Value:
    share = printer.tray_share(tray)
    if tray.level is not None:
        return integer(tray.level)
    if tray.coarse:
        return integer(SOME_REMAINING if share > 0 else 0)
    return integer(round(share * tray.max))


def _tray_status(tray: Tray, printer: Printer) -> int:
    """Give PrtSubUnitStatusTC: available and idle 0, unavailable because empty 9 + warning 8."""
    return 0 if printer.tray_share(tray) > 0 or tray.level is not None else 9


def _add_output(layout: Layout, device: int) -> None:
    columns: dict[int, Cell] = {
        2: integer(3),
        3: integer(8),
        4: integer(250),
        5: integer(UNKNOWN),
        6: integer(0),
        7: text("Standard bin"),
    }
    layout.row((*PRINTER, 9, 2, 1), (device, 1), columns)


def _add_marker(layout: Layout, spec: Spec) -> None:
    engine = spec.engine
    columns: dict[int, Cell] = {
        2: integer(engine.technology),
        4: lambda printer: counter(printer.number("life")),
        5: lambda printer: counter(printer.number("power_on")),
        6: integer(4 if engine.mix.color else 1),
        7: integer(0),
        8: integer(4),
        9: integer(engine.resolution),
        10: integer(engine.resolution),
        15: integer(0),
    }
    if engine.unit is not None:
        columns[3] = integer(engine.unit)
    layout.row((*PRINTER, 10, 2, 1), (spec.index, 1), columns)


def _add_supply(layout: Layout, device: int, position: int, supply: Supply, colorant: int) -> None:
    layout.row(
        (*PRINTER, 11, 1, 1),
        (device, supply.index),
        {
            2: integer(1),
            3: integer(colorant),
            4: integer(4 if supply.receptacle else 3),
            5: integer(supply.type),
            6: lambda printer: text(printer.supply_text(position)),
            7: integer(supply.unit),
            8: integer(supply.max),
            9: lambda printer: integer(_supply_level(supply, printer.life.supplies[position])),
        },
    )


def _supply_level(supply: Supply, share: float) -> int:
    if supply.level is not None:
        return supply.level
    if supply.coarse:
        return SOME_REMAINING if share > 0 else 0
    # Rounded up: a supply says 0 only when it really is used up.
    return -(-int(share * supply.max * 1000) // 1000)


def _add_colorant(layout: Layout, device: int, number: int, color: str) -> None:
    columns: dict[int, Cell] = {2: integer(1), 3: integer(3), 4: text(color), 5: integer(1000)}
    layout.row((*PRINTER, 12, 1, 1), (device, number), columns)


def _panel(line: int, printer: Printer) -> Value:
    if line > 1:
        return text("")
    life = printer.life
    critical = [c.text for c in life.conditions if c.severity == alerts.CRITICAL]
    if critical:
        return text(critical[0])
    if life.printing:
        return text("Printing")
    return text("Sleep mode on" if life.asleep else printer.spec.panel)


def alert_rows(printer: Printer) -> dict[Oid, Value]:
    """Give the rows of prtAlertTable that are in force."""
    rows: dict[Oid, Value] = {}
    for alert in printer.life.alerts:
        what = alert.condition
        columns = {
            2: integer(what.severity),
            3: integer(3 if what.severity == alerts.CRITICAL else 1),
            4: integer(what.group),
            5: integer(what.group_index),
            6: integer(0),
            7: integer(what.code),
            8: text(what.text),
            9: ticks(printer.uptime_at(alert.since)),
        }
        for column, value in columns.items():
            rows[(*ALERT_ENTRY, column, printer.spec.index, alert.index)] = value
    return rows
