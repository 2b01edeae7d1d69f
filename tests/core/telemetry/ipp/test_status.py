"""Status and alerts by IPP: one state, a list of conditions, and no state among the alerts."""

from __future__ import annotations

import pytest

from core.model.reading import DeviceState, Severity
from core.telemetry.ipp.alerts import alerts_of
from core.telemetry.ipp.reasons import reasons_of
from core.telemetry.ipp.status import status_of
from tests.support.ipp_attributes import attributes


def read(**given):
    told = attributes(**given)
    return status_of(told, alerts_of(told)).status


@pytest.mark.parametrize(
    ("state", "reasons", "expected", "conditions"),
    [
        (3, ["none"], DeviceState.IDLE, ()),
        (4, ["toner-low-report"], DeviceState.PRINTING, ("low_toner",)),
        (5, ["toner-empty-error"], DeviceState.ERROR, ("no_toner",)),
        (5, ["media-empty", "media-jam-error"], DeviceState.ERROR, ("input_tray_empty", "jammed")),
        (3, ["cover-open-error"], DeviceState.ERROR, ("door_open",)),
        (5, ["paused"], DeviceState.OFFLINE, ("paused",)),
        (5, ["paused", "toner-empty-error"], DeviceState.ERROR, ("paused", "no_toner")),
        (5, [], DeviceState.ERROR, ()),
        (3, ["offline-report"], DeviceState.OFFLINE, ("offline",)),
        (3, ["hibernate"], DeviceState.SLEEP, ()),
        (3, ["subunit-power-saver-report"], DeviceState.SLEEP, ()),
        (3, ["marker-warming-up-report"], DeviceState.WARMUP, ()),
        (3, ["cups-waiting-for-job-completed"], DeviceState.IDLE, ()),
        (3, ["com.example-odd-warning"], DeviceState.IDLE, ("com_example_odd",)),
        (3, ["Not a keyword!", "", "-", "x" * 200], DeviceState.IDLE, ()),
        (None, [], DeviceState.UNKNOWN, ()),
        (77, ["other"], DeviceState.UNKNOWN, ()),
    ],
)
def test_states_and_reasons(state, reasons, expected, conditions) -> None:
    status = read(printer_state=state, printer_state_reasons=reasons)
    assert (status.state, status.conditions) == (expected, conditions)
    assert status.display == ()


def test_without_a_suffix_a_reason_is_an_error() -> None:
    assert reasons_of(["toner-empty"]).faults
    assert not reasons_of(["toner-empty-warning"]).faults


def test_a_printer_that_takes_no_jobs_says_so() -> None:
    assert read(printer_state=3, printer_is_accepting_jobs=False).conditions == (
        "not_accepting_jobs",
    )


def test_a_description_that_is_a_state_is_no_alert() -> None:
    told = attributes(
        printer_state=3, printer_alert=b"other", printer_alert_description="Sleeping... "
    )
    facts = alerts_of(told)
    assert facts.alerts == ()
    status = status_of(told, facts)
    assert status.status.state is DeviceState.SLEEP
    assert status.provenance["state"].refs == ("printer-alert", "printer-alert-description")


def test_a_history_of_states_tells_none() -> None:
    told = attributes(
        printer_alert=[b"code=unknown;severity=other;group=other"] * 3,
        printer_alert_description=["ready", "sleeping", "nonHPSupplyDetected"],
    )
    facts = alerts_of(told)
    assert (facts.alerts, facts.state) == ((), None)


def test_alerts_have_their_numbers_and_are_told_once() -> None:
    jam = b"code=jam;severity=critical;group=mediaPath;groupindex=1;location=3"
    told = attributes(printer_alert=[jam, jam], printer_alert_description=["Jam", "Jam"])
    facts = alerts_of(told)
    [alert] = [o.value for o in facts.alerts]
    assert (alert.severity, alert.code, alert.group) == (Severity.CRITICAL, 8, 13)
    assert (alert.description, alert.location, alert.index) == ("Jam", 3, "ipp.1")
    assert [o.value for o in facts.conditions] == ["jammed"]
    assert read(printer_state=3, printer_alert=[jam]).state is DeviceState.ERROR


def test_descriptions_of_another_number_belong_to_nobody() -> None:
    jam = b"code=jam;severity=critical;group=mediaPath"
    told = attributes(printer_alert=[jam], printer_alert_description=["Jam", "Low"])
    assert [o.value.description for o in alerts_of(told).alerts] == [None]


def test_a_description_alone_is_an_alert() -> None:
    told = attributes(printer_alert_description=["Replace the roller"])
    assert [o.value.description for o in alerts_of(told).alerts] == ["Replace the roller"]
    assert (
        alerts_of(attributes(printer_alert=b"none", printer_alert_description="none")).alerts == ()
    )
