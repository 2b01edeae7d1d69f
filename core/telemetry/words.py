"""The words of ``resources/words.toml``: colours, kinds and states in eight languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import msgspec

from core.model.reading import DeviceState, SupplyKind
from core.telemetry.resource import BadResourceError, compiled, load_toml

_FILE: Final = "words.toml"
# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "\u2019": "'"})
_EDGES: Final = " .…!:;,-_*()[]<>\"'"
# Letters as a word of their own at the end, with or without brackets, or after a part's number.
_CODE: Final = re.compile(r"[\s:(\[/-][(\[]?([a-z]{1,3})[)\]]?$|\b[a-z]{2}-?\d{2,5}([cmyk]|bk)$")
_NUMBERED: Final = re.compile(r"\s*[{\[(]\s*\d+\s*[)\]}]\s*$")
_STATES: Final = ("sleep", "idle", "printing", "warmup")


class _Words(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    whole: list[str] = []
    within: list[str] = []
    numbers: list[str] = []


class _Technology(msgspec.Struct, forbid_unknown_fields=True):
    toner: list[int]
    ink: list[int]
    ribbon: list[int]
    toner_words: list[str]
    ink_words: list[str]
    ink_models: list[str]


class _Tails(msgspec.Struct, forbid_unknown_fields=True):
    patterns: list[str]
    nothing: list[str]
    parts: list[str]


class _WordsFile(msgspec.Struct, forbid_unknown_fields=True):
    color: list[_Words]
    codes: dict[str, list[str]]
    kind: list[_Words]
    cartridge: _Words
    technology: _Technology
    tails: _Tails
    states: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    codes: dict[str, str]
    colors: tuple[tuple[str, re.Pattern[str]], ...]
    kinds: tuple[tuple[SupplyKind, re.Pattern[str]], ...]
    cartridge: re.Pattern[str]
    technology: dict[int, SupplyKind]
    technology_words: tuple[tuple[SupplyKind, re.Pattern[str]], ...]
    tails: tuple[re.Pattern[str], ...]
    nothing: frozenset[str]
    parts: re.Pattern[str]
    states: dict[str, DeviceState]


def plain(text: str) -> str:
    """Give ``text`` in lower case and without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=1024)
def color_in(text: str) -> str | None:
    """Give the one colour that ``text`` names; ``None`` where it names none or several."""
    hits: list[tuple[int, int, str]] = []
    folded = plain(text)
    for name, pattern in _lexicon().colors:
        hits += [(m.start(), m.end(), name) for m in pattern.finditer(folded)]
    found = {
        name
        for start, end, name in hits
        if not any(s <= start and end <= e and (e - s) > (end - start) for s, e, _ in hits)
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1024)
def color_by_code(text: str) -> str | None:
    """Give the colour that the letters at the end of a supply's name stand for."""
    found = _CODE.search(plain(text))
    return None if found is None else _lexicon().codes.get(found.group(1) or found.group(2))


@lru_cache(maxsize=1024)
def kind_in(text: str) -> SupplyKind | None:
    """Give the kind of supply that ``text`` describes; ``None`` where its words say nothing."""
    words = plain(text)
    return next((kind for kind, pattern in _lexicon().kinds if pattern.search(words)), None)


def is_cartridge(text: str) -> bool:
    """Whether ``text`` is about a cartridge, of whatever."""
    return _lexicon().cartridge.search(plain(text)) is not None


def content_of_cartridge(technology: int | None, machine: str | None) -> SupplyKind | None:
    """Say what a machine's cartridges hold, by prtMarkerMarkTech or else by its name."""
    lexicon = _lexicon()
    if technology in lexicon.technology:
        return lexicon.technology[technology]
    words = plain(machine or "")
    return next((kind for kind, p in lexicon.technology_words if p.search(words)), None)


def state_in(text: str | None) -> DeviceState | None:
    """Give the state that the whole of ``text`` says ("Sleep", "Bereit"), or ``None``.

    A number in brackets at its end ("Energy Saver Mode {40210}") is the maker's and no word.
    """
    if text is None:
        return None
    return _lexicon().states.get(_NUMBERED.sub("", plain(text)).strip(_EDGES))


def split_tail(text: str) -> tuple[str, str | None, str | None]:
    """Take part number and serial number off the end: (description, part, serial).

    A part number that stands within the words ("HP CF217A") is told and left where it is.
    """
    lexicon = _lexicon()
    for pattern in lexicon.tails:
        found = pattern.search(text)
        if found is not None:
            groups = found.groupdict()
            said = {k: v for k, v in groups.items() if v and v.lower() not in lexicon.nothing}
            rest = text[: found.start()].strip()
            return rest, said.get("part") or _part_in(rest), said.get("serial")
    return text, _part_in(text), None


def _part_in(text: str) -> str | None:
    """Give the one part number among the words; several are those of several cartridges."""
    found = {match.group(1) for match in _lexicon().parts.finditer(text)}
    return found.pop() if len(found) == 1 else None


@cache
def _lexicon() -> _Lexicon:
    raw = load_toml(_FILE, _WordsFile)
    unknown = set(raw.states) - set(_STATES)
    if unknown:
        raise BadResourceError(_FILE, f"[states] has no state {min(unknown)!r}")
    technology = raw.technology
    numbers = {
        **dict.fromkeys(technology.toner, SupplyKind.TONER),
        **dict.fromkeys(technology.ink, SupplyKind.INK),
        **dict.fromkeys(technology.ribbon, SupplyKind.RIBBON),
    }
    return _Lexicon(
        codes={code: name for name, codes in raw.codes.items() for code in codes},
        colors=tuple((row.name, _pattern(row)) for row in raw.color),
        kinds=tuple((_kind(row.name), _pattern(row)) for row in raw.kind),
        cartridge=_pattern(raw.cartridge),
        technology=numbers,
        technology_words=(
            (SupplyKind.INK, _pattern(_Words(whole=technology.ink_words))),
            (SupplyKind.INK, compiled("|".join(technology.ink_models), _FILE)),
            (SupplyKind.TONER, _pattern(_Words(whole=technology.toner_words))),
        ),
        tails=tuple(compiled(pattern, _FILE) for pattern in raw.tails.patterns),
        nothing=frozenset(raw.tails.nothing),
        parts=compiled(rf"(?<![\w/-])({'|'.join(raw.tails.parts)})(?![\w/-])", _FILE),
        states={
            plain(text).strip(_EDGES): DeviceState(name)
            for name, texts in raw.states.items()
            for text in texts
        },
    )


def _pattern(row: _Words) -> re.Pattern[str]:
    parts = []
    if row.whole:
        parts.append(rf"(?<![^\W_])(?:{_any(row.whole)})(?![^\W_])")
    if row.within:
        parts.append(_any(row.within))
    parts += [rf"(?<![\w-])(?:{number})(?![\w-])" for number in row.numbers]
    return compiled("|".join(parts) or r"(?!)", _FILE)


def _any(words: Iterable[str]) -> str:
    ordered = sorted({plain(word) for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _kind(name: str) -> SupplyKind:
    try:
        return SupplyKind(name)
    except ValueError:
        raise BadResourceError(_FILE, f"[[kind]] has no kind {name!r}") from None
