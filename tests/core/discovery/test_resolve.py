from __future__ import annotations

import asyncio
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery import resolve as module
from core.discovery.errors import TargetError
from core.discovery.resolve import parse_all, resolve, system_resolver

NAMES = {
    "both.example": ["fd00::7", "10.0.0.7"],
    "six.example": ["fd00::8"],
    "odd.example": ["224.0.0.1"],
}


async def lookup(host):
    if host not in NAMES:
        raise socket.gaierror(-2, "Name or service not known")
    return NAMES[host]


async def build(targets, exclusions=(), port=161):
    wanted, barred = parse_all(targets, exclusions)
    return await resolve(wanted, barred, port=port, resolver=lookup)


async def texts(targets, exclusions=(), port=161):
    return [str(e) for e in (await build(targets, exclusions, port)).targets]


async def test_no_address_twice_and_the_default_port():
    assert await texts(["10.0.0.1-3", "10.0.0.2-4", "10.0.0.3:1161", "10.0.0.4:161"]) == [
        "10.0.0.1:161", "10.0.0.2:161", "10.0.0.3:161", "10.0.0.4:161", "10.0.0.3:1161",
    ]  # fmt: skip
    assert await texts(["10.0.0.1", "[fd00::1]:99", "fd00::1"], port=1161) == [
        "10.0.0.1:1161", "[fd00::1]:99", "[fd00::1]:1161",
    ]  # fmt: skip


async def test_exclusions_win_at_every_port_or_at_one():
    assert await texts(["10.0.0.1-2", "10.0.0.1-2:99"], ["10.0.0.1"]) == [
        "10.0.0.2:99", "10.0.0.2:161",
    ]  # fmt: skip
    assert await texts(["10.0.0.1-2", "10.0.0.1-2:99"], ["10.0.0.1:99"]) == [
        "10.0.0.2:99", "10.0.0.1:161", "10.0.0.2:161",
    ]  # fmt: skip
    assert await texts(["fd00::1", "[fd00::1]:99"], ["fd00::1"]) == []
    assert await texts(["fd00::1", "[fd00::1]:99"], ["[fd00::1]:99"]) == ["[fd00::1]:161"]


async def test_an_excluded_network_leaves_out_its_edges_too():
    assert len((await build(["10.0.0.0/16"], ["10.0.5.0/24"])).targets) == 65534 - 256
    assert len((await build(["10.0.0.0/16"], ["10.0.5.*"])).targets) == 65534 - 256


async def test_names():
    assert await texts(["both.example"]) == ["10.0.0.7:161"]
    assert await texts(["six.example:99"]) == ["[fd00::8]:99"]
    assert await texts(["10.0.0.0/28", "fd00::7"], ["both.example"]) == [
        f"10.0.0.{n}:161" for n in range(1, 15) if n != 7
    ]


async def test_a_name_without_an_address_is_told_and_the_rest_goes_on():
    found = await build(["nowhere.example:99", "odd.example", "10.0.0.1"])
    assert [str(e) for e in found.targets] == ["10.0.0.1:161"]
    assert [(u.host, u.port) for u in found.unresolved] == [
        ("nowhere.example", 99), ("odd.example", 161),
    ]  # fmt: skip
    assert "Name or service not known" in found.unresolved[0].reason
    assert "no address that can be asked" in found.unresolved[1].reason


async def test_an_exclusion_that_cannot_be_resolved_stops_the_search():
    with pytest.raises(TargetError, match=r"nowhere\.example.*cannot be left out"):
        await build(["10.0.0.1"], ["nowhere.example"])


async def test_the_default_port_may_not_print():
    with pytest.raises(TargetError, match="prints what it receives"):
        await build(["10.0.0.1"], port=9100)


async def test_a_resolver_that_hangs(monkeypatch):
    async def forever(host):
        await asyncio.Event().wait()

    monkeypatch.setattr(module, "_RESOLVE_TIMEOUT", 0.01)
    found = await resolve(parse_all(["a.example"], [])[0], resolver=forever)
    assert "not resolved within" in found.unresolved[0].reason


async def test_the_systems_resolver():
    assert "127.0.0.1" in await system_resolver("localhost")


last = st.integers(0, 30)
some = st.one_of(
    st.tuples(last, last).map(lambda v: f"10.0.0.{min(v)}-{max(v)}"),
    st.tuples(last, st.integers(24, 32)).map(lambda v: f"10.0.0.{v[0]}/{v[1]}"),
    last.map(lambda n: f"10.0.0.{n}:1161"),
    st.just("10.0.0.*"),
)


@given(st.lists(some, max_size=6), st.lists(some, max_size=6))
def test_count_is_enumeration_and_exclusions_win(targets, exclusions):
    wanted, barred = parse_all(targets, exclusions)
    found = asyncio.run(resolve(wanted, barred, resolver=lookup)).targets
    listed = list(found)
    assert len(listed) == len(set(listed)) == len(found)
    out = {
        (n, form.port)
        for form in barred
        for first, end in form.spans(whole=True)
        for n in range(first, end + 1)
    }
    asked = {
        (n, form.port or 161)
        for form in wanted
        for first, end in form.spans(whole=False)
        for n in range(first, end + 1)
    }
    expected = {(n, p) for n, p in asked if (n, None) not in out and (n, p) not in out}
    assert {(int(e.address.split(".")[3]) + (10 << 24), e.port) for e in listed} == expected
