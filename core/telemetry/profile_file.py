"""A profile's file: its schema, and every check before its places are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, TypeVar

import msgspec

from core.model.identity import Identity
from core.model.provenance import Confidence
from core.model.reading import SupplyKind
from core.snmp.types import Oid, parse_oid
from core.telemetry.profile import (
    METER_KEYS,
    NumberSource,
    Profile,
    SumCheck,
    SupplyItem,
    SupplyRules,
    SupplyTable,
    Term,
    ValueSource,
)
from core.telemetry.profile_lines import line_of
from core.telemetry.resource import BadResourceError, parse_toml

# The vendor is found by resources/vendors.toml and the MAC address among the interfaces.
IDENTITY_FIELDS: Final = frozenset(Identity.__dataclass_fields__) - {"vendor", "mac"}
R = TypeVar("R")
T = TypeVar("T")
_WASTE: Final = ("filled", "remaining")
_HIDDEN: Final = "_"  # such a meter is for checks alone


class _TextFile(msgspec.Struct, forbid_unknown_fields=True):
    oid: str | None = None
    column: str | None = None
    pattern: str | None = None
    key: str | None = None
    confirmed: bool = True


class _TermFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    oid: str | None = None
    column: str | None = None
    blob: str | None = None
    code_column: str | None = None
    code: int | None = None
    label_column: str | None = None
    label: str | None = None
    record: int | None = None
    length: int | None = None
    ratio: bool = False
    pattern: str | None = None
    optional: bool = False
    label_oid: str | None = None
    unless: str | None = None


class _NumberFile(_TermFile, forbid_unknown_fields=True, kw_only=True):
    sum: list[_TermFile] = []
    confirmed: bool = True
    scale: float = 1.0
    unit: str = "impressions"
    most: int | None = None


class _CheckFile(msgspec.Struct, forbid_unknown_fields=True):
    whole: str
    parts: list[str]
    complete: bool = True


class _ItemFile(msgspec.Struct, forbid_unknown_fields=True):
    kind: SupplyKind
    name: str | None = None
    by_technology: bool = False
    color: str | None = None
    level: list[_NumberFile] = []
    remaining_pages: list[_NumberFile] = []


class _TableFile(msgspec.Struct, forbid_unknown_fields=True):
    level: str
    name: str
    confirmed: bool = True


class _SupplyFile(msgspec.Struct, forbid_unknown_fields=True):
    low: list[int] = []
    waste: str | None = None
    by_capacity: bool = False
    item: list[Any] = []
    table: list[Any] = []


class _MatchFile(msgspec.Struct, forbid_unknown_fields=True):
    object_ids: list[str] = []
    description: str | None = None
    priority: int = 0


class _StatusFile(msgspec.Struct, forbid_unknown_fields=True):
    panel: list[str] = []


class _ProfileFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    match: _MatchFile
    verified: list[str] | bool = False
    # Lists are checked one by one, so that an error can say which of them it is in.
    identity: dict[str, list[Any]] = {}
    meters: dict[str, list[Any]] = {}
    life: list[Any] = []
    check: list[Any] = []
    supply: _SupplyFile = msgspec.field(default_factory=_SupplyFile)
    status: _StatusFile = msgspec.field(default_factory=_StatusFile)


def parse_profile(text: str, name: str) -> Profile:
    """Read one profile; raises ``BadResourceError`` that names the file, the line and the key."""
    raw = parse_toml(text, _ProfileFile, name)
    reader = _Reader(text, name)
    if not raw.match.object_ids and raw.match.description is None:
        raise reader.wrong("match", "has neither object_ids nor description")
    if raw.verified is True:
        raise reader.wrong("verified", "is false, or the list of machines that confirmed it")
    return reader.profile(raw)


class _Reader:
    """Turns a file into a profile; ``path`` in its messages is the key in the file."""

    def __init__(self, text: str, name: str) -> None:
        self._text_of_file = text
        self._name = name

    def profile(self, raw: _ProfileFile) -> Profile:
        match = raw.match
        self._known(raw.identity, IDENTITY_FIELDS, "identity")
        self._known((key for key in raw.meters if key[0:1] != _HIDDEN), METER_KEYS, "meters")
        return Profile(
            name=raw.name,
            object_ids=tuple(self._oid(text, "match.object_ids") for text in match.object_ids),
            description=self._pattern(match.description, "match.description"),
            priority=match.priority,
            verified=tuple(raw.verified) if isinstance(raw.verified, list) else (),
            identity={
                key: self._each(sources, _TextFile, self._text, f"identity.{key}")
                for key, sources in raw.identity.items()
            },
            meters={
                key: self._each(sources, _NumberFile, self._number, f"meters.{key}")
                for key, sources in raw.meters.items()
            },
            life=self._each(raw.life, _NumberFile, self._number, "life"),
            checks=self._each(raw.check, _CheckFile, partial(self._check, raw), "check"),
            supplies=self._supplies(raw.supply, raw.name),
            panel=tuple(self._oid(text, "status.panel") for text in raw.status.panel),
        )

    def _each(
        self, raw: list[Any], kind: type[R], make: Callable[[R, str], T], path: str
    ) -> tuple[T, ...]:
        made = []
        for number, each in enumerate(raw, 1):
            place = f"{path}[{number}]"
            try:
                checked = msgspec.convert(each, kind)
            except msgspec.ValidationError as error:
                raise self.wrong(place, str(error)) from None
            made.append(make(checked, place))
        return tuple(made)

    def _text(self, raw: _TextFile, path: str) -> ValueSource:
        if (raw.oid is None) == (raw.column is None):
            raise self.wrong(path, "needs either oid or column")
        if raw.pattern is not None and raw.key is not None:
            raise self.wrong(path, "takes either pattern or key, not both")
        return ValueSource(
            oid=self._maybe(raw.oid, f"{path}.oid"),
            column=self._maybe(raw.column, f"{path}.column"),
            pattern=self._grouped(raw.pattern, f"{path}.pattern"),
            key=raw.key,
            confidence=_confidence(confirmed=raw.confirmed),
        )

    def _number(self, raw: _NumberFile, path: str) -> NumberSource:
        alone = raw.oid or raw.column or raw.blob
        if bool(raw.sum) == bool(alone):
            raise self.wrong(path, "needs one of oid, column, blob and sum")
        if raw.scale <= 0:
            raise self.wrong(f"{path}.scale", "is above 0")
        return NumberSource(
            terms=tuple(self._term(term, path) for term in raw.sum or [raw]),
            confidence=_confidence(confirmed=raw.confirmed),
            scale=raw.scale,
            unit=raw.unit,
            most=raw.most,
        )

    def _term(self, raw: _TermFile, path: str) -> Term:
        if sum(place is not None for place in (raw.oid, raw.column, raw.blob)) != 1:
            raise self.wrong(path, "needs one of oid, column and blob")
        coded, labelled = raw.code_column is not None, raw.label_column is not None
        if coded != (raw.code is not None) or labelled != (raw.label is not None):
            raise self.wrong(path, "code goes with code_column, label with label_column")
        if (coded or labelled) and (raw.column is None or (coded and labelled)):
            raise self.wrong(path, "takes one of code and label, for a column")
        if (raw.blob is None) != (raw.record is None):
            raise self.wrong(path, "record goes with blob")
        named = raw.label_oid is not None
        if named != (raw.unless is not None) or (named and raw.oid is None):
            raise self.wrong(path, "label_oid goes with unless, for an oid")
        return Term(
            oid=self._maybe(raw.oid, f"{path}.oid"),
            column=self._maybe(raw.column, f"{path}.column"),
            blob=self._maybe(raw.blob, f"{path}.blob"),
            match_column=self._maybe(raw.code_column or raw.label_column, path),
            code=raw.code,
            label=self._pattern(raw.label, f"{path}.label"),
            record=raw.record or 0,
            length=raw.length,
            ratio=raw.ratio,
            pattern=self._grouped(raw.pattern, f"{path}.pattern"),
            optional=raw.optional,
            label_oid=self._maybe(raw.label_oid, f"{path}.label_oid"),
            unless=self._pattern(raw.unless, f"{path}.unless"),
        )

    def _check(self, file: _ProfileFile, raw: _CheckFile, path: str) -> SumCheck:
        known = set(file.meters) | {"total"}
        for key in (raw.whole, *raw.parts):
            if key not in known:
                raise self.wrong(path, f"there is no meter {key!r}")
        return SumCheck(raw.whole, tuple(raw.parts), raw.complete)

    def _supplies(self, raw: _SupplyFile, maker: str) -> SupplyRules:
        if raw.waste is not None and raw.waste not in _WASTE:
            raise self.wrong("supply.waste", "is filled or remaining")
        return SupplyRules(
            low=frozenset(raw.low),
            waste=raw.waste,
            by_capacity=raw.by_capacity,
            items=self._each(raw.item, _ItemFile, partial(self._item, maker), "supply.item"),
            tables=self._each(raw.table, _TableFile, self._table, "supply.table"),
        )

    def _item(self, maker: str, raw: _ItemFile, path: str) -> SupplyItem:
        return SupplyItem(
            kind=raw.kind,
            by_technology=raw.by_technology,
            color=raw.color,
            name=raw.name,
            index=".".join(filter(None, (maker, raw.kind.value, raw.color, _slug(raw.name)))),
            level=tuple(self._number(each, path) for each in raw.level),
            remaining=tuple(self._number(each, path) for each in raw.remaining_pages),
        )

    def _table(self, raw: _TableFile, path: str) -> SupplyTable:
        return SupplyTable(
            level=self._oid(raw.level, f"{path}.level"),
            name=self._oid(raw.name, f"{path}.name"),
            confidence=_confidence(confirmed=raw.confirmed),
        )

    def _known(self, keys: Iterable[str], known: frozenset[str], table: str) -> None:
        unknown = set(keys) - known
        if unknown:
            key = min(unknown)
            raise self.wrong(f"{table}.{key}", f"[{table}] has no field {key!r}")

    def _pattern(self, text: str | None, path: str) -> re.Pattern[str] | None:
        try:
            return None if text is None else re.compile(text, re.IGNORECASE)
        except re.error as error:
            raise self.wrong(path, f"the pattern {text!r} is wrong: {error}") from None

    def _grouped(self, text: str | None, path: str) -> re.Pattern[str] | None:
        pattern = self._pattern(text, path)
        if pattern is not None and pattern.groups < 1:
            raise self.wrong(path, "the pattern has no group")
        return pattern

    def _maybe(self, text: str | None, path: str) -> Oid | None:
        return None if text is None else self._oid(text, path)

    def _oid(self, text: str, path: str) -> Oid:
        try:
            return parse_oid(text)
        except ValueError as error:
            raise self.wrong(path, str(error)) from None

    def wrong(self, path: str, why: str) -> BadResourceError:
        """Make the error for what is wrong at ``path``."""
        line = line_of(self._text_of_file, path, why)
        return BadResourceError(self._name, f"{path}: {why}", line)


def _slug(name: str | None) -> str:
    return "_".join((name or "").casefold().split())


def _confidence(*, confirmed: bool) -> Confidence:
    return Confidence.PROFILE if confirmed else Confidence.DOUBTFUL
