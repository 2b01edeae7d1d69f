"""Own conditions: what they may say, what they cannot tell, and that none can hang or crash."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.problem import BadInputError
from core.model.rule import LONGEST_EXPRESSION
from core.telemetry.rules.expression import check_expression, evaluate
from core.telemetry.rules.fields import fields
from core.telemetry.rules.memory import Case, DeviceMemory, learn
from tests.support.judged import DEVICE, read, supply
from tests.support.need import ROOT

BEFORE = learn(DeviceMemory(), Case(DEVICE, "seen", "2026-01-01T00:00:00Z", read(total=90)))
FIELDS = fields(DEVICE, read(supply(8.0), supply(None, "unknown", index="1.2"), total=100), BEFORE)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("meters.total > 99", True),
        ("meters.total > 99.5", True),
        ("meters.total - previous.meters.total >= 20", False),
        ('status.state == "idle" && identity.vendor == "HP"', True),
        ('status.state in ["error", "offline"]', False),
        ('levels.exists(s, s.color == "black" && s.level_percent < 10)', True),
        ("levels.all(s, s.level_percent < 5)", False),
        ("supplies.exists(s, has(s.level_percent) && s.level_percent < 10)", True),
        ('"jammed" in status.conditions', False),
        ('device.address.startsWith("10.0.")', True),
        ("has(meters.fax) && meters.fax > 10", False),
        ("meters.fax > 10 || meters.total > 10", True),
        ("meters.fax > 10", None),
        ("meters.fax > 10 && meters.total > 10", None),
        ("supplies.all(s, s.level_percent > 1)", None),
        ("identity.location == 'x'", None),
        ("meters.total", None),
        ("meters.total / 0 > 1", None),
        ("identity.vendor > 5", None),
        ("meters.total + 9223372036854775807 > 0", None),
        ("nonsense(meters.total)", None),
    ],
)
def test_true_false_and_cannot_tell(expression: str, value: bool | None) -> None:
    check_expression(expression)
    verdict = evaluate(expression, FIELDS)
    assert verdict.value is value
    assert bool(verdict.why) is (value is None)


def test_what_is_not_known_is_named() -> None:
    assert evaluate("meters.fax > 10", FIELDS).why == "fax is not known of this printer."


@pytest.mark.parametrize(
    ("expression", "flaw"),
    [
        ("", "empty"),
        (" " * 20, "empty"),
        ("1 +", "parse"),
        ("meter.total > 1", "no field 'meter'"),
        ("supplies.exists(s, t.level_percent > 1)", "no field 't'"),
        ("identity.name.matches('(a+)+$')", "matches cannot be used"),
        ("[1].map(x, [x, x]) == []", "map cannot be used"),
        ("[1].exists(a, [1].exists(b, [1].exists(c, true)))", "too many"),
        ("(" * 13 + "true" + ")" * 13, "too many"),
        (" || ".join(["levels.exists(s, true)"] * 9), "too many"),
        ("'a\\'b' == ''", "backslashes"),
        ("true\n", "line breaks"),
        ("'''a''' == 'a'", "triple"),
        ("meters.total > 'a", "not closed"),
        ("true" + " " * LONGEST_EXPRESSION, "longer"),
    ],
)
def test_what_is_refused_before_it_is_saved(expression: str, flaw: str) -> None:
    with pytest.raises(BadInputError) as caught:
        check_expression(expression)
    assert caught.value.problem.code == "bad_expression"
    assert flaw in caught.value.problem.text
    assert evaluate(expression, FIELDS).value is None


def test_words_in_texts_are_only_texts() -> None:
    check_expression('identity.name == "matches map ((((((((((((((((((((((("')


_PIECES = [
    "meters.total", "supplies", "levels", ".exists(s, ", ".all(x, ", ".filter(y, ", ")", "(", "[",
    "]", "{", "}", "1", "'a'", '"', "'", " + ", " && ", " || ", "!", "-", "?", ":", ",", ".", "s",
    "size(", " in ", "r'", "b'", "//", "\\", "matches", "map", "1.5", "0x", "timestamp(",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
)
def test_any_text_is_evaluated_or_refused_with_a_reason(text: str) -> None:
    verdict = evaluate(text, FIELDS)
    assert verdict.value is not None or verdict.why


def _rows() -> list[dict[str, Any]]:
    return [{"index": str(n), "description": "x" * 200, "level_percent": 1.0} for n in range(64)]


@pytest.mark.parametrize(
    "expression",
    [
        "[" + ",".join(["1"] * 200) + "].exists(x, supplies.exists(y, x + 1 > 5 && y.index == ''))",
        "supplies.exists(x, supplies.exists(y, " + " + ".join(["x.description"] * 28) + " == ''))",
        "supplies.filter(x, true).filter(x, true).filter(x, true).exists(x, false)",
        " && ".join(["supplies.all(x, supplies.all(y, true))"] * 4),
        "1" + "+1" * 246 + " > 0",
    ],
)
def test_the_costliest_that_are_let_through_take_a_moment(expression: str) -> None:
    check_expression(expression)
    began = time.perf_counter()
    evaluate(expression, {"supplies": _rows()})
    assert time.perf_counter() - began < 1.0


_DEEP = """
import sys, threading
from core.telemetry.rules.expression import evaluate
threading.stack_size(512 * 1024)
for text in sys.argv[1:]:
    thread = threading.Thread(target=evaluate, args=(text, {"meters": {"total": 1}}))
    thread.start()
    thread.join()
print("alive")
"""


def test_the_deepest_fit_a_small_stack() -> None:
    """macOS gives a thread 512 KiB; an overflow there would end the agent."""
    deepest = [
        "(" * 12 + "1" + ")" * 12 + " > 0",
        "[" * 12 + "]" * 12 + " == []",
        "!" * 490 + "true",
        "-" * 490 + "1 > 0",
        "1" + "+1" * 240 + " > 0",
        "true?" * 60 + "true" + ":false" * 30,
        "meters" + ".total" * 80 + " > 0",
        "meters" + "[0]" * 160 + " > 0",
        "||".join(["true"] * 80),
        "size(" * 12 + "''" + ")" * 12 + " > 0",
        "{1:" * 12 + "1" + "}" * 12 + " == {}",
    ]
    done = subprocess.run(
        [sys.executable, "-c", _DEEP, *deepest],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "alive\n", done.stderr[-500:]
    assert threading.active_count() >= 1
