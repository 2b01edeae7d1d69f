"""Who is behind an address that answered: the small question that discovery asks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from core.model.identity import Identity
from core.model.provenance import Provenance
from core.snmp.types import SnmpAgent
from core.telemetry.evidence import judge
from core.telemetry.fetch import fetch_identity, fetch_signs
from core.telemetry.got import Got
from core.telemetry.identity import identity_of
from core.telemetry.printers import printer_rows
from core.telemetry.profiles import matching
from core.telemetry.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Identified:
    """One device behind an address.

    ``device_index`` is its hrDeviceIndex where the agent speaks for several printers, else
    ``None``. ``provenance`` is keyed as in a reading ("identity.serial"). ``why`` is a sentence
    without its subject: "hrDeviceType says printer (hrDeviceIndex 1)", or why it is refused.
    """

    device_index: int | None
    identity: Identity
    is_printer: bool
    why: str
    provenance: dict[str, Provenance] = field(default_factory=dict)


async def identify(
    agent: SnmpAgent, address: str | None = None, limit: float | None = None
) -> tuple[Identified, ...]:
    """Say which printers an agent speaks for, or why it is none (then one entry, refused).

    ``address`` is the IP address that was asked; it helps to choose the MAC address. After
    ``limit`` seconds it is judged by what has come until then. Raises
    ``core.snmp.errors.SnmpError`` when the agent does not even answer the system group, and
    ``TimeoutError`` when nothing says in time whether it is a printer.
    """
    got, more = Got(), Got()
    late = False
    try:
        async with asyncio.timeout(limit):
            signs = await fetch_signs(agent, got)
            if _is_printer(signs):
                await fetch_identity(agent, signs, more)
    except TimeoutError:
        late, signs = True, Snapshot(got.values)
    if late and not _is_printer(signs):
        raise TimeoutError
    return _identified(signs, more, address)


def _is_printer(signs: Snapshot) -> bool:
    return any(judge(signs, rows).is_printer for rows in printer_rows(signs))


def _identified(signs: Snapshot, more: Got, address: str | None) -> tuple[Identified, ...]:
    every = printer_rows(signs)
    verdicts = {rows.index: judge(signs, rows) for rows in every}
    if not any(verdict.is_printer for verdict in verdicts.values()):
        facts = identity_of(signs, every[0], (), address)
        return (
            Identified(None, facts.identity, is_printer=False, why=verdicts[every[0].index].why),
        )
    snapshot, profiles = signs.with_values(more.values), matching(signs)
    found = []
    for rows in every:
        facts = identity_of(snapshot, rows, profiles, address)
        verdict = verdicts[rows.index]
        found.append(
            Identified(
                device_index=None if rows.alone else rows.index,
                identity=facts.identity,
                is_printer=verdict.is_printer,
                why=verdict.why,
                provenance={f"identity.{name}": o for name, o in facts.provenance.items()},
            )
        )
    return tuple(found)
