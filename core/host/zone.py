"""This computer's time zone: whose days and months are meant."""

from __future__ import annotations

import warnings
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

import tzlocal


def zone_name() -> str:
    """Give the IANA name of the zone; "UTC" where the system tells none that is known."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two settings of the system that disagree
        try:
            name = tzlocal.get_localzone_name()
            ZoneInfo(name)
        except (LookupError, ValueError, OSError, TypeError):
            return "UTC"
    return str(name)


def local_zone() -> tzinfo:
    """Give the zone."""
    name = zone_name()
    return UTC if name == "UTC" else ZoneInfo(name)
