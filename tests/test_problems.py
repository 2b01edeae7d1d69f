"""Every problem that stands in the source says what to do, and is short enough to be read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.need import ROOT

#: Of a command's own words, which stand on standard error beside what was typed.
_COMMANDS = "app/commands/"
_LONGEST = 260


@dataclass(frozen=True)
class Named:
    """A problem as it is made in the source; ``None`` for a text that is put together there."""

    place: str
    code: str
    text: str | None
    remedy: str | None
    has_remedy: bool


def problems() -> Iterator[Named]:
    """Give every call that makes a problem with a code written out."""
    for base in ("core", "app"):
        for path in sorted((ROOT / base).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(call, ast.Call) and (found := _named(path, call)) is not None:
                    yield found


def _named(path: Path, call: ast.Call) -> Named | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name not in {"Problem", "PlatenError", "BadInputError", "RefusedError"}:
        return None
    given = [*call.args, *(k.value for k in call.keywords if k.arg == "remedy")]
    code = _text(given[0]) if given else None
    if code is None:
        return None
    remedy = given[2] if len(given) > 2 else None
    return Named(
        f"{path.relative_to(ROOT).as_posix()}:{call.lineno}",
        code,
        _text(given[1]) if len(given) > 1 else None,
        _text(remedy) if remedy is not None else None,
        remedy is not None and _text(remedy) != "",
    )


def _text(node: ast.expr) -> str | None:
    return str(node.value) if isinstance(node, ast.Constant) else None


def test_each_says_what_to_do() -> None:
    found = list(problems())
    assert len(found) > 100
    silent = [each for each in found if not each.has_remedy]
    assert [f"{s.place} {s.code}" for s in silent if not s.place.startswith(_COMMANDS)] == []


def test_each_can_be_read_at_a_glance() -> None:
    for each in problems():
        for words in (each.text, each.remedy):
            assert words is None or len(words) <= _LONGEST, f"{each.place}: {words}"


def test_codes_are_words_for_programs() -> None:
    for each in problems():
        assert each.code.isidentifier(), each.place
        assert each.code == each.code.lower(), each.place
