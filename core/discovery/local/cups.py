"""What this computer's CUPS knows of printers connected to it: queues, and devices.

CUPS-Get-Printers and CUPS-Get-Devices (CUPS Implementation of IPP, operations 0x4002 and 0x400B).
Only these attributes are asked for; of jobs, users and their limits nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from core.discovery.local.errors import SpoolerError
from core.discovery.local.identity import Told, device_id_text
from core.discovery.local.printer import LocalQueue, QueueState
from core.discovery.local.uris import LocalUri, read_uri
from core.ipp.attributes import Attributes
from core.ipp.codec import Limits, decode, encode
from core.ipp.errors import IppDecodeError
from core.ipp.status import Status, is_success, status_name
from core.ipp.types import Group, GroupTag, Message, Tag, Value

_GET_PRINTERS: Final = 0x4002
_GET_DEVICES: Final = 0x400B
_QUEUE_ATTRIBUTES: Final = (
    "printer-name",
    "device-uri",
    "printer-make-and-model",
    "printer-device-id",
    "printer-state",
)
_DEVICE_ATTRIBUTES: Final = ("device-uri", "device-id", "device-make-and-model")
# Looking for devices runs CUPS' backends: that of USB asks the bus, others would ask the network.
_SCHEMES: Final = ("usb",)
_LOOK_SECONDS: Final = 5
_MOST_QUEUES: Final = 1_000
_STATES: Final = {  # printer-state (RFC 8011 section 5.4.11)
    3: QueueState.IDLE,
    4: QueueState.PRINTING,
    5: QueueState.STOPPED,
}
_LIMITS: Final = Limits(octets=4_194_304, groups=2_000)


class CupsPost(Protocol):
    """Posts to CUPS (``core.discovery.local.cups_wire.CupsWire``)."""

    async def post(self, body: bytes, seconds: float | None = None) -> bytes:
        """Give the answer; raises ``SpoolerError``."""
        ...


@dataclass(frozen=True, slots=True)
class CupsDevice:
    """A local printer as CUPS knows it; ``queue`` is ``None`` for one seen on the bus."""

    uri: LocalUri
    queue: LocalQueue | None
    device_id: str | None
    driver: Told | None


class Cups:
    """Asks CUPS."""

    def __init__(self, wire: CupsPost) -> None:
        self._wire = wire

    async def queues(self) -> tuple[CupsDevice, ...]:
        """Give the queues that lead to a printer connected to this computer.

        Raises ``SpoolerError``.
        """
        asked = {
            "limit": (Value(Tag.INTEGER, _MOST_QUEUES),),
            "requested-attributes": _keywords(_QUEUE_ATTRIBUTES),
        }
        message = await self._ask(_GET_PRINTERS, asked, None)
        return tuple(_queues(message))

    async def devices(self) -> tuple[CupsDevice, ...]:
        """Give the printers that CUPS finds on the USB; it opens each of them for a moment.

        Raises ``SpoolerError``; most systems let only administrators ask this.
        """
        asked = {
            "timeout": (Value(Tag.INTEGER, _LOOK_SECONDS),),
            "include-schemes": tuple(Value(Tag.NAME, name) for name in _SCHEMES),
            "requested-attributes": _keywords(_DEVICE_ATTRIBUTES),
        }
        message = await self._ask(_GET_DEVICES, asked, _LOOK_SECONDS * 2)
        return tuple(_devices(message))

    async def _ask(
        self, operation: int, asked: dict[str, tuple[Value, ...]], seconds: float | None
    ) -> Message:
        attributes = {
            "attributes-charset": (Value(Tag.CHARSET, "utf-8"),),
            "attributes-natural-language": (Value(Tag.LANGUAGE, "en"),),
            **asked,
        }
        question = Message((2, 0), operation, 1, (Group(GroupTag.OPERATION, attributes),))
        octets = await self._wire.post(encode(question), seconds)
        try:
            message = decode(octets, _LIMITS)
        except IppDecodeError as error:
            text = f"CUPS answers with no usable IPP: {error.reason}."
            raise SpoolerError("cups_failed", text, "Restart CUPS, then try again.") from None
        # "Not found" is how CUPS says that there is no queue at all.
        if not is_success(message.code) and message.code != Status.NOT_FOUND:
            text = f"CUPS answers with {status_name(message.code)}."
            raise SpoolerError("cups_failed", text, "See what CUPS writes in its error log.")
        return message


def _queues(message: Message) -> Iterator[CupsDevice]:
    for told in _printers(message):
        uri, name = read_uri(told.text("device-uri")), told.text("printer-name")
        if uri is None or name is None:
            continue
        state = _STATES.get(told.number("printer-state") or 0, QueueState.UNKNOWN)
        device_id = device_id_text(told.text("printer-device-id"))
        model = _of_driver(told.text("printer-make-and-model"))
        driver = None if model is None else Told("CUPS make and model", model=model)
        yield CupsDevice(uri, LocalQueue(name, state), device_id, driver)


def _devices(message: Message) -> Iterator[CupsDevice]:
    for told in _printers(message):
        uri = read_uri(told.text("device-uri"))
        if uri is not None:
            yield CupsDevice(uri, None, device_id_text(told.text("device-id")), None)


def _printers(message: Message) -> Iterator[Attributes]:
    for group in message.groups[:_MOST_QUEUES]:
        if group.tag == GroupTag.PRINTER:
            yield Attributes(group.attributes)


def _of_driver(text: str | None) -> str | None:
    """Take the machine out of a driver's name: "HP LaserJet 4 Foomatic/pxlmono, 3.21"."""
    if text is None or text.startswith(("Local ", "Remote ", "Generic", "Unknown")):
        return None  # "Local Raw Printer" names no machine
    for end in (",", " Foomatic/", " - CUPS", " (", " hpcups", " driverless"):
        text = text.partition(end)[0]
    return text or None


def _keywords(names: tuple[str, ...]) -> tuple[Value, ...]:
    return tuple(Value(Tag.KEYWORD, name) for name in names)
