from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.provenance import Confidence
from core.model.reading import DeviceState
from core.telemetry.alerts import alerts_of
from core.telemetry.printers import PrinterRows
from core.telemetry.profiles import all_profiles
from core.telemetry.snapshot import Snapshot
from core.telemetry.status import ERROR_BITS, StatusFacts, error_conditions, status_of
from tests.support.recorded import values

Rows = dict[str, int | str | bytes]
ONE = PrinterRows(1, 1)


def facts(rows: Rows, where: PrinterRows = ONE, charset: int | None = None) -> StatusFacts:
    snapshot = Snapshot(values(rows))
    return status_of(snapshot, where, alerts_of(snapshot, where.index), charset)


def state(
    printer: int | None, device: int | None, errors: bytes | None = None, panel: str | None = None
) -> DeviceState:
    rows: Rows = {}
    for name, value in (("hr.5.1.1.1", printer), ("hr.2.1.5.1", device), ("hr.5.1.2.1", errors)):
        if value is not None:
            rows[name] = value
    if panel is not None:
        rows["prt.16.5.1.2.1.1"] = panel
    return facts(rows).status.state


@pytest.mark.parametrize(
    ("octets", "names"),
    [
        (b"", ()),
        (b"\0", ()),
        (b"\0\0", ()),
        (b"\x80", ("low_paper",)),
        (b"\x40", ("no_paper",)),
        (b"\x20\0", ("low_toner",)),
        (b"\x01\0", ("service_requested",)),
        (b"\0\x80", ("input_tray_missing",)),
        (b"\0\x02", ("overdue_prevent_maint",)),
        (b"\0\x01", ()),
        (b"\xff\xff\xff", ERROR_BITS),
    ],
)
def test_bit_zero_is_the_most_significant(octets: bytes, names: tuple[str, ...]) -> None:
    assert error_conditions(octets) == names


def test_the_names() -> None:
    assert len(ERROR_BITS) == 15


@pytest.mark.parametrize(
    ("printer", "device", "expected"),
    [
        (3, 2, DeviceState.IDLE),
        (3, 3, DeviceState.IDLE),
        (4, 2, DeviceState.PRINTING),
        (4, 3, DeviceState.PRINTING),
        (5, 2, DeviceState.WARMUP),
        (1, 2, DeviceState.SLEEP),
        (1, 5, DeviceState.ERROR),
        (3, 5, DeviceState.ERROR),
        (2, 2, DeviceState.UNKNOWN),
        (None, 2, DeviceState.UNKNOWN),
        (None, None, DeviceState.UNKNOWN),
        (1, 3, DeviceState.UNKNOWN),
        (99, 99, DeviceState.UNKNOWN),
    ],
)
def test_states_from_numbers(
    printer: int | None, device: int | None, expected: DeviceState
) -> None:
    assert state(printer, device) is expected


def test_running_alone_is_not_said_to_be_idle() -> None:
    found = facts({"hr.2.1.5.1": 2})
    assert found.status.state is DeviceState.UNKNOWN
    assert found.provenance["state"].rule.startswith("hrDeviceStatus running alone: ready, ")
    assert found.provenance["state"].raw == ("2",)
    assert state(None, 2, panel="Sleep") is DeviceState.SLEEP
    assert state(None, 2, b"\x04") is DeviceState.ERROR
    assert facts({}).provenance["state"].rule == "no status told"


def test_errors_before_idle() -> None:
    assert state(3, 2, b"\x04") is DeviceState.ERROR  # jammed
    assert state(3, 2, b"\x08") is DeviceState.ERROR  # door open
    assert state(3, 2, b"\x40") is DeviceState.IDLE  # one tray may be out while another prints
    assert state(1, 5, b"\x02") is DeviceState.OFFLINE
    assert state(3, 2, b"\x02") is DeviceState.OFFLINE
    assert state(4, 3, b"\x02") is DeviceState.PRINTING


def test_the_panel_tells_of_sleep() -> None:
    assert state(3, 2, panel="Sleep") is DeviceState.SLEEP
    assert state(3, 2, panel="Ready") is DeviceState.IDLE
    assert state(None, 2, panel="Ready") is DeviceState.IDLE
    assert state(1, 5, panel="Sleep") is DeviceState.ERROR
    assert state(4, 2, panel="Sleep") is DeviceState.PRINTING
    assert state(None, None, panel="Toner low") is DeviceState.UNKNOWN


def test_an_alert_tells_of_sleep() -> None:
    found = facts({"hr.5.1.1.1": 3, "prt.18.1.1.8.1.1": "Sleep"})
    assert found.status.state is DeviceState.SLEEP
    assert found.provenance["state"].raw == ("Sleep",)


def test_conditions_of_bits_and_alerts() -> None:
    rows: Rows = {"hr.5.1.2.1": b"\xa0", "prt.18.1.1.2.1.5": 4, "prt.18.1.1.7.1.5": 1104}
    rows |= {"prt.18.1.1.2.1.6": 4, "prt.18.1.1.7.1.6": 1107}
    found = facts(rows)
    assert found.status.conditions == ("low_paper", "low_toner", "waste_toner_almost_full")
    assert "1.3.6.1.2.1.25.3.5.1.2.1" in found.provenance["conditions"].refs
    assert "1.3.6.1.2.1.43.18.1.1.7.1.6" in found.provenance["conditions"].refs


def test_lines_of_the_panel() -> None:
    rows: Rows = {
        "prt.16.5.1.2.1.10": "last",
        "prt.16.5.1.2.1.2": b"  \0",
        "prt.16.5.1.2.1.1": "Ready.",
    }
    found = facts(rows)
    assert found.status.display == ("Ready.", "last")
    assert found.provenance["display"].raw == ("Ready.", "last")


def test_the_panels_letters() -> None:
    rows: Rows = {"prt.16.5.1.2.1.1": "Готов".encode("iso8859-5")}
    assert facts(rows, charset=8).status.display == ("Готов",)


def test_tables_that_count_apart() -> None:
    rows: Rows = {"hr.5.1.1.7": 4, "hr.5.1.1.1": 3, "prt.16.5.1.2.1.1": "Hello"}
    found = facts(rows, PrinterRows(1, 7))
    assert (found.status.state, found.status.display) == (DeviceState.PRINTING, ("Hello",))


@given(st.binary(max_size=6), st.integers(), st.integers(), st.text(max_size=20))
def test_anything_gives_one_state(octets: bytes, printer: int, device: int, panel: str) -> None:
    found = state(printer, device, octets, panel)
    assert found in DeviceState
    assert set(error_conditions(octets)) <= set(ERROR_BITS)


BROTHER_PANEL = "e.2435.2.3.9.4.2.1.5.4.5.2.0"


def with_panel(octets: bytes, charset: int | None = None, **more: str) -> StatusFacts:
    rows: Rows = {BROTHER_PANEL: octets, **{k.replace("_", "."): v for k, v in more.items()}}
    snapshot = Snapshot(values(rows))
    own = tuple(profile for profile in all_profiles() if profile.name == "brother")
    return status_of(snapshot, ONE, alerts_of(snapshot, 1), charset, own)


@pytest.mark.parametrize(
    ("octets", "charset", "display", "expected"),
    [
        (b"Ready  ", 2004, ("Ready",), "idle"),
        (b"TRYB U\xa6PIENIA   ", 5, ("TRYB UŚPIENIA",), "sleep"),
        ("Спящий режим".encode("iso8859_5"), 8, ("Спящий режим",), "sleep"),
        (b"uyku", 12, ("uyku",), "sleep"),
        ("休眠".encode(), 2004, ("休眠",), "sleep"),
        (b"RUHEZUSTAND  \rTROMMEL ERSETZ. ", 4, ("RUHEZUSTAND", "TROMMEL ERSETZ."), "sleep"),
        ("Mało toneru (Y)".encode(), 5, ("Mało toneru (Y)",), "unknown"),
        (b" \r\n\0", 2004, (), "unknown"),
    ],
)  # fmt: skip
def test_a_panel_in_a_place_of_the_makers(
    octets: bytes, charset: int, display: tuple[str, ...], expected: str
) -> None:
    found = with_panel(octets, charset)
    assert (found.status.display, found.status.state) == (display, expected)
    if display:
        assert found.provenance["display"].rule == "profile brother"
        assert found.provenance["display"].confidence is Confidence.PROFILE


def test_the_standard_panel_goes_first() -> None:
    found = with_panel(b"Sleep", None, prt_16_5_1_2_1_1="Ready")
    assert found.status.display == ("Ready",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Energy Saver Mode {40210}", "sleep"),
        ("Ready [10001]", "idle"),
        ("Warming Up... (7)", "warmup"),
        ("Tray 2 {13300}", "unknown"),
    ],
)
def test_a_makers_number_behind_a_state(text: str, expected: str) -> None:
    rows: Rows = {"prt.18.1.1.2.1.1": 1, "prt.18.1.1.8.1.1": text}
    found = facts(rows)
    assert found.status.state == expected
    assert bool(alerts_of(Snapshot(values(rows)), 1).alerts) is (expected == "unknown")


@pytest.mark.parametrize(
    ("code", "group", "expected"),
    [(23, 5, "sleep"), (24, 5, "warmup"), (507, 5, "idle"), (23, 10, "unknown")],
)  # fmt: skip
def test_a_state_by_the_code_of_an_alert(code: int, group: int, expected: str) -> None:
    rows: Rows = {"prt.18.1.1.2.1.1": 5, "prt.18.1.1.4.1.1": group, "prt.18.1.1.7.1.1": code}
    assert facts(rows).status.state == expected
    assert alerts_of(Snapshot(values(rows)), 1).alerts == ()
