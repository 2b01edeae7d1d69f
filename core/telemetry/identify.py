"""Who is behind an address that answered: the small question that discovery asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.model.identity import Identity
from core.model.provenance import Provenance
from core.snmp.types import SnmpAgent
from core.telemetry.evidence import judge
from core.telemetry.fetch import fetch_identity, fetch_signs
from core.telemetry.identity import identity_of
from core.telemetry.printers import printer_rows


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


async def identify(agent: SnmpAgent, address: str | None = None) -> tuple[Identified, ...]:
    """Say which printers an agent speaks for, or why it is none (then one entry, refused).

    ``address`` is the IP address that was asked; it helps to choose the MAC address. Raises
    ``core.snmp.errors.SnmpError`` when the agent does not even answer the system group.
    """
    signs = await fetch_signs(agent)
    every = printer_rows(signs)
    verdicts = {rows.index: judge(signs, rows) for rows in every}
    if not any(verdict.is_printer for verdict in verdicts.values()):
        facts = identity_of(signs, every[0], (), address)
        return (
            Identified(None, facts.identity, is_printer=False, why=verdicts[every[0].index].why),
        )
    snapshot, profiles = await fetch_identity(agent, signs)
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
