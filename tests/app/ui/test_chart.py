"""The chart as a widget: read-out, keyboard, wheel, legend, table, pictures, every state."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.chart_card import ChartCard
from app.ui.chart_data import (
    Amount,
    Band,
    ChartData,
    Column,
    Gap,
    Level,
    Line,
    Marker,
    Part,
    Sign,
)
from app.ui.chart_picture import Panel, Picture, as_image, as_svg
from app.ui.chart_span import Span
from app.ui.schemes import SCHEMES
from app.ui.theme import Theme
from core.model.history import Bucket

DAY = 86_400.0
START = datetime(2026, 10, 5, tzinfo=UTC).timestamp()
MONO, COLOR = Part("meters.mono", "Mono", "toner_k"), Part("meters.color", "Colour", "accent")


def volumes(count: int = 10, *, stacked: bool = True) -> ChartData:
    columns = [
        Column(START + n * DAY, START + (n + 1) * DAY, (Amount(100 + n, 5), Amount(50)))
        for n in range(count)
    ]
    columns[3] = Column(columns[3].start, columns[3].end, (Amount(None), Amount(None)))
    columns[-1] = Column(columns[-1].start, columns[-1].end, (Amount(7, 0, False), Amount(3)))
    marks = tuple(
        Marker(START + (n + 4.5) * DAY, sign, sign.value, told=f"Mono {sign.value}")
        for n, sign in enumerate((Sign.RESET, Sign.FELL, Sign.WRAPPED, Sign.STATUS, Sign.CLOCK))
    )
    return ChartData(
        Span(START, START + count * DAY),
        (MONO, COLOR),
        tuple(columns),
        markers=marks,
        gaps=(Gap(columns[3].start, columns[3].end, "Mono 612"),),
        stacked=stacked,
        origins=("by SNMP, 1.2.3", "by SNMP, 1.2.4"),
    )


def levels() -> ChartData:
    first = Line(
        Part("supplies[1.1].level_percent", "Black", "toner_k"),
        tuple(Level(START + n * DAY, START + n * DAY + 3600, 90.0 - n, "900") for n in range(10)),
        "by SNMP, 1.9.1",
        Band(START + 9 * DAY, 81, START + 12 * DAY, START + 11 * DAY, None),
        "about 3 days, at least 2",
    )
    second = Line(
        Part("supplies[1.9].level_percent", "Waste box", "muted", 2), (Level(START, START, None),)
    )
    marks = (Marker(START + 2 * DAY, Sign.REPLACED, "replaced", first.part.key, "Black replaced"),)
    bounds = Span(START, START + 11 * DAY)
    return ChartData(
        bounds,
        lines=(first, second),
        markers=marks,
        unit="%",
        bucket=Bucket.RAW,
        now=START + 9 * DAY + 3600,
    )


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> ChartCard:
    made = ChartCard("Pages per day")
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.show_data(volumes(), UTC, None)
    return made


def point(card: ChartCard, at: float) -> None:
    chart = card.chart
    x = chart.layout_now().scale.x(at)
    QTest.mouseMove(chart, QPoint(round(x), 60))


def test_the_read_out_says_what_is_known_and_where_it_came_from(card: ChartCard) -> None:
    point(card, START + 1.5 * DAY)
    found = card.chart.tip.readout
    assert found is not None
    assert found.title == "Tue 6 Oct 2026"
    assert [(row.part.name, row.text) for row in found.rows] == [
        ("Mono", "101"),
        ("Colour", "50"),
        ("Together", "151"),
    ]
    assert found.remarks == ("5 of it shared out by time between two readings",)
    assert found.origin == "by SNMP, 1.2.3\nby SNMP, 1.2.4"
    point(card, START + 3.5 * DAY)
    found = card.chart.tip.readout
    assert found is not None
    assert [row.text for row in found.rows] == ["not known", "not known"]
    assert "Nobody read it for a while; in all that time: Mono 612." in found.remarks
    point(card, START + 9.5 * DAY)
    found = card.chart.tip.readout
    assert found is not None
    assert [row.text for row in found.rows] == ["7 or more", "3", "10 or more"]


def test_the_read_out_of_levels(card: ChartCard) -> None:
    card.show_data(levels(), UTC, None)
    point(card, START + 2 * DAY)
    found = card.chart.tip.readout
    assert found is not None
    assert [(row.part.name, row.text) for row in found.rows] == [
        ("Black", "88 %"),
        ("Waste box", "not known"),
    ]
    assert found.remarks == ("Black replaced",)
    assert found.origin == "by SNMP, 1.9.1, as it said: 900"
    point(card, START + 10.5 * DAY)
    found = card.chart.tip.readout
    assert found is not None
    assert [row.text for row in found.rows] == ["about 3 days, at least 2"]


def test_the_keyboard_steps_zooms_moves_and_comes_back(card: ChartCard) -> None:
    chart = card.chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.at == START + 9.5 * DAY
    assert "Wed 14 Oct 2026. Mono: 7 or more" in chart.accessibleDescription()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.at == START + 8.5 * DAY
    for _ in range(4):
        QTest.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.zoomed
    assert card.whole.isVisible()
    before = chart.span
    QTest.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert chart.span.since < before.since
    assert chart.span.length == pytest.approx(before.length)
    for _ in range(8):  # what is stepped to comes into sight
        QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.span.holds(START + 0.5 * DAY)
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.span == chart.data.bounds
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.at is None


def wheel(card: ChartCard, notches: int) -> bool:
    at = QPointF(400, 60)
    event = QWheelEvent(
        at, card.chart.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(card.chart, event)
    return event.isAccepted()


def test_the_wheel_zooms_about_the_pointer_and_lets_the_page_scroll(card: ChartCard) -> None:
    chart = card.chart
    at = chart.layout_now().scale.at(400)
    assert wheel(card, 2)
    assert chart.layout_now().scale.at(400) == pytest.approx(at, abs=60)
    assert wheel(card, -5)
    assert not wheel(card, -1)
    assert not chart.zoomed


def test_dragging_moves(card: ChartCard) -> None:
    chart = card.chart
    wheel(card, 3)
    before = chart.span
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(400, 60))
    QTest.mouseMove(chart, QPoint(500, 60))
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=QPoint(500, 60))
    assert chart.span.since < before.since
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(400, 60))
    assert not chart.zoomed


def test_the_legend_hides_and_new_data_keep_it_hidden(card: ChartCard) -> None:
    card.legend.buttons[0].click()
    assert card.chart.shown == (False, True)
    assert card.table.rows.columnCount() == 3
    card.show_data(volumes(), UTC, None)
    assert card.chart.shown == (False, True)


def test_the_table_says_the_same(card: ChartCard) -> None:
    card.show_table(True)
    rows = card.table.rows
    assert rows.rowCount() == 10
    cells = [rows.index(6, column).data() for column in range(rows.columnCount())]
    assert cells[:3] == ["Thu 8 Oct 2026", "not known", "not known"]
    assert "Nobody read it" in cells[3]
    card.show_data(levels(), UTC, None)
    assert rows.rowCount() == 11
    assert rows.index(0, 3).data() == "81 %"
    assert rows.headerData(4, Qt.Orientation.Horizontal) == "From where"


@pytest.mark.parametrize("name", sorted(SCHEMES))
@pytest.mark.parametrize("kind", ["bars", "several", "levels", "nothing", "tiny"])
def test_every_state_is_painted(card: ChartCard, theme: Theme, name: str, kind: str) -> None:
    theme.wear(SCHEMES[name])
    data = {
        "bars": volumes(),
        "several": volumes(stacked=False),
        "levels": levels(),
        "nothing": ChartData(Span(0, DAY)),
        "tiny": volumes(200),
    }[kind]
    card.show_data(data, UTC, None)
    card.chart.setFocus()
    if kind == "tiny":
        card.resize(240, 220)
    QTest.keyClick(card.chart, Qt.Key.Key_Left)
    picture = card.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 230, 3) for y in range(0, 200, 3)}
    assert len(colours) > (2 if kind == "nothing" else 4)


def picture_of() -> Picture:
    data = [volumes(), levels()]
    panels = [Panel(f"Chart {n}", d, (True, True), d.bounds, "A word.") for n, d in enumerate(data)]
    return Picture("Reception <&>", "5 Oct to 15 Oct", panels, UTC)


def test_an_svg_holds_words_and_no_pixels(theme: Theme) -> None:
    root = ET.fromstring(as_svg(picture_of()).decode())
    words = {"".join(t.itertext()).strip() for t in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Reception <&>", "Chart 0", "Mono", "replaced", "100 %", "A word."} <= words
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))


def test_an_image_has_two_pixels_a_unit(theme: Theme, tmp_path: Path) -> None:
    made = as_image(picture_of())
    assert made.size() == picture_of().size * 2
    path = tmp_path / "chart.png"
    assert made.save(str(path))
    assert QImage(str(path)).pixelColor(2, 2).name() == "#ffffff"
