"""The hub's process: two listeners, until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import grpc

from hub.authority import HubKeys, load
from hub.database import open_database
from hub.errors import HubError
from hub.service import Desk, EnrolmentService, UplinkService
from hub.store import HubStore
from proto.platen.v1 import hub_pb2_grpc

_OPTIONS = (
    # A second hub on the same port would take half of the connections without a word.
    ("grpc.so_reuseport", 0),
    ("grpc.max_receive_message_length", 8 * 1024 * 1024),
)
_GRACE = 3.0
UPLINK, ENROLMENT = "127.0.0.1:7443", "127.0.0.1:7444"
#: Addresses that mean "every one of ours"; an agent cannot be told them.
_ANY = ("0.0.0.0", "[::]")  # noqa: S104


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the hub listens: ``HOST:PORT`` of both, and the host that agents are told."""

    uplink: str = UPLINK
    enrolment: str = ENROLMENT
    public_host: str | None = None


class HubServer:
    """One hub, from ``start`` to ``stop``."""

    def __init__(self, folder: Path, listening: Listening, now: Callable[[], dt.datetime]) -> None:
        self._listening = listening
        keys = load(folder, now())
        self._desk = Desk(folder, HubStore(open_database(folder)), keys, now)
        self._keys = keys
        self._servers: list[grpc.aio.Server] = []
        self.uplink_address = ""
        self.enrolment_address = ""

    async def start(self) -> None:
        """Listen; raises ``HubError`` (``hub_port``) where a port cannot be had."""
        where = self._listening
        uplink = grpc.aio.server(options=_OPTIONS)
        hub_pb2_grpc.add_UplinkServicer_to_server(UplinkService(self._desk), uplink)
        self.uplink_address = _bind(uplink, where.uplink, _credentials(self._keys, mutual=True))
        enrolment = grpc.aio.server(options=_OPTIONS)
        service = EnrolmentService(self._desk, self._told_address)
        hub_pb2_grpc.add_EnrolmentServicer_to_server(service, enrolment)
        credentials = _credentials(self._keys, mutual=False)
        self.enrolment_address = _bind(enrolment, where.enrolment, credentials)
        for server in (uplink, enrolment):
            await server.start()
            self._servers.append(server)

    def _told_address(self) -> str:
        host, _, port = self.uplink_address.rpartition(":")
        if self._listening.public_host:
            host = self._listening.public_host
        elif host in _ANY:
            host = self._keys.facts.hosts[0]
        return f"{host}:{port}"

    async def stop(self) -> None:
        """Let the calls under way finish, then end."""
        await asyncio.gather(*(server.stop(_GRACE) for server in self._servers))
        self._desk.close()


def _credentials(keys: HubKeys, *, mutual: bool) -> grpc.ServerCredentials:
    pair = [(keys.server_key, keys.server_pem)]
    if not mutual:
        return grpc.ssl_server_credentials(pair)
    return grpc.ssl_server_credentials(
        pair, root_certificates=keys.authority_pem, require_client_auth=True
    )


def _bind(server: grpc.aio.Server, where: str, credentials: grpc.ServerCredentials) -> str:
    host, _, port = where.rpartition(":")
    if not host or not port.isdecimal():
        raise HubError("bad_listen", f"{where!r} is not HOST:PORT.", "For example 0.0.0.0:7443.")
    try:
        bound = server.add_secure_port(where, credentials)
    except RuntimeError:
        bound = 0
    if not bound:
        raise HubError(
            "hub_port",
            f"The hub cannot listen at {where}: the port is in use, or the address is not ours.",
            "End the other program, or choose another port.",
        )
    return f"{host}:{bound}"


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
