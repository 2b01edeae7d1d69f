"""The line to the hub: mutual TLS 1.3, opened when it is needed, dropped when it fails."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc

from core.uplink.address import parse_address
from core.uplink.connection import Enrolment
from core.uplink.errors import UplinkError, explain, too_old
from proto.platen.v1 import hub_pb2, hub_pb2_grpc

OPTIONS = (
    # The hub is reached directly; a proxy is used only where the settings name one.
    ("grpc.enable_http_proxy", 0),
    # A line that is opened anew connects anew: it does not inherit the waits of the one before.
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
)
_PATIENCE = 60.0
_DRAIN = 30.0  # seconds
#: After these nothing is known of the connection: the next call makes a new one.
_BROKEN = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)

#: What the first hubs did not know: the method, and what it is for.
_LATER = {"Renew": "renew certificates", "SendBundle": "take logs for support"}


class Line:
    """Calls the hub's Uplink, pinned to the dealer's authority.

    A failed line is closed, not left to reconnect by itself: how often a hub that is away is asked
    is decided in one place, ``core.uplink.backoff``.
    """

    def __init__(self, enrolment: Enrolment, patience: float = _PATIENCE) -> None:
        self._enrolment = enrolment
        self._address = parse_address(enrolment.uplink_address)
        self._patience = patience
        self._channel: grpc.aio.Channel | None = None

    async def call(self, method: str, request: object, patience: float | None = None) -> Any:
        """Call a method of Uplink; raises ``UplinkError``.

        ``request`` is a message, or for a method that takes a stream an async iterator of them.
        """
        channel = self._open()
        try:
            stub = hub_pb2_grpc.UplinkStub(channel)
            return await getattr(stub, method)(request, timeout=patience or self._patience)
        except grpc.aio.AioRpcError as error:
            failure = explain(error, str(self._address))
            broken = error.code() in _BROKEN
            unknown = error.code() is grpc.StatusCode.UNIMPLEMENTED
        except asyncio.CancelledError:
            # gRPC says so too where the line was closed under the call, and nobody was cancelled.
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            failure = UplinkError(
                "hub_line_closed", "The line to the hub was closed.", "It is tried again."
            )
            broken, unknown = True, False
        if broken:
            await self._drop(channel)
        if unknown and method in _LATER and await self._delivers():
            raise too_old(str(self._address), _LATER[method])
        # Not inside ``except``: the error of gRPC would hang on to ours, and the channel to it,
        # which knocks at the hub's door for as long as anybody remembers the failure.
        raise failure

    async def _delivers(self) -> bool:
        """Whether the hub's service for agents is there, whatever it does not know."""
        try:
            await self.call("Deliver", hub_pb2.DeliverRequest())
        except UplinkError:
            return False
        return True

    def _open(self) -> grpc.aio.Channel:
        if self._channel is None:
            mine = self._enrolment
            credentials = grpc.ssl_channel_credentials(
                root_certificates=mine.authority.encode(),
                private_key=mine.key.encode(),
                certificate_chain=mine.certificate.encode(),
            )
            self._channel = grpc.aio.secure_channel(
                self._address.target, credentials, options=OPTIONS
            )
        return self._channel

    async def _drop(self, channel: grpc.aio.Channel) -> None:
        if self._channel is channel:
            self._channel = None
        await channel.close()

    async def take_over(self, enrolment: Enrolment) -> None:
        """Go on with a renewed certificate: calls from now on make a new connection, and those
        under way have a while to end on the old one.
        """
        self._enrolment = enrolment
        old, self._channel = self._channel, None
        if old is not None:
            await old.close(grace=_DRAIN)

    async def close(self) -> None:
        """Close the line; a later call opens it again."""
        if self._channel is not None:
            await self._drop(self._channel)
