"""Makes the tables of docs/security.md from the model: what the hub is told, what is never asked.

python docs/make_security.py            writes the tables between their marks
"""

from __future__ import annotations

import dataclasses
import enum
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from core.border.body import IDENTITY, OURS, PLAIN
from core.ipp.deny import DENIED as NEVER_BY_IPP
from core.model.identity import Identity
from core.model.occurrence import DeliveredOccurrence
from core.model.outbox import DeliveredReading
from core.settings import Settings
from core.settings.shown import shown
from core.snmp.deny import DENIED as NEVER_BY_SNMP
from core.snmp.types import format_oid

PAGE = Path(__file__).resolve().parent / "security.md"
_END = "<!-- end -->"
_KEYS = {
    "mac": "privacy.macs",
    "uuid": "privacy.macs",
    "hostname": "privacy.hostnames",
    "location": "privacy.locations",
}


def told() -> str:
    """Give the table of all that the hub is told, a row a field."""
    lines = ["| of | field | form | hidden by |", "|---|---|---|---|"]
    for kind in _classes((DeliveredReading, DeliveredOccurrence)):
        hints = get_type_hints(kind)
        for field in dataclasses.fields(kind):
            form = _form(hints[field.name])
            row = (kind.__name__, field.name, form, _hidden(kind, field.name, form))
            lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def never() -> str:
    """Give the lists of what is never asked."""
    lines = ["| by | what | why |", "|---|---|---|"]
    lines += [f"| SNMP | `{format_oid(oid)}` | {why} |" for oid, why in NEVER_BY_SNMP.items()]
    for name, why in NEVER_BY_IPP.items():
        lines.append(f"| IPP | `{name}{'*' if name.endswith('-') else ''}` | {why} |")
    return "\n".join(lines)


def settings() -> str:
    """Give the settings that the hub may change, and how."""
    lines = ["| setting | the hub may |", "|---|---|"]
    for row in shown(Settings()):
        if "hub" in row.changed_by:
            lines.append(f"| `{row.path}` | change it |")
        elif "hub" in row.tightened_by:
            lines.append(f"| `{row.path}` | make it stricter |")
    return "\n".join(lines)


TABLES = {"told": told, "never": never, "settings": settings}


def page(text: str) -> str:
    """Give the page with its tables made anew."""
    for name, make in TABLES.items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(_END)
        if not end:
            raise ValueError(f"the page has no place for {name}")
        text = f"{before}{mark}{make()}\n{end}{after}"
    return text


def _classes(roots: tuple[type, ...]) -> Iterator[type]:
    """Give these classes and those inside them, each once."""
    waiting, seen = list(roots), set()
    while waiting:
        kind = waiting.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        yield kind
        for hint in get_type_hints(kind).values():
            waiting += [one for one in _leaves(hint) if dataclasses.is_dataclass(one)]


def _leaves(hint: Any) -> Iterator[Any]:
    arguments = get_args(hint)
    if not arguments:
        yield hint
    for one in arguments:
        yield from _leaves(one)


def _form(hint: Any) -> str:
    """Say in a few words what a field holds."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_form(one) for one in arguments))
    if origin is tuple:
        return f"list of {_form(arguments[0])}"
    if origin is dict:
        return f"{_form(arguments[1])}, by name"
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return "word"
    plain = {str: "text", int: "number", float: "number", bool: "yes or no", type(None): "unknown"}
    return plain.get(hint) or getattr(hint, "__name__", str(hint))


def _hidden(kind: type, name: str, form: str) -> str:
    if kind is Identity and name in IDENTITY:
        return f"`{_KEYS[IDENTITY[name]]}`"
    if name == "address":
        return "`privacy.addresses`"
    if "text" not in form or name in OURS:
        return "not needed"
    if kind is Identity and name in PLAIN:
        return "known names and places in it"
    return "whatever hidden thing stands in it"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
