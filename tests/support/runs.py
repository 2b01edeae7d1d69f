"""Made-up histories: runs of a counter, of a level, of words."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from core.model.history import Run

BEGIN = 1_767_225_600  # 2026-01-01T00:00:00Z

times = st.integers(BEGIN, BEGIN + 40 * 86_400)


def runs_of(values: st.SearchStrategy[Any], most: int = 24) -> st.SearchStrategy[list[Run]]:
    """Give runs by time, each with any of the values."""

    def build(drawn: list[tuple[int, int, Any, int]]) -> list[Run]:
        at, made = BEGIN, []
        for wait, lasts, value, origin in drawn:
            at += wait
            made.append(Run(at, at + lasts, value, origin))
            at += lasts
        return made

    one = st.tuples(
        st.integers(1, 40_000), st.sampled_from((0, 0, 3600, 90_000)), values, st.integers(0, 3)
    )
    return st.lists(one, max_size=most).map(build)


@st.composite
def counters(draw: st.DrawFn, *, falls: bool = False) -> list[Run]:
    """Give a counter's runs; without falls it only rises."""
    made = draw(runs_of(st.integers(0, 500)))
    total, runs = draw(st.integers(0, 10**9)), []
    for run in made:
        assert isinstance(run.value, int)
        total += run.value
        if falls and run.value % 50 == 7:
            total //= 20 if run.value % 2 else 2
        runs.append(run._replace(value=total))
    return runs


levels = runs_of(st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10)))
words = runs_of(st.sampled_from((None, "", "ok", "low", "SN 1", "ü✓")))
