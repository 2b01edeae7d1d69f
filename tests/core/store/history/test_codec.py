from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.history import Run
from core.store.history.codec import BadChunkError, alike, pack, unpack
from tests.support.runs import counters, levels, words

RAW = st.one_of(
    st.none(),
    st.tuples(st.text(max_size=8)),
    st.lists(st.integers(-(10**17), 10**17).map(str), max_size=4).map(tuple),
)


@given(
    st.one_of(counters(falls=True), levels, words),
    st.lists(RAW, min_size=12, max_size=12),
    st.randoms(use_true_random=False),
)
@settings(max_examples=120)
def test_what_is_packed_comes_out_again(runs, raw, dice) -> None:
    runs = [run._replace(raw=said) for run, said in zip(runs, raw, strict=False)]
    dice.shuffle(runs)  # two records of one printer: not by time
    assert unpack(pack(runs)) == runs
    assert unpack(pack(runs), raw=False) == [run._replace(raw=None) for run in runs]


@given(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=9))
@settings(max_examples=100)
def test_the_largest_counters(values) -> None:
    runs = [Run(1, 1, value) for value in values]
    assert unpack(pack(runs)) == runs


@given(st.integers(0, 100_000_000))
@settings(max_examples=120)
def test_a_level_keeps_its_six_digits(millionths) -> None:
    runs = [Run(5, 9, millionths / 1_000_000)]
    assert unpack(pack(runs)) == runs


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_are_a_chunk_or_a_named_error(data) -> None:
    try:
        runs = unpack(data)
    except BadChunkError:
        return
    assert unpack(pack(runs)) == runs or any(run.value == "" for run in runs)


@given(counters(), st.data())
@settings(max_examples=120)
def test_a_broken_chunk_is_a_named_error(runs, data) -> None:
    chunk = bytearray(pack(runs))
    place = data.draw(st.integers(0, len(chunk) - 1))
    chunk[place] ^= data.draw(st.integers(1, 255))
    cut = bytes(chunk[: data.draw(st.integers(0, len(chunk)))])
    for broken in (bytes(chunk), cut):
        try:
            unpack(broken)
        except BadChunkError:
            continue


def test_a_bomb_is_refused() -> None:
    import zlib

    bomb = b"\x80" + zlib.compress(bytes(64 * 1024 * 1024))
    with pytest.raises(BadChunkError):
        unpack(bomb)


def test_an_hour_of_a_counter_takes_a_few_bytes() -> None:
    runs = [Run(1_767_225_600 + h * 3600, 1_767_225_600 + h * 3600, h * 7, 1) for h in range(480)]
    assert len(pack(runs)) < 480 * 2


def test_kinds_are_cut_apart() -> None:
    runs = [Run(1, 1, None), Run(2, 2, 5), Run(3, 3, None), Run(4, 4, "x"), Run(5, 5, 2.5)]
    assert [len(part) for part in alike(runs)] == [3, 1, 1]
    assert [run for part in alike(runs) for run in unpack(pack(part))] == runs


def test_raw_values_of_which_some_are_texts() -> None:
    said = [("540", "900"), ("539", "900"), ("a", "\u00e9"), ("1",), ("538", "900", "0")]
    runs = [Run(n, n, float(n), 1, raw) for n, raw in enumerate(said)]
    assert unpack(pack(runs)) == runs
