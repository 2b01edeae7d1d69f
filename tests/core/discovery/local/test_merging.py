"""One printer, however many places speak of it."""

from __future__ import annotations

import pytest

from core.discovery.local.cups import CupsDevice
from core.discovery.local.identity import Told, knows_pjl, told_by_device_id
from core.discovery.local.merging import Candidate, merge
from core.discovery.local.printer import LocalQueue
from core.discovery.local.uris import read_uri
from tests.support.usb_tree import KYOCERA_ID


def queue(name: str, uri: str, device_id: str | None = None) -> CupsDevice:
    found = read_uri(uri)
    assert found is not None
    return CupsDevice(found, LocalQueue(name), device_id, None)


def kyocera(serial: str = "R4B1972571", port: str = "/dev/usb/lp0") -> Candidate:
    text = KYOCERA_ID.replace("R4B1972571", serial)
    return Candidate("usb", [told_by_device_id(text)], device_id=text, port=port)


def test_by_serial_number() -> None:
    here = kyocera()
    uri = "usb://Kyocera/ECOSYS%20P3155dn?serial=R4B1972571"
    (found,) = merge([here], [queue("b", uri), queue("a", "hp:/usb/Other?serial=r4b1972571")])
    assert [one.name for one in found.queues] == ["a", "b"]
    assert (found.uri, found.port, found.name) == (uri, "/dev/usb/lp0", "Kyocera ECOSYS P3155dn")
    assert found.identity.serial == "R4B1972571"
    assert found.provenance["identity.serial"].rule == "IEEE 1284 id"
    assert found.evidence.detail == (
        "USB: Kyocera ECOSYS P3155dn is connected at /dev/usb/lp0 (queues a, b)"
    )


def test_another_serial_number_is_another_printer() -> None:
    uri = "usb://Kyocera/ECOSYS%20P3155dn?serial=OTHER12345"
    first, second = merge([kyocera()], [queue("q", uri)])
    assert first.queues == ()
    assert second.port is None
    assert "is not seen now" in second.evidence.detail


def test_by_port() -> None:
    (found,) = merge([kyocera()], [queue("q", "usb:/dev/usb/lp0")])
    assert [one.name for one in found.queues] == ["q"]


def test_by_model_where_a_serial_number_is_missing() -> None:
    here = Candidate("usb", [told_by_device_id("MFG:Hewlett-Packard;MDL:HP LaserJet 1018;")])
    (found,) = merge([here], [queue("q", "usb://HP/LaserJet%201018?serial=KP103")])
    assert found.identity.serial == "KP103"
    assert found.identity.vendor == "HP"


def test_two_alike_get_a_queue_each() -> None:
    told = told_by_device_id("MFG:HP;MDL:LaserJet 1018;")
    here = [Candidate("usb", [told], port=f"/dev/usb/lp{n}") for n in (0, 1)]
    uris = [queue(name, "usb://HP/LaserJet%201018") for name in ("a", "b")]
    first, second = merge(here, uris)
    assert ([q.name for q in first.queues], [q.name for q in second.queues]) == (["a"], ["b"])


def test_a_parallel_one_is_not_a_usb_one() -> None:
    here = Candidate("parallel", [told_by_device_id("MFG:HP;MDL:LaserJet 5;CLS:PRINTER;")])
    assert len(merge([here], [queue("q", "usb://HP/LaserJet%205")])) == 2


def test_a_queue_of_ipp_over_usb_joins_by_its_port() -> None:
    here = Candidate("ipp-usb", [Told("USB descriptor", "HP", "Laser 103", "V1")], ipp_port=60000)
    (found,) = merge([here], [queue("q", "ipp://localhost:60000/ipp/print")])
    assert (found.connection, found.ipp_port) == ("ipp-usb", 60000)


def test_a_driver_s_id_is_not_the_printer_s_own() -> None:
    (found,) = merge([], [queue("q", "usb://HP/LaserJet", "MFG:HP;MDL:LaserJet 4;CMD:PJL;")])
    assert found.device_id is None


def test_without_anything_known() -> None:
    (found,) = merge([Candidate("usb", [Told("USB descriptor")])], [])
    assert (found.name, found.uri) == ("a printer", "usb://Unknown/Printer")
    assert found.identity.serial is None


@pytest.mark.parametrize(
    ("device_id", "knows"),
    [
        ("MFG:A;CMD:PCL, PJL ;", True),
        ("COMMAND SET:pjl;MDL:X;", True),
        ("CMD:PJLX,GDI;MDL:X;", False),
        ("MDL:PJL;", False),
        (None, False),
    ],
)
def test_who_knows_pjl(device_id: str | None, knows: bool) -> None:
    assert knows_pjl(device_id) is knows
