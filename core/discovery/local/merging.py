"""One printer out of all that speaks for it: the bus, and every queue that leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from core.discovery.local.cups import CupsDevice
from core.discovery.local.identity import Told, identity_of, told_by_device_id
from core.discovery.local.printer import Connection, LocalPrinter, LocalQueue
from core.model.evidence import Evidence
from core.model.identity import Identity
from core.model.provenance import Source
from core.telemetry.identity_text import serial_number

_WORD = re.compile(r"[^\W_]+")
_MAKERS = frozenset({"hp", "hewlett", "packard"})


@dataclass(slots=True)
class Candidate:
    """What is known so far of one printer. ``present``: seen on the bus, not only named by a queue.

    ``told`` goes from the best place to the least.
    """

    connection: Connection
    told: list[Told]
    present: bool = True
    device_id: str | None = None
    uri: str | None = None
    port: str | None = None
    ipp_port: int | None = None
    queues: list[LocalQueue] = field(default_factory=list)

    @property
    def identity(self) -> Identity:
        """The identity by what is known so far."""
        return identity_of(tuple(self.told))[0]

    @property
    def serials(self) -> frozenset[str]:
        """Every serial number that some place tells, in one form."""
        found = (serial_number(told.serial) for told in self.told)
        return frozenset(serial.casefold() for serial in found if serial is not None)

    @property
    def words(self) -> frozenset[str]:
        """The words of the model, without the maker's."""
        identity = self.identity
        model = set(_WORD.findall((identity.model or "").casefold()))
        return frozenset(model - set(_WORD.findall((identity.vendor or "").casefold())) - _MAKERS)


def merge(present: Iterable[Candidate], cups: Iterable[CupsDevice]) -> tuple[LocalPrinter, ...]:
    """Give each printer once; queues that lead to a printer on the bus are added to it."""
    found = list(present)
    for device in cups:
        told = _candidate(device)
        match = _match(found, told)
        if match is None:
            found.append(told)
        else:
            _add(match, told)
    return tuple(_printer(candidate) for candidate in found)


def _candidate(device: CupsDevice) -> Candidate:
    uri = device.uri
    own = None if device.queue is not None else device.device_id
    told = [told_by_device_id(own)] if own is not None else []
    told.append(uri.told)
    if device.queue is not None and device.device_id is not None:
        # A queue's id is that of its driver: it knows the model, and nothing of this machine.
        told.append(told_by_device_id(device.device_id, "IEEE 1284 id of the queue's driver"))
    if device.driver is not None:
        told.append(device.driver)
    return Candidate(
        connection=uri.connection,
        told=told,
        present=device.queue is None,
        device_id=own,
        uri=uri.uri,
        port=uri.port,
        ipp_port=uri.ipp_port,
        queues=[] if device.queue is None else [device.queue],
    )


def _match(found: list[Candidate], told: Candidate) -> Candidate | None:
    """Find the printer that ``told`` speaks of: by port, serial number, else by model alone."""
    for one in found:
        if (told.port is not None and one.port == told.port) or (
            told.ipp_port is not None and one.ipp_port == told.ipp_port
        ):
            return one
        if one.serials & told.serials:
            return one
    if not told.words:
        return None
    alike = [one for one in found if _may_be(one, told)]
    # Of several alike without a serial number any may be meant: each gets one queue.
    return next((one for one in alike if not one.queues), alike[0] if alike else None)


def _may_be(one: Candidate, told: Candidate) -> bool:
    both = bool(one.serials) and bool(told.serials)
    parallel = (one.connection == "parallel") == (told.connection == "parallel")
    return parallel and not both and one.words == told.words


def _add(one: Candidate, told: Candidate) -> None:
    one.told += [place for place in told.told if place not in one.told]
    one.queues += told.queues
    one.uri = one.uri or told.uri
    one.port = one.port or told.port
    one.ipp_port = one.ipp_port or told.ipp_port
    one.present = one.present or told.present
    if one.device_id is None and told.device_id is not None:
        one.device_id = told.device_id
        one.told.insert(0, told_by_device_id(told.device_id))
    if told.connection == "ipp-usb":
        one.connection = "ipp-usb"


def _printer(one: Candidate) -> LocalPrinter:
    identity, provenance = identity_of(tuple(one.told))
    queues = tuple(sorted(one.queues, key=lambda queue: queue.name))
    name = _name(identity) or next((queue.name for queue in queues), "a printer")
    return LocalPrinter(
        connection=one.connection,
        name=name,
        uri=one.uri or _uri(one.connection, identity, one.port),
        device_id=one.device_id,
        identity=identity,
        queues=queues,
        port=one.port,
        evidence=Evidence(Source.USB, _sentence(one, name, queues)),
        provenance=provenance,
        ipp_port=one.ipp_port,
    )


def _name(identity: Identity) -> str | None:
    vendor, model = identity.vendor, identity.model
    if model is None or vendor is None or vendor.casefold() in model.casefold():
        return model or vendor
    return f"{vendor} {model}"


def _uri(connection: Connection, identity: Identity, port: str | None) -> str:
    """Write the URI as CUPS' own backends would."""
    if connection == "parallel":
        return f"parallel:{port}" if port is not None else "parallel:"
    vendor, model = quote(identity.vendor or "Unknown"), quote(identity.model or "Printer")
    end = "" if identity.serial is None else f"?serial={quote(identity.serial, safe='')}"
    return f"usb://{vendor}/{model}{end}"


def _sentence(one: Candidate, name: str, queues: tuple[LocalQueue, ...]) -> str:
    way = {"usb": "USB", "ipp-usb": "IPP over USB", "parallel": "Parallel port"}[one.connection]
    where = f" at {one.port}" if one.port is not None else ""
    is_there = "is connected" if one.present else "has a print queue here and is not seen now"
    listed = ", ".join(queue.name for queue in queues)
    lead = f" (queue {listed})" if len(queues) == 1 else f" (queues {listed})" if queues else ""
    return f"{way}: {name} {is_there}{where}{lead}"
