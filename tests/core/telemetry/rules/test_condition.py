"""A condition that could never say yes is refused, and the right name is told."""

from __future__ import annotations

import pytest

from core.model.problem import BadInputError
from core.telemetry.rules.condition import check_condition


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("meters.totl > 5", "meters.total"),
        ("meters.total > previous.meters.totl", "meters.total"),
        ("identity.vendr == 'HP'", "identity.vendor"),
        ("status.stat == 'idle'", "status.state"),
        ("previous.metres.total > 5", "previous.meters"),
        ("nope(1)", "nope"),
        ("nope(meters.total)", "nope"),
        ("meters.total > 5 || meters.total.nope()", "nope"),
        ("1", "nothing of a printer"),
        ("true", "nothing of a printer"),
        ("meters.total", "not true or false"),
        ("meters.total > 'a'", "a number and a text"),
        ("levels.exists(s, s.kin == 'toner')", "did you mean kind? There is: color"),
        ("trays.all(t, t.stat == 'empty')", "did you mean state?"),
        ("meters['totl'] > 5", "did you mean total?"),
        ("status.stat == 'idle'", "There is: conditions, display, state."),
        ("previous.levels.exists(s, s.serial == 'x')", "there is no serial"),
        ("'meters.total'", "nothing of a printer"),
    ],
)
def test_what_never_fires_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadInputError) as caught:
        check_condition(text)
    assert says in caught.value.problem.text


@pytest.mark.parametrize(
    "text",
    [
        "meters.color - previous.meters.color > 5000",
        'levels.exists(s, s.kind == "toner" && s.level_percent < 15) && status.state != "error"',
        '"low_paper" in status.conditions && identity.location.startsWith("Ward")',
        'trays.all(t, t.state == "empty")',
        "has(meters.fax) && meters.fax > 10",
        "size(supplies) > 2 && engine_life.value > 5",
        "device.hops > 1",
        'identity.model == "meters.totl"',
        "supplies.exists(s, has(s.serial) && s.serial.contains('x'))",
        "int(meters.total) > 5",
    ],
)
def test_what_may_fire_is_taken(text: str) -> None:
    check_condition(text)
