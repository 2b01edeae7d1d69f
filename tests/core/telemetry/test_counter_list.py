"""The list of counters that others know, against the profiles: what is taken, and with what doubt.

The list (``counter-oids.csv`` beside the recordings' folder, or where PLATEN_COUNTERS says) is not
part of the project; without it these tests are skipped.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model.provenance import Confidence
from core.snmp.types import Oid, parse_oid
from core.telemetry.profile import NumberSource, Term
from core.telemetry.profiles import all_profiles
from tests.support.recorded import ROOT

LIST = Path(os.environ.get("PLATEN_COUNTERS") or ROOT.parent / "shared" / "counter-oids.csv")
pytestmark = [
    pytest.mark.walks,
    pytest.mark.skipif(not LIST.is_file(), reason=f"no list of counters at {LIST}"),
]

E = "1.3.6.1.4.1."
# What no profile takes, and why.
REJECTED = {
    "1.3.6.1.2.1.43.10.2.1": "the standard's own",
    f"{E}1347.42.2.1.1.1": "a table by paper size: a row of it is no total",
    f"{E}1347.42.2.2.1.1.3.1.2": "the machine labels it Mono Color, not all colour",
    f"{E}253.8.53.13.2.1.8": "labels of the numbers in column 6",
    f"{E}253.8.53.13.2.1.6.1.20.8": "sheets, by other machines' labels",
    f"{E}253.8.53.13.2.1.6.1.20.30": "sheets, by other machines' labels",
    f"{E}253.8.53.13.2.1.6.1.20.47": "large pages: no meter of ours",
    f"{E}11.2.3.9.4.2.1.4.1.2.34": "jams",
    f"{E}11.2.3.9.4.2.1.2.2.1.43": "jams",
    f"{E}11.2.3.9.4.2.1.3.7.1.31": "faxes scanned, not printed",
    f"{E}11.2.3.9.4.2.1.3.7.1.33": "faxes loaded down, not printed",
    f"{E}11.2.3.9.4.2.1.3.7.1.34": "faxes sent",
    f"{E}11.2.3.9.4.2.1.3.7.1.36": "faxes scanned, not printed",
    f"{E}11.2.3.9.4.2.1.1.16.3.1": "by paper size: a row of it is no total",
    f"{E}11.2.3.9.4.2.1.1.16.1.9": "pages of one printer language or tray",
    f"{E}11.2.3.9.4.2.1.3.3.3.5": "pages of one printer language",
    f"{E}11.2.3.9.4.2.1.3.3.4.5": "pages of one printer language",
    f"{E}11.2.3.9.4.2.1.4.4": "unknown to the maker's own MIB",
    f"{E}1248.1.2.2.27.1.1.33": "2 on a machine that has printed 7389",
    f"{E}1248.1.2.2.27.1.1.6": "of the same unlikely kind as 33",
    f"{E}1248.1.2.2.27.6.1.2": "names",
    f"{E}236.11.5.11.53.61": "pages of one cartridge",
    f"{E}258.402.1.4.2.1.7.8": "faxes sent",
    f"{E}367.3.2.1.2.19.5.1.6": "chosen by a row, which moves by model",
    f"{E}1602.1.11.1.4.1.4.103": "large pages: no meter of ours",
    f"{E}18334.1.1.1.5.7.2.1.2": "large pages: no meter of ours",
}
# Lists without a machine's own word behind them.
HEARSAY = ("fusioninventory", "zabbix")


def rows() -> Iterator[tuple[Oid, dict[str, str]]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            digits = re.match(r"[\d.]*\d", row["oid"])
            if digits is not None:  # others explain codes
                yield parse_oid(digits.group()), row


def sources() -> Iterator[tuple[NumberSource, Term]]:
    for profile in all_profiles():
        for each in (*profile.meters.values(), profile.life):
            yield from ((source, term) for source in each for term in source.terms)


def related(term: Term, oid: Oid) -> bool:
    """Whether a term takes what is at ``oid``: there, in its column, or in its string."""
    scalar = term.oid or ()
    exact = bool(scalar) and (oid[: len(scalar)] == scalar or scalar[: len(oid)] == oid)
    columns = [c for c in (term.column, term.match_column, term.blob) if c is not None]
    return exact or any(oid[: len(c)] == c or c[: len(oid)] == oid for c in columns)


def rejected(oid: Oid) -> bool:
    return any(oid[: len(o)] == o for o in map(parse_oid, REJECTED))


def test_every_counter_is_taken_or_rejected_for_a_reason() -> None:
    known = [term for _, term in sources()]
    missing = [
        row["oid"]
        for oid, row in rows()
        if not rejected(oid) and not any(related(term, oid) for term in known)
    ]
    assert missing == []


def test_hearsay_is_doubtful() -> None:
    """A scalar that only lists without a machine's word name is never taken as confirmed."""
    backed = {oid for oid, row in rows() if not row["source"].startswith(HEARSAY)}
    heard = {oid for oid, row in rows() if row["source"].startswith(HEARSAY)} - backed
    wrong = [
        term.oid
        for source, term in sources()
        if term.oid in heard and source.confidence is not Confidence.DOUBTFUL
    ]
    assert wrong == []


def test_what_is_rejected_is_in_no_profile() -> None:
    taken = {term.oid for _, term in sources()} | {term.column for _, term in sources()}
    inside = {parse_oid(text) for text in REJECTED}
    assert not [oid for oid in taken if oid is not None and any(oid[: len(r)] == r for r in inside)]
