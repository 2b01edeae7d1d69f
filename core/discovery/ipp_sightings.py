"""Asking by IPP who is at an address: on 631 and 443, and only where a door is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.discovery.doors import HTTPS, IPP, Doors
from core.discovery.readable import one_line
from core.discovery.sightings import Sighting
from core.ipp.answer import IppAnswer
from core.ipp.errors import IppError
from core.ipp.identity import identity_of
from core.ipp.names import IDENTITY, MORE_INFO
from core.ipp.network import IppNetwork
from core.ipp.ways import WAYS, find_printer
from core.model.identity import Identity
from core.model.provenance import Source
from core.telemetry.naming import NAMING

_MOST_PATHS = 8  # queues asked at one address
_ASKED = (*IDENTITY, MORE_INFO)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: sightings, or why an open door gave none (``None``: no door is open)."""

    sightings: tuple[Sighting, ...] = ()
    reason: str | None = None


async def ask(
    network: IppNetwork,
    doors: Doors,
    address: str,
    *,
    paths: Sequence[str] = (),
    ports: tuple[int, ...] = (IPP, HTTPS),
) -> Asked:
    """Ask at an address; ``paths`` are those that were announced there, each a printer's own.

    Never raises ``IppError``: that a device has no IPP for us is no failure of a search.
    """
    opened = await doors.open(address, ports)
    ways = [way for way in WAYS if way.port in opened]
    if not ways:
        return Asked()
    found: list[Sighting] = []
    reason = None
    for path in tuple(dict.fromkeys(paths))[:_MOST_PATHS] or (None,):
        try:
            answer = await find_printer(network, address, _ASKED, ways=ways, path=path)
        except IppError as error:
            reason = error.problem.text
        else:
            found.append(sighting_of(answer))
    return Asked(tuple(found), None if found else reason)


def sighting_of(answer: IppAnswer) -> Sighting:
    """Say what an answer tells of a printer."""
    told = identity_of(answer.attributes, NAMING)
    shown = {name: _shown(getattr(told.identity, name)) for name in told.provenance}
    detail = one_line(answer.evidence().detail, 300) or ""
    if answer.from_cups:
        detail = f"{detail}: a queue of a computer or print server (CUPS)"
    return Sighting(
        source=Source.IPP,
        addresses=(answer.target.address,),
        port=answer.target.port,
        detail=detail,
        identity=replace(Identity(), **shown),
        provenance={f"identity.{name}": origin for name, origin in told.provenance.items()},
        service_path=answer.target.path,
        tls=answer.target.tls,
        name=_shown(answer.attributes.text("printer-dns-sd-name")) or shown.get("name"),
        page=_shown(answer.attributes.text(MORE_INFO)),
    )


def _shown(text: str | None) -> str | None:
    return None if text is None else one_line(text)
