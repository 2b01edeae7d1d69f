"""The two gRPC services: enrolment, and the uplink that only enrolled agents reach."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NoReturn, TypeVar

import grpc
from cryptography import x509

from core.model.plain import plain
from core.model.problem import PlatenError
from core.pki.certificates import common_name, issue_agent
from core.pki.code import hash_secret
from core.pki.pem import certificate_pem, load_certificate
from hub import receiving
from hub.bundles import Kept
from hub.codes import Applicant
from hub.desk import Desk
from hub.errors import EnrolmentRefusedError, HubError, HubFullError, HubInputError, NotOursError
from hub.items import Item, rfc3339
from proto.platen.v1 import hub_pb2, hub_pb2_grpc

T = TypeVar("T")
Context = grpc.aio.ServicerContext[Any, Any]
_log = logging.getLogger(__name__)

MOST_ITEMS = 1000
#: How many items an agent says that it has waiting, at most.
_MOST_WAITING = 2**31 - 1
#: A wrong code is answered after this long. Its 60 random bits are what keeps it from being tried
#: out; this keeps the database from being asked a thousand times a second.
_WRONG_CODE_WAIT = 0.5

_STATUS: tuple[tuple[type[PlatenError], grpc.StatusCode], ...] = (
    (EnrolmentRefusedError, grpc.StatusCode.PERMISSION_DENIED),
    (NotOursError, grpc.StatusCode.PERMISSION_DENIED),
    (HubFullError, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (HubError, grpc.StatusCode.INTERNAL),
    (PlatenError, grpc.StatusCode.INVALID_ARGUMENT),
)
_RETRIED = "Nothing is lost: it is kept here and tried again. Tell the dealer if it lasts."


async def _answer(context: Context, work: Awaitable[T]) -> T:
    """Give what ``work`` gives, or end the call with its problem: code, text, remedy."""
    try:
        return await work
    except PlatenError as error:
        problem = error.problem
        status = next(code for kind, code in _STATUS if isinstance(error, kind))
        _log.warning("%s: %s", problem.code, problem.text)
        # What is wrong with the hub's folders is the dealer's business, not the customers'.
        text, remedy = problem.text, problem.remedy
        if isinstance(error, HubFullError):
            text, remedy = "The hub has no room left on its disk.", _RETRIED
        elif isinstance(error, HubError):
            text, remedy = "The hub cannot use its database.", _RETRIED
        await _abort(context, status, problem.code, text, remedy)
    except Exception as error:  # noqa: BLE001 - it is logged, and the agent gets an answer
        _log.error("a call failed by a fault in the hub", exc_info=error)
        text = f"The hub failed by a fault of its own ({type(error).__name__})."
        await _abort(context, grpc.StatusCode.INTERNAL, "hub_fault", text, _RETRIED)


async def _abort(
    context: Context, status: grpc.StatusCode, code: str, text: str, remedy: str
) -> NoReturn:
    await context.abort(status, f"{code}\n{text}\n{remedy}")


class EnrolmentService(hub_pb2_grpc.EnrolmentServicer):
    """Hands out certificates against one-time codes."""

    def __init__(self, desk: Desk, uplink_address: Callable[[], str]) -> None:
        self._desk = desk
        self._uplink_address = uplink_address

    async def Introduce(  # noqa: N802 - the name in the .proto
        self, request: hub_pb2.IntroduceRequest, context: Context
    ) -> hub_pb2.IntroduceResponse:
        """Say who we are; nothing in it is secret."""
        del request, context
        keys = self._desk.keys
        return hub_pb2.IntroduceResponse(
            authority_pem=keys.authority_pem,
            hub_name=keys.facts.name,
            at=self._desk.now().isoformat(),
        )

    async def Enrol(  # noqa: N802
        self, request: hub_pb2.EnrolRequest, context: Context
    ) -> hub_pb2.EnrolResponse:
        """Use a code up, sign the request, keep the agent."""
        return await _answer(context, self._enrol(request))

    async def _enrol(self, request: hub_pb2.EnrolRequest) -> hub_pb2.EnrolResponse:
        desk, keys, now = self._desk, self._desk.keys, self._desk.now()
        installation = _installation(request.installation)
        # Before the code is used: a request that cannot be signed does not cost it.
        certificate = issue_agent(keys.authority, request.request_pem, installation, now)
        applicant = Applicant(
            installation=installation,
            hostname=request.hostname,
            version=request.version,
            certificate_serial=format(certificate.serial_number, "x"),
            new_id=desk.new_id(),
        )
        secret_hash = hash_secret(request.code_secret)
        try:
            customer = await desk.ask(lambda: desk.store.enrol(secret_hash, applicant, now))
        except EnrolmentRefusedError:
            await asyncio.sleep(_WRONG_CODE_WAIT)
            raise
        _log.info("enrolled %s (%s)", installation, plain(request.hostname))
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
        self._sending: set[str] = set()  # agents whose bundle is under way

    async def CheckIn(  # noqa: N802
        self, request: hub_pb2.CheckInRequest, context: Context
    ) -> hub_pb2.CheckInResponse:
        """Note that the agent is there, and tell it our time."""
        return await _answer(context, self._check_in(request, context))

    async def _check_in(
        self, request: hub_pb2.CheckInRequest, context: Context
    ) -> hub_pb2.CheckInResponse:
        desk, now = self._desk, self._desk.now()
        agent = await self._who(context)
        version = plain(request.version, 40)
        waiting = min(request.waiting, _MOST_WAITING)
        away = plain(request.away, 300)
        await desk.ask(lambda: desk.store.seen(agent, version, waiting, now, away))
        return hub_pb2.CheckInResponse(at=rfc3339(now))

    async def Deliver(  # noqa: N802
        self, request: hub_pb2.DeliverRequest, context: Context
    ) -> hub_pb2.DeliverResponse:
        """Store a batch; the answer goes out after the commit."""
        return await _answer(context, self._deliver(request, context))

    async def _deliver(
        self, request: hub_pb2.DeliverRequest, context: Context
    ) -> hub_pb2.DeliverResponse:
        desk, now = self._desk, self._desk.now()
        agent = await self._who(context)
        if len(request.items) > MOST_ITEMS:
            raise HubInputError(
                "batch_too_large",
                f"A batch of {len(request.items)} items is more than {MOST_ITEMS}.",
                "Send less at once.",
            )
        items = [Item(i.key, i.kind, i.device, i.body) for i in request.items]
        taken = await desk.ask(lambda: desk.store.take(agent, items, now))
        return hub_pb2.DeliverResponse(
            stored=taken.stored,
            refused=[hub_pb2.Refusal(key=item.key, reason=item.reason) for item in taken.refused],
        )

    async def Renew(  # noqa: N802
        self, request: hub_pb2.RenewRequest, context: Context
    ) -> hub_pb2.RenewResponse:
        """Sign a new certificate for whoever shows one that is good."""
        return await _answer(context, self._renew(request, context))

    async def _renew(
        self, request: hub_pb2.RenewRequest, context: Context
    ) -> hub_pb2.RenewResponse:
        desk = self._desk
        agent = await self._who(context)
        # The name is that of the certificate shown, never one that the request may carry.
        installation = common_name(_shown(context))
        made = issue_agent(desk.keys.authority, request.request_pem, installation, desk.now())
        serial = format(made.serial_number, "x")
        await desk.ask(lambda: desk.store.renew(agent, serial))
        _log.info("renewed the certificate of %s", agent)
        return hub_pb2.RenewResponse(certificate_pem=certificate_pem(made))

    async def SendBundle(  # noqa: N802
        self, request_iterator: AsyncIterator[hub_pb2.BundleChunk], context: Context
    ) -> hub_pb2.BundleReceipt:
        """Keep a bundle for support; the answer goes out after the commit."""
        return await _answer(context, self._bundle(request_iterator, context))

    async def _bundle(
        self, parts: AsyncIterator[hub_pb2.BundleChunk], context: Context
    ) -> hub_pb2.BundleReceipt:
        desk, agent = self._desk, await self._who(context)
        if agent in self._sending:
            raise HubInputError(
                "bundle_under_way", "This agent is sending a bundle already.", "Wait for its end."
            )
        self._sending.add(agent)
        try:
            first = await receiving.next_part(parts)
            head = first.head if first is not None else hub_pb2.BundleHead()
            reference = receiving.check_head(head)
            kept = await desk.ask(lambda: desk.store.known_bundle(agent, reference, head.sha256))
            if kept is None:
                kept = await self._receive(agent, reference, head, parts)
        finally:
            self._sending.discard(agent)
        return hub_pb2.BundleReceipt(reference=kept.reference, received_at=kept.received_at)

    async def _receive(
        self,
        agent: str,
        reference: str,
        head: hub_pb2.BundleHead,
        parts: AsyncIterator[hub_pb2.BundleChunk],
    ) -> Kept:
        desk = self._desk
        name = await receiving.receive(parts, head, desk.folder)
        new = Kept(reference, head.size, head.sha256, head.manifest, name, rfc3339(desk.now()))
        try:
            stored = await desk.ask(lambda: desk.store.keep_bundle(agent, new))
        except BaseException:
            receiving.remove(desk.folder, (name,))
            raise
        receiving.remove(desk.folder, stored.unneeded)
        _log.info("bundle %s of %s received, %d bytes", reference, agent, head.size)
        return stored.bundle

    async def _who(self, context: Context) -> str:
        """Give the agent whose certificate the peer shows; raises ``NotOursError``."""
        try:
            certificate = _shown(context)
        except ValueError:
            installation, serial = "", ""
        else:
            installation = common_name(certificate)
            serial = format(certificate.serial_number, "x")
        return await self._desk.ask(lambda: self._desk.store.agent_of(installation, serial))


def _shown(context: Context) -> x509.Certificate:
    """Give the certificate that the peer shows; raises ``ValueError``."""
    (pem,) = context.auth_context().get("x509_pem_cert", (b"",))
    return load_certificate(pem)
