"""The two gRPC services: enrolment, and the uplink that only enrolled agents reach."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import grpc
from cryptography import x509
from sqlalchemy.exc import DBAPIError

from core.model.problem import PlatenError
from core.pki.certificates import issue_agent
from core.pki.code import hash_secret
from core.pki.files import certificate_pem
from hub.authority import HubKeys
from hub.database import explain
from hub.errors import EnrolmentRefusedError, HubError, NotOursError
from hub.store import Applicant, HubStore, Item, rfc3339
from proto.platen.v1 import hub_pb2, hub_pb2_grpc

T = TypeVar("T")
Context = grpc.aio.ServicerContext[Any, Any]
_log = logging.getLogger(__name__)

MOST_ITEMS = 1000
#: Wrong codes make the next answer wait, so that nobody can try many.
_WRONG_CODE_WAIT = 0.5


class Desk:
    """What both services work with: the store behind one thread, the keys, the clock."""

    def __init__(
        self, folder: Path, store: HubStore, keys: HubKeys, now: Callable[[], dt.datetime]
    ) -> None:
        self.folder = folder
        self.store = store
        self.keys = keys
        self.now = now
        # SQLite has one writer at a time; waiting in a queue beats waiting for its lock.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hub-store")

    async def ask(self, work: Callable[[], T]) -> T:
        """Run a piece of store work; raises ``PlatenError``."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except DBAPIError as error:
            raise explain(error, self.folder) from error

    def close(self) -> None:
        """Finish what is queued."""
        self._thread.shutdown()


_STATUS: tuple[tuple[type[PlatenError], grpc.StatusCode], ...] = (
    (EnrolmentRefusedError, grpc.StatusCode.PERMISSION_DENIED),
    (NotOursError, grpc.StatusCode.PERMISSION_DENIED),
    (HubError, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (PlatenError, grpc.StatusCode.INVALID_ARGUMENT),
)


async def _abort(context: Context, error: PlatenError) -> None:
    status = next(code for kind, code in _STATUS if isinstance(error, kind))
    problem = error.problem
    _log.warning("%s: %s", problem.code, problem.text)
    await context.abort(status, f"{problem.code}\n{problem.text}\n{problem.remedy}")


class EnrolmentService(hub_pb2_grpc.EnrolmentServicer):
    """Hands out certificates against one-time codes."""

    def __init__(self, desk: Desk, uplink_address: Callable[[], str]) -> None:
        self._desk = desk
        self._uplink_address = uplink_address
        self._turn = asyncio.Lock()

    async def Introduce(  # noqa: N802 - the name in the .proto
        self, request: hub_pb2.IntroduceRequest, context: Context
    ) -> hub_pb2.IntroduceResponse:
        """Say who we are; nothing in it is secret."""
        del request, context
        keys = self._desk.keys
        return hub_pb2.IntroduceResponse(authority_pem=keys.authority_pem, hub_name=keys.facts.name)

    async def Enrol(  # noqa: N802
        self, request: hub_pb2.EnrolRequest, context: Context
    ) -> hub_pb2.EnrolResponse:
        """Use a code up, sign the request, keep the agent."""
        try:
            return await self._enrol(request)
        except EnrolmentRefusedError as error:
            async with self._turn:  # one wrong code at a time
                await asyncio.sleep(_WRONG_CODE_WAIT)
            await _abort(context, error)
            raise
        except PlatenError as error:
            await _abort(context, error)
            raise

    async def _enrol(self, request: hub_pb2.EnrolRequest) -> hub_pb2.EnrolResponse:
        desk, keys = self._desk, self._desk.keys
        installation = _installation(request.installation)
        now = desk.now()
        certificate = issue_agent(keys.authority, request.request_pem, installation, now)
        applicant = Applicant(
            installation, request.hostname, request.version, format(certificate.serial_number, "x")
        )
        secret_hash = hash_secret(request.code_secret)
        customer = await desk.ask(lambda: desk.store.enrol(secret_hash, applicant, now))
        _log.info("enrolled %s (%s) for %s", installation, request.hostname, customer)
        return hub_pb2.EnrolResponse(
            certificate_pem=certificate_pem(certificate),
            authority_pem=keys.authority_pem,
            uplink_address=self._uplink_address(),
            customer=customer,
            hub_name=keys.facts.name,
        )


def _installation(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise EnrolmentRefusedError(
            "bad_installation", "The installation's id is not a UUID.", "Update Platen."
        ) from None


class UplinkService(hub_pb2_grpc.UplinkServicer):
    """Takes readings from enrolled agents."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def CheckIn(  # noqa: N802
        self, request: hub_pb2.CheckInRequest, context: Context
    ) -> hub_pb2.CheckInResponse:
        """Note that the agent is there, and tell it our time."""
        desk, now = self._desk, self._desk.now()
        try:
            installation = await self._who(context)
            await desk.ask(
                lambda: desk.store.seen(installation, request.version, request.waiting, now)
            )
        except PlatenError as error:
            await _abort(context, error)
            raise
        return hub_pb2.CheckInResponse(at=rfc3339(now))

    async def Deliver(  # noqa: N802
        self, request: hub_pb2.DeliverRequest, context: Context
    ) -> hub_pb2.DeliverResponse:
        """Store a batch; the answer goes out after the commit."""
        try:
            return await self._deliver(request, context)
        except PlatenError as error:
            await _abort(context, error)
            raise

    async def _deliver(
        self, request: hub_pb2.DeliverRequest, context: Context
    ) -> hub_pb2.DeliverResponse:
        installation = await self._who(context)
        if len(request.items) > MOST_ITEMS:
            raise PlatenError(
                "batch_too_large",
                f"A batch of {len(request.items)} items is more than {MOST_ITEMS}.",
                "Send less at once.",
            )
        items = [Item(i.key, i.kind, i.device, i.body) for i in request.items]
        desk, now = self._desk, self._desk.now()
        taken = await desk.ask(lambda: desk.store.take(installation, items, now))
        return hub_pb2.DeliverResponse(
            stored=taken.stored,
            refused=[hub_pb2.Refusal(key=key, reason=reason) for key, reason in taken.refused],
        )

    async def _who(self, context: Context) -> str:
        """Give the installation that the peer's certificate names; raises ``NotOursError``."""
        (pem,) = context.auth_context().get("x509_pem_cert", (b"",))
        try:
            certificate = x509.load_pem_x509_certificate(pem)
            name = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
        except (ValueError, IndexError):
            name, serial = "", ""
        else:
            serial = format(certificate.serial_number, "x")
        installation = str(name)
        await self._desk.ask(lambda: self._desk.store.check_agent(installation, serial))
        return installation
