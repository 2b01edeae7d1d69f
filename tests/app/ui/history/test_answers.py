"""The cards over the charts: what is known, and why something is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.charts import series as chart_series
from app.ui.charts.data import ChartData
from app.ui.charts.meters import choices
from app.ui.charts.span import Span
from app.ui.history.answers import Answer, Printer, answers
from app.ui.history.period import Range
from core.host.clock import rfc3339
from core.model.device import LatestReading
from core.model.history import Bucket, Forecast, Point, Series, Volume
from core.model.provenance import Source
from core.model.reading import DeviceState, EngineLife, LevelState, Status, Supply, SupplyKind

NOW = datetime(2026, 10, 15, tzinfo=UTC)
NOTHING = ChartData(Span(0, 1))
BLACK = Supply("1.1", SupplyKind.TONER, "black", None, 50.0, LevelState.OK)
LATEST = LatestReading(rfc3339(NOW), Status(DeviceState.IDLE), (BLACK,), {"total": 5}, None)

pytestmark = pytest.mark.usefixtures("qapp")


def counted(path: str, *values: int | None) -> Series:
    days = [NOW - timedelta(days=len(values) - n) for n in range(len(values))]
    volumes = tuple(
        Volume(rfc3339(day), rfc3339(day + timedelta(days=1)), value, 0, value is not None)
        for day, value in zip(days, values, strict=True)
    )
    return Series(path, Bucket.DAY, volumes=volumes)


def main(**values: tuple[int | None, ...]) -> dict[str, Series]:
    return {f"meters.{name}": counted(f"meters.{name}", *told) for name, told in values.items()}


def asked(
    found: dict[str, Series],
    printer: Printer | None = None,
    levels: ChartData = NOTHING,
    since: datetime | None = None,
) -> dict[str, tuple[str, str]]:
    begin = None if since is None else since.timestamp()
    told: tuple[Answer, ...] = answers(found, Range(begin), levels, printer or Printer(LATEST))
    return {answer.question: (answer.value, answer.note) for answer in told}


def test_a_printer_that_counts_all_is_answered() -> None:
    told = asked(main(total=(100, 50), mono=(60, 30), color=(40, 20), scan=(7, 3)))
    assert told["Pages in this period"][0] == "150"
    assert told["Colour share"][0] == "40 %"
    assert told["Scans"][0] == "10"


@pytest.mark.parametrize(
    ("latest", "source", "why"),
    [
        (replace(LATEST, engine_life=EngineLife(900, "feet")), Source.SNMP,
         "It counts feet, not pages."),
        (replace(LATEST, engine_life=EngineLife(900, "impressions")), Source.SNMP,
         "It tells no count of pages."),
        (LATEST, Source.IPP,
         "It is read by IPP alone, which gives no such count. By SNMP it may."),
        (None, None, "It tells no count of pages."),
    ],
)  # fmt: skip
def test_why_pages_are_not_known(
    latest: LatestReading | None, source: Source | None, why: str
) -> None:
    assert asked({}, Printer(latest, source))["Pages in this period"] == ("not known", why)


def test_why_colour_and_scans_are_not_known() -> None:
    told = asked(main(total=(5,), mono=(5,)))
    assert told["Colour share"] == ("not known", "It tells no count of colour pages.")
    assert told["Scans"] == ("not known", "It tells no count of scans.")
    told = asked(main(color=(5,)))
    assert told["Colour share"] == ("not known", "It tells no count of mono pages.")
    told = asked(main(mono=(0, 0), color=(0, 0)))
    assert told["Colour share"] == ("not known", "Nothing was counted in this period.")


def test_one_reading_and_a_time_in_which_nobody_read_are_told_apart() -> None:
    assert asked(main(total=(None,)))["Pages in this period"][1].startswith("Read once so far")
    told = asked(main(total=(9, None, None)), since=NOW - timedelta(days=2))
    assert told["Pages in this period"] == ("not known", "Nobody read it in this period.")


@pytest.mark.parametrize(
    ("supplies", "why"),
    [
        ((), "It tells of no supplies."),
        ((replace(BLACK, level_percent=None, state=LevelState.SOME_REMAINING),),
         "It says that some is left, and not how much."),
        ((replace(BLACK, level_percent=None, state=LevelState.UNKNOWN),),
         "It names its supplies, and not how full they are."),
        ((BLACK,), "It told no level in this period."),
    ],
)  # fmt: skip
def test_why_no_level_is_known(supplies: tuple[Supply, ...], why: str) -> None:
    told = asked({}, Printer(replace(LATEST, supplies=supplies)))
    assert told["Supplies"] == ("not known", why)


def test_a_time_that_was_not_read_to_its_end_says_until_when() -> None:
    told = asked(main(total=(100, 50)), Printer(LATEST, silent_since="3 Oct"))
    assert told["Pages in this period"] == ("150", "until 3 Oct; nobody has read it since")


def test_a_forecast_says_on_what_it_rests(qapp: QApplication) -> None:
    since = rfc3339(NOW - timedelta(days=11))
    found = Forecast(rfc3339(NOW), 19.2, 17.0, 20.4, 1.64, since=since)
    points = (Point(since, since, 68.0), Point(rfc3339(NOW), rfc3339(NOW), 50.0))
    series = Series("supplies[1.1].level_percent", Bucket.RAW, points, forecast=found)
    now = NOW.timestamp()
    levels = chart_series.curves([series], {"1.1": BLACK}, Span(now - 9e5, now), now)
    value, note = asked({}, levels=levels)["Black toner"]
    assert value == "about 19 days"
    assert note == "between 17 and 20; its level fell by 1.6\u00a0% a day since 4 Oct"


def test_with_several_the_cards_say_whose_they_are() -> None:
    told = asked(main(total=(5,)), Printer(LATEST, None, "Reception at the far end of the floor"))
    assert told["Scans"][1] == "Reception…: It tells no count of scans."


def test_what_an_engine_counts_is_named_with_its_unit(qapp: QApplication) -> None:
    (choice,) = choices((), engine_life="feet")
    assert choice.name == "Engine life, feet"
    assert [part.name for part in choice.parts()] == ["Engine life, feet"]
