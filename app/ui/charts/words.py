"""Times, amounts and marks of a chart in words, by the locale."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from app.ui import wording
from app.ui.charts.ticks import Rule, Unit
from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model.history import Bucket, Forecast, MarkKind

_DAY = 86_400.0
_LONGEST = 24  # letters of a name
_MARKS = {
    MarkKind.RESET: QT_TRANSLATE_NOOP("Chart", "began anew"),
    MarkKind.FELL: QT_TRANSLATE_NOOP("Chart", "fell"),
    MarkKind.WRAPPED: QT_TRANSLATE_NOOP("Chart", "went past its end"),
    MarkKind.GAP: QT_TRANSLATE_NOOP("Chart", "nobody read it"),
    MarkKind.REPLACED: QT_TRANSLATE_NOOP("Chart", "replaced"),
    MarkKind.SOURCE_CHANGED: QT_TRANSLATE_NOOP("Chart", "read from elsewhere since"),
    MarkKind.CLOCK_SUSPECT: QT_TRANSLATE_NOOP("Chart", "clock was wrong"),
}
_PER = {
    Bucket.DAY: QT_TRANSLATE_NOOP("Chart", "%1 per day"),
    Bucket.WEEK: QT_TRANSLATE_NOOP("Chart", "%1 per week"),
    Bucket.MONTH: QT_TRANSLATE_NOOP("Chart", "%1 per month"),
    Bucket.RAW: QT_TRANSLATE_NOOP("Chart", "%1"),
}


def said(text: str) -> str:
    """Translate a text of charts."""
    return QCoreApplication.translate("Chart", text)


def mark(kind: MarkKind) -> str:
    """Name what stands out."""
    return said(_MARKS[kind])


def per(bucket: Bucket, what: str) -> str:
    """Say what is counted in each bucket: "Pages per day"."""
    return said(_PER[bucket]).replace("%1", what, 1)


def tick(at: float, rule: Rule, zone: tzinfo) -> str:
    """Write the label of a tick; where a day begins, among hours, is that day, and January among
    months has its year.
    """
    local = datetime.fromtimestamp(at, zone)
    if rule.unit in {Unit.MINUTE, Unit.HOUR} and not _begins(local):
        return _clock(local)
    if rule.unit is Unit.MONTH:
        return _date(local, "My" if local.month == 1 else "M")
    return _date(local, "y" if rule.unit is Unit.YEAR else "dM")


def day(at: float, zone: tzinfo) -> str:
    """Write a day: "5 Oct"."""
    return _date(datetime.fromtimestamp(at, zone), "dM")


def full_day(at: float, zone: tzinfo) -> str:
    """Write a day with its year: "5 Oct 2026"."""
    return _date(datetime.fromtimestamp(at, zone), "dMy")


def moment(at: float, zone: tzinfo) -> str:
    """Write a time: "Mon 5 Oct 2026, 14:02"."""
    local = datetime.fromtimestamp(at, zone)
    return f"{_date(local, 'wdMy')}, {_clock(local)}"


def bucket(start: float, kind: Bucket, zone: tzinfo) -> str:
    """Name a bucket: a day, a week by its first day, a month."""
    local = datetime.fromtimestamp(start, zone)
    if kind is Bucket.MONTH:
        return _date(local, "My", month="MMMM")
    if kind is Bucket.WEEK:
        return said("Week of %1").replace("%1", _date(local, "dMy"), 1)
    return _date(local, "wdMy")


def date_form(parts: str, month: str = "MMM") -> str:
    """Give Qt's form of a date of these parts (w: weekday, d, M, y) in the locale's order."""
    usual = wording.locale().dateFormat(QLocale.FormatType.ShortFormat)
    forms = {"w": "ddd", "d": "d", "M": month, "y": "yyyy"}
    return " ".join(forms[part] for part in sorted(parts, key=usual.find))


def value(number: float, unit: str) -> str:
    """Write a value of an axis."""
    if unit == "%":
        return wording.percent(number)
    return wording.number(round(number))


def forecast(found: Forecast, now: float) -> tuple[str, str]:
    """Say when a supply is empty: "about 9 days", "between 6 and 14"; or "", and why not."""
    at = wording.parse(found.at)
    if found.days is None or at is None:
        return "", said(found.reason)
    gone = max(0.0, (now - at.timestamp()) / _DAY)
    days = max(0.0, found.days - gone)
    least = max(0.0, (found.days if found.least is None else found.least) - gone)
    if days < 1:
        return said("less than a day"), ""
    about = wording.counted(
        QCoreApplication.translate("Chart", "about %n day(s)", "", round(days)), round(days)
    )
    if found.most is None:
        return about, said("at least %1").replace("%1", wording.number(int(least)), 1)
    most = max(0.0, found.most - gone)
    form = said("between %1 and %2").replace("%1", wording.number(int(least)), 1)
    return about, form.replace("%2", wording.number(round(most)), 1)


def rests_on(found: Forecast, zone: tzinfo) -> str:
    """Say what a forecast rests on: "its level fell by 1.6 % a day since 4 Oct"."""
    since = wording.parse(found.since)
    if found.days is None or found.per_day is None or since is None:
        return ""
    form = said("its level fell by %1\u00a0% a day since %2")
    amount = wording.locale().toString(found.per_day, "f", 1 if found.per_day >= 0.1 else 2)
    return form.replace("%2", day(since.timestamp(), zone), 1).replace("%1", amount, 1)


def first_weekday() -> int:
    """Give the day that weeks begin with where the person lives (0: Monday)."""
    return wording.locale().firstDayOfWeek().value - 1


def _begins(local: datetime) -> bool:
    """Whether a day begins then: in some places and years at one o'clock."""
    first = datetime(local.year, local.month, local.day, tzinfo=local.tzinfo)
    return first.timestamp() == local.timestamp()


def _date(local: datetime, parts: str, month: str = "MMM") -> str:
    day_ = QDate(local.year, local.month, local.day)
    return wording.locale().toString(day_, date_form(parts, month))


def _clock(local: datetime) -> str:
    time = QTime(local.hour, local.minute)
    return wording.locale().toString(time, QLocale.FormatType.ShortFormat)


def short(name: str, most: int = _LONGEST) -> str:
    """Cut a name that is too long to stand among others to so many letters."""
    return name if len(name) <= most else f"{name[:most].rstrip()}…"
