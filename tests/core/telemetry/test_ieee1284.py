from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.telemetry.ieee1284 import is_device_id, parse_device_id


def test_short_keys() -> None:
    fields = parse_device_id("MFG:Xerox; CMD:PCL, PJL; MDL:AltaLink C8045; CLS:Printer;")
    assert fields == {"MFG": "Xerox", "CMD": "PCL, PJL", "MDL": "AltaLink C8045", "CLS": "Printer"}


def test_long_keys() -> None:
    fields = parse_device_id("MANUFACTURER:Zebra;COMMAND SET:ZPL;MODEL:ZTC;CLASS:PRINTER;SERN:12;")
    assert (fields["MFG"], fields["MDL"], fields["CLS"], fields["SN"]) == (
        "Zebra",
        "ZTC",
        "PRINTER",
        "12",
    )


def test_what_is_no_field() -> None:
    assert parse_device_id("no id at all") == {}
    assert parse_device_id("MFG:;:x;MDL") == {}
    assert parse_device_id("MDL:a;MODEL:b")["MDL"] == "a"
    assert parse_device_id("URL:http://x:80;")["URL"] == "http://x:80"


def test_what_names_a_device() -> None:
    assert is_device_id({"MDL": "x"})
    assert is_device_id({"MFG": "x", "CLS": "PRINTER"})
    assert not is_device_id({"MFG": "x"})
    assert not is_device_id({})


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for key, value in parse_device_id(text).items():
        assert key == key.strip().upper()
        assert value == value.strip() != ""
