"""Answers by PJL as the parts of a reading, each value with where it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from core.discovery.local.pjl_status import status_of
from core.discovery.local.pjl_text import Answers, Block, Inquiry
from core.discovery.local.port_reading import PortReading
from core.model.identity import Identity
from core.model.provenance import Confidence, Provenance, Source
from core.model.reading import Cost, EngineLife, LevelState, Note, Supply, SupplyKind
from core.telemetry.identity_text import model_name
from core.telemetry.words import color_in, kind_in

_NUMBER: Final = re.compile(r"(?:PAGECOUNT\s*=\s*)?\"?(\d{1,10})\"?\Z", re.IGNORECASE)
_LARGEST: Final = 2**32 - 1
_LEVEL: Final = re.compile(r"(\d{1,3})\s*%?\Z")
_LETTERS: Final = {"K": "black", "BK": "black", "C": "cyan", "M": "magenta", "Y": "yellow"}
_USED: Final = re.compile(r"\b(?:used|count|printed|pages)\b", re.IGNORECASE)
_MOST_SUPPLIES: Final = 32


def reading_of(answers: Answers, known: Identity, cost: Cost) -> PortReading:
    """Read what a printer said; ``known`` is its identity by its connection, which goes first."""
    provenance: dict[str, Provenance] = {}
    doubt = Confidence.STANDARD if answers.synchronised else Confidence.DOUBTFUL
    identity = _identity(answers, known, provenance, doubt)
    count = _page_count(answers.block(Inquiry.PAGECOUNT))
    if count is not None:
        origin = _origin(Inquiry.PAGECOUNT, str(count), doubt)
        provenance |= {"meters.total": origin, "engine_life": origin}
    status_block = answers.block(Inquiry.STATUS)
    if status_block is not None:
        origin = _origin(Inquiry.STATUS, "; ".join(status_block.lines), doubt)
        provenance |= {"status.state": origin, "status.conditions": origin}
    supplies = _supplies(answers.block(Inquiry.SUPPLIES), provenance)
    return PortReading(
        identity=identity,
        meters={} if count is None else {"total": count},
        engine_life=None if count is None else EngineLife(count, "unknown"),
        supplies=supplies,
        status=status_of(status_block),
        provenance=provenance,
        notes=_notes(answers, count),
        cost=cost,
    )


def _identity(
    answers: Answers, known: Identity, provenance: dict[str, Provenance], doubt: Confidence
) -> Identity:
    block = answers.block(Inquiry.ID)
    if known.model is not None or block is None:
        return known
    # Brother puts versions behind the name: "Brother HL-5170DN series:84UZ74:Ver1.11".
    model = model_name(block.lines[0].strip('"').partition(":")[0].strip())
    if model is None:
        return known
    provenance["identity.model"] = _origin(Inquiry.ID, block.lines[0], doubt)
    return replace(known, model=model)


def _page_count(block: Block | None) -> int | None:
    for line in () if block is None else block.lines:
        found = _NUMBER.match(line)
        if found is not None and int(found.group(1)) <= _LARGEST:
            return int(found.group(1))
    return None


def _supplies(block: Block | None, provenance: dict[str, Provenance]) -> tuple[Supply, ...]:
    """Read levels where a line plainly tells one: no standard says how, so all are doubtful."""
    found: dict[str, Supply] = {}
    for line in () if block is None else block.lines:
        for name, level in _levels(line):
            supply = _supply(name, level)
            if supply is None or supply.index in found or len(found) >= _MOST_SUPPLIES:
                continue
            found[supply.index] = supply
            origin = _origin(Inquiry.SUPPLIES, line, Confidence.DOUBTFUL)
            provenance[f"supplies[{supply.index}].level_percent"] = origin
    return tuple(found.values())


def _levels(line: str) -> list[tuple[str, str]]:
    """Take "TONER_BLACK=85%" and "TONER=K=85%,C=70%" apart into names and levels."""
    name, equals, rest = line.partition("=")
    if not equals or _USED.search(name.replace("_", " ")):
        return []
    if "=" not in rest:
        return [(name, rest)]
    pairs = (part.partition("=") for part in rest.split(","))
    return [(f"{name} {letter.strip()}", level) for letter, _, level in pairs]


def _supply(name: str, level: str) -> Supply | None:
    words = name.replace("_", " ").strip()
    kind, number = kind_in(words), _LEVEL.match(level.strip().strip('"'))
    if kind is None or kind is SupplyKind.WASTE or number is None or int(number.group(1)) > 100:
        return None
    percent = int(number.group(1))
    last = words.rpartition(" ")[2].upper()
    color = color_in(words) or _LETTERS.get(last)
    state = LevelState.OK if percent else LevelState.EMPTY
    index = f"pjl.{'-'.join(words.casefold().split())}"
    return Supply(index, kind, color, words, float(percent), state)


def _notes(answers: Answers, count: int | None) -> tuple[Note, ...]:
    notes = []
    if not answers.synchronised:
        text = "The printer did not repeat our mark: its answers may be to another program."
        notes.append(Note("pjl_not_synchronised", text))
    if count is None:
        notes.append(Note("pjl_no_page_count", "The printer tells no page count by PJL."))
    return tuple(notes)


def _origin(inquiry: Inquiry, raw: str, confidence: Confidence) -> Provenance:
    place = f"@PJL {inquiry.value}"
    return Provenance(Source.USB, (place,), (raw,), f"PJL {inquiry.value}", confidence)
