"""Own conditions in the Common Expression Language: checked, bounded, and evaluated.

CEL has no input, output, loops or assignments. What could still make an expression costly is left
out before the library sees it: regular expressions (``matches``), lists made anew (``map``, which
can double a list again and again), more than two ``exists`` within each other, deep brackets. What
is left takes time bounded by the expression's length and the lists of one reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from core.model.problem import BadInputError
from core.model.rule import LONGEST_EXPRESSION
from core.telemetry.rules.fields import NAMES

_DEEPEST = 12
_MOST_WITHIN = 2
_MOST_LISTS = 8
_MACROS = frozenset({"all", "exists", "exists_one", "filter"})
_LEFT_OUT = frozenset({"matches", "map"})
_PART = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|(?P<word>[A-Za-z_]\w*)"""
    r"""|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<quote>["'`])|(?P<other>.)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition says: true, false, or ``None`` where it cannot tell, and why."""

    value: bool | None
    why: str = ""


def check_expression(text: str) -> None:
    """Raise ``BadInputError`` (``bad_expression``) for what is no condition, or not a safe one."""
    program(text)


def evaluate(text: str, fields: Mapping[str, Any]) -> Verdict:
    """Say whether a condition holds; never raises."""
    try:
        value = program(text).execute(dict(fields))
    except BadInputError as error:
        return Verdict(None, error.problem.text)
    except KeyError as error:
        name = str(error.args[0] if error.args else error).removeprefix("No such key: ")
        return Verdict(None, f"{name[:60]} is not known of this printer.")
    except Exception as error:  # noqa: BLE001 - whatever an expression makes of the fields
        return Verdict(None, _short(error))
    except BaseException as error:
        # A fault in the library (a panic) is no reason to end; an interruption is.
        if type(error).__name__ != "PanicException":
            raise
        return Verdict(None, "The condition cannot be evaluated.")
    if isinstance(value, bool):
        return Verdict(value)
    return Verdict(None, f"The condition gives {type(value).__name__}, not true or false.")


@lru_cache(maxsize=256)
def program(text: str) -> Any:
    """Compile a condition; raises ``BadInputError`` for what is none, or not a safe one."""
    bound = _look_through(text)
    # Only who has a condition of his own pays for it: the package loads its own command line.
    import cel  # noqa: PLC0415

    try:
        compiled = cel.compile(text)
        strange = sorted(set(compiled.variables()) - NAMES - bound)
    except Exception as error:  # noqa: BLE001 - whatever the parser says
        raise bad(_short(error)) from None
    if strange:
        names = sorted(NAMES)
        near = get_close_matches(strange[0], names, 1, 0.5)
        said = f"; did you mean {near[0]}?" if near else "."
        raise bad(f"there is no field {strange[0][:40]!r}{said} There is: {', '.join(names)}")
    return compiled


def _look_through(text: str) -> frozenset[str]:
    """Give the names that an expression makes itself; raise ``BadInputError`` for a costly one."""
    if not text.strip() or len(text) > LONGEST_EXPRESSION:
        raise bad(f"it is empty, or longer than {LONGEST_EXPRESSION} characters")
    if not text.isprintable() or "\\" in text or '"""' in text or "'''" in text:
        # So that a text in it ends where we see it end, for the library too.
        raise bad("line breaks, backslashes, triple quotes and invisible signs cannot be used here")
    brackets: list[bool] = []  # which are those of a macro
    bound: set[str] = set()
    lists, before = 0, ("", "")
    for kind, part in _parts(text):
        if kind == "quote":
            raise bad("a quote is opened and not closed")
        if kind == "word" and part in _LEFT_OUT:
            raise bad(f"{part} cannot be used here: it could take too long")
        if kind == "word" and before == ("open", "(") and brackets[-1]:
            bound.add(part)
        if kind == "open":
            brackets.append(part == "(" and before[1] in _MACROS)
            lists += brackets[-1]
            if len(brackets) > _DEEPEST or sum(brackets) > _MOST_WITHIN or lists > _MOST_LISTS:
                raise bad("it has too many brackets or lists within each other")
        elif kind == "close" and brackets:
            brackets.pop()
        before = (kind, part)
    return frozenset(bound)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for found in _PART.finditer(text):
        kind = found.lastgroup or ""
        if not found[0].isspace():
            yield kind, found[0]


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def bad(flaw: str) -> BadInputError:
    """Make the refusal of a condition (``bad_expression``)."""
    return BadInputError(
        "bad_expression",
        f"This condition cannot be used: {flaw}.",
        "See docs/alerts.md for what a condition may say.",
    )
