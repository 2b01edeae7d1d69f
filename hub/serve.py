"""The hub's process: two listeners, until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
import uuid
from collections.abc import Callable
from pathlib import Path

import grpc

from core.model.outbox import LARGEST_BODY
from hub.authority import load
from hub.credentials import Credentials
from hub.database import open_database
from hub.desk import Desk
from hub.errors import HubError
from hub.listening import Listening, Place, parse_place
from hub.service import EnrolmentService, UplinkService
from hub.store import HubStore
from proto.platen.v1 import hub_pb2_grpc

_OPTIONS = (
    # A second hub on the same port would take half of the connections without a word.
    ("grpc.so_reuseport", 0),
    # Agents ask every minute whether the line still stands, also where nothing is under way.
    ("grpc.http2.min_ping_interval_without_data_ms", 30_000),
    ("grpc.keepalive_permit_without_calls", 1),
)
#: One item of the largest size, or a batch of small ones; what an agent enrols with is small.
_UPLINK_OPTIONS = (*_OPTIONS, ("grpc.max_receive_message_length", 2 * LARGEST_BODY))
_ENROLMENT_OPTIONS = (*_OPTIONS, ("grpc.max_receive_message_length", 64 * 1024))
_GRACE = 3.0


class HubServer:
    """One hub, from ``start`` to ``stop``."""

    def __init__(self, folder: Path, listening: Listening, now: Callable[[], dt.datetime]) -> None:
        self._uplink = parse_place(listening.uplink)
        self._enrolment = parse_place(listening.enrolment)
        keys = load(folder)
        self._told = listening.told(self._uplink, keys.facts.hosts)
        self._credentials = Credentials(folder, keys, now, self._told.host)
        store = HubStore(open_database(folder))
        self._desk = Desk(folder, store, keys, now, lambda: str(uuid.uuid4()))
        self._servers: list[grpc.aio.Server] = []
        self.uplink_address = ""
        self.enrolment_address = ""

    async def start(self) -> None:
        """Listen; raises ``HubError`` (``hub_port``) where a port cannot be had."""
        uplink = grpc.aio.server(options=_UPLINK_OPTIONS)
        hub_pb2_grpc.add_UplinkServicer_to_server(UplinkService(self._desk), uplink)
        bound = _bind(uplink, self._uplink, self._credentials.mutual())
        self.uplink_address = str(bound)
        enrolment = grpc.aio.server(options=_ENROLMENT_OPTIONS)
        told = str(Place(self._told.host, self._told.port or bound.port))
        service = EnrolmentService(self._desk, lambda: told)
        hub_pb2_grpc.add_EnrolmentServicer_to_server(service, enrolment)
        self.enrolment_address = str(
            _bind(enrolment, self._enrolment, self._credentials.one_sided())
        )
        for server in (uplink, enrolment):
            await server.start()
            self._servers.append(server)

    async def stop(self) -> None:
        """Let the calls under way finish, then end."""
        await asyncio.gather(*(server.stop(_GRACE) for server in self._servers))
        self._desk.close()


def _bind(server: grpc.aio.Server, where: Place, credentials: grpc.ServerCredentials) -> Place:
    try:
        bound = server.add_secure_port(str(where), credentials)
    except RuntimeError:
        bound = 0
    if not bound:
        raise HubError(
            "hub_port",
            f"The hub cannot listen at {where}: the port is in use, or the address is not ours.",
            "End the other program, or choose another port.",
        )
    return Place(where.host, bound)


async def serve(
    folder: Path,
    listening: Listening,
    now: Callable[[], dt.datetime],
    ready: Callable[[HubServer], None],
) -> None:
    """Run a hub until SIGTERM or Ctrl-C; ``ready`` hears of it once it listens."""
    server = HubServer(folder, listening, now)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run
            loop.add_signal_handler(number, ended.set)
    try:
        await server.start()
        ready(server)
        await ended.wait()
    finally:
        await server.stop()
