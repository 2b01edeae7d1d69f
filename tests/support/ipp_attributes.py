"""Attributes of an IPP printer, written in a line."""

from __future__ import annotations

from core.ipp.attributes import Attributes
from core.ipp.types import Tag, Value

Given = str | int | bool | bytes | dict[str, int] | None


def value(given: Given) -> Value:
    """One value by its Python type; ``None`` is "no-value", a mapping a collection of numbers."""
    match given:
        case None:
            return Value(Tag.NO_VALUE, None)
        case bool():
            return Value(Tag.BOOLEAN, given)
        case int():
            return Value(Tag.INTEGER, given)
        case bytes():
            return Value(Tag.OCTET_STRING, given)
        case dict():
            members = {name: (value(number),) for name, number in given.items()}
            return Value(Tag.BEGIN_COLLECTION, members)
        case _:
            return Value(Tag.TEXT, given)


def values(given: Given | list[Given]) -> tuple[Value, ...]:
    """One or several values of an attribute."""
    return tuple(value(one) for one in (given if isinstance(given, list) else [given]))


def attributes(**given: Given | list[Given]) -> Attributes:
    """Make the attributes of a printer ("_" stands for "-")."""
    return Attributes({name.replace("_", "-"): values(one) for name, one in given.items()})
