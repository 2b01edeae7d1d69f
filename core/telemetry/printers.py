"""Which printers stand behind one agent.

Every row of the Printer MIB begins with the hrDeviceIndex of its printer (RFC 3805 section 2.1.1);
it is neither always 1, nor is there always one.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.telemetry.oids import (
    HR_DEVICE_TYPE,
    HR_PRINTER_ERROR_STATE,
    HR_PRINTER_STATUS,
    HR_TYPE_PRINTER,
    PRINTER_COLUMNS,
)
from core.telemetry.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PrinterRows:
    """Where one printer's rows are.

    ``index`` is the first part of its Printer-MIB rows, ``host`` the index of its rows in the Host
    Resources tables: the same, except in agents that count the two apart. ``alone`` says that the
    agent speaks for this printer only, so that scalars are about it. ``known`` is false where there
    are no rows at all, only a description.
    """

    index: int
    host: int
    alone: bool = True
    known: bool = True


def mib_indexes(snapshot: Snapshot) -> set[int]:
    """Give the device indexes that have rows in the Printer MIB's general, marker or supplies."""
    return {index[0] for column in PRINTER_COLUMNS for index in snapshot.column(column) if index}


def typed_indexes(snapshot: Snapshot) -> set[int]:
    """Give the indexes of hrDeviceTable whose type is printer (RFC 2790)."""
    return {
        index[0]
        for index, value in snapshot.column(HR_DEVICE_TYPE).items()
        if len(index) == 1 and value.oid() == HR_TYPE_PRINTER
    }


def printer_rows(snapshot: Snapshot) -> tuple[PrinterRows, ...]:
    """Find the printers, by index; at least one, which may be without rows.

    - A device with Printer-MIB rows is a printer, unless hrDeviceTable says that it is something
      else while another one is both.
    - A device that is only typed as a printer, beside one that has rows, is no further printer:
      makers list their fax or their queues so.
    - Without any Printer-MIB rows, the devices of type printer that have a row in hrPrinterTable
      count; if none has, the first one does.
    """
    with_rows, typed = mib_indexes(snapshot), typed_indexes(snapshot)
    if with_rows:
        return _of_mib(snapshot, with_rows, typed)
    if typed:
        status = {
            index[0]
            for column in (HR_PRINTER_STATUS, HR_PRINTER_ERROR_STATE)
            for index in snapshot.column(column)
            if len(index) == 1
        }
        return _made({index: index for index in typed & status or {min(typed)}})
    return (PrinterRows(1, 1, known=False),)


def _of_mib(snapshot: Snapshot, with_rows: set[int], typed: set[int]) -> tuple[PrinterRows, ...]:
    both = with_rows & typed
    if both:
        listed = {index[0] for index in snapshot.column(HR_DEVICE_TYPE) if len(index) == 1}
        return _made({index: index for index in both | (with_rows - listed)})
    if len(with_rows) == 1 and len(typed) == 1:
        return _made({min(with_rows): min(typed)})
    return _made({index: index for index in with_rows})


def _made(hosts: dict[int, int]) -> tuple[PrinterRows, ...]:
    alone = len(hosts) == 1
    return tuple(PrinterRows(index, hosts[index], alone) for index in sorted(hosts))
