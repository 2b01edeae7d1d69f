from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.snmp.types import parse_oid
from core.telemetry.vendor import _words, vendors


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HP Color LaserJet M452nw", "HP"),
        ("Hewlett-Packard OfficeJet 7000", "HP"),
        ("OfficeJet Pro 8600", "HP"),
        ("KYOCERA Document Solutions Printing System", "Kyocera"),
        ("ECOSYS M2540dn", "Kyocera"),
        ("UTAX_TA P-4531DN", "UTAX"),
        ("TA Triumph-Adler P-4020DN", "TA Triumph-Adler"),
        ("TA 4006ci", "TA Triumph-Adler"),
        ("Olivetti d-Color MF3100", "Olivetti"),
        ("Konica Minolta bizhub C364e", "Konica Minolta"),
        ("MINOLTA-QMS magicolor 2200", "Konica Minolta"),
        ("Develop ineo+ 280", "Develop"),
        ("RICOH Aficio MP C3002", "Ricoh"),
        ("LANIER MP C3501/LD635C / LANIER Network Printer", "Lanier"),
        ("NRG SP 4210N", "NRG"),
        ("Gestetner MPC2500/DSc525", "Gestetner"),
        ("nashuatec MP C2500", "Nashuatec"),
        ("Rex-Rotary MP C2500", "Rex-Rotary"),
        ("SAVIN MP C4503", "Savin"),
        ("infotec IS 2316", "Infotec"),
        ("FUJI XEROX DocuPrint C1190 FS", "Fuji Xerox"),
        ("FUJIFILM ApeosPro C810", "FUJIFILM"),
        ("Xerox Phaser 3635MFP", "Xerox"),
        ("TOSHIBA e-STUDIO305CS", "Toshiba"),
        ("TOSHIBA TEC B-EV4", "Toshiba"),
        ("Dell C3760dn Color Laser", "Dell"),
        ("OKI OkiLAN 8500e: Attached to MC342", "OKI"),
        ("OKI DATA CORP C711", "OKI"),
        ("TTP244CE Version: 7.02 EZD", "TSC"),
        ("TSC TE210", "TSC"),
        ("ZTC TLP 2824 Plus", "Zebra"),
        ("ZebraNet Wired PS", "Zebra"),
        ("EPSON Built-in", "Epson"),
        ("DCP-1618W", "Brother"),
        ("SHARP MX-2614N", "Sharp"),
        ("Samsung ML-2850 Series", "Samsung"),
        ("Lexmark T640", "Lexmark"),
        ("Pantum M7100DW Series", "Pantum"),
        ("SATO CL4NX", "SATO"),
        ("Intermec PM43c", "Intermec"),
        ("Océ PlotWave 340", "Océ"),
        ("Muratec MFX-2010", "Muratec"),
        ("RISO ComColor 7150", "Riso"),
    ],
)
def test_makers_by_their_words(text: str, name: str) -> None:
    found = vendors().in_text(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Linux data 5.10",
        "looking at token rings",
        "CS 4053ci",
        "MC342",
        "sharpening",
        "hpux",
        "TAG",
    ],
)
def test_words_inside_words_are_no_makers(text: str) -> None:
    assert vendors().in_text(text) is None


@pytest.mark.parametrize(
    ("object_id", "name"),
    [
        ("1.3.6.1.4.1.11.2.3.9.1", "HP"),
        ("1.3.6.1.4.1.1602.4.7", "Canon"),
        ("1.3.6.1.4.1.367.1.1", "Ricoh"),
        ("1.3.6.1.4.1.1347.41", "Kyocera"),
        ("1.3.6.1.4.1.18334.1.1.1.2.1.117.2.2", "Konica Minolta"),
        ("1.3.6.1.4.1.253.8.62.1.1", "Xerox"),
        ("1.3.6.1.4.1.297.1.11", "FUJIFILM"),
        ("1.3.6.1.4.1.2435.2.3.9.1", "Brother"),
        ("1.3.6.1.4.1.1248.1.1.2", "Epson"),
        ("1.3.6.1.4.1.2385.3.1", "Sharp"),
        ("1.3.6.1.4.1.236.11.5.1", "Samsung"),
        ("1.3.6.1.4.1.641.2.7", "Lexmark"),
        ("1.3.6.1.4.1.674.10898.10", "Dell"),
        ("1.3.6.1.4.1.2001.1.1", "OKI"),
        ("1.3.6.1.4.1.1129.1.2.1", "Toshiba"),
        ("1.3.6.1.4.1.683.6.0", "Zebra"),
        ("1.3.6.1.4.1.10642.2", "Zebra"),
        ("1.3.6.1.4.1.51966.2.6", "TSC"),
        ("1.3.6.1.4.1.40093.1", "Pantum"),
    ],
)
def test_makers_by_their_numbers(object_id: str, name: str) -> None:
    found = vendors().by_object_id(parse_oid(object_id))
    assert found is not None
    assert found.name == name


def test_numbers_of_nobody() -> None:
    assert vendors().by_object_id(None) is None
    assert vendors().by_object_id(parse_oid("1.3.6.1.4.1")) is None
    assert vendors().by_object_id(parse_oid("0.0")) is None
    assert vendors().by_object_id(parse_oid("1.3.6.1.4.1.9.1.208")) is None
    # 1.3.6.1.4.1.683 makes other things; only the print servers under .6 are Zebra's.
    assert vendors().by_object_id(parse_oid("1.3.6.1.4.1.683.5")) is None


def test_the_longer_name_wins_at_one_place() -> None:
    found = _words(["tally", "tally dascom", "dascom"]).search("a Tally Dascom 1430")
    assert found is not None
    assert found.group() == "Tally Dascom"


def test_computers() -> None:
    assert vendors().is_host(parse_oid("1.3.6.1.4.1.311.1.1.3.1.1"))
    assert vendors().is_host(parse_oid("1.3.6.1.4.1.8072.3.2.10"))
    assert not vendors().is_host(parse_oid("1.3.6.1.4.1.11.2.3.9.1"))
    assert not vendors().is_host(None)


@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    found = vendors().in_text(text)
    assert found is None or found.name in vendors().by_name
    vendors().says_printer(text)
