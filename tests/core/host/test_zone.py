from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import tzlocal

from core.host import zone


def test_the_zone_has_a_name_that_is_known() -> None:
    assert datetime.now(zone.local_zone()).utcoffset() is not None
    assert zone.zone_name()


@pytest.mark.parametrize("told", [None, "Mars/Olympus", "../x"])
def test_a_zone_that_nobody_knows_is_utc(monkeypatch, told) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: told)
    assert zone.zone_name() == "UTC"
    assert zone.local_zone() is UTC


def test_a_zone(monkeypatch) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: "Europe/Berlin")
    assert zone.local_zone() == ZoneInfo("Europe/Berlin")
