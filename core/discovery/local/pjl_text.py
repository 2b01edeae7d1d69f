"""PJL as octets: the few questions that are asked, and answers taken apart.

HP, Printer Job Language Technical Reference Manual, chapter 7. There is no way here to write a
command that prints, sets or stores anything: ``Inquiry`` is all that can be asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.discovery.readable import readable

UEL: Final = b"\x1b%-12345X"  # Universal Exit Language: ends whatever the printer was reading
_END: Final = b"\x0c"
_MOST_BLOCKS: Final = 64
_MOST_LINES: Final = 256
_LONGEST_LINE: Final = 400
_TOKEN: Final = re.compile(r"[A-Za-z0-9.-]{1,40}\Z")


class Inquiry(StrEnum):
    """What may be asked: nothing that tells of jobs and who sent them (VARIABLES, USTATUS)."""

    ID = "INFO ID"
    STATUS = "INFO STATUS"
    PAGECOUNT = "INFO PAGECOUNT"
    SUPPLIES = "INFO SUPPLIES"


@dataclass(frozen=True, slots=True)
class Block:
    """One answer: what it answers ("INFO STATUS", "ECHO TEXT") and its lines, readable."""

    command: str
    lines: tuple[str, ...]

    def value(self, key: str) -> str | None:
        """Give what stands behind ``key=``, without quotes; the first of several."""
        for line in self.lines:
            name, equals, value = line.partition("=")
            if equals and name.strip().upper() == key:
                return value.strip().strip('"').strip() or None
        return None


@dataclass(frozen=True, slots=True)
class Answers:
    """All that came back. ``synchronised``: what we asked to be echoed came first, so that these
    are answers to our questions and not to another program's.
    """

    blocks: tuple[Block, ...]
    synchronised: bool

    def block(self, inquiry: Inquiry) -> Block | None:
        """Give the answer to ``inquiry``; ``None`` for none, and for "?", which says not known."""
        found = next((block for block in self.blocks if block.command == inquiry), None)
        if found is None or not found.lines or found.lines[0].strip('"') == "?":
            return None
        return found


def question(token: str, inquiries: tuple[Inquiry, ...] = tuple(Inquiry)) -> bytes:
    """Write the questions between two echoes of ``token``, so that both ends are known."""
    if not _TOKEN.match(token):
        raise ValueError("a token has letters, digits, dots and dashes")
    lines = ["@PJL", f"@PJL ECHO {token}", *(f"@PJL {one.value}" for one in inquiries)]
    lines.append(f"@PJL ECHO {token}.end")
    return UEL + "".join(f"{line}\r\n" for line in lines).encode("ascii") + UEL


def is_complete(octets: bytes, token: str) -> bool:
    """Whether the last echo is there."""
    at = octets.rfind(f"{token}.end".encode("ascii"))
    return at >= 0 and _END in octets[at:]


def read_answers(octets: bytes, token: str) -> Answers:
    """Take the answers apart; never raises, and takes no more than is sensible.

    What came before our echo was meant for somebody else and is dropped.
    """
    blocks: list[Block] = []
    synchronised = False
    for block in _blocks(octets):
        if block.command.endswith(f" {token}"):
            blocks, synchronised = [], True
        elif block.command.endswith(f" {token}.end"):
            break
        else:
            blocks.append(block)
    return Answers(tuple(blocks[:_MOST_BLOCKS]), synchronised)


def _blocks(octets: bytes) -> list[Block]:
    found: list[Block] = []
    command: str | None = None
    lines: list[str] = []
    for raw in re.split(rb"[\r\n]+|(\x0c)", octets.replace(UEL, b"")):
        if len(found) >= _MOST_BLOCKS:
            break
        line = None if raw is None or raw == _END else readable(raw, _LONGEST_LINE)
        starts = line is not None and line.upper().startswith("@PJL")
        if (starts or raw == _END) and command is not None:
            found.append(Block(command, tuple(lines)))
            command = None
        if starts and line is not None:
            command, lines = _command(line), []
        elif line is not None and command is not None and len(lines) < _MOST_LINES:
            lines.append(line)
    if command is not None:
        found.append(Block(command, tuple(lines)))
    return found[:_MOST_BLOCKS]


def _command(line: str) -> str:
    words = line.split()[1:]
    if words and words[0].upper() == "ECHO":
        return " ".join(("ECHO", *words[1:]))
    return " ".join(words).upper()
