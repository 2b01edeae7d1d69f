"""JSON in and out for the dataclasses of ``core.model``.

Unknown keys are ignored, so that an older program can read what a newer one wrote; a missing or
wrongly typed key is a ``BadInputError`` that names the path.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from core.model.problem import BadInputError

T = TypeVar("T")


def to_json(value: Any) -> str:
    """Write a dataclass (or a list or mapping of them) as compact JSON text."""
    return msgspec.json.encode(value).decode()


def to_builtins(value: Any) -> Any:
    """Turn a dataclass into the dicts, lists and scalars that its JSON would hold."""
    return msgspec.to_builtins(value)


def from_json(text: str | bytes, kind: type[T]) -> T:
    """Read ``kind`` from JSON text; raises ``BadInputError`` (code ``bad_json``)."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _bad(kind, error) from None


def from_builtins(data: Any, kind: type[T]) -> T:
    """Read ``kind`` from dicts, lists and scalars; raises ``BadInputError``."""
    try:
        return msgspec.convert(data, kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _bad(kind, error) from None


def _bad(kind: type[Any], error: Exception) -> BadInputError:
    # msgspec's texts name the type expected and the path, never the value found: no secret leaks.
    name = getattr(kind, "__name__", str(kind))
    return BadInputError("bad_json", f"not a valid {name}: {error}", "Check the JSON text.")
