"""Each operating system gets its backend; macOS has CUPS alone."""

from __future__ import annotations

import sys

import pytest

from core.discovery.local.backend import local_printers
from core.discovery.local.errors import LocalPortError
from core.discovery.local.macos import MacLocalPrinters
from core.discovery.local.null import NullLocalPrinters
from core.model.problem import Problem
from tests.support.cupsd import Cupsd, cupsd, run_cupsd
from tests.support.usb_tree import KYOCERA_ID

__all__ = ["cupsd"]
URI = "usb://Kyocera/ECOSYS%20P3155dn?serial=R4B1972571"


@pytest.mark.parametrize(
    ("platform", "name"), [("linux", "linux"), ("darwin", "macos"), ("sunos5", "null")]
)
def test_the_choice(monkeypatch: pytest.MonkeyPatch, platform: str, name: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert local_printers().name == name


async def test_macos(cupsd: Cupsd) -> None:
    cupsd.add("desk", URI)
    cupsd.lists(f'direct {URI} "K" "K" "{KYOCERA_ID}" ""')
    backend = MacLocalPrinters(cups=cupsd.cups())
    (found,) = await backend.printers()
    assert (found.device_id, [queue.name for queue in found.queues]) == (KYOCERA_ID, ["desk"])
    with pytest.raises(LocalPortError):
        await backend.counters(found)
    with pytest.raises(LocalPortError):
        await NullLocalPrinters().counters(found)


async def test_macos_where_only_administrators_may_look() -> None:
    told: list[Problem] = []
    with run_cupsd(devices_denied=True) as server:
        server.add("desk", URI)
        (found,) = await MacLocalPrinters(told.append, cups=server.cups()).printers()
    assert found.identity.serial == "R4B1972571"
    assert [problem.code for problem in told] == ["cups_denied"]


async def test_the_null_backend() -> None:
    assert await NullLocalPrinters().printers() == ()
