"""Pieces of evidence for tests of how they are combined."""

from __future__ import annotations

import asyncio

from core.discovery.dns_sd_records import Record, sighting_of
from core.discovery.plan import SegmentPlan, lay_out
from core.discovery.scope import Scope
from core.discovery.sightings import Sighting
from core.model.evidence import Evidence, Finding
from core.model.identity import Endpoint, Identity
from core.model.provenance import Provenance, Source
from core.model.segment import Segment

NET = "127.30.0.0/24"


async def no_names(host: str) -> list[str]:
    raise OSError(host)


def scope_of(*targets: str, exclude: tuple[str, ...] = (), port: int = 161) -> Scope:
    """Give the scope of one segment "office"."""
    segment = Segment("office", targets or (NET,), exclude, port=port)
    return Scope(asyncio.run(lay_out([SegmentPlan(segment)], no_names, [])))


def _origins(source: Source, identity: Identity) -> dict[str, Provenance]:
    return {
        f"identity.{name}": Provenance(source, (f"{source} {name}",), (value,), "")
        for name in Identity.__dataclass_fields__
        if (value := getattr(identity, name)) is not None
    }


def snmp(address: str, row: int | None = None, port: int = 161, **fields: str) -> Finding:
    """Give what the sweep found at an address."""
    identity = Identity(**fields)
    return Finding(
        endpoint=Endpoint(address, port),
        identity=identity,
        evidence=(Evidence(Source.SNMP, "SNMP v2c: hrDeviceType says printer"),),
        device_index=row,
        segment="office",
        version="2c",
        community_index=0,
        provenance=_origins(Source.SNMP, identity),
    )


def dns_sd(
    *addresses: str,
    name: str = "Front desk",
    service: str = "_ipp._tcp",
    port: int = 631,
    **keys: str,
) -> Sighting:
    """Give what one record of DNS-SD says; ``keys`` are those of its TXT record."""
    parts = [f"{key}={value}".encode() for key, value in keys.items()]
    octets = b"".join(bytes([len(part)]) + part for part in parts)
    found = sighting_of(Record(service, name, "host.local.", port, addresses, octets))
    assert found is not None
    return found


def wsd(*addresses: str, uuid: str | None, prints: bool = True) -> Sighting:
    """Give what WS-Discovery says."""
    identity = Identity(uuid=uuid)
    return Sighting(
        Source.WS_DISCOVERY,
        addresses,
        3702,
        f"WS-Discovery: urn:uuid:{uuid} says that it prints",
        identity,
        _origins(Source.WS_DISCOVERY, identity),
        prints=prints,
        urls=tuple(f"http://{address}:5357/" for address in addresses if ":" not in address),
    )


def ipp(address: str, path: str = "/ipp/print", **fields: str) -> Sighting:
    """Give what IPP answered."""
    identity = Identity(**fields)
    return Sighting(
        Source.IPP,
        (address,),
        631,
        f"IPP 2.0 at ipp://{address}:631{path}: {identity.model}",
        identity,
        _origins(Source.IPP, identity),
        service_path=path,
        name=identity.name,
    )
