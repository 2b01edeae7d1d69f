from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.telemetry.identity_text import (
    attached_machine,
    is_host_name,
    model_name,
    said,
    serial_number,
)


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Brother HL-5370DW series", "Brother HL-5370DW series"),
        ("SHARP MX-2614N", "SHARP MX-2614N"),
        ("Canon iR-ADV C5235 /P", "Canon iR-ADV C5235"),
        ("Canon D1180/MF6680 /P", "Canon D1180/MF6680"),
        (
            "RICOH MP 3053 1.09 / RICOH Network Printer C model / RICOH Network Scanner",
            "RICOH MP 3053",
        ),
        ("LANIER MP C3501/LD635C 2.01 / LANIER Network Printer C model", "LANIER MP C3501/LD635C"),
        ("Lexmark T640 version NS.NP.N219 kernel 2.6.6 All-N-1", "Lexmark T640"),
        ("Lexmark X544 79JB2VV LL.AS.P542-0", "Lexmark X544"),
        ("Lexmark MS811 40637HH02HMXW LW71.DN2.P228-0", "Lexmark MS811"),
        ("Dell MFP Laser 3115cn; Net 9.26, Controller 200709110910", "Dell MFP Laser 3115cn"),
        ("Samsung CLX-3170 Series;V1.00.01.64 Sep-27-2010", "Samsung CLX-3170 Series"),
        ("Samsung ML-2850 Series OS 1.01.15.47 02-10-2010;Engine", "Samsung ML-2850 Series"),
        ("TTP244CE Version: 7.02 EZD", "TTP244CE"),
        ("Xerox Color 570;System 55.40.61,ESS1.208.6", "Xerox Color 570"),
        (
            "OKI OkiLAN 8500e Rev.01.23 PrintServer: Attached to MC342 Rev.02.70 : Copyright",
            "MC342",
        ),
        ("KIP 7170 Firmware 7.4", "KIP 7170"),
        ("Lexmark MX611dhe 701630HH0F2DN LW80.SB7.P230", "Lexmark MX611dhe"),
        ("Lexmark C4150 5029630 7529ABC1234 CSTZJ.041.028", "Lexmark C4150"),
        ("Canon Inc., LBP-1760 Printer", "Canon Inc., LBP-1760 Printer"),
        ("Dell Laser Printer 5100cn (Net 6.26, Controller 1)", "Dell Laser Printer 5100cn"),
        ("EPSON AL-C2000 01.00", "EPSON AL-C2000"),
        ("Aficio MP C2050 1.17", "Aficio MP C2050"),
    ],
)
def test_models(text: str, model: str) -> None:
    assert model_name(text) == model


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Generic 28C-1",
        "KYOCERA Document Solutions Printing System",
        "KYOCERA MITA Printing System",
        "KYOCERA Print I/F",
        "Brother NC-8700w, Firmware Ver.Y  ,MID 84E-822",
        "EPSON Built-in 11b/g/n & 10/100/1000 Print Server",
        "EPSON 10/100/1000 Ethernet USB Ext. Scan Server",
        "HP ETHERNET MULTI-ENVIRONMENT,ROM J.sp.00,JETDIRECT EX,JD28",
        "SAMSUNG NETWORK PRINTER,ROM V4.01.05",
        "ZebraNet Wired PS",
        "Linux print 5.4.0",
        "Hardware: x86 Software: Windows Version 10",
        "Printer",
        "<private>",
        "unknown",
        "---",
    ],
)
def test_what_names_no_machine(text: str | None) -> None:
    assert model_name(text) is None


def test_attached_machines() -> None:
    assert attached_machine("OkiLAN 9450g: Attached to MC873 Rev.07.87 : Copyright") == "MC873"
    assert attached_machine("PS110 attached to HP LaserJet 4") == "HP LaserJet 4"
    assert attached_machine("nothing attached") is None


@pytest.mark.parametrize(
    "text",
    [
        None, "", "  ", "0", "0000000000", "serial_number", "Serial Number", "SerialNo",
        "XXXXXXXXXX", "----", "????", "unknown", "N/A", "none", "not set", "1234567890",
        "AAAAAAAA", "test", "x" * 300,
    ],
)  # fmt: skip
def test_no_serial_numbers(text: str | None) -> None:
    assert serial_number(text) is None


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        ("VNCRC48198", "VNCRC48198"),
        (" B9J154306 ", "B9J154306"),
        ("00X3B8022793", "X3B8022793"),  # padded
        ("0012345678", "0012345678"),  # figures alone may begin with zeros
        ("AAAAAAA000AAAA000", "AAAAAAA000AAAA000"),  # odd, and what the machine says
        ("6509415X00", "6509415X00"),
        ("00A1", "00A1"),
    ],
)
def test_serial_numbers(text: str, serial: str) -> None:
    assert serial_number(text) == serial


def test_texts_that_say_nothing() -> None:
    assert said("<private>") is None
    assert said("Unknown") is None
    assert said("sysName") is None
    assert said(" Booth 7 ") == "Booth 7"


@pytest.mark.parametrize("text", ["BRWF8DA0C2DE3AA", "npi419f6e.example.org", "my_printer", "p-1"])
def test_host_names(text: str) -> None:
    assert is_host_name(text)


@pytest.mark.parametrize(
    "text", ["", "Front desk", "a/b", "-p", "p-", "10", "<private>", "x" * 300]
)
def test_no_host_names(text: str) -> None:
    assert not is_host_name(text)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    model = model_name(text)
    assert model is None or model == model.strip() != ""
    serial = serial_number(text)
    assert serial is None or serial in text
    is_host_name(text)
