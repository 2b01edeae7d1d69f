"""Receives a bundle into a file: what an agent says of it is proved before it counts."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

from core.model.bundle import CHUNK, LARGEST_BUNDLE, LARGEST_MANIFEST, Manifest
from core.model.jsonio import from_json
from core.model.plain import plain
from core.model.problem import BadInputError
from core.model.reference import parse_reference
from hub.errors import HubInputError
from hub.failure import explain
from proto.platen.v1 import hub_pb2

FOLDER = "bundles"
#: An agent that sends nothing for so long, or is not done after so long, has gone (seconds).
PATIENCE, LONGEST = 60.0, 1_800.0
_LARGEST_CHUNK = 4 * CHUNK
_HASH = re.compile(r"[0-9a-f]{64}")
_UNFINISHED, _ABANDONED = ".unfinished-", 2 * LONGEST


def folder_of(data: Path) -> Path:
    """Give the folder of the bundles, made where it is not there; raises ``HubError``."""
    folder = data / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise explain(error, data) from None
    return folder


def check_head(head: hub_pb2.BundleHead) -> str:
    """Give the reference of a head that may be true; raises ``BadInputError``."""
    reference = parse_reference(head.reference)
    if not 0 < head.size <= LARGEST_BUNDLE:
        raise _bad("bundle_too_large", f"A bundle has 1 to {LARGEST_BUNDLE:,} bytes.")
    if not _HASH.fullmatch(head.sha256):
        raise _bad("bad_bundle", "The hash of the bundle is none.")
    if len(head.manifest.encode()) > LARGEST_MANIFEST:
        raise _bad("bad_bundle", "The manifest of the bundle is too large.")
    if from_json(head.manifest, Manifest).reference != reference:
        raise _bad("bad_bundle", "The manifest is of another bundle.")
    return reference


async def next_part(parts: AsyncIterator[hub_pb2.BundleChunk]) -> hub_pb2.BundleChunk | None:
    """Give what comes next, ``None`` at the end; raises ``HubInputError`` (``bundle_slow``)."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await anext(parts, None)
    except TimeoutError:
        raise _bad("bundle_slow", f"Nothing of the bundle came for {PATIENCE:g} s.") from None


async def receive(
    parts: AsyncIterator[hub_pb2.BundleChunk], head: hub_pb2.BundleHead, data: Path
) -> str:
    """Write what follows a head into a file, and give its name in the folder of bundles.

    It is there only if size and hash are those of the head. Raises ``PlatenError``.
    """
    folder = folder_of(data)
    name = f"{uuid.uuid4()}.zip"
    unfinished = folder / f"{_UNFINISHED}{name}"
    try:
        async with asyncio.timeout(LONGEST):
            await _write(parts, head, unfinished)
        unfinished.replace(folder / name)
    except TimeoutError:
        raise _bad("bundle_slow", "The bundle came too slowly.") from None
    except OSError as error:
        raise explain(error, data) from None
    finally:
        unfinished.unlink(missing_ok=True)
        _sweep(folder)
    return name


async def _write(
    parts: AsyncIterator[hub_pb2.BundleChunk], head: hub_pb2.BundleHead, path: Path
) -> None:
    told, size = hashlib.sha256(), 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        while (part := await next_part(parts)) is not None:
            size += len(part.data)
            if not 0 < len(part.data) <= _LARGEST_CHUNK:
                raise _bad("bad_bundle", "A part of the bundle is empty or too large.")
            if size > head.size:
                raise _bad("bad_bundle", "The bundle is longer than was said.")
            told.update(part.data)
            await asyncio.to_thread(file.write, part.data)
        if size < head.size:
            raise _bad("bad_bundle", f"The bundle ended after {size:,} of {head.size:,} bytes.")
        if told.hexdigest() != head.sha256:
            raise _bad("bad_bundle", "The bundle is not what its hash says: it was damaged.")
        file.flush()
        await asyncio.to_thread(os.fsync, file.fileno())


def _sweep(folder: Path) -> None:
    """Remove what a hub left that was killed in the middle of one."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        try:
            if path.stat().st_mtime < time.time() - _ABANDONED:
                path.unlink()
        except OSError:
            continue  # another process was quicker


def remove(data: Path, names: tuple[str, ...]) -> None:
    """Remove files that are no longer needed."""
    for name in names:
        (data / FOLDER / name).unlink(missing_ok=True)


def _bad(code: str, text: str) -> BadInputError:
    return HubInputError(code, plain(text), "Nothing of it was kept. Send it again.")
