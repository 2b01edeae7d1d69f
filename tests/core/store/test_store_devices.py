from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.model.evidence import Evidence
from core.model.identity import Endpoint
from core.model.problem import Problem
from core.model.provenance import Source
from core.store import Counts, StoreError
from tests.support.stored import at, finding, opened, reading

MAC = "00:17:c8:00:00:01"
SILENT = Problem("snmp_timeout", "No answer.", "Switch it on.")


async def test_a_finding_is_stored_as_it_was_found(tmp_path: Path) -> None:
    found = finding(vendor="HP", model="M", serial="S", mac=MAC, location="lobby", row=2)
    async with opened(tmp_path) as store:
        saved = await store.save_finding(found, at(5))
        assert saved.what == "found"
        device = saved.device
        assert device.identity == found.identity
        assert device.endpoint == found.endpoint
        assert device.evidence == found.evidence
        assert (device.first_seen, device.last_seen, device.device_index) == (at(5), at(5), 2)
        assert (device.provisional, device.managed) == (False, True)
        again = await store.save_finding(finding(vendor="HP", serial="S", row=2), at(6))
        assert again.what == "seen"
        assert again.device.key == device.key
        assert again.device.identity == found.identity
        assert (again.device.first_seen, again.device.last_seen) == (at(5), at(6))


async def test_a_printer_that_moved_keeps_key_and_history(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        first = await store.save_reading(reading("10.0.0.1", vendor="HP", serial="S"))
        moved = await store.save_finding(finding("10.0.0.9", vendor="HP", serial="S"), at(60))
        assert (moved.what, moved.device.key) == ("moved", first.device.key)
        assert moved.device.endpoint == Endpoint("10.0.0.9")
        assert (await store.readings(first.device.key)).total == 1
        assert (await store.managed())[0].endpoint == Endpoint("10.0.0.9")


async def test_another_printer_at_an_old_address_is_another_device(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        old = await store.save_reading(reading(vendor="HP", serial="S"))
        new = await store.save_reading(reading(vendor="HP", serial="T", seconds=60))
        assert (new.what, new.device.key == old.device.key) == ("found", False)
        kept = await store.device(old.device.key)
        assert kept is not None
        assert kept.device == old.device
        assert (await store.readings(old.device.key)).total == 1
        nameless = await store.save_finding(finding(vendor="HP"), at(120))
        assert nameless.device.key == new.device.key, "the place is the last one's who was there"


async def test_a_nameless_printer_is_provisional_until_it_names_itself(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        first = await store.save_reading(reading(row=1))
        other = await store.save_reading(reading(row=2))
        assert (first.device.provisional, other.device.provisional) == (True, True)
        named = await store.save_reading(reading(row=1, vendor="HP", serial="S", seconds=60))
        assert (named.device.key, named.device.provisional) == (first.device.key, False)
        assert (await store.readings(named.device.key)).total == 2
        assert await store.counts() == Counts(devices=2, readings=3, waiting=3, refused=0)


async def test_a_record_that_is_merged_leaves_history_evidence_and_its_key(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        real = await store.save_reading(reading("10.0.0.1", vendor="HP", serial="S", seconds=30))
        vague = await store.save_reading(reading("10.0.0.2", seconds=10, meters={"total": 7}))
        queued = {item.key: item for item in await store.outbox(10, 10**6)}
        await store.save_problem(vague.device.key, SILENT, at(40))
        merged = await store.save_finding(finding("10.0.0.2", vendor="HP", serial="S"), at(60))
        assert merged.device.key == real.device.key
        assert merged.device.first_seen == at(10)
        history = await store.readings(real.device.key)
        assert [r.taken_at for r in history.items] == [at(30), at(10)]
        assert {item.key: item for item in await store.outbox(10, 10**6)} == queued
        by_old_key = await store.device(vague.device.key)
        assert by_old_key == await store.device(real.device.key)
        assert by_old_key is not None
        assert by_old_key.latest is not None
        assert by_old_key.latest.taken_at == at(30)
        assert by_old_key.problem == SILENT
        await store.save_problem(vague.device.key, SILENT, at(70))
        assert (await store.counts()).devices == 1


async def test_evidence_of_a_source_is_replaced_by_its_newest(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        saved = await store.save_reading(reading(serial="S"))
        assert [e.source for e in saved.device.evidence] == [Source.SNMP]
        again = await store.save_finding(finding(serial="S"), at(1))
        assert again.device.evidence == finding().evidence
        after = await store.save_reading(reading(serial="S", seconds=2))
        assert after.device.evidence == finding().evidence


async def test_the_web_page_that_was_named_is_kept_with_its_evidence(tmp_path: Path) -> None:
    named = Evidence(Source.DNS_SD, "DNS-SD", "https://prn.local/start")
    found = replace(finding(serial="S"), evidence=(*finding().evidence, named))
    async with opened(tmp_path) as store:
        key = (await store.save_finding(found, at(0))).device.key
        await store.save_finding(finding(serial="S"), at(1))  # SNMP alone: the rest stays
        device = await store.device(key)
    assert device is not None
    assert [each.url for each in device.device.evidence] == [None, named.url]


async def test_how_it_was_reached_is_kept_where_a_visit_does_not_say(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.save_reading(
            reading(serial="S"), segment="office", version="2c", community_index=1
        )
        device = (await store.save_reading(reading(serial="S", seconds=1))).device
        assert (device.segment, device.version, device.community_index) == ("office", "2c", 1)


async def test_how_far_a_printer_is_belongs_to_its_address(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        far = replace(finding(serial="S"), hops=2)
        assert (await store.save_finding(far, at(0))).device.hops == 2
        assert (await store.save_reading(reading(serial="S", seconds=1))).device.hops == 2
        moved = await store.save_reading(reading("10.0.0.9", serial="S", seconds=2))
        assert moved.device.hops is None
        near = replace(finding("10.0.0.9", serial="S"), hops=0)
        assert (await store.save_finding(near, at(3))).device.hops == 0


async def test_a_problem_stands_until_the_next_good_reading(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        key = (await store.save_reading(reading(serial="S"))).device.key
        await store.save_problem(key, SILENT, at(60))
        shown = await store.device(key)
        assert shown is not None
        assert (shown.problem, shown.problem_at) == (SILENT, at(60))
        assert shown.latest is not None, "the last good reading stays in sight"
        await store.save_reading(reading(serial="S", seconds=120))
        shown = await store.device(key)
        assert shown is not None
        assert (shown.problem, shown.problem_at) == (None, None)


async def test_a_problem_of_nobody_is_refused(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        with pytest.raises(StoreError) as caught:
            await store.save_problem("nobody", SILENT, at(0))
        assert caught.value.problem.code == "unknown_device"
        assert await store.device("nobody") is None


async def test_the_list_comes_in_pages_ordered_by_key(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for number in range(7):
            await store.save_reading(reading(f"10.0.0.{number}", serial=f"S{number}"))
        keys: list[str] = []
        after, pages = "", 0
        while pages == 0 or after:
            page = await store.devices(after, 3)
            assert page.total == 7
            keys += [item.device.key for item in page.items]
            after, pages = page.next, pages + 1
        assert (pages, keys) == (3, sorted(keys))
        assert keys == [device.key for device in await store.managed()]
        assert len((await store.devices(limit=7)).items) == 7
        assert (await store.devices(limit=7)).next == ""
        assert len((await store.devices(limit=0)).items) == 1


async def test_an_empty_store_has_empty_lists(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        page = await store.devices()
        assert (page.items, page.next, page.total) == ((), "", 0)
        assert await store.managed() == ()
        assert (await store.readings("nobody")).items == ()
