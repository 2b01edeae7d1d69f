"""Printers on standard output as a search finds them: each when no more is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.commands.common import say_line
from core.model.evidence import Finding
from core.model.jsonio import to_builtins, to_json

_Key = tuple[str, int | None]


class FindingLines:
    """Prints a line of JSON for each printer once; again, marked "updated", where the search came
    to know more of it afterwards. One that may be a printer already told (the same serial number
    or the like at another address) is kept until the end, when the search has put them together.
    """

    def __init__(self) -> None:
        self._waiting: dict[_Key, Finding] = {}
        self._said: dict[_Key, str] = {}
        self._marks: set[tuple[str, str]] = set()

    def take(self, finding: Finding) -> None:
        """Take note of what is known now."""
        key = _key(finding)
        if key not in self._said:
            self._waiting[key] = finding

    def release(self, settled: Callable[[str], bool]) -> None:
        """Print those of whose address no more is expected."""
        for key, finding in list(self._waiting.items()):
            marks = _marks(finding)
            if settled(key[0]) and not marks & self._marks:
                del self._waiting[key]
                self._say(finding)
                self._marks |= marks

    def finish(self, found: Iterable[Finding]) -> None:
        """Print all that has not been told in just these words."""
        for finding in found:
            if self._said.get(_key(finding)) != to_json(finding_json(finding)):
                self._say(finding)

    def _say(self, finding: Finding) -> None:
        row, key = finding_json(finding), _key(finding)
        say_line(to_json(row | {"updated": True} if key in self._said else row))
        self._said[key] = to_json(row)


def finding_json(finding: Finding) -> dict[str, object]:
    """Give the contract's object for one finding."""
    identity = to_builtins(finding.identity)
    del identity["firmware"]
    row: dict[str, object] = {
        "address": finding.endpoint.address,
        "port": finding.endpoint.port,
        "evidence": to_builtins(finding.evidence),
        **identity,
        "hops": finding.hops,
    }
    origin = finding.provenance.get("hops")
    if origin is not None:
        row["hops_by"] = f"{origin.refs[0]}: {origin.rule}"
    if finding.device_index is not None:
        row["device_index"] = finding.device_index
    return row


def _key(finding: Finding) -> _Key:
    return finding.endpoint.address, finding.device_index


def _marks(finding: Finding) -> set[tuple[str, str]]:
    """Give what may be the same printer's at another address."""
    identity = finding.identity
    named = {"serial": identity.serial, "mac": identity.mac, "uuid": identity.uuid}
    marks = {(name, value.casefold()) for name, value in named.items() if value}
    if finding.device_index is not None:
        marks = {mark for mark in marks if mark[0] == "serial"}  # they share the others
    return marks
