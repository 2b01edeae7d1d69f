"""MIB-II (RFC 1213, RFC 2863, RFC 4293) and Host Resources (RFC 2790) of a simulated printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from core.snmp.types import Oid, Tag, Value, parse_oid
from sim import alerts
from sim.layout import Layout, counter, gauge, integer, name, octets, text, ticks
from sim.spec import Interface, Spec

if TYPE_CHECKING:
    from sim.printer import Printer

MIB2: Oid = (1, 3, 6, 1, 2, 1)
SYSTEM: Oid = (*MIB2, 1)
IF_ENTRY: Oid = (*MIB2, 2, 2, 1)
IP_ADDR_ENTRY: Oid = (*MIB2, 4, 20, 1)
HOST: Oid = (*MIB2, 25)
HR_DEVICE_ENTRY: Oid = (*HOST, 3, 2, 1)
HR_PRINTER_ENTRY: Oid = (*HOST, 3, 5, 1)
# hrDeviceType: other, processor, network, printer, disk (RFC 2790)
TYPE_OTHER, TYPE_PRINTER = (*HOST, 3, 1, 1), (*HOST, 3, 1, 5)
RUNNING, WARNING, DOWN = 2, 3, 5


def from_text(template: str) -> Callable[[Printer], Value]:
    """Give a cell for a text with names in braces."""
    return lambda printer: text(printer.text(template))


def add_system(layout: Layout, spec: Spec) -> None:
    """Add the system group and the interfaces."""
    layout.scalar((*SYSTEM, 1), from_text(spec.descr))
    layout.scalar((*SYSTEM, 2), name(parse_oid(spec.object_id)))
    layout.scalar((*SYSTEM, 3), lambda printer: ticks(printer.uptime))
    layout.scalar((*SYSTEM, 4), text(""))
    layout.scalar((*SYSTEM, 5), from_text(spec.host))
    layout.scalar((*SYSTEM, 6), from_text("{location}"))
    layout.scalar((*SYSTEM, 7), integer(72))
    layout.scalar((*MIB2, 2, 1), integer(len(spec.interfaces)))
    for index, interface in enumerate(spec.interfaces, start=1):
        _add_interface(layout, index, interface)


def _add_interface(layout: Layout, index: int, interface: Interface) -> None:
    loopback = interface.type == 24
    state = integer(1 if interface.up else 2)
    busy = interface.up and not loopback
    layout.row(
        IF_ENTRY,
        (index,),
        {
            1: integer(index),
            2: text(interface.name),
            3: integer(interface.type),
            4: integer(16436 if loopback else 1500),
            5: gauge(10_000_000 if loopback else 1_000_000_000),
            6: octets(b"") if loopback else partial(_hardware_address, index),
            7: state,
            8: state,
            9: ticks(0),
            10: (lambda printer: counter(int(printer.uptime * 820))) if busy else counter(0),
            16: (lambda printer: counter(int(printer.uptime * 310))) if busy else counter(0),
        },
    )


def _hardware_address(index: int, printer: Printer) -> Value:
    # A second interface (WLAN) of a real printer has its own address, mostly the next one.
    first = printer.first_interface
    return octets((int.from_bytes(printer.mac, "big") + index - first).to_bytes(6, "big"))


def address_rows(printer: Printer) -> dict[Oid, Value]:
    """Give the row of ipAddrTable for the address that the printer has."""
    address = printer.address
    columns = {
        1: Value(Tag.IP_ADDRESS, address),
        2: integer(printer.first_interface),
        3: Value(Tag.IP_ADDRESS, bytes((255, 255, 255, 0))),
    }
    return {(*IP_ADDR_ENTRY, column, *address): value for column, value in columns.items()}


def add_host(layout: Layout, spec: Spec) -> None:
    """Add hrSystem, hrStorage, the devices and hrPrinterTable."""
    layout.scalar((*HOST, 1, 1), lambda printer: ticks(printer.uptime))
    layout.scalar((*HOST, 2, 2), integer(spec.memory))
    layout.row(
        (*HOST, 2, 3, 1),
        (1,),
        {
            1: integer(1),
            2: name((*HOST, 2, 1, 2)),  # hrStorageRam
            3: text("RAM"),
            4: integer(1024),
            5: integer(spec.memory),
            6: integer(spec.memory // 3),
        },
    )
    _add_device(layout, spec, spec.index, spec.device_descr, printer=True)
    for index, descr in enumerate(spec.subdevices, start=spec.index + 1):
        _add_device(layout, spec, index, descr, printer=False)
    layout.row(
        HR_PRINTER_ENTRY,
        (spec.index,),
        {
            1: lambda printer: integer(_printer_status(printer)),
            2: lambda printer: octets(
                alerts.error_state(printer.life.conditions, printer.spec.error_octets)
            ),
        },
    )


def _add_device(layout: Layout, spec: Spec, index: int, descr: str, *, printer: bool) -> None:
    state = (lambda subject: integer(_device_status(subject))) if printer else integer(RUNNING)
    layout.row(
        HR_DEVICE_ENTRY,
        (index,),
        {
            1: integer(index),
            2: name(TYPE_PRINTER if printer else TYPE_OTHER),
            3: from_text(descr),
            4: name(parse_oid(spec.device_id) if printer else (0, 0)),
            5: state,
            6: counter(0),
        },
    )


def _printer_status(printer: Printer) -> int:
    """Give hrPrinterStatus: other(1), idle(3), printing(4)."""
    life = printer.life
    return 4 if life.printing else 1 if life.stopped or life.asleep else 3


def _device_status(printer: Printer) -> int:
    life = printer.life
    if life.stopped:
        return DOWN
    return WARNING if any(c.severity == alerts.WARNING for c in life.conditions) else RUNNING
