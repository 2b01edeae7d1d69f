"""Settings in plain words; new ones show without."""

from __future__ import annotations

import pytest

from app.ui.settings import words as setting_words
from core.model.setting import Setting
from core.settings import Settings
from core.settings.shown import shown

ROWS = list(shown(Settings()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.path)
def test_every_setting_and_field_has_a_name_of_its_own(row: Setting) -> None:
    for one in (row, *row.fields):
        assert one.path in setting_words._NAMES, f"give {one.path} a name in setting_words"
        assert setting_words.name(one)
    assert row.topic in setting_words._TOPICS


def test_names_of_a_topic_differ() -> None:
    told = [(row.topic, setting_words.name(row)) for row in ROWS]
    assert len(set(told)) == len(told)


def test_one_that_nobody_has_named_yet_shows_all_the_same() -> None:
    row = Setting("lunch.menu_of_day", "lunch", "text", None, None, "What there is.", ("console",))
    assert setting_words.title("lunch") == "Lunch"
    assert setting_words.name(row) == "Menu of day"
    assert setting_words.unit(row) == ""
    assert setting_words.found(row, "MENU what")
    assert not setting_words.found(row, "supper")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("schedule.read_every", 1440, "1,440 minutes"),
        ("collection.timeout", 0.5, "0.5 s"),
        ("schedule.search_days", ["tue", "thu"], "Tue, Thu"),
        ("schedule.search_days", [], "none"),
        ("schedule.enabled", True, "on"),
        ("privacy.macs", "omit", "Leave out"),
        ("schedule.deliver_from", None, "any time"),
    ],
)
def test_values_in_words(path: str, value: object, said: str) -> None:
    row = next(row for row in ROWS if row.path == path)
    assert setting_words.value(row, value) == said


def test_a_port_has_no_thousands() -> None:
    segments = next(row for row in ROWS if row.path == "discovery.segments")
    port = next(field for field in segments.fields if field.path == "port")
    assert setting_words.value(port, 1161) == "1161"
    assert setting_words.limits(port) == "1 to 65535"
