from __future__ import annotations

from core.model.reading import Alert, DeviceState, LevelState, Severity
from core.telemetry.alert_codes import CONDITIONS, GROUP_CONDITIONS, condition_of
from core.telemetry.alerts import AlertFacts, alerts_of
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import values

Rows = dict[str, int | str | bytes]


def row(index: str, **columns: int | str | bytes) -> Rows:
    names = {"severity": 2, "group": 4, "row": 5, "location": 6, "code": 7, "text": 8}
    return {f"prt.18.1.1.{names[name]}.{index}": value for name, value in columns.items()}


def facts(rows: Rows, device: int = 1) -> AlertFacts:
    return alerts_of(Snapshot(values(rows)), device)


def only(rows: Rows) -> Alert:
    (found,) = facts(rows).alerts
    return found.value


def test_an_alert() -> None:
    rows = row("1.4", severity=4, group=11, row=2, location=3, code=1105, text="Ink is low.")
    assert only(rows) == Alert("1.4", Severity.WARNING, 1105, "Ink is low.", 11, 3)
    (condition,) = facts(rows).conditions
    assert condition.value == "low_ink"
    assert facts(rows).supply(2) is not None


def test_severities() -> None:
    for level, severity in (
        (1, "other"),
        (3, "critical"),
        (4, "warning"),
        (5, "warning"),
        (0, "other"),
    ):
        assert only(row("1.1", severity=level, code=8)).severity == severity
    assert only(row("1.1", code=8)).severity is Severity.OTHER


def test_codes_and_places_that_are_none() -> None:
    alert = only(row("1.1", severity=3, group=0, location=-2, code=0, text="Call service"))
    assert (alert.code, alert.group, alert.location) == (None, None, None)


def test_empty_texts() -> None:
    assert only(row("1.1", severity=3, code=8, text="")).description is None


def test_rows_that_say_nothing() -> None:
    assert facts(row("1.1", severity=0, code=0, text="", location=40000)).alerts == ()
    assert facts(row("1.1", severity=1)).alerts == ()


def test_states_are_no_alerts() -> None:
    for text, state in (
        ("Sleep", DeviceState.SLEEP),
        ("Ready", DeviceState.IDLE),
        ("Prêt", DeviceState.IDLE),
    ):
        found = facts(row("1.1", severity=1, code=1, text=text))
        assert found.alerts == ()
        assert found.state is not None
        assert found.state.value is state


def test_codes_of_states_and_of_ends_are_no_alerts() -> None:
    for code in (503, 504, 507, 23, 24, 4, 502):
        found = facts(row("1.1", severity=5, code=code, text=""))
        assert (found.alerts, found.conditions) == ((), ())


def test_order_is_by_index() -> None:
    rows = row("1.10", severity=3, code=8) | row("1.9", severity=3, code=3) | row("2.1", code=8)
    assert [o.value.index for o in facts(rows).alerts] == ["1.9", "1.10"]
    assert [o.value for o in facts(rows).conditions] == ["door_open", "jammed"]


def test_one_condition_once() -> None:
    rows = row("1.1", severity=3, code=8) | row("1.2", severity=3, code=8)
    assert [o.value for o in facts(rows).conditions] == ["jammed"]


def test_the_worse_of_two_alerts_about_a_supply() -> None:
    rows = row("1.1", severity=4, group=11, row=1, code=1104)
    rows |= row("1.2", severity=3, group=11, row=1, code=1101)
    rows |= row("1.3", severity=4, group=11, row=1, code=1104)
    found = facts(rows).supply(1)
    assert found is not None
    assert found.value is LevelState.EMPTY
    assert facts(rows).supply(2) is None


def test_generic_codes_need_their_group() -> None:
    assert condition_of(13, 8) == "input_tray_empty"
    assert condition_of(13, 11) == "no_supply"
    assert condition_of(13, 6) is None
    assert condition_of(808, 8) == "input_tray_empty"
    assert condition_of(None, 8) is None
    assert condition_of(99999, None) is None


def test_conditions_are_snake_case() -> None:
    for name in (*CONDITIONS.values(), *GROUP_CONDITIONS.values()):
        assert name.replace("_", "").isalpha()
        assert name == name.lower()
