"""Numbers of variable length (LEB128), signed ones zigzag, and texts with their length first."""

from __future__ import annotations

_MOST_BITS = 70


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

    def text(self) -> str:
        """Read a text."""
        size = self.unsigned()
        part = self._data[self._at : self._at + size]
        if len(part) != size:
            raise ValueError("a text cut off")
        self._at += size
        return part.decode()
