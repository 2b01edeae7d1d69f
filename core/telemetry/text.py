"""Octets from a printer as text a person can read.

Printers declare a character set (prtLocalizationCharacterSet, RFC 3805) and then often write in
another one. What is valid UTF-8 is UTF-8; else the declaration is believed; else it is Latin-1.
"""

from __future__ import annotations

import re
from typing import Final

from core.model.marks import has_marks, without_marks
from core.snmp.types import Value, format_oid
from core.telemetry.charset import SELF_EVIDENT_NEVER, codec

_HEX_LINE: Final = re.compile(r"(?:[0-9A-Fa-f]{2} )*[0-9A-Fa-f]{2} ?\Z")
_FEW_OCTETS: Final = 2
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_PADDING: Final = "".join(map(chr, (*range(0x21), 0x7F, 0xFF)))
_BLANKS: Final = re.compile(r"\s+")
_SPLIT_UTF8: Final = 3  # a buffer may end inside a character, which is up to four octets long
#: Octets of a text that are read, and characters of a raw value that provenance keeps.
MOST_OCTETS: Final = 2_048
LONGEST_RAW: Final = 500


def decode(octets: bytes, charset: int | None = None) -> str:
    """Decode ``octets`` that were declared to be in ``charset`` (an IANA MIBenum), and clean them.

    Control characters, NULs and runs of blanks become one blank, what cannot be seen goes
    (``core.model.marks``), what is beyond any honest length is cut; never raises.
    """
    return clean(_decode(octets[:MOST_OCTETS], charset))


def clean(text: str) -> str:
    """Take out what is not text: baked-in hex dumps, control characters, blanks at the ends."""
    # Among the controls are the octets 01 15 that HP's private strings begin with (a symbol set
    # word: Roman-8).
    if "\n" in text or "\0" in text:
        text = _without_dump(text)
    return _BLANKS.sub(" ", without_marks(text)).strip()


def text_of(value: Value | None, charset: int | None = None) -> str | None:
    """Give the text of an octet string, or ``None`` where there is none or it is blank."""
    octets = None if value is None else value.octets()
    return (decode(octets, charset) or None) if octets is not None else None


def is_doubtful(value: Value | None) -> bool:
    """Whether control characters stand inside of a text: somebody's memory, or somebody's trick."""
    octets = None if value is None else value.octets()
    text = _without_dump(_decode(octets[:MOST_OCTETS], None)) if octets else ""
    return "\x1b" in text or _CONTROL.search(text.strip(_PADDING)) is not None


def raw_of(value: Value) -> str:
    """Write a value as provenance shows it: numbers and OIDs plainly, octets in hex where a part
    of them could not be read or seen; at most ``LONGEST_RAW`` characters, the last then "…".
    """
    data = value.data
    if isinstance(data, int):
        return str(data)
    if isinstance(data, bytes):
        text = _utf8(data[:MOST_OCTETS])
        if text is None or has_marks(text):
            text = f"0x{data[:LONGEST_RAW].hex()}"
        return text if len(text) <= LONGEST_RAW else text[: LONGEST_RAW - 1] + "…"
    if isinstance(data, tuple):
        return format_oid(data)
    return "" if data is None else str(data)


def _without_dump(text: str) -> str:
    """Take off a tail of hex lines.

    A command-line tool prints them for a text that it took for binary, a blank after each octet,
    and whoever copied its output has them in a device or a recording. A line of one or two octets
    and no blank behind them is rather text ("A4").
    """
    lines = text.replace("\0", "").rstrip("\r\n").split("\n")
    kept = len(lines)
    while kept > 1 and _HEX_LINE.match(lines[kept - 1].rstrip("\r")):
        kept -= 1
    tail = lines[kept:]
    octets = sum(len(line.split()) for line in tail)
    is_dump = octets > _FEW_OCTETS or any(line.endswith(" ") for line in tail)
    return "\n".join(lines[:kept]) if is_dump else text


def _decode(octets: bytes, charset: int | None) -> str:
    declared = codec(charset)
    if charset in SELF_EVIDENT_NEVER and declared is not None:
        text = _strictly(octets, declared)
        if text is not None:
            return text
    text = _utf8(octets)
    if text is None and declared not in (None, "utf-8", "ascii"):
        text = _strictly(octets, declared or "")
    return octets.decode("latin-1") if text is None else text


def _utf8(octets: bytes) -> str | None:
    for cut in range(_SPLIT_UTF8 + 1):
        head, tail = octets[: len(octets) - cut], octets[len(octets) - cut :]
        # Only octets that belong to an unfinished character may be left out.
        if cut and (not tail or tail[0] < 0xC0 or any(octet < 0x80 for octet in tail)):
            continue
        text = _strictly(head, "utf-8")
        if text is not None:
            return text if not cut or not text.isascii() else None
    return None


def _strictly(octets: bytes, name: str) -> str | None:
    try:
        return octets.decode(name)
    except (UnicodeError, LookupError):
        return None
