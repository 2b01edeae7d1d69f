"""Characters that a person cannot see and that change what is seen: no text of a printer has them.

Marks that turn the direction of writing (Unicode TR 9), characters without width, fillers that
look like blanks, and tags. What writing needs stays: the joiners of Persian and of the scripts of
India stay where they join, selectors of variants stay, signs that are seen stay.
"""

from __future__ import annotations

import re
from typing import Final

# Right-to-left scripts that join (Arabic, Syriac, N'Ko ...), scripts of India and its neighbours.
_JOINING: Final = "\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18aa\ufb50-\ufdff\ufe70-\ufefc"
_TURNING: Final = "\u202a-\u202e\u2066-\u2069"
# Blank at sight, and no white space to Python: Hangul fillers, the empty Braille pattern.
_FILLING: Final = "\u115f\u1160\u3164\uffa0\u2800"
_WITHOUT_WIDTH: Final = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
    "\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_ALONE: Final = f"(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}])"
# What turns a terminal's colours and title (ECMA-48): "ESC [ 31 m", "ESC ] ... BEL", "ESC c".
_COMMANDS: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_TO_BLANK: Final = re.compile(f"[\\x00-\\x1f\\x7f-\\x9f{_TURNING}{_FILLING}\ud800-\udfff]+")
_TO_NOTHING: Final = re.compile(f"[{_WITHOUT_WIDTH}]+|{_ALONE}")
_EITHER: Final = re.compile(f"{_TO_BLANK.pattern}|{_TO_NOTHING.pattern}")


def has_marks(text: str) -> bool:
    """Whether ``text`` holds a control character or one of those that cannot be seen."""
    if text.isascii():
        return not text.isprintable()
    return _EITHER.search(text) is not None


def without_marks(text: str) -> str:
    """Give ``text`` without them: a blank where one parted words, nothing where it has no width.

    A terminal's commands go whole.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _COMMANDS.sub("", text)
    while (cleaned := _TO_NOTHING.sub("", _TO_BLANK.sub(" ", text))) != text:
        text = cleaned  # what was taken out may have parted a joiner from its letter
    return text
