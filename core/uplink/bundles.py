"""Sends a bundle to the hub: streamed in chunks, its hash with it, once for each reference."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from core.model.bundle import CHUNK, BundleReady, BundleSent
from core.model.plain import plain
from core.model.problem import PlatenError
from core.uplink.connection import Enrolment
from core.uplink.errors import UplinkError
from core.uplink.line import Line
from proto.platen.v1 import hub_pb2

#: Seconds for the whole of it: 50 MB on a line of 256 kbit/s.
PATIENCE = 1_700.0


async def send_bundle(
    bundle: BundleReady,
    manifest: str,
    enrolment: Enrolment,
    sent: Callable[[int], None],
    line: Line | None = None,
) -> BundleSent:
    """Send a bundle and give the hub's receipt; ``sent`` hears how many bytes have gone out.

    On a line of its own: delivery goes on meanwhile. Raises ``PlatenError``.
    """
    path = Path(bundle.path)
    own = line or Line(enrolment)
    try:
        head = hub_pb2.BundleHead(
            reference=bundle.reference,
            size=bundle.size,
            sha256=await asyncio.to_thread(_hash, path),
            manifest=manifest,
        )
        answer = await own.call("SendBundle", _chunks(head, path, sent), patience=PATIENCE)
    except OSError as error:
        raise PlatenError(
            "bundle_unreadable",
            f"The bundle {path} cannot be read: {error.strerror or error}.",
            "Make a new one.",
        ) from None
    finally:
        await own.close()
    if answer.reference != bundle.reference:
        raise UplinkError(
            "hub_answer_bad", "The hub's answer is of another bundle.", "Tell the dealer."
        )
    return BundleSent(bundle.reference, enrolment.hub_name, plain(answer.received_at, 40))


async def _chunks(
    head: hub_pb2.BundleHead, path: Path, sent: Callable[[int], None]
) -> AsyncIterator[hub_pb2.BundleChunk]:
    yield hub_pb2.BundleChunk(head=head)
    done = 0
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            yield hub_pb2.BundleChunk(data=data)
            done += len(data)
            sent(done)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
