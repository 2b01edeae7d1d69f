"""Hubs that do what they like: in this process, with a dealer's authority made for the test."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc

from core.pki.certificates import (
    Authority,
    issue_agent,
    issue_server,
    make_authority,
    make_request,
    new_key,
)
from core.pki.pem import certificate_pem, key_pem
from core.uplink.connection import Enrolment
from proto.platen.v1 import hub_pb2, hub_pb2_grpc

NOW = dt.datetime.now(dt.UTC)
Pair = tuple[bytes, bytes]
Answer = Callable[[Any], Any]


def server_pair(authority: Authority, *hosts: str, at: dt.datetime = NOW) -> Pair:
    """Make a key and a server's certificate, as gRPC takes them."""
    key = new_key()
    certificate = issue_server(authority, key, hosts or ("127.0.0.1", "localhost"), at)
    return key_pem(key), certificate_pem(certificate)


def agent_pair(authority: Authority, installation: str, at: dt.datetime = NOW) -> Pair:
    """Make a key and an agent's certificate."""
    key = new_key()
    certificate = issue_agent(authority, make_request(key, installation), installation, at)
    return key_pem(key), certificate_pem(certificate)


def enrolment_at(
    authority: Authority, address: str, pair: Pair | None = None, at: dt.datetime = NOW
) -> Enrolment:
    """Make an enrolment without a hub."""
    installation = str(uuid.uuid4())
    key, certificate = pair or agent_pair(authority, installation, at)
    return Enrolment(
        uplink_address=address,
        hub_name="Dealer",
        customer="Customer",
        installation=installation,
        authority=certificate_pem(authority.certificate).decode(),
        certificate=certificate.decode(),
        key=key.decode(),
    )


@dataclass
class OddHub(hub_pb2_grpc.UplinkServicer, hub_pb2_grpc.EnrolmentServicer):
    """Answers each call by a function of the request, which may also raise or be awaited."""

    authority: Authority = field(default_factory=lambda: make_authority("Odd", NOW))
    deliver: Answer = lambda request: hub_pb2.DeliverResponse(
        stored=[item.key for item in request.items]
    )
    introduce: Answer | None = None
    enrol: Answer | None = None
    seen: list[Any] = field(default_factory=list)
    address: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def _answer(self, answer: Answer | None, request: Any, context: Any) -> Any:
        self.seen.append(request)
        self.asked.set()
        if answer is None:
            await context.abort(grpc.StatusCode.UNIMPLEMENTED, "")
        given = answer(request)
        if isinstance(given, Awaitable):
            given = await given
        if isinstance(given, tuple):
            await context.abort(*given)
        return given

    async def Deliver(self, request: Any, context: Any) -> Any:  # noqa: N802
        return await self._answer(self.deliver, request, context)

    async def CheckIn(self, request: Any, context: Any) -> Any:  # noqa: N802
        return await self._answer(lambda _: hub_pb2.CheckInResponse(at="soon"), request, context)

    async def Introduce(self, request: Any, context: Any) -> Any:  # noqa: N802
        return await self._answer(self.introduce, request, context)

    async def Enrol(self, request: Any, context: Any) -> Any:  # noqa: N802
        return await self._answer(self.enrol, request, context)

    def introduces(self, **changes: Any) -> None:
        """Introduce itself as a real hub does, but for ``changes``."""
        pem = certificate_pem(self.authority.certificate)
        values = {"authority_pem": pem, "hub_name": "Dealer", "at": NOW.isoformat(), **changes}
        self.introduce = lambda _: hub_pb2.IntroduceResponse(**values)

    @asynccontextmanager
    async def listening(
        self,
        *,
        pair: Pair | None = None,
        mutual: bool = True,
        options: Sequence[tuple[str, int]] = (),
        where: str = "127.0.0.1:0",
    ) -> AsyncIterator[OddHub]:
        """Listen with both services; ``pair`` is what is shown instead of a certificate of the
        authority's.
        """
        server = grpc.aio.server(options=(("grpc.so_reuseport", 0), *options))
        hub_pb2_grpc.add_UplinkServicer_to_server(self, server)
        hub_pb2_grpc.add_EnrolmentServicer_to_server(self, server)
        root = certificate_pem(self.authority.certificate) if mutual else None
        credentials = grpc.ssl_server_credentials(
            [pair or server_pair(self.authority)], root, require_client_auth=mutual
        )
        port = server.add_secure_port(where, credentials)
        self.address = f"127.0.0.1:{port}"
        await server.start()
        try:
            yield self
        finally:
            await server.stop(None)
