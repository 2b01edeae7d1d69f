"""Numbers, times and counted words as a person writes them, by the locale."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt


def locale() -> QLocale:
    """Give the locale for figures; the bare C locale groups no digits, so English stands in."""
    found = QLocale()
    if found.language() is QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    return found


def number(value: int) -> str:
    """Write a whole number with the locale's grouping: 76,064."""
    return locale().toString(value)


def percent(value: float) -> str:
    """Write a level: 62 %, and below one "under 1 %", never a false 0 %."""
    if 0 < value < 1:
        return QCoreApplication.translate("Wording", "under 1 %")
    return QCoreApplication.translate("Wording", "%1 %").replace("%1", number(int(value)), 1)


def moment(text: str | None, now: datetime | None = None) -> str:
    """Write an RFC 3339 time in local time: the clock for today, else day and clock."""
    when = parse(text)
    if when is None:
        return QCoreApplication.translate("Wording", "never")
    local = when.astimezone()
    today = (now or datetime.now().astimezone()).date()
    stamp = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    clock = locale().toString(stamp.time(), QLocale.FormatType.ShortFormat)
    if local.date() == today:
        return clock
    form = _day_form(with_year=local.year != today.year)
    return f"{locale().toString(stamp.date(), form)} {clock}"


def _day_form(*, with_year: bool) -> str:
    """Give the order of day, month and year that the locale writes a date in."""
    usual = locale().dateFormat(QLocale.FormatType.ShortFormat)
    parts = sorted(("d", "M", "y"), key=usual.find)
    forms = {"d": "d", "M": "MMM", "y": "yyyy"}
    return " ".join(forms[part] for part in parts if with_year or part != "y")


def exact(text: str | None) -> str:
    """Write an RFC 3339 time in full, for tool tips and copies."""
    when = parse(text)
    if when is None:
        return QCoreApplication.translate("Wording", "never")
    return QDateTime.fromSecsSinceEpoch(int(when.timestamp())).toString(Qt.DateFormat.ISODate)


def parse(text: str | None) -> datetime | None:
    """Read an RFC 3339 time; ``None`` for nothing, or for what is not one."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def counted(translated: str, count: int) -> str:
    """Finish a ``translate(..., "%n thing(s)", None, n)`` for the source language.

    Translations bring plural forms of their own; the English source has only "(s)" and "(es)".
    """
    one = count == 1
    said = translated.replace("(s)", "" if one else "s").replace("(es)", "" if one else "es")
    return said.replace(str(count), number(count), 1)


def listed(parts: list[str]) -> str:
    """Join what stands side by side on one line."""
    return "  ·  ".join(part for part in parts if part)
