"""Targets from a file: one a line, or CSV (address, port, name)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.discovery.errors import TargetError, TargetFileError, shown
from core.discovery.forms import Target
from core.discovery.targets import parse_target
from core.model.problem import BadInputError

_LARGEST = 16 * 1024 * 1024
_HEADERS = frozenset({"address", "ip", "ip address", "target"})


@dataclass(frozen=True, slots=True)
class ImportedTarget:
    """One line of a file. ``text`` is the target in canonical form, as a segment keeps it."""

    line: int
    target: Target
    name: str | None = None

    @property
    def text(self) -> str:
        """The target as text."""
        return str(self.target)


def load_target_file(path: Path) -> tuple[ImportedTarget, ...]:
    """Read a file (UTF-8, or the old Windows encoding of Western Europe).

    Raises ``BadInputError`` (code ``bad_target_file``) where the file cannot be read, and
    ``TargetFileError`` with all bad lines.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInputError(
            "bad_target_file",
            f"{path} cannot be read: {reason}",
            "Choose a file that you may read.",
        ) from None
    if len(data) > _LARGEST:
        raise BadInputError(
            "bad_target_file",
            f"{path} is larger than {_LARGEST >> 20} MB",
            "Name networks rather than each address of them.",
        )
    return parse_target_file(_decode(data))


def parse_target_file(text: str) -> tuple[ImportedTarget, ...]:
    """Read the lines of a file: ``address[,port][,name]...``, with ``#`` before a comment.

    Commas, semicolons and tabs separate; a first line of column names is passed over. Raises
    ``TargetFileError`` with every bad line, or for a file with no target in it.
    """
    found: list[ImportedTarget] = []
    bad: list[tuple[int, TargetError]] = []
    for place, (number, cells) in enumerate(_rows(text)):
        if place == 0 and cells[0].lower() in _HEADERS:
            continue
        try:
            found.append(_target(number, cells))
        except TargetError as error:
            bad.append((number, error))
    if bad:
        raise TargetFileError(tuple(bad))
    if not found:
        raise BadInputError(
            "bad_target_file", "the file holds no target", "Give one target on each line."
        )
    return tuple(found)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        bare = _without_comment(line)
        if bare:
            yield number, _cells(bare)


def _without_comment(line: str) -> str:
    stripped = line.strip()
    if stripped.startswith("#"):
        return ""
    return stripped.partition(" #")[0].partition("\t#")[0].rstrip()


def _cells(line: str) -> list[str]:
    delimiter = next((d for d in ",;\t" if d in line), ",")
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    except csv.Error:
        cells = [line]
    return [cell.strip() for cell in cells] or [line]


def _target(number: int, cells: list[str]) -> ImportedTarget:
    address, *rest = cells
    digits = rest[0] if rest else ""
    target = parse_target(address)
    if digits:
        if target.port is not None and str(target.port) != digits:
            raise TargetError(
                address, f"it names port {target.port} and the column beside it {shown(digits)}"
            )
        bare = str(target) if ":" not in str(target) else f"[{target}]"
        target = target if target.port is not None else parse_target(f"{bare}:{digits}")
    return ImportedTarget(number, target, rest[1] if len(rest) > 1 and rest[1] else None)
