"""Numbers of variable length (LEB128), signed ones zigzag, and texts with their length first."""

from __future__ import annotations

_MOST_BITS = 70
_ENDS = bytes(range(0x80))  # the last byte of each number is one of these


class Writer:
    """Appends to ``data``."""

    def __init__(self) -> None:
        self.data = bytearray()

    def unsigned(self, number: int) -> None:
        """Append a number that is not negative."""
        while number > 0x7F:
            self.data.append((number & 0x7F) | 0x80)
            number >>= 7
        self.data.append(number)

    def signed(self, number: int, above: int = 0) -> None:
        """Append any number; ``above`` leaves that many codes free."""
        self.unsigned((number * 2 if number >= 0 else -number * 2 - 1) + above)

    def text(self, text: str) -> None:
        """Append a text; half a surrogate pair becomes a question mark."""
        data = text.encode("utf-8", "replace")
        self.unsigned(len(data))
        self.data += data


class Reader:
    """Reads what ``Writer`` wrote; raises ``IndexError`` or ``ValueError`` for anything else."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at_end(self) -> bool:
        """Whether all was read."""
        return self._at == len(self._data)

    def unsigned(self) -> int:
        """Read a number that is not negative."""
        byte = self._data[self._at]
        self._at += 1
        if byte < 0x80:
            return byte
        number, shift = byte & 0x7F, 7
        while True:
            byte = self._data[self._at]
            self._at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7
            if shift > _MOST_BITS:
                raise ValueError("a number too long")

    def signed(self) -> int:
        """Read any number."""
        coded = self.unsigned()
        return (coded >> 1) ^ -(coded & 1)

    def numbers(self, count: int) -> list[int]:
        """Read so many numbers that are not negative: many at once cost a third of each alone."""
        part = self._data[self._at : self._at + count]
        if len(part) == count and part.isascii():  # a byte each
            self._at += count
            return list(part)
        found, self._at = _numbers(self._data, self._at, count)
        return found

    def rest(self) -> list[int] | None:
        """Give all that is left as such numbers, and stay where it is; ``None``: it is none."""
        part = self._data[self._at :]
        if part.isascii():
            return list(part)
        count = len(part) - len(part.translate(None, _ENDS))
        try:
            found, at = _numbers(self._data, self._at, count)
        except (IndexError, ValueError):
            return None
        return found if at == len(self._data) else None

    def text(self) -> str:
        """Read a text."""
        size = self.unsigned()
        part = self._data[self._at : self._at + size]
        if len(part) != size:
            raise ValueError("a text cut off")
        self._at += size
        return part.decode()


def _numbers(data: bytes, at: int, count: int) -> tuple[list[int], int]:
    """Give so many numbers from a place on, and where they end."""
    found: list[int] = []
    for _ in range(count):
        byte = data[at]
        at += 1
        if byte < 0x80:
            found.append(byte)
            continue
        more = data[at]
        at += 1
        number, shift = byte & 0x7F | (more & 0x7F) << 7, 14
        while more >= 0x80:  # two bytes are most of what is not one
            if shift > _MOST_BITS:
                raise ValueError("a number too long")
            more = data[at]
            at += 1
            number |= (more & 0x7F) << shift
            shift += 7
        found.append(number)
    return found, at
