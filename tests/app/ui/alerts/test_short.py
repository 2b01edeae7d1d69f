"""An alert in a few words, with its figure whole however narrow the column is."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from app.ui import fonts
from app.ui.alerts.model import AlertFilter, AlertModel
from app.ui.alerts.short import below, short
from app.ui.alerts.table import fitting
from app.ui.theme import Theme
from core.model.occurrence import Fact, Occurrence
from tests.support.fake_alerts import alert


def made(kind: str, text: str, subject: str = "", **facts: Fact) -> Occurrence:
    return alert(1, kind=kind, text=text, subject=subject, facts=facts, name="The rule")


CASES = (
    (made("supply_low", "Black toner is at 4 %.", level_percent=4.0), "Black toner", "4 %"),
    (made("supply_low", "Black toner is low; the printer gives no figure.", level_percent=None),
     "Black toner is low; the printer gives no figure", ""),
    (made("supply_empty", "Cyan toner is empty.", level_percent=0.0), "Cyan toner is empty", ""),
    (made("supply_replaced", "Drum was replaced: 3 % before.", before=3.0, after=100.0),
     "Drum replaced", "3 % → 100 %"),
    (made("supply_replaced", "Drum was replaced.", before=None, after=100.0), "Drum replaced", ""),
    (made("supply_replaced_early", "Drum was replaced early.", before=35.0, after=100.0),
     "Drum replaced early", "35 % left"),
    (made("counter_fell", "...", "meters.total", before=447_720, after=12),
     "Total went down", "447,720 → 12"),
    (made("counter_jumped", "...", "meters.color", before=10, after=99_000),
     "Colour jumped", "10 → 99,000"),
    (made("meters_disagree", "...", "meters.total", said=100, sum=90),
     "Total does not add up", "100 ≠ 90"),
    (made("meters_disagree", "It is 1, but 2.", "meters"), "It is 1, but 2", ""),
    (made("volume", "...", "meters.total", value=10_003, passed=10_000), "Total passed", "10,000"),
    (made("condition_lasting", "...", "conditions.jammed", minutes=23), "Paper jam", "23 min"),
    (made("condition_lasting", "...", "conditions.jammed", minutes=0), "Paper jam", ""),
    (made("condition_lasting", "...", "conditions.no_paper", minutes=180), "Out of paper", "3 h"),
    (made("condition_lasting", "...", "conditions.no_paper", minutes=7200),
     "Out of paper", "5 days"),
    (made("condition_lasting", "The printer is in the state error.", "conditions.state:error",
          minutes=5), "The printer is in the state error", ""),
    (made("new_device", "...", address="192.168.4.77"), "New printer", "192.168.4.77"),
    (made("moved", "...", "endpoint", before="10.0.0.1", after="10.0.0.9"),
     "Moved to", "10.0.0.9"),
    (made("offline", "...", misses=2), "No answer", "2 visits"),
    (made("stale", "No reading for 42 days: left out."), "No reading for 42 days", ""),
    (made("back", "The printer answers again."), "Answers again", ""),
    (made("custom", "The rule: meters.total > 5"), "The rule", ""),
    (made("heard of in a later version", "Something new."), "Something new", ""),
)  # fmt: skip


@pytest.mark.parametrize(("item", "words", "figure"), CASES)
def test_words_and_figure(item: Occurrence, words: str, figure: str) -> None:
    assert short(item) == (words, figure)


def test_below_stands_the_rule_or_its_condition() -> None:
    assert below(CASES[0][0]) == "The rule"
    assert below(made("custom", "The rule: meters.total > 5")) == "meters.total > 5"


@pytest.mark.parametrize("room", [90, 120, 196, 400])
def test_the_figure_always_has_its_room(theme: Theme, room: int) -> None:
    figure = QFontMetrics(fonts.strong()).horizontalAdvance("192.168.4.17")
    words = QFontMetrics(fonts.body()).horizontalAdvance(
        fitting("A new printer was found at", "192.168.4.17", room)
    )
    assert words + figure <= max(room, figure)


def test_what_a_row_says_finds_it(theme: Theme) -> None:
    model = AlertModel(lambda key: (f"Place {key}", "A model"))
    jam = made("condition_lasting", "Jammed for 23 minutes.", "conditions.jammed", minutes=23)
    model.update([jam, alert(2)])
    for words in (("paper", "jam"), ("jammed",), ("23", "min")):
        model.set_filter(AlertFilter(words=words))
        assert [model.key_at(row) for row in range(model.rowCount())] == ["a00001"]
