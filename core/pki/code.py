"""The one-time code: a secret, and the fingerprint of the hub that it is good for.

Forty characters of Crockford's base 32 in groups of five: 12 of the secret (60 random bits), 26 of
the SHA-256 of the dealer's authority (its first 130 bits), 2 of a check. The fingerprint is what
keeps an interceptor from enrolling anybody.

The check is that of ISO/IEC 7064 with a larger modulus: read as one number, a code leaves 1 when
divided by 1021, the largest prime below 32². So one wrong character, or any two that changed
places, is always found; of everything else, one in 1021 is not, and then the hub does not know the
code.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Protocol

from core.pki.errors import CodeError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SECRET, _PRINT, _CHECK = 12, 26, 2
_LENGTH = _SECRET + _PRINT + _CHECK
_GROUP = 5
_BITS = 5
_MODULUS = 1021
_WORDS = re.compile(r"[^\W_]+")  # letters and digits of any script
_LONGEST = 10_000  # characters of a pasted text in which a code is looked for


class Bits(Protocol):
    """A secure source of randomness, such as ``secrets.SystemRandom()``."""

    def getrandbits(self, k: int, /) -> int:
        """Give ``k`` random bits as a number."""
        ...


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """One code; ``authority_print`` is the part of the fingerprint that it carries, as text."""

    secret: str = field(repr=False)
    authority_print: str

    @classmethod
    def make(cls, authority_fingerprint: bytes, random: Bits) -> EnrolmentCode:
        """Make a new code for the authority with this SHA-256."""
        secret = _text(random.getrandbits(_SECRET * _BITS), _SECRET)
        return cls(secret, shortened(authority_fingerprint))

    def fits(self, authority_fingerprint: bytes) -> bool:
        """Whether this code was made for the authority with this SHA-256."""
        return hmac.compare_digest(self.authority_print, shortened(authority_fingerprint))

    def show(self) -> str:
        """Write the code as a person reads it."""
        body = self.secret + self.authority_print
        body += _text((1 - (_number(body) << _CHECK * _BITS)) % _MODULUS, _CHECK)
        return "-".join(body[i : i + _GROUP] for i in range(0, _LENGTH, _GROUP))

    def secret_hash(self) -> str:
        """Give what a hub keeps instead of the secret."""
        return hash_secret(self.secret)


def hash_secret(secret: str) -> str:
    """Give the SHA-256 of a code's secret, in hex; its 60 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def parse_code(text: str) -> EnrolmentCode:
    """Read a code as typed or pasted; raises ``CodeError``.

    Any case; O, I and L are read as the digits that they look like; what is neither letter nor
    digit (dashes of every kind, blanks, quotation marks, the marks of a quoted mail) is passed
    over. Where words stand around it, the code is found by its check.
    """
    words = _WORDS.findall(text[:_LONGEST].upper().translate(_LOOKALIKES))
    try:
        return _read("".join(words))
    except CodeError:
        found = _inside(words)
        if len(found) != 1:
            raise
        return found.pop()


def _read(body: str) -> EnrolmentCode:
    if not body:
        raise CodeError("it is empty")
    if len(body) != _LENGTH:
        raise CodeError(f"it has {len(body)} characters instead of {_LENGTH}")
    if any(c not in _ALPHABET for c in body):
        raise CodeError("it has a character that codes never have")
    if _number(body) % _MODULUS != 1:
        raise CodeError("one of its characters is wrong (a typing error)")
    return EnrolmentCode(body[:_SECRET], body[_SECRET:-_CHECK])


def _inside(words: list[str]) -> set[EnrolmentCode]:
    """Give every code that some of the words, one after the other, make up."""
    found = set()
    for start in range(len(words)):
        body, rest = "", iter(words[start:])
        while len(body) < _LENGTH and (word := next(rest, "")):
            body += word
        try:
            found.add(_read(body))
        except CodeError:
            continue
    return found


def shortened(fingerprint: bytes) -> str:
    """Write the first 130 bits of a SHA-256 as 26 characters."""
    number = int.from_bytes(fingerprint, "big") >> (len(fingerprint) * 8 - _PRINT * _BITS)
    return _text(number, _PRINT)


def _number(body: str) -> int:
    number = 0
    for character in body:
        number = number << _BITS | _ALPHABET.index(character)
    return number


def _text(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> (_BITS * i) & 31] for i in range(length - 1, -1, -1))
