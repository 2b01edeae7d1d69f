"""The border: what is hidden leaves the building as stand-ins, in readings and in logs."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.border import Border, BorderedOutbox, BorderFilter, Pseudonyms
from core.discovery.errors import TargetError
from core.model.jsonio import from_json, to_json
from core.model.outbox import DeliveredReading, OutboxItem
from core.model.provenance import Provenance, Source
from core.settings.privacy import Privacy, SegmentPrivacy
from tests.support.sample_devices import summary as sample_summary
from tests.support.sample_readings import reading as sample_reading

HIDDEN = ("10.0.0.1-9", "192.168.7.0/24", "fe80::1", "10.1.*.5")
NAMES = Pseudonyms(b"k" * 32)


def border(*hidden: str, **privacy: str) -> Border:
    return Border(Privacy(hidden=hidden or HIDDEN, **privacy), NAMES)


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "10.0.0.9", "192.168.7.0", "192.168.7.255", "10.1.200.5", "fe80::1"]
)
def test_a_hidden_address_is_replaced_wherever_it_stands(address):
    for text in (f"{address}", f'{{"address":"{address}","port":1}}', f"no answer from {address}."):
        assert address not in border().text(text)
        assert NAMES.address(address) in border().text(text)


@pytest.mark.parametrize(
    "text",
    ["10.0.0.10", "10.0.0.19", "110.0.0.1", "1.3.6.1.2.1.43.10.0.0.1.5", "10.0.0.1.4", "fe80::12",
     "12:34:56:78:9a:bc", "2026-01-01T10:00:00Z", "version 1.2.3"],
)  # fmt: skip
def test_what_only_looks_like_it_stays(text):
    assert border().text(text) == text


def test_a_stand_in_is_stable_and_another_at_another_installation(tmp_path):
    one, again = Pseudonyms.load(tmp_path), Pseudonyms.load(tmp_path)
    other = Pseudonyms.load(tmp_path / "other")
    assert one.address("10.0.0.1") == again.address("10.0.0.1") != other.address("10.0.0.1")
    assert one.mac("00:11:22:aa:bb:cc") == one.mac("001122AABBCC") != other.mac("001122AABBCC")
    assert one.address("fe80::1") == one.address("FE80:0:0::1")
    assert (tmp_path / "border.key").stat().st_mode & 0o777 == 0o600


def test_nothing_hidden_changes_nothing():
    idle = Border(Privacy(), NAMES)
    assert idle.idle
    assert idle.text("10.0.0.1 fe80::1 00:11:22:33:44:55") == "10.0.0.1 fe80::1 00:11:22:33:44:55"


@given(st.text())
def test_any_text_passes_and_nothing_comes_back(text):
    tight = Border(Privacy(addresses="omit", macs="omit", hostnames="mask"), NAMES)
    tight.text(text)
    assert "10.20.30.40" not in tight.text(f"{text} 10.20.30.40 ")


def test_a_list_that_cannot_be_read_hides_everything_and_says_so(tmp_path):
    closed, problem = Border.of(Privacy(hidden=("10.0.0.300",)), tmp_path)
    assert problem is not None
    assert "10.0.0.300" in problem.text
    assert "10.9.9.9" not in closed.text("read 10.9.9.9 at 00:11:22:33:44:55")
    assert "00:11" not in closed.text("read 10.9.9.9 at 00:11:22:33:44:55")
    with pytest.raises(TargetError):
        border("printer.example")


def test_a_key_that_is_damaged_hides_everything_and_says_so(tmp_path):
    (tmp_path / "border.key").write_bytes(b"short")
    closed, problem = Border.of(Privacy(), tmp_path)
    assert problem is not None
    assert problem.code == "border_key"
    assert "10.9.9.9" not in closed.text("read 10.9.9.9")


MAC = "00:1b:78:aa:bb:cc"
FORMS = [MAC, MAC.upper(), MAC.replace(":", "-"), "001b.78aa.bbcc", "00 1B 78 AA BB CC",
         "0x001b78aabbcc", "001B78AABBCC", "12345678-1234-1234-8234-001b78aabbcc"]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("how", ["mask", "omit"])
def test_a_mac_is_found_in_every_form(form, how):
    tight = border(macs=how)
    tight.known.learn({"mac": MAC})
    told = tight.text(f"It has ({form}) in it.").lower()
    assert "bbcc" not in told.replace(":", "").replace("-", "").replace(".", "").replace(" ", "")
    assert told.startswith("it has (")


def test_all_forms_of_one_mac_have_one_stand_in():
    tight = border(macs="mask")
    tight.known.learn({"mac": MAC})
    assert {tight.text(form) for form in FORMS[:-1]} == {NAMES.mac(MAC)}


def test_names_and_places_that_are_known_are_found():
    tight = border(hostnames="mask", locations="omit")
    tight.known.learn({"hostname": "NPI77.corp.example", "location": "Room 5, (Oncology)"})
    told = tight.text("npi77 and NPI77.CORP.example, in room 5, (oncology); NPI778 is another")
    assert "npi77 " not in told.lower()
    assert "corp" not in told.lower()
    assert "oncology" not in told.lower()
    assert "NPI778 is another" in told


def body(segment: str | None = "ward") -> dict:
    identity = {
        "vendor": "HP", "model": "M5", "serial": "S1", "mac": MAC, "hostname": "npi77",
        "uuid": "12345678-1234-1234-8234-001b78aabbcc", "name": "pr-onc", "location": "Oncology",
        "firmware": "2.4.0.7",
    }  # fmt: skip
    raw = {"source": "snmp", "refs": ["1.3.6.1.2.1.2.2.1.6.1"], "raw": ["0x001B78AABBCC"]}
    return {
        "device": {
            "key": "k1",
            "identity": identity,
            "endpoint": {"address": "10.20.30.40", "port": 161},
            "segment": segment,
            "evidence": [{"source": "dns-sd", "detail": "PR-ONC at npi77.local, in Oncology"}],
        },
        "reading": {
            "address": "10.20.30.40",
            "identity": identity,
            "meters": {"total": 5},
            "status": {"display": ["Ready 10.20.30.40", "NPI77"]},
            "notes": [{"code": "c", "text": "00-1B-78-AA-BB-CC said so"}],
            "provenance": {
                "identity.mac": raw,
                "identity.hostname": {**raw, "raw": ["6e706937372e"]},
                "identity.firmware": {**raw, "raw": ["2.4.0.7"]},
                "meters.total": {**raw, "raw": ["5"]},
            },
        },
    }


TOLD = ("10.20.30.40", "bbcc", "bb:cc", "bb-cc", "npi77", "pr-onc", "oncology", "6e70")


@pytest.mark.parametrize("how", ["mask", "omit"])
def test_a_reading_is_treated_field_by_field(how):
    tight = border(addresses=how, macs=how, hostnames=how, locations=how)
    told = tight.outgoing(body())
    assert [value for value in TOLD if value in str(told).lower()] == []
    kept = told["device"]["identity"]
    assert (kept["serial"], kept["model"], kept["firmware"]) == ("S1", "M5", "2.4.0.7")
    assert told["reading"]["provenance"]["identity.firmware"]["raw"] == ["2.4.0.7"]
    assert told["reading"]["provenance"]["meters.total"]["raw"] == ["5"]
    assert told["device"]["key"] == "k1"
    if how == "mask":
        assert kept["mac"] == NAMES.mac(MAC)
        assert kept == told["reading"]["identity"] == tight.outgoing(body())["device"]["identity"]
    else:
        assert kept["mac"] is kept["hostname"] is kept["location"] is None


def test_a_segment_may_differ_and_what_belongs_to_none_is_told_as_all_allow():
    wards = SegmentPrivacy(name="ward", hostnames="omit")
    mixed = Border(Privacy(segments=(wards,)), NAMES)
    assert "npi77" not in str(mixed.outgoing(body("ward"))).lower()
    assert "npi77" in str(mixed.outgoing(body("office"))).lower()
    assert "npi77" not in str(mixed.outgoing(body(None))).lower()
    open_ward = Border(
        Privacy(hostnames="mask", segments=(SegmentPrivacy(name="w", hostnames="show"),)), NAMES
    )
    assert "npi77" in str(open_ward.outgoing(body("w"))).lower()
    open_ward.known.learn({"hostname": "npi77"})
    assert "npi77" not in open_ward.text("npi77")


async def test_the_hub_sees_stand_ins_and_the_store_keeps_the_truth():
    item = OutboxItem("k", "reading", "d", '{"reading":{"address":"10.0.0.3"}}')

    class Source:
        async def outbox(self, limit, max_bytes):
            return (item,)

    (shown,) = await BorderedOutbox(Source(), border).outbox(1, 1)
    assert "10.0.0.3" not in shown.body
    assert (shown.key, shown.device) == ("k", "d")


def test_a_log_record_is_rewritten_with_its_traceback():
    try:
        int("10.0.0.3 said no")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, __file__, 1, "at %s", ("10.0.0.4",), sys.exc_info()
        )
    assert BorderFilter(border).filter(record)
    written = logging.Formatter().format(record)
    assert "10.0.0." not in written
    assert "said no" in written


def test_a_real_body_stays_one_whatever_the_printer_is_called():
    words = {"hostname": "toner", "name": "snmp", "location": "idle", "mac": MAC}
    summary = sample_summary(1)
    identity = replace(summary.device.identity, **words)
    summary = replace(summary, device=replace(summary.device, identity=identity, segment="snmp"))
    origin = Provenance(
        Source.SNMP, ("1.3.6.1.2.1.2.2.1.6.1",), ("0x001b78aabbcc",), "ifPhysAddress"
    )
    reading = sample_reading(summary)
    reading = replace(reading, provenance={**reading.provenance, "identity.mac": origin})
    body = DeliveredReading(summary.device, reading)
    for how in ("mask", "omit"):
        tight = border(addresses=how, macs=how, hostnames=how, locations=how)
        told = from_json(to_json(tight.outgoing(body)), DeliveredReading)
        assert told.reading.meters == reading.meters
        assert told.reading.status.state == reading.status.state
        assert [s.kind for s in told.reading.supplies] == [s.kind for s in reading.supplies]
        assert {p.source for p in told.reading.provenance.values()} == {
            p.source for p in reading.provenance.values()
        }
        assert told.reading.identity.hostname != "toner"


def test_an_address_in_the_index_of_a_row_is_found():
    for row in ("1.3.6.1.2.1.4.20.1.2.", "1.3.6.1.2.1.4.34.1.3.1.4."):
        assert border().text(f"{row}10.0.0.3") == row + NAMES.address("10.0.0.3")
        assert border().text(f"{row}10.0.0.10") == f"{row}10.0.0.10"


def test_targets_that_are_addresses_are_no_names():
    tight = border(hostnames="mask")
    for text in ("127.47.1.0/28", "10.0.0.*", "fe80::1", "127.47.1.1"):
        tight.known.learn_host(text)
    assert tight.text("127.0.0.1 and 2001:db8::1") == "127.0.0.1 and 2001:db8::1"


def test_an_alert_keeps_its_device_and_tells_no_name():
    key = "01a1fb18-f143-721e-a73e-564c3b3b8757"
    alert = {"device": key, "weight": "warning", "text": "npi77 at 10.0.0.3 is offline"}
    whole = body()
    told = border(macs="mask", hostnames="mask").outgoing(
        {"device": whole["device"], "occurrence": alert}
    )
    assert told["occurrence"]["device"] == key
    assert told["occurrence"]["weight"] == "warning"
    assert "npi77" not in told["occurrence"]["text"]
    assert "10.0.0.3" not in told["occurrence"]["text"]
