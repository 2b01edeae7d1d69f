"""Bundles at a real hub: kept once, apart by customer, and nothing of one that lies."""

from __future__ import annotations

import asyncio
import hashlib
import json
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.model.bundle import BundleReady, Manifest
from core.model.jsonio import to_json
from core.model.problem import PlatenError
from core.model.reference import make_reference
from core.uplink.bundles import send_bundle
from core.uplink.connection import Enrolment
from core.uplink.line import Line
from hub import bundles, receiving
from hub.bundle_commands import the_one
from hub.errors import HubInputError
from hub.listening import Listening
from hub.serve import HubServer
from proto.platen.v1 import hub_pb2
from tests.support.hub import Hub, now
from tests.support.site import platen_hub

DATA = bytes(range(256)) * 1000


@dataclass
class Scene:
    hub: Hub
    folder: Path

    @property
    def files(self) -> list[Path]:
        return sorted((self.hub.folder / receiving.FOLDER).glob("*"))

    def listed(self) -> list[dict[str, Any]]:
        with self.hub.store() as store:
            return store.bundles()

    def bundle(self, seed: int, data: bytes = DATA) -> tuple[BundleReady, str]:
        reference = make_reference(Random(seed))
        path = self.folder / f"{seed}.zip"
        path.write_bytes(data)
        manifest = Manifest(1, reference, "2026-01-01T00:00:00Z", None, {}, ())
        return BundleReady(reference, str(path), len(data), ()), to_json(manifest)

    async def send(self, who: Enrolment, seed: int, data: bytes = DATA) -> str:
        bundle, manifest = self.bundle(seed, data)
        sent: list[int] = []
        done = await send_bundle(bundle, manifest, who, sent.append)
        assert done.reference == bundle.reference
        assert done.hub_name == "Dealer"
        return done.received_at


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    hub = Hub(folder / "hub")
    hub.make()
    server = HubServer(hub.folder, Listening("127.0.0.1:0", "127.0.0.1:0"), now)
    await server.start()
    hub.enrolment = server.enrolment_address
    try:
        yield Scene(hub, folder)
    finally:
        await server.stop()


async def test_a_bundle_is_kept_once_and_saved(tmp_path: Path) -> None:
    async with scene(tmp_path) as made:
        agent = await made.hub.enrolled(tmp_path / "a")
        first = await made.send(agent, 1)
        assert await made.send(agent, 1) == first
        (row,) = made.listed()
        assert (row["size"], row["customer"]) == (len(DATA), "Customer")
        assert row["sha256"] == hashlib.sha256(DATA).hexdigest()
        (file,) = made.files
        assert file.read_bytes() == DATA
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        with pytest.raises(PlatenError) as caught:
            await made.send(agent, 1, b"other")
        assert caught.value.problem.code == "bundle_reference_taken"
        assert len(made.files) == 1
    where = ("--data", str(made.hub.folder))
    told = json.loads(platen_hub("bundles", "--json", *where).stdout)
    assert told["reference"] == row["reference"]
    assert told["manifest"]["reference"] == row["reference"]
    target = tmp_path / "saved.zip"
    typed = row["reference"].lower().replace("-", "")
    assert platen_hub("bundles", "save", typed, str(target), *where).returncode == 0
    assert target.read_bytes() == DATA
    again = platen_hub("bundles", "save", typed, str(target), *where)
    assert again.returncode == 1  # never over a file that is there
    with pytest.raises(HubInputError):
        the_one([row], make_reference(Random(99)), None)
    with pytest.raises(HubInputError):
        the_one([row, row], row["reference"], None)
    assert the_one([row, row | {"customer": "X"}], row["reference"], "X")["customer"] == "X"


async def test_customers_are_apart_and_each_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "MOST_KEPT", 3)
    async with scene(tmp_path) as made:
        one = await made.hub.enrolled(tmp_path / "a", "One")
        other = await made.hub.enrolled(tmp_path / "b", "Other")
        await made.send(other, 1, b"of the other")
        for seed in range(1, 6):  # the same number at another customer is another bundle
            await made.send(one, seed)
        rows = made.listed()
        assert [row["customer"] for row in rows] == ["Other", "One", "One", "One"]
        assert len(made.files) == 4
        sizes = {path.stat().st_size for path in made.files}
        assert sizes == {len(DATA), len(b"of the other")}
    reference = make_reference(Random(3))
    told = [row["reference"] for row in made.listed()]
    assert reference in told
    assert make_reference(Random(2)) not in told


def _head(made: Scene, **changes: Any) -> hub_pb2.BundleHead:
    bundle, manifest = made.bundle(7)
    whole = {
        "reference": bundle.reference,
        "size": len(DATA),
        "sha256": hashlib.sha256(DATA).hexdigest(),
        "manifest": manifest,
    }
    return hub_pb2.BundleHead(**{**whole, **changes})


async def _parts(head: Any, *data: bytes) -> AsyncIterator[hub_pb2.BundleChunk]:
    if head is not None:
        yield hub_pb2.BundleChunk(head=head)
    for part in data:
        yield hub_pb2.BundleChunk(data=part)


HALF = DATA[: len(DATA) // 2]
LIES: dict[str, tuple[dict[str, Any], tuple[bytes, ...], str]] = {
    "another hash": ({"sha256": "0" * 64}, (DATA,), "bad_bundle"),
    "no hash": ({"sha256": "x"}, (DATA,), "bad_bundle"),
    "too short": ({}, (HALF,), "bad_bundle"),
    "nothing": ({}, (), "bad_bundle"),
    "too long": ({}, (DATA, b"x"), "bad_bundle"),
    "endless": ({}, (HALF,) * 500, "bad_bundle"),
    "an empty part": ({}, (HALF, b"", HALF), "bad_bundle"),
    "a part too large": ({"size": 600_000}, (b"x" * 300_000,) * 2, "bad_bundle"),
    "huge": ({"size": 65_000_000}, (DATA,), "bundle_too_large"),
    "empty": ({"size": 0}, (), "bundle_too_large"),
    "no number": ({"reference": "../../etc"}, (DATA,), "bad_reference"),
    "another's number": ({"reference": make_reference(Random(8))}, (DATA,), "bad_bundle"),
    "no manifest": ({"manifest": "{"}, (DATA,), "bad_json"),
    "a manifest too large": ({"manifest": "x" * 200_000}, (DATA,), "bad_bundle"),
}


async def test_one_that_lies_gets_words_and_leaves_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path) as made:
        line = Line(await made.hub.enrolled(tmp_path / "a"), 20)
        try:
            for name, (changes, data, code) in LIES.items():
                with pytest.raises(PlatenError) as caught:
                    await line.call("SendBundle", _parts(_head(made, **changes), *data))
                assert caught.value.problem.code == code, name
                assert made.files == [], name
            with pytest.raises(PlatenError):
                await line.call("SendBundle", _parts(None, DATA))
            assert made.listed() == []
            await line.call("SendBundle", _parts(_head(made), HALF, HALF))
            assert len(made.files) == len(made.listed()) == 1
        finally:
            await line.close()


async def test_one_that_is_slow_or_goes_away_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "PATIENCE", 0.2)
    async with scene(tmp_path) as made:
        line = Line(await made.hub.enrolled(tmp_path / "a"), 20)

        async def stalling() -> AsyncIterator[hub_pb2.BundleChunk]:
            yield hub_pb2.BundleChunk(head=_head(made))
            yield hub_pb2.BundleChunk(data=HALF)
            await asyncio.sleep(30)

        try:
            with pytest.raises(PlatenError) as caught:
                await line.call("SendBundle", stalling())
            assert caught.value.problem.code == "bundle_slow"
            with pytest.raises(PlatenError):  # the agent's own patience ends first
                await line.call("SendBundle", stalling(), patience=0.1)
        finally:
            await line.close()
        assert made.listed() == []
    assert made.files == []
