"""HTML from the inside out: whatever is not made here is text, and is escaped."""

from __future__ import annotations

import html
import re
from typing import TypeAlias

_BAD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_VOID = frozenset({"br", "input"})


class Html(str):
    """A text that is HTML already; made by ``el`` and ``join`` alone."""

    __slots__ = ()


Part: TypeAlias = "Html | str | int | float | None"


def escape(part: Part) -> Html:
    """Give a part as HTML: a text is escaped, control and direction characters are left out."""
    if isinstance(part, Html):
        return part
    return Html("" if part is None else html.escape(_BAD.sub("", str(part))))


def join(*parts: Part) -> Html:
    """Put parts one after the other."""
    return Html("".join(map(escape, parts)))


def el(name: str, *parts: Part, **attributes: str | None) -> Html:
    """Make an element. Attributes: ``class_`` is "class", "_" is "-"; ``None`` leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*parts)}</{name}>")


def chip(word: str, tone: str) -> Html:
    """Make a chip: always a word, with a tone (good, accent, neutral, warning, error)."""
    return el("span", word, class_=f"chip {tone}")


def moment(at: str | None, otherwise: str = "never") -> Html:
    """Make a time that the page's script shows in the reader's own zone."""
    if not at:
        return el("span", otherwise, class_="muted")
    return el("time", at.replace("T", " ").replace("Z", " UTC"), datetime=at)
