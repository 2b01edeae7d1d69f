"""Over any run of visits: nothing raised twice before it is over, no exception, all of it kept."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.identity import Endpoint
from core.model.jsonio import from_json, to_json
from core.model.occurrence import Judged as Said
from core.model.occurrence import Occurrence, Seen
from core.model.reading import DeviceState, LevelState, Note, Reading, Status, Supply, SupplyKind
from core.model.rule import Custom, Rule, VolumeReached
from core.telemetry.rules.book import BUILTIN
from core.telemetry.rules.judge import judging
from core.telemetry.rules.memory import DeviceMemory, Limits
from tests.support.judged import DEVICE, Judged, rule
from tests.support.stored import at, reading

EVERY: tuple[Rule, ...] = (
    *BUILTIN,
    rule(VolumeReached(every=100), id="each"),
    rule(VolumeReached("mono", at=500), id="once"),
    rule(Custom("meters.total > 500 && size(levels) > 0"), id="own"),
    rule(Custom("previous.meters.total > meters.total"), id="own-previous"),
)
_levels = st.one_of(
    st.none(), st.sampled_from([0.0, 4.0, 9.0, 12.0, 20.0, 60.0, 100.0]), st.floats()
)
_supplies = st.builds(
    Supply,
    index=st.sampled_from(["1.1", "1.2", "1.3"]),
    kind=st.sampled_from(SupplyKind),
    color=st.sampled_from([None, "black", "cyan"]),
    description=st.none(),
    level_percent=_levels,
    state=st.sampled_from(LevelState),
    part=st.none(),
    serial=st.sampled_from([None, "A", "B"]),
)
_meters = st.dictionaries(
    st.sampled_from(["total", "mono", "color"]), st.integers(0, 2_000) | st.integers(0, 10**9)
)
_notes = st.sampled_from(
    [
        (),
        (Note("meters_disagree", "total is 9, but mono 4 + color 4 is 8."),),
        (Note("meters_disagree", "something else"), Note("life_differs", "x")),
    ]
)
_statuses = st.builds(
    Status,
    st.sampled_from(DeviceState),
    st.lists(st.sampled_from(["jammed", "no_paper", "low_paper"]), max_size=3).map(tuple),
)


def _taken(
    supplies: list[Supply], meters: dict[str, int], notes: tuple[Note, ...], status: Status
) -> Reading:
    taken = replace(reading(serial="S1"), supplies=tuple(supplies), meters=meters, status=status)
    return replace(taken, notes=notes)


_readings = st.builds(_taken, st.lists(_supplies, max_size=4), _meters, _notes, _statuses)
_visits = st.tuples(
    st.one_of(st.none(), _readings),
    st.sampled_from(["missed", "seen", "found", "moved", "reviewed"]),
    st.integers(-100_000, 5_000_000),
    st.sampled_from(["10.0.0.1", "10.0.0.2"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_visits, min_size=1, max_size=12))
def test_nothing_is_raised_twice_before_it_is_over(
    visits: list[tuple[Reading | None, str, int, str]],
) -> None:
    judged = Judged(*EVERY)
    standing: set[tuple[str, str]] = set()
    for taken, what, seconds, address in visits:
        if taken is not None and what in {"missed", "reviewed"}:
            what = "seen"  # noqa: PLW2901
        device = replace(DEVICE, endpoint=Endpoint(address))
        said = judged.visit(taken, what=what, after=seconds, device=device)
        for over in said.cleared:
            assert (over.rule, over.subject) in standing
            standing.remove((over.rule, over.subject))
        for item in said.raised:
            assert item.text
            assert (item.rule, item.subject) not in standing
            if item.lasting:
                standing.add((item.rule, item.subject))
        assert standing == {tuple(key.split("|", 1)) for key in said.memory.active}


_unknown = st.builds(
    Supply,
    index=st.sampled_from(["1.1", "1.2"]),
    kind=st.sampled_from(SupplyKind),
    color=st.sampled_from([None, "black"]),
    description=st.none(),
    # What a source may leave beside "unknown" is no level either.
    level_percent=st.sampled_from([None, 0.0, 5.0]),
    state=st.sampled_from([LevelState.SOME_REMAINING, LevelState.UNKNOWN, LevelState.UNLIMITED]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(_unknown, max_size=4), min_size=1, max_size=8))
def test_some_remaining_and_unknown_alone_raise_nothing(runs: list[list[Supply]]) -> None:
    judged = Judged(*BUILTIN)
    for supplies in runs:
        assert judged.visit(_taken(supplies, {}, (), Status(DeviceState.IDLE))).raised == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(_readings, min_size=1, max_size=5), st.text(max_size=40))
def test_what_is_remembered_survives_the_store(runs: list[Reading], junk: str) -> None:
    memory: str | None = junk  # written by another version: as if there were none
    judged = Judged(*EVERY)
    for number, taken in enumerate(runs):
        judge = judging(EVERY, at(3600 * (number + 1)), Limits(), replace(taken, taken_at=at()))
        said: Said = judge(Seen(DEVICE, "seen", memory))
        memory = said.memory
        known = judged.visit(taken)
        assert from_json(memory, DeviceMemory) == known.memory
        for item in said.raised:
            from_json(to_json(item), Occurrence)
