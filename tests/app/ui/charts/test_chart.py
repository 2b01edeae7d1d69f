"""The chart as a widget: read-out, keyboard, wheel, legend, table, pictures, every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.charts.card import ChartCard
from app.ui.charts.data import (
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
    Sources,
)
from app.ui.charts.picture import Panel, Picture, as_image, as_svg
from app.ui.charts.span import Span
from app.ui.schemes import SCHEMES
from app.ui.theme import Theme
from core.model.history import Bucket
from core.model.provenance import Confidence, Provenance, Source

DAY = 86_400.0
START = datetime(2026, 10, 5, tzinfo=UTC).timestamp()
OWN = Provenance(Source.SNMP, ("1.3.6.1.4.1.1347.42",), (), "kyocera", Confidence.PROFILE)
BEFORE = Provenance(Source.IPP, ("marker-life",), (), "ipp: life")
KNOWN = "Kyocera's own value, known to its profile"
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
        sources=(Sources((OWN,), "Kyocera"), Sources((BEFORE, OWN), "Kyocera")),
    )


def levels() -> ChartData:
    first = Line(
        Part("supplies[1.1].level_percent", "Black", "toner_k"),
        tuple(
            Level(START + n * DAY, START + n * DAY + 3600, 90.0 - n, ("900",), 0) for n in range(10)
        ),
        Sources((Provenance(Source.SNMP, ("1.9.1", "1.8.1"), (), "level of capacity"),), "Kyocera"),
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
    assert found.origin == f"Mono, Colour: {KNOWN}, by SNMP"
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
    assert found.origin == "Black: A standard value, by SNMP"
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
    QTest.keyClick(chart, Qt.Key.Key_0)
    assert chart.span == chart.data.bounds
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.at == START + 0.5 * DAY
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.at == START + 9.5 * DAY
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


def cells(card: ChartCard, row: int) -> list[str]:
    rows = card.table.rows
    return [rows.index(row, column).data() for column in range(rows.columnCount())]


def test_the_table_says_the_same(card: ChartCard) -> None:
    card.show_table(True)
    assert card.table.rows.rowCount() == 10
    assert cells(card, 0)[:4] == ["Wed 14 Oct 2026", "7 or more", "3", "10 or more"]
    unknown = cells(card, 6)
    assert unknown[:4] == ["Thu 8 Oct 2026", *["not known"] * 3]
    assert "Nobody read it" in unknown[4]
    assert "Mono reset" in cells(card, 5)[4]


def test_the_table_of_levels_has_what_happened_and_what_is_not_known(card: ChartCard) -> None:
    data = levels()
    lone = Marker(START + 5.5 * DAY, Sign.CLOCK, "clock was wrong", told="Black clock was wrong")
    gap = Gap(START + 6.2 * DAY, START + 6.8 * DAY)
    card.show_data(replace(data, markers=(*data.markers, lone), gaps=(gap,)), UTC, None)
    assert card.table.rows.headerData(5, Qt.Orientation.Horizontal) == "From where"
    found = [cells(card, row) for row in range(card.table.rows.rowCount())]
    assert found[0][2:] == ["Black", "81 %", "", "A standard value, by SNMP"]
    assert [row[4] for row in found if row[4]] == [
        "Nobody read it for a while.", "Black clock was wrong", "replaced"
    ]  # fmt: skip
    assert found[-1][2:4] == ["Waste box", "not known"]
    assert next(row for row in found if row[4] == "replaced")[2:4] == ["Black", "88 %"]


def test_where_the_numbers_come_from_is_told_by_pointer_and_by_keyboard(card: ChartCard) -> None:
    chart = card.chart
    point(card, START + 1.5 * DAY)
    at = QPoint(round(chart.layout_now().scale.x(START + 1.5 * DAY)), 60)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    panel = card.panel
    assert panel is not None
    assert panel.isVisible()
    for said in (
        "Where do the numbers of Tue 6 Oct 2026 come from?",
        "Mono: 101",
        f"What the printer's counter rose by between the readings of this time. {KNOWN}, read by",
        "1.3.6.1.4.1.1347.42",
        "Rule: kyocera",
        "Colour: 50",
        "Earlier it was read from elsewhere: by IPP.",
    ):
        assert said in panel.text
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    card.show_data(levels(), UTC, None)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert "Black: 81 %\nA standard value, read by SNMP.\n1.9.1 = 900\n1.8.1\n" in panel.text
    assert "Waste box: not known\nNobody noted where it came from." in panel.text


def test_a_drag_asks_nothing_and_a_double_click_shows_all(card: ChartCard) -> None:
    wheel(card, 3)
    chart, asked = card.chart, []
    chart.asked.connect(asked.append)
    QTest.mouseMove(chart, QPoint(400, 60))
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=QPoint(400, 60))
    QTest.mouseMove(chart, QPoint(500, 60))
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=QPoint(500, 60))
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(500, 60))
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(500, 60))
    assert asked == []
    assert not chart.zoomed


def test_what_happened_is_told_as_near_as_one_can_point(card: ChartCard) -> None:
    card.show_data(levels(), UTC, Span(START + 2 * DAY, START + 3 * DAY))
    for after, said in ((0.005, ("Black replaced",)), (0.1, ())):
        card.chart.point_at(START + (2 + after) * DAY)
        found = card.chart.readout()
        assert found is not None
        assert found.remarks == said


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
