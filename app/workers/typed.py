"""What a person types as targets, taken apart."""

from __future__ import annotations

import re

_RANGE = re.compile(r"(?<=[0-9*])\s*[-\u2010-\u2014\u2212]\s*(?=[0-9*])")


def split_targets(text: str) -> tuple[str, ...]:
    """Split what was typed at commas, semicolons and white space; each target once, in order.

    Blanks around the dash of a range, and a dash that a word processor lengthened, are put right.
    """
    parts = _RANGE.sub("-", text).replace(",", " ").replace(";", " ").split()
    return tuple(dict.fromkeys(parts))
