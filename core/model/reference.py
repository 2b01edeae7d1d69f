"""The short number by which a person names a bundle on the telephone: "K7F-3QX".

Six characters of Crockford's base 32, which has no I, L, O or U: five of chance (25 bits), the last
a check. Read as c0..c5 over the field of 32 elements (x^5 + x^2 + 1), a good number makes
c0·a^5 + ... + c4·a + c5 zero. All weights differ and none is zero, so one wrong character, or any
two that changed places, is always found.
"""

from __future__ import annotations

from typing import Protocol

from core.model.problem import BadInputError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_LENGTH, _GROUP, _BITS = 6, 3, 5
_FIELD = 0b100101


class Bits(Protocol):
    """A source of chance, such as ``random.SystemRandom()``."""

    def getrandbits(self, k: int, /) -> int:
        """Give ``k`` random bits as a number."""
        ...


def make_reference(random: Bits) -> str:
    """Make a new number."""
    data = [random.getrandbits(_BITS) for _ in range(_LENGTH - 1)]
    return _show([*data, _doubled(_sum(data))])


def parse_reference(text: str) -> str:
    """Give a number in its one form, whatever a person typed for it ("k7f 3qx").

    Raises ``BadInputError`` (``bad_reference``).
    """
    plain = text.upper().translate(_LOOKALIKES)
    if len(plain) != _LENGTH or any(c not in _ALPHABET for c in plain):
        raise _bad()
    values = [_ALPHABET.index(c) for c in plain]
    if _sum(values):
        raise _bad()
    return _show(values)


def _show(values: list[int]) -> str:
    text = "".join(_ALPHABET[value] for value in values)
    return f"{text[:_GROUP]}-{text[_GROUP:]}"


def _sum(values: list[int]) -> int:
    total = 0
    for value in values:
        total = _doubled(total) ^ value
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value >> _BITS else value


def _bad() -> BadInputError:
    return BadInputError(
        "bad_reference",
        "That is no reference number of a bundle.",
        "It is six letters and digits, such as K7F-3QX. Read it once more.",
    )
