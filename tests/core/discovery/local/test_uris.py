"""Which device URIs lead to a printer connected to this computer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.local.uris import read_uri


@pytest.mark.parametrize(
    ("text", "connection", "vendor", "model", "serial"),
    [
        (
            "usb://Kyocera/ECOSYS%20P3155dn?serial=R4B1972571&interface=1",
            *("usb", "Kyocera", "ECOSYS P3155dn", "R4B1972571"),
        ),
        ("usb://HP/LaserJet%201018", "usb", "HP", "LaserJet 1018", None),
        ("hp:/usb/HP_LaserJet_1018?serial=KP0", "usb", "HP", "HP LaserJet 1018", "KP0"),
        ("hpfax:/usb/OfficeJet?serial=KP0", "usb", "HP", "OfficeJet", "KP0"),
        ("hp:/par/LaserJet_5?device=/dev/parport0", "parallel", "HP", "LaserJet 5", None),
        ("parallel:/dev/lp0", "parallel", None, None, None),
        ("ippusb://Canon/TS3100?serial=1", "ipp-usb", "Canon", "TS3100", "1"),
        (
            "ipp://HP%20Laser%20103%20(USB)._ipp._tcp.local/",
            *("ipp-usb", None, "HP Laser 103", None),
        ),
    ],
)
def test_local_uris(
    text: str, connection: str, vendor: str | None, model: str | None, serial: str | None
) -> None:
    found = read_uri(text)
    assert found is not None
    assert (found.connection, found.uri) == (connection, text)
    assert (found.told.vendor, found.told.model, found.told.serial) == (vendor, model, serial)


def test_ports() -> None:
    assert [read_uri(uri).port for uri in ("usb:/dev/usb/lp1", "parallel:/dev/lp0")] == [
        "/dev/usb/lp1",
        "/dev/lp0",
    ]
    assert read_uri("ipp://localhost:60000/ipp/print").ipp_port == 60000
    assert read_uri("ipp://127.0.0.1:60001/ipp/print").ipp_port == 60001


@pytest.mark.parametrize(
    "text",
    [
        *("socket://10.0.0.5:9100", "lpd://10.0.0.5/q", "ipp://printer.example/ipp/print"),
        *("ipp://localhost:631/printers/q", "ipp://10.0.0.5:60000/ipp/print"),
        "dnssd://HP%20Laser._ipp._tcp.local/",
        *("smb://user:secret@server/q", "usb://user:secret@Kyocera/X", "file:/etc/passwd"),
        *("usb:/dev/sda", "parallel:/dev/../etc/passwd", "hp:/net/LaserJet?ip=10.0.0.5"),
        *("", None, "usb", "usb:", "usb://[/x", "usb://A/B\n", "usb://A/" + "B" * 2000),
    ],
)
def test_what_leads_elsewhere_is_dropped(text: str | None) -> None:
    assert read_uri(text) is None


@given(st.text(max_size=200) | st.from_regex(r"(usb|hp|ipp|ippusb|parallel):[!-~]{0,80}"))
def test_anything_is_read_or_dropped(text: str) -> None:
    found = read_uri(text)
    assert found is None or found.uri == text
