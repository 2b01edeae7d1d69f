"""Times, amounts and marks of a chart in words, by the locale."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from app.ui import wording
from app.ui.chart_ticks import Rule, Unit
from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model.history import Bucket, Forecast, MarkKind

_DAY = 86_400.0
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
_FORMS = {
    Unit.DAY: "d MMM",
    Unit.WEEK: "d MMM",
    Unit.MONTH: "MMM",
    Unit.YEAR: "yyyy",
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
    """Write the label of a tick; midnight among hours is a day, January among months has a year."""
    local = datetime.fromtimestamp(at, zone)
    if rule.unit is Unit.HOUR and local.hour != 0:
        return _clock(local)
    if rule.unit is Unit.MONTH and local.month == 1:
        return _date(local, "MMM yyyy")
    return _date(local, _FORMS.get(rule.unit, "d MMM"))


def day(at: float, zone: tzinfo) -> str:
    """Write a day: "5 Oct"."""
    return _date(datetime.fromtimestamp(at, zone), "d MMM")


def full_day(at: float, zone: tzinfo) -> str:
    """Write a day with its year: "5 Oct 2026"."""
    return _date(datetime.fromtimestamp(at, zone), "d MMM yyyy")


def moment(at: float, zone: tzinfo) -> str:
    """Write a time: "Mon 5 Oct 2026, 14:02"."""
    local = datetime.fromtimestamp(at, zone)
    return f"{_date(local, 'ddd d MMM yyyy')}, {_clock(local)}"


def bucket(start: float, kind: Bucket, zone: tzinfo) -> str:
    """Name a bucket: a day, a week by its Monday, a month."""
    local = datetime.fromtimestamp(start, zone)
    if kind is Bucket.MONTH:
        return _date(local, "MMMM yyyy")
    if kind is Bucket.WEEK:
        return said("Week of %1").replace("%1", _date(local, "d MMM yyyy"), 1)
    return _date(local, "ddd d MMM yyyy")


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
    form = said("its level fell by %1 % a day since %2")
    amount = wording.locale().toString(found.per_day, "f", 1 if found.per_day >= 0.1 else 2)
    return form.replace("%2", day(since.timestamp(), zone), 1).replace("%1", amount, 1)


def _date(local: datetime, form: str) -> str:
    return wording.locale().toString(QDate(local.year, local.month, local.day), form)


def _clock(local: datetime) -> str:
    time = QTime(local.hour, local.minute)
    return wording.locale().toString(time, QLocale.FormatType.ShortFormat)
