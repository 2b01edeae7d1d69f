"""Words that are longer than a narrow pane is wide, such as the IDs printers tell of themselves."""

from __future__ import annotations

import re

#: As many letters fit beside a name in the narrowest pane.
LONGEST = 24
_BREAK = "\u200b"  # zero-width space: where a line may end (Unicode, UAX 14)
_LONG = re.compile(rf"\S{{{LONGEST + 1},}}")
_PART = re.compile(rf"[^,;:=]{{1,{LONGEST - 1}}}[,;:=]{{0,{LONGEST}}}|[,;:=]{{1,{LONGEST}}}")


def breakable(text: str) -> str:
    """Let lines end inside very long words: after punctuation, else wherever there is need."""
    return _LONG.sub(lambda word: _BREAK.join(_PART.findall(word.group())), text)
