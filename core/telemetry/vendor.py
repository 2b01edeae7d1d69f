"""Who made the machine that a person sees: ``resources/vendors.toml`` applied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec

from core.snmp.types import Oid, parse_oid
from core.telemetry.oids import ENTERPRISES
from core.telemetry.resource import BadResourceError, compiled, load_toml

_FILE: Final = "vendors.toml"
# Whole words: a name is not a part of another word ("OKI" in "looking"); "_" parts words here.
_WORD: Final = r"(?<![^\W_])(?:{})(?![^\W_])"


class _VendorFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    names: list[str]
    families: list[str] = []
    enterprises: list[int] = []
    roots: list[str] = []
    also: bool = False


class _VendorsFile(msgspec.Struct, forbid_unknown_fields=True):
    printer_words: list[str]
    hosts: list[str]
    vendor: list[_VendorFile]


@dataclass(frozen=True, slots=True)
class Vendor:
    """One maker. ``also``: it makes other networked things too."""

    name: str
    enterprises: tuple[int, ...]
    roots: tuple[Oid, ...]
    also: bool


@dataclass(frozen=True, slots=True)
class Vendors:
    """All makers, with the patterns that find them."""

    by_name: dict[str, Vendor]
    names: re.Pattern[str]
    families: re.Pattern[str]
    printer_words: re.Pattern[str]
    hosts: tuple[Oid, ...]
    by_word: dict[str, Vendor]
    by_family: dict[str, Vendor]
    by_enterprise: dict[int, Vendor]

    def in_text(self, text: str) -> Vendor | None:
        """Find the maker that ``text`` names: by its name, else by one of its families."""
        found = self.names.search(text)
        if found is not None:
            return self.by_word[found.group().casefold()]
        found = self.families.search(text)
        return None if found is None else self.by_family[found.lastgroup or ""]

    def by_object_id(self, object_id: Oid | None) -> Vendor | None:
        """Find the maker whose number ``object_id`` (sysObjectID) lies under."""
        if object_id is None:
            return None
        for vendor in self.by_name.values():
            if any(object_id[: len(root)] == root for root in vendor.roots):
                return vendor
        size = len(ENTERPRISES)
        if object_id[:size] != ENTERPRISES or len(object_id) == size:
            return None
        return self.by_enterprise.get(object_id[size])

    def says_printer(self, text: str) -> bool:
        """Whether a word of ``text`` says "printer": a general one or a family's name."""
        return bool(self.printer_words.search(text) or self.families.search(text))

    def is_host(self, object_id: Oid | None) -> bool:
        """Whether ``object_id`` is that of a computer's agent, which lists print queues."""
        return object_id is not None and any(object_id[: len(h)] == h for h in self.hosts)


@cache
def vendors() -> Vendors:
    """Read the makers once; raises ``BadResourceError``."""
    raw = load_toml(_FILE, _VendorsFile)
    makers = {row.name: _vendor(row) for row in raw.vendor}
    words = {word.casefold(): makers[row.name] for row in raw.vendor for word in row.names}
    families = {f"v{at}": makers[row.name] for at, row in enumerate(raw.vendor) if row.families}
    return Vendors(
        by_name=makers,
        names=_words(list(words)),
        families=compiled(
            _WORD.format(
                "|".join(
                    f"(?P<v{at}>{'|'.join(row.families)})"
                    for at, row in enumerate(raw.vendor)
                    if row.families
                )
            ),
            _FILE,
        ),
        printer_words=_words(raw.printer_words),
        hosts=tuple(_oid(text) for text in raw.hosts),
        by_word=words,
        by_family=families,
        by_enterprise={n: makers[row.name] for row in raw.vendor for n in row.enterprises},
    )


def _vendor(row: _VendorFile) -> Vendor:
    roots = tuple(_oid(text) for text in row.roots)
    return Vendor(row.name, tuple(row.enterprises), roots, row.also)


def _words(words: list[str]) -> re.Pattern[str]:
    # The longest first: at one place in the text the longer name wins.
    ordered = sorted(words, key=len, reverse=True)
    return compiled(_WORD.format("|".join(map(re.escape, ordered))), _FILE)


def _oid(text: str) -> Oid:
    try:
        return parse_oid(text)
    except ValueError as error:
        raise BadResourceError(_FILE, str(error)) from None
