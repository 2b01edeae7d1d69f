"""Printers on a cable of this computer: found beside the search, read at their port."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from core.discovery.local.backend import local_printers
from core.discovery.local.endpoint import endpoint_of, finding_of, reading_of
from core.discovery.local.printer import LocalPrinter, LocalPrinters
from core.host.clock import rfc3339
from core.ipp.ways import Way
from core.jobs.judging import judge_of, tell_alerts
from core.jobs.runner import Emit
from core.jobs.tools import Tools
from core.jobs.visit import Visited, failed, tell
from core.model.device import Device
from core.model.event import EventKind, ReadingStored
from core.model.evidence import Finding
from core.model.identity import Endpoint
from core.model.problem import PlatenError, Problem
from core.model.reading import Reading
from core.telemetry.ipp.reader import read_by_ipp
from core.telemetry.merge import completed

_log = logging.getLogger(__name__)


async def found_here() -> list[Finding]:
    """Find the printers that are connected to this computer."""
    return [finding_of(printer) for printer in await _printers()]


async def visit_here(
    tools: Tools, endpoint: Endpoint, devices: Sequence[Device], emit: Emit
) -> Visited:
    """Read a printer at its port; what it cannot tell there is said as its problem."""
    async with tools.visits.of(endpoint):
        printers = {endpoint_of(printer): printer for printer in await _printers()}
        printer = printers.get(endpoint)
        if printer is None:
            problem = Problem(
                "local_port_gone",
                "This printer is not connected to this computer now.",
                "Connect it and switch it on.",
            )
            return await failed(tools, endpoint, devices, problem, emit)
        try:
            reading = await _read(tools, printer)
        except PlatenError as error:
            return await failed(tools, endpoint, devices, error.problem, emit)
        judge = await judge_of(tools, reading.taken_at, reading)
        saved = await tools.store.save_reading(reading, judge=judge)
        emit(EventKind.READING_STORED, ReadingStored(saved.device.key, reading.taken_at))
        tell_alerts(saved.told, emit)
        await tell(tools, saved.device.key, "read", EventKind.DEVICE_UPDATED, emit)
    return Visited(1, 0)


async def _read(tools: Tools, printer: LocalPrinter) -> Reading:
    """Read it by IPP over USB where a daemon of this computer offers that, else by PJL."""
    at = rfc3339(tools.clock())
    if printer.ipp_port is None:
        return reading_of(printer, await _backend().counters(printer), at)
    here, way = Endpoint("127.0.0.1", 0), Way(printer.ipp_port, tls=False)
    got = await read_by_ipp(tools.ipp, here, at, ways=(way,))
    place = endpoint_of(printer)
    reading = replace(got.reading, address=place.address, port=place.port)
    # The cable tells the serial number where IPP may not.
    return completed(reading, printer.identity, printer.provenance)


async def _printers() -> Sequence[LocalPrinter]:
    return await _backend().printers()


def _backend() -> LocalPrinters:
    # A computer without CUPS or a spooler is no failure of a search: it is for the log.
    return local_printers(lambda problem: _log.info("%s: %s", problem.code, problem.text))
