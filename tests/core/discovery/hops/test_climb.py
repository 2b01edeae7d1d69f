"""Paths of every length, with routers that say nothing and hosts that do not answer."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.hops.climb import climb
from core.discovery.hops.distance import FARTHEST, How
from core.discovery.hops.word import Kind, Word

TOP = FARTHEST + 1


@dataclass
class Path:
    """A path of ``hops`` routers, numbered from 1; those in ``mute`` send no ICMP.

    ``initial`` is what the host sends with (``None``: the system does not tell), ``back`` how many
    routers are on the way back.
    """

    hops: int
    mute: frozenset[int] = frozenset()
    alive: bool = True
    initial: int | None = 64
    back: int | None = None
    missing: Word | None = None
    deaf_once: bool = False
    asked: list[int] = field(default_factory=list)

    async def ask(self, ttl: int, wait: float) -> Word:
        self.asked.append(ttl)
        assert wait > 0 < ttl <= TOP
        if self.deaf_once and self.asked.count(ttl) == 1:
            return Word(Kind.SILENCE)
        if ttl <= self.hops:
            silent = ttl in self.mute
            return Word(Kind.SILENCE) if silent else Word(Kind.EXPIRED, f"r{ttl}", seconds=0.01)
        if not self.alive:
            return self.missing or Word(Kind.SILENCE)
        back = self.hops if self.back is None else self.back
        left = None if self.initial is None else self.initial - back
        return Word(Kind.ANSWER, ttl=left, seconds=0.01)


paths = st.builds(
    Path,
    hops=st.integers(0, FARTHEST),
    mute=st.frozensets(st.integers(1, FARTHEST)),
    initial=st.sampled_from([None, 60, 64, 128, 255]),
    back=st.one_of(st.none(), st.integers(0, FARTHEST)),
    deaf_once=st.booleans(),
)


@given(paths)
async def test_the_distance_of_a_host_that_answers_is_always_found(path: Path) -> None:
    found = await climb(path.ask, TOP, 1.0)
    assert (found.hops, found.at_least) == (path.hops, False)
    assert len(path.asked) <= 16
    heard = path.hops and path.hops not in path.mute
    if heard:
        assert f"router r{path.hops}" in found.detail


@given(paths, st.integers(0, FARTHEST))
async def test_nothing_is_sent_farther_than_is_allowed(path: Path, limit: int) -> None:
    found = await climb(path.ask, limit + 1, 1.0)
    assert max(path.asked) <= limit + 1
    if path.hops <= limit:
        assert found.hops == path.hops
    else:
        assert found.hops is None or found.at_least


@pytest.mark.parametrize("hops", range(1, 8))
async def test_three_questions_do_where_all_speak(hops: int) -> None:
    path = Path(hops)
    found = await climb(path.ask, TOP, 1.0)
    assert sorted(path.asked) == [hops, hops + 1, TOP]
    assert found.how is How.PROBE


async def test_routers_that_say_nothing_leave_the_answer_s_own_time_to_live() -> None:
    found = await climb(Path(3, frozenset({1, 2, 3})).ask, TOP, 1.0)
    assert (found.hops, found.how) == (3, How.TTL)
    assert "the answer came with a TTL of 61 out of 64" in found.detail


async def test_an_answer_by_another_way_does_not_mislead() -> None:
    found = await climb(Path(3, frozenset({1, 2, 3}), back=5).ask, TOP, 1.0)
    assert (found.hops, found.how) == (3, How.PROBE)
    assert "answers where 3 may be crossed, not where 2 may" in found.detail


async def test_of_a_silent_address_the_last_router_is_known() -> None:
    path = Path(2, alive=False)
    found = await climb(path.ask, TOP, 1.0)
    assert (found.hops, found.how, found.at_least) == (2, How.PROBE, True)
    assert "router r2 is the last that was heard of" in found.detail
    assert len(path.asked) <= 8


async def test_a_router_that_finds_nobody_is_the_last_one() -> None:
    path = Path(2, alive=False, missing=Word(Kind.NO_HOST, "r2"))
    found = await climb(path.ask, TOP, 1.0)
    assert (found.hops, found.at_least) == (2, False)
    other = Path(2, alive=False, missing=Word(Kind.NO_WAY, "r2"))
    assert (await climb(other.ask, TOP, 1.0)).at_least


async def test_of_nothing_nothing_is_known() -> None:
    found = await climb(Path(3, frozenset({1, 2, 3}), alive=False).ask, TOP, 1.0)
    assert (found.hops, found.how) == (None, How.UNKNOWN)

    async def no_route(ttl: int, wait: float) -> Word:
        assert (ttl, wait) == (TOP, 1.0)
        return Word(Kind.NOT_SENT, "Network is unreachable")

    found = await climb(no_route, TOP, 1.0)
    assert (found.hops, found.detail) == (None, "could not be asked: Network is unreachable")


async def test_a_long_way_to_nobody_ends() -> None:
    path = Path(29, alive=False)
    found = await climb(path.ask, TOP, 1.0)
    assert (found.hops, found.at_least) == (29, True)
    assert len(path.asked) <= 2 + TOP + 4
