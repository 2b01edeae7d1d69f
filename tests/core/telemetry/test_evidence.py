from __future__ import annotations

import pytest

from core.telemetry.evidence import Verdict, judge
from core.telemetry.oids import HR_TYPE_PRINTER
from core.telemetry.printers import printer_rows
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import oid, values

Rows = dict[str, int | str | bytes | tuple[int, ...]]


def verdict(rows: Rows) -> Verdict:
    snapshot = Snapshot(values(rows))
    return judge(snapshot, printer_rows(snapshot)[0])


def test_the_strongest_evidence_is_named() -> None:
    rows: Rows = {"hr.2.1.2.3": HR_TYPE_PRINTER, "prt.10.2.1.4.3.1": 5, "sys.1.0": "HP LaserJet"}
    assert verdict(rows) == Verdict(True, "hrDeviceType says printer (hrDeviceIndex 3)")
    del rows["hr.2.1.2.3"]
    assert verdict(rows) == Verdict(True, "has rows in the Printer MIB (hrDeviceIndex 3)")


def test_a_device_id() -> None:
    rows: Rows = {"e.11.2.3.9.1.1.7.0": "MFG:Acme;MDL:One;CLS:PRINTER;", "sys.1.0": "box"}
    assert verdict(rows) == Verdict(True, "gives an IEEE 1284 device id: Acme One")
    assert not verdict({"e.11.2.3.9.1.1.7.0": "no device id", "sys.1.0": "box"}).is_printer


@pytest.mark.parametrize(
    ("object_id", "description"),
    [
        ("e.1602.4.7", "Canon iR-ADV C5235 /P"),
        ("e.2435.2.3.9.1", ""),
        ("e.367.1.1", ""),
        ("e.11.2.3.9.1", "something"),
        ("e.641.1.71106749", "Lexmark T640"),
        ("e.674.10898.10.52", "Dell MFP Laser 3115cn"),
        ("", "SHARP MX-2614N"),
        ("", "Dell B3460dn Laser Printer version NH5"),
        ("", "Samsung ML-2850 Series"),
        ("e.1347.41", "HP ETHERNET MULTI-ENVIRONMENT,JETDIRECT EX"),
        ("e.1248.1.1.2.1.3", "EPSON Ext. Scan Server"),
        ("e.11.1", "HP LaserJet 4"),
        ("e.8072.3.2.10", "Brother HL-1"),
    ],
)
def test_makers_of_printers(object_id: str, description: str) -> None:
    rows: Rows = {"sys.1.0": description} if description else {}
    if object_id:
        rows["sys.2.0"] = oid(object_id)
    assert verdict(rows).is_printer
    assert verdict(rows).why


@pytest.mark.parametrize(
    ("object_id", "description"),
    [
        ("e.11.2.3.7.11.9", "HP J4813A ProCurve Switch 2524"),
        ("e.674.10895.3000", "Dell Networking N1524"),
        ("e.674.10892.5", "Dell iDRAC"),
        ("e.1248.4.1", "EPSON Projector"),
        ("e.236.11.99", "Samsung iPECS gateway"),
        ("e.9.1.208", "Cisco IOS Software"),
        ("e.8072.3.2.10", "Linux host 5.10.0 #1 SMP"),
        ("e.311.1.1.3.1.1", "Hardware: Intel64 - Software: Windows Version 10.0"),
        ("", ""),
    ],
)
def test_what_is_no_printer(object_id: str, description: str) -> None:
    rows: Rows = {"sys.1.0": description} if description else {}
    if object_id:
        rows["sys.2.0"] = oid(object_id)
    refused = verdict(rows)
    assert not refused.is_printer
    assert "shows no sign of a printer" in refused.why
    assert (description or "a nameless device") in refused.why


def test_print_queues_of_a_computer() -> None:
    rows: Rows = {"sys.2.0": oid("e.311.1.1.3.1.1"), "sys.1.0": "Windows"}
    rows |= {"hr.2.1.2.2": HR_TYPE_PRINTER, "hr.2.1.3.2": "HP LaserJet 4"}
    refused = verdict(rows)
    assert not refused.is_printer
    assert "print queues" in refused.why
    # The same agent with Printer-MIB rows is a printer that runs that system.
    assert verdict(rows | {"prt.10.2.1.4.2.1": 5}).is_printer


def test_a_sentence_stays_short() -> None:
    why = verdict({"sys.1.0": "x" * 500}).why
    assert len(why) < 200
