"""Queues and devices of a real CUPS, and of servers that misbehave."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.local.cups import Cups
from core.discovery.local.cups_wire import CupsWire
from core.discovery.local.errors import SpoolerError
from core.discovery.local.printer import QueueState
from core.ipp.codec import encode
from core.ipp.types import Group, GroupTag, Message, Tag, Value
from tests.support.cupsd import Cupsd, cupsd, run_cupsd
from tests.support.usb_tree import KYOCERA_ID

__all__ = ["cupsd"]
URI = "usb://Kyocera/ECOSYS%20P3155dn?serial=R4B1972571"


async def test_queues(cupsd: Cupsd) -> None:
    assert await cupsd.cups().queues() == ()
    cupsd.add("desk", URI)
    cupsd.add("far", "socket://192.0.2.1:9100")
    (found,) = await cupsd.cups().queues()
    assert found.queue is not None
    assert (found.queue.name, found.queue.state) == ("desk", QueueState.IDLE)
    assert (found.uri.uri, found.uri.told.serial) == (URI, "R4B1972571")
    cupsd.remove("desk")
    assert await cupsd.cups().queues() == ()


async def test_devices(cupsd: Cupsd) -> None:
    name = "Kyocera ECOSYS P3155dn"
    cupsd.lists(f'direct {URI} "{name}" "{name}" "{KYOCERA_ID}" ""')
    (found,) = await cupsd.cups().devices()
    assert (found.uri.uri, found.device_id, found.queue) == (URI, KYOCERA_ID, None)
    cupsd.lists()
    assert await cupsd.cups().devices() == ()


async def test_who_may_not_look_for_devices() -> None:
    with run_cupsd(devices_denied=True) as server:
        with pytest.raises(SpoolerError) as caught:
            await server.cups().devices()
        assert caught.value.problem.code == "cups_denied"
        assert await server.cups().queues() == ()


@asynccontextmanager
async def serving(path: Path, answer: bytes | None) -> AsyncIterator[Cups]:
    """Answer every request with these octets; ``None`` keeps silent until the other side goes."""
    handled = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        handled.set()

    server = await asyncio.start_unix_server(serve, path)
    async with server:
        yield Cups(CupsWire([path], loopback=None, seconds=0.3))
        await handled.wait()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (None, "cups_silent"),
        (b"", "cups_failed"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "cups_denied"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\n\r\n", "cups_failed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour", "cups_failed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nfour", "cups_failed"),
        (
            b"HTTP/1.1 200 OK\r\n\r\n" + encode(Message((2, 0), 0x0500, 1, ())),
            "cups_failed",
        ),
    ],
)
async def test_servers_that_misbehave(tmp_path: Path, answer: bytes | None, code: str) -> None:
    async with serving(tmp_path / "s", answer) as cups:
        with pytest.raises(SpoolerError) as caught:
            await cups.queues()
    assert caught.value.problem.code == code


async def test_an_answer_without_an_end_is_cut_off(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(5_000_000)
    async with serving(tmp_path / "s", answer) as cups:
        with pytest.raises(SpoolerError, match="more than 4194304 octets"):
            await cups._wire.post(b"")


async def test_no_server_at_all(tmp_path: Path) -> None:
    with pytest.raises(SpoolerError) as caught:
        await Cups(CupsWire([tmp_path / "none"], loopback=None)).queues()
    assert caught.value.problem.code == "cups_absent"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(SpoolerError) as caught:
            await Cups(CupsWire([], loopback=url)).queues()
    assert caught.value.problem.code == "cups_absent"


class Recorded:
    """Gives the same octets whatever is asked."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets

    async def post(self, body: bytes, seconds: float | None = None) -> bytes:
        return self.octets


def queue_group(**texts: str) -> Group:
    attributes = {name.replace("_", "-"): (Value(Tag.TEXT, text),) for name, text in texts.items()}
    return Group(GroupTag.PRINTER, attributes)


async def test_the_machine_in_a_driver_s_name() -> None:
    names = {
        "HP LaserJet 4 Foomatic/pxlmono, 3.21": "HP LaserJet 4",
        "Kyocera ECOSYS P3155dn (KPDL)": "Kyocera ECOSYS P3155dn",
        "Local Raw Printer": None,
    }
    for text, machine in names.items():
        group = queue_group(printer_name="q", device_uri=URI, printer_make_and_model=text)
        message = Message((2, 0), 0, 1, (group,))
        (found,) = await Cups(Recorded(encode(message))).queues()
        assert (found.driver.model if found.driver else None) == machine


@given(st.binary(max_size=300), st.booleans())
def test_any_answer_is_read_or_named(octets: bytes, framed: bool) -> None:
    head = b"\x02\x00\x00\x00\x00\x00\x00\x01" if framed else b""
    with suppress(SpoolerError):
        assert isinstance(asyncio.run(Cups(Recorded(head + octets)).queues()), tuple)
