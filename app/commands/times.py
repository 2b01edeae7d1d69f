"""Times and days as a person types them, in this computer's zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from core.host.clock import parse_rfc3339, rfc3339
from core.host.zone import local_zone
from core.model.history import Bucket
from core.model.problem import BadInputError

_UTC = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
#: How far back is shown where nobody says.
_USUAL = {
    Bucket.RAW: timedelta(days=7),
    Bucket.DAY: timedelta(days=30),
    Bucket.WEEK: timedelta(weeks=26),
    Bucket.MONTH: timedelta(days=730),
}


def moment(text: str) -> str:
    """Read "2026-01-31", "2026-01-31T14:00" or a time with its zone; raises ``BadInputError``."""
    zone = local_zone()
    try:
        if len(text) == len("2026-01-31"):
            return rfc3339(datetime.combine(date.fromisoformat(text), time(), zone))
        found = datetime.fromisoformat(text)
        return rfc3339(found if found.tzinfo else found.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        raise BadInputError(
            "bad_time", f"Not a day or a time: {text[:40]!r}.", "Write it as 2026-01-31."
        ) from None


def here(text: str) -> str:
    """Give a text with its times (RFC 3339, UTC) in this computer's zone, which is named."""
    zone = local_zone()

    def told(found: re.Match[str]) -> str:
        try:
            at = parse_rfc3339(found[0]).astimezone(zone)
        except (ValueError, OverflowError):
            return found[0]
        return f"{at:%Y-%m-%d %H:%M:%S} {at.tzname()}"

    return _UTC.sub(told, text)


def usual_start(bucket: Bucket, now: datetime) -> str:
    """Give where a history begins that nobody said the beginning of."""
    return rfc3339(now - _USUAL[bucket])
