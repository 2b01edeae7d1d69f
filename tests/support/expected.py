"""What every recording says, worked out of its rows by hand (``tests/data/expected``)."""

from __future__ import annotations

import tomllib
from typing import Any, Final

import pytest

from core.model.identity import Endpoint
from tests.support.recorded import ROOT

ENDPOINT: Final = Endpoint("192.0.2.9")
TAKEN_AT: Final = "2026-01-01T00:00:00Z"
EXPECTED: Final[list[dict[str, Any]]] = tomllib.loads(
    (ROOT / "tests" / "data" / "expected" / "walks.toml").read_text(encoding="utf-8")
)["walk"]
by_name = pytest.mark.parametrize("expected", EXPECTED, ids=[e["name"] for e in EXPECTED])


def expected_meters(expected: dict[str, Any]) -> dict[str, int]:
    """What the recording says of meters; without its maker's own, the life count by its unit."""
    meters: dict[str, int] = dict(expected.get("meters", {}))
    count, unit = expected.get("life", [None, None])
    name = {"sheets": "sheets", "impressions": "total", "unknown": "total"}.get(unit)
    return {name: count} | meters if name else meters
