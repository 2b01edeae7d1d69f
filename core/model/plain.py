"""Texts of others, made safe to show: on a terminal, in a log, in an error."""

from __future__ import annotations


def plain(text: str, most: int = 200) -> str:
    """Give at most ``most`` characters of ``text`` on one line.

    What does not print becomes "?": line breaks, the escape sequences of terminals, marks that
    turn the direction of writing.
    """
    return "".join(c if c.isprintable() else "?" for c in text[:most])
