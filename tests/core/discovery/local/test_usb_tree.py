"""The kernel's list of USB printers, ipp-usb's ports, parallel ports."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.local.ipp_usb import read_states
from core.discovery.local.parallel import read_ports
from core.discovery.local.usb_ids import read_device_id
from core.discovery.local.usb_tree import read_tree
from tests.support.usb_tree import KYOCERA_ID, add_mouse, add_printer, write

STATE = """\
; ipp-usb state file

[device]
  http-port         = 60001
  dns-sd-name       = "HP Laser 103 (USB)"
  dns-sd-override   = ""
"""


def test_a_printer_and_what_is_none(tmp_path: Path) -> None:
    add_printer(tmp_path)
    add_mouse(tmp_path)
    (found,) = read_tree(tmp_path)
    assert (found.place, found.vendor, found.product) == ("1-2", "Kyocera", "ECOSYS P3155dn")
    assert (found.serial, found.numbers, found.port) == ("R4B1972571", "0482:0647", "/dev/usb/lp0")
    assert found.device_id == KYOCERA_ID
    assert not found.ipp_usb


def test_two_interfaces_are_one_printer(tmp_path: Path) -> None:
    add_printer(tmp_path, device_id=None, lp=None, protocol="04")
    for name, text in (("Class", "07"), ("SubClass", "01"), ("Protocol", "02")):
        write(tmp_path / "1-2:1.1", f"bInterface{name}", text)
    (found,) = read_tree(tmp_path)
    assert found.ipp_usb
    assert found.device_id is None
    assert found.port is None


def test_a_device_that_leaves_meanwhile(tmp_path: Path) -> None:
    add_printer(tmp_path, texts=(None, None, None), device_id=None, lp=None)
    (tmp_path / "1-2:1.0" / "bInterfaceProtocol").unlink()
    (tmp_path / "1-2" / "idVendor").unlink()
    (found,) = read_tree(tmp_path)
    assert (found.vendor, found.product, found.serial) == (None, None, None)
    assert found.numbers == "????:0647"


def test_no_usb_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tree(tmp_path / "none")


def test_states_of_ipp_usb(tmp_path: Path) -> None:
    (tmp_path / "03f0-6a2a-VNC3X02-HP-Laser-103.state").write_text(STATE)
    (tmp_path / "03f0-6a2b-X-Y.state").write_text("[device]\nhttp-port = none\n")
    (tmp_path / "03f0-6a2c-X-Y.state").write_text("[device]\nhttp-port = 80\n")
    (tmp_path / "03f0-6a2d-X-Y.state").write_bytes(b"\xff\x00[[[")
    (tmp_path / "other.state").write_text(STATE)
    (found,) = read_states(tmp_path)
    assert (found.port, found.name) == (60001, "HP Laser 103 (USB)")
    assert found.belongs_to("03f0:6a2a", "VNC3X02")
    assert not found.belongs_to("03f0:6a2a", "VNC3X0")
    assert not found.belongs_to("03f0:6a2b", "VNC3X02")
    assert found.belongs_to("03f0:6a2a", None)
    assert read_states(tmp_path / "none") == ()


def test_a_parallel_port(tmp_path: Path) -> None:
    text = "CLASS:PRINTER;\nMODEL:HP LaserJet 5;\nMANUFACTURER:Hewlett-Packard;\n"
    write(tmp_path / "parport0", "autoprobe", text + "COMMAND SET:PJL,PCL;")
    write(tmp_path / "parport1", "autoprobe", "CLASS:MODEM;\nMODEL:X;")
    write(tmp_path / "parport2", "autoprobe", "")
    (found,) = read_ports(tmp_path)
    assert found.port == "/dev/lp0"
    assert "MODEL:HP LaserJet 5;" in found.device_id
    assert read_ports(tmp_path / "none") == ()


@pytest.mark.parametrize("length", [b"\x00\x1a", b"\x1a\x00", b"\xff\xff", b"\x00\x00"])
def test_ids_with_a_right_and_a_wrong_length(length: bytes) -> None:
    octets = length + b"MFG:HP;MDL:LaserJet 1018" + bytes(100)
    assert read_device_id(octets) == "MFG:HP;MDL:LaserJet 1018"


def test_ids_without_a_length() -> None:
    assert read_device_id(b"MFG:HP;MDL:X;\0\0") == "MFG:HP;MDL:X;"
    assert read_device_id(bytes(1024)) is None


@given(st.binary(max_size=1200))
def test_any_octets_are_an_id_or_none(octets: bytes) -> None:
    found = read_device_id(octets)
    assert found is None or (found.isprintable() and ":" in found)
