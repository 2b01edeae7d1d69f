"""A bundle as it is made: what is in it, within its bound, and the last ones kept."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import stat
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from core.border import Border, Pseudonyms
from core.model.bundle import BundleReady, Manifest
from core.model.jsonio import from_json
from core.model.problem import PlatenError
from core.settings.privacy import Privacy
from core.support.bundle import Contents, make_bundle
from core.support.shelf import find_bundle, manifest_of
from tests.support.sample_devices import summaries

OPEN = Border(Privacy(), Pseudonyms.passing())
MASKED = Border(
    Privacy(addresses="mask", macs="mask", hostnames="mask", locations="mask"),
    Pseudonyms.passing(),
)


async def devices() -> AsyncIterator[Sequence[object]]:
    for _ in range(3):
        yield summaries(20)


async def noise() -> AsyncIterator[Sequence[object]]:
    dice = Random(1)
    while True:
        yield [{"noise": dice.randbytes(5000).hex()}]


def contents(folder: Path, border: Border = OPEN, rows: object = devices) -> Contents:
    lists = (("devices.jsonl", "The printers", rows),)
    return Contents(folder, border, "0.1.0", None, lists)  # type: ignore[arg-type]


async def made(what: Contents, seed: int = 1, most: int = 50_000_000) -> BundleReady:
    return await make_bundle(
        what, lambda: datetime(2026, 1, 1, tzinfo=UTC), Random(seed), most=most
    )


def read(bundle: BundleReady) -> dict[str, bytes]:
    with ZipFile(bundle.path) as found:
        return {name: found.read(name) for name in found.namelist()}


def log(folder: Path, name: str, text: str) -> None:
    (folder / "logs").mkdir(exist_ok=True)
    (folder / "logs" / name).write_text(text)


async def test_the_manifest_says_what_is_in_it(tmp_path: Path) -> None:
    log(tmp_path, "agent.log", "a line\n")
    (tmp_path / "agent-hung.txt").write_text("Thread 0x1\n")
    (tmp_path / "settings.toml").write_text("[collection]\nretries = 1\n")
    bundle = await made(contents(tmp_path))
    entries = read(bundle)
    manifest = from_json(entries.pop("manifest.json"), Manifest)
    assert manifest.reference == bundle.reference
    assert manifest.files == bundle.files == find_bundle(tmp_path, bundle.reference).files
    assert {file.name for file in manifest.files} == set(entries)
    for file in manifest.files:
        assert (file.size, file.sha256) == (
            len(entries[file.name]),
            hashlib.sha256(entries[file.name]).hexdigest(),
        )
        assert file.what
    assert {"logs/agent.log", "agent-hung.txt", "settings.toml", "host.json"} <= set(entries)
    assert len(entries["devices.jsonl"].splitlines()) == 60
    assert manifest_of(bundle)
    found = await asyncio.to_thread(os.stat, bundle.path)
    assert found.st_size == bundle.size
    assert stat.S_IMODE(found.st_mode) == 0o600


async def test_what_is_hidden_is_hidden_in_what_was_written_before(tmp_path: Path) -> None:
    log(tmp_path, "agent.log", "at 10.9.8.7 (00:17:c8:12:34:56) community=c4nary\n")
    (tmp_path / "settings.toml").write_text(
        'hidden = ["10.9.8.0/24", "10.9.8.*", "10.9.*"]\n# password = "c4nary"\n'
    )
    entries = read(await made(contents(tmp_path, MASKED)))
    whole = b"\n".join(entries.values())
    for canary in (b"10.9.8", b"10.9.", b"00:17:c8", b"c4nary"):
        assert canary not in whole
    for one in summaries(20):
        assert one.device.endpoint.address.encode() not in whole
        mac = one.device.identity.mac
        assert mac is None or mac.encode() not in whole
    assert json.loads(entries["devices.jsonl"].splitlines()[0])["device"]["key"]


async def test_it_is_bounded_and_says_what_is_missing(tmp_path: Path) -> None:
    log(tmp_path, "agent.log", "the newest\n")
    log(tmp_path, "agent.log.1", "an older one\n")
    bundle = await made(contents(tmp_path, rows=noise), most=200_000)
    assert bundle.size < 260_000
    assert [text.split(":")[0] for text in bundle.left_out] == ["devices.jsonl", "logs/agent.log.1"]
    assert read(bundle)["logs/agent.log"] == b"the newest\n"
    assert from_json(read(bundle)["manifest.json"], Manifest).left_out == bundle.left_out


async def test_the_last_three_are_kept(tmp_path: Path) -> None:
    numbers = [(await made(contents(tmp_path), seed)).reference for seed in range(5)]
    names = {path.name for path in (tmp_path / "bundles").iterdir()}
    assert names == {f"platen-{number}.zip" for number in numbers[-3:]}
    with pytest.raises(PlatenError) as caught:
        find_bundle(tmp_path, numbers[0])
    assert caught.value.problem.code == "no_such_bundle"


async def test_a_disk_that_takes_nothing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.support.zip.os.fsync", full)
    with pytest.raises(PlatenError) as caught:
        await made(contents(tmp_path))
    assert caught.value.problem.code == "bundle_unwritable"
    assert list((tmp_path / "bundles").iterdir()) == []


async def test_settings_are_in_it_even_where_none_was_changed(tmp_path: Path) -> None:
    assert b"default" in read(await made(contents(tmp_path)))["settings.toml"]
