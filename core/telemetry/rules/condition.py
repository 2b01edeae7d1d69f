"""Whether an own condition can ever say yes: its names are known, and it gives true or false."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Final

from core.model.problem import BadInputError
from core.telemetry.rules.expression import bad, check_expression, program
from core.telemetry.rules.sample import SAMPLE, names_within

_TEXT: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_PATH: Final = re.compile(
    r"(?<![\w.])([a-z_]+)\s*\.\s*([A-Za-z_]\w*)(?:\s*\.\s*([A-Za-z_]\w*))?(\s*\()?"
)
#: What has fields by itself, and is no list of rows.
_WHOLE: Final = frozenset(name for name, held in SAMPLE.items() if isinstance(held, dict))

#: Of the language, what is of use here.
_FUNCTIONS: Final = frozenset(
    {
        "size", "contains", "startsWith", "endsWith", "string", "int", "uint", "double", "bytes",
        "min", "max", "has", "all", "exists", "exists_one", "filter", "duration", "timestamp",
        "getFullYear", "getMonth", "getDayOfYear", "getDayOfMonth", "getDate", "getDayOfWeek",
        "getHours", "getMinutes", "getSeconds", "getMilliseconds",
    }
)  # fmt: skip


def check_condition(text: str) -> None:
    """Raise ``BadInputError`` (``bad_expression``) for what can never say yes."""
    check_expression(text)
    for root, name in _paths(_TEXT.sub('""', text)):
        if name not in names_within(root):
            raise _unknown(f"{root}.{name}", names_within(root), f"{root}.")
    compiled = program(text)
    for name in compiled.functions():
        if name.isidentifier() and name not in _FUNCTIONS:
            raise _unknown(f"function {name}", _FUNCTIONS, "function ")
    if not compiled.variables():
        raise bad("it asks for nothing of a printer, and is always the same")
    value = _tried(compiled)
    if not isinstance(value, bool):
        raise bad(f"it gives {type(value).__name__}, not true or false")


def _tried(compiled: Any) -> Any:
    """Give what it says of a printer of which all is known, true where that cannot be told."""
    try:
        return compiled.execute(dict(SAMPLE))
    except KeyError as error:
        # All that can be known is known of that printer.
        name = str(error.args[0] if error.args else "").removeprefix("No such key: ")
        raise _unknown(name, _near(compiled.variables()) - {name}, "") from None
    except TypeError:
        raise bad(
            "it compares or adds two things of different kinds, such as a number and a text"
        ) from None
    except Exception:  # noqa: BLE001 - of a printer that is no sample it may well be able to tell
        return True


def _near(roots: Iterable[str]) -> frozenset[str]:
    """Give the fields of what a condition names, and of the rows of the reading before."""
    found = {name for root in roots for name in names_within(root)}
    if "previous" in roots:
        found |= names_within("previous.levels")
    return frozenset(found)


def _paths(text: str) -> Iterator[tuple[str, str]]:
    """Give what is asked of the roots: ("meters", "total") for previous.meters.total, too."""
    for root, name, inner, called in _PATH.findall(text):
        if root not in _WHOLE or (called and not inner):
            continue
        yield root, name
        if root == "previous" and name == "meters" and inner and not called:
            yield "meters", inner


def _unknown(path: str, known: Iterable[str], root: str) -> BadInputError:
    names = sorted(known)
    near = get_close_matches(path.removeprefix(root), names, 1, 0.5)
    said = f"; did you mean {root}{near[0]}?" if near else "."
    return bad(f"there is no {path[:60]}{said} There is: {', '.join(names)}")
