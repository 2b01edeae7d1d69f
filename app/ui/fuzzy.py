"""How well a few typed letters fit a text."""

from __future__ import annotations

_WHOLE, _START, _WORD, _INSIDE, _LETTERS, _HIDDEN = 100.0, 80.0, 60.0, 40.0, 20.0, 10.0


def score(typed: str, text: str, words: str = "") -> float:
    """Say how well ``typed`` fits: 0 is not at all.

    Every word typed must fit ``text``, from best to least: the whole, its start, the start of one
    of its words, inside of it, its letters in this order ("sdn" in "scan down"); or stand in
    ``words``, which counts least.
    """
    needles = typed.casefold().split()
    shown, hidden = text.casefold(), words.casefold()
    if not needles:
        return 0.0
    if shown == " ".join(needles):
        return _WHOLE
    each = [_one(needle, shown, hidden) for needle in needles]
    if not all(each):
        return 0.0
    # Of two that fit alike, the shorter one says less beside what was typed.
    return sum(each) / len(each) - min(len(shown), 99) / 100


def _one(needle: str, shown: str, hidden: str) -> float:
    if shown.startswith(needle):
        return _START
    if any(word.startswith(needle) for word in shown.split()):
        return _WORD
    if needle in shown:
        return _INSIDE
    if needle in hidden:
        return _HIDDEN
    if len(needle) > 1 and _initials(needle, shown):
        return _LETTERS
    return 0.0


def _initials(needle: str, shown: str) -> bool:
    """Say whether the letters stand there in this order, the first one at the start of a word."""
    starts = [place for place, _ in enumerate(shown) if place == 0 or shown[place - 1] == " "]
    for start in starts:
        if shown[start] != needle[0]:
            continue
        rest = iter(shown[start:])
        if all(letter in rest for letter in needle):
            return True
    return False
