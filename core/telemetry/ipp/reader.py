"""One visit by IPP: the same reading as by SNMP, with its own provenance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from core.ipp.answer import IppAnswer, IppExchange
from core.ipp.asking import Trace
from core.ipp.attributes import Attributes
from core.ipp.identity import identity_of
from core.ipp.names import COUNTERS, IDENTITY, STATUS, SUPPLIES, TRAYS
from core.ipp.network import IppNetwork
from core.ipp.policy import IppPolicy
from core.ipp.target import IppTarget
from core.ipp.ways import WAYS, Way, find_printer
from core.model.identity import Endpoint
from core.model.provenance import Source
from core.model.reading import Cost, Note, Reading
from core.telemetry.bounds import bounded
from core.telemetry.ipp.alerts import alerts_of
from core.telemetry.ipp.meters import meters_of
from core.telemetry.ipp.status import status_of
from core.telemetry.ipp.supplies import supplies_of
from core.telemetry.ipp.trays import trays_of
from core.telemetry.meters import MeterFacts
from core.telemetry.naming import NAMING
from core.telemetry.origins import of_parts

#: All that a reading is made of, asked in one question.
NAMES: Final = (*IDENTITY, *STATUS, *SUPPLIES, *TRAYS, *COUNTERS)
_QUEUE: Final = Note(
    "ipp_queue",
    "A queue of a computer or print server (CUPS) answers by IPP: its counters are its own, not "
    "the printer's, and are left out.",
)


@dataclass(frozen=True, slots=True)
class ReadByIpp:
    """A reading, and the place that gave it."""

    reading: Reading
    target: IppTarget


@dataclass(slots=True)
class _Meter:
    """Counts what all attempts cost, those that came to nothing included."""

    onward: Trace | None
    requests: int = 0
    out: int = 0
    came: int = 0
    seconds: float = field(default=0.0)

    def take(self, exchange: IppExchange) -> None:
        self.requests += 1
        self.out += exchange.bytes_out
        self.came += exchange.bytes_in
        self.seconds += exchange.elapsed
        if self.onward is not None:
            self.onward(exchange)


async def read_by_ipp(
    network: IppNetwork,
    endpoint: Endpoint,
    taken_at: str,
    *,
    ways: Sequence[Way] = WAYS,
    path: str | None = None,
    policy: IppPolicy = IppPolicy(),  # noqa: B008 - frozen
    trace: Trace | None = None,
) -> ReadByIpp:
    """Read the printer at the address of ``endpoint``, in these ways, one after the other.

    ``endpoint`` is where the device is known, by SNMP's port: the reading carries it, whatever
    port IPP answers at. ``taken_at`` is RFC 3339 in UTC. Raises ``core.ipp.errors.IppError``.
    """
    meter = _Meter(trace)
    answer = await find_printer(
        network,
        endpoint.address,
        NAMES,
        ways=ways,
        path=path,
        policy=policy,
        trace=meter.take,
    )
    cost = Cost(meter.requests, meter.out, meter.came, meter.seconds * 1000)
    return ReadByIpp(replace(interpret(answer, endpoint, taken_at), cost=cost), answer.target)


def interpret(answer: IppAnswer, endpoint: Endpoint, taken_at: str) -> Reading:
    """Make a reading of an answer; never raises."""
    reading = reading_of(answer.attributes, endpoint, taken_at)
    return replace(reading, cost=answer.cost)


def reading_of(attributes: Attributes, endpoint: Endpoint, taken_at: str) -> Reading:
    """Make a reading of what a printer says of itself; pure, and never raises."""
    who = identity_of(attributes, NAMING)
    alerts = alerts_of(attributes)
    is_queue = attributes.text("cups-version") is not None
    meters = MeterFacts() if is_queue else meters_of(attributes)
    supplies = supplies_of(attributes, alerts, who.identity.model)
    trays = trays_of(attributes)
    status = status_of(attributes, alerts)
    reading = Reading(
        address=endpoint.address,
        port=endpoint.port,
        taken_at=taken_at,
        sources=(Source.IPP,),
        identity=who.identity,
        meters={name: o.value for name, o in meters.meters.items()},
        engine_life=None,
        supplies=tuple(facts.supply for facts in supplies),
        trays=tuple(facts.tray for facts in trays),
        status=status.status,
        alerts=tuple(o.value for o in alerts.alerts),
        provenance=of_parts(who.provenance, meters, supplies, trays, status, alerts),
        notes=(_QUEUE,) if is_queue else (),
    )
    return bounded(reading)
