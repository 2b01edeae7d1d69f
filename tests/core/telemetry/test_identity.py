from __future__ import annotations

from core.model.provenance import Confidence
from core.telemetry.identity import IdentityFacts, identity_of
from core.telemetry.oids import HR_TYPE_PRINTER
from core.telemetry.printers import printer_rows
from core.telemetry.profiles import matching
from core.telemetry.snapshot import Snapshot
from tests.support.recorded import oid, values

Rows = dict[str, int | str | bytes | tuple[int, ...]]
ONE: Rows = {"hr.2.1.2.1": HR_TYPE_PRINTER, "prt.10.2.1.4.1.1": 5}


def facts(rows: Rows, which: int = 0) -> IdentityFacts:
    snapshot = Snapshot(values(rows))
    return identity_of(snapshot, printer_rows(snapshot)[which], matching(snapshot))


def model(rows: Rows) -> str | None:
    return facts(rows).identity.model


def test_nothing_known_is_none() -> None:
    found = facts({})
    assert set(found.provenance) == set()
    assert all(getattr(found.identity, name) is None for name in type(found.identity).__slots__)


def test_models_by_rank() -> None:
    rows: Rows = {"sys.1.0": "SHARP MX-1"}
    assert model(rows) == "SHARP MX-1"
    rows |= {"e.1347.43.5.1.1.1.1": "FS-3", "sys.2.0": oid("e.1347.41")}
    assert model(rows) == "SHARP MX-1"  # the Sharp profile fits by words
    rows["sys.1.0"] = "KYOCERA Document Solutions Printing System"
    assert model(rows) == "FS-3"
    rows["e.2699.1.2.1.2.1.1.3.1"] = "MFG:Kyocera;MDL:FS-4;"
    assert model(rows) == "FS-4"
    rows |= ONE | {"hr.2.1.3.1": "FS-5"}
    assert model(rows) == "FS-5"
    rows["hr.2.1.3.1"] = "Generic 28C-1"
    assert model(rows) == "FS-4"


def test_a_persons_name_is_no_model() -> None:
    rows = ONE | {"prt.5.1.1.16.1": "Reception", "sys.1.0": "SHARP MX-2614N"}
    assert model(rows) == "SHARP MX-2614N"
    assert facts(rows).identity.name == "Reception"


def test_the_printers_name_where_another_source_agrees() -> None:
    rows = ONE | {"prt.5.1.1.16.1": "MX-2614N", "sys.1.0": "SHARP MX-2614N /P"}
    found = facts(rows)
    assert found.identity.model == "MX-2614N"
    assert found.provenance["model"].rule == "prtGeneralPrinterName"
    assert found.identity.name is None


def test_the_printers_name_as_a_last_resort() -> None:
    found = facts(ONE | {"prt.5.1.1.16.1": "CL4NX 203"})
    assert found.identity.model == "CL4NX 203"
    assert found.provenance["model"].confidence is Confidence.DOUBTFUL


def test_a_device_of_another_type_names_the_machine() -> None:
    rows: Rows = {"sys.1.0": "EPSON Ext. Scan Server", "sys.2.0": oid("e.1248.1.1.2")}
    rows |= {"hr.2.1.2.1": oid("hr.1.4"), "hr.2.1.3.1": "Ethernet port"}
    rows |= {"hr.2.1.2.2": oid("hr.1.1"), "hr.2.1.3.2": "DS-860"}
    assert model(rows) == "DS-860"


def test_who_made_the_attached_machine() -> None:
    rows: Rows = {"sys.1.0": "OKI OkiLAN 8500e PrintServer: Attached to MC342 Rev.02.70 : x"}
    assert (facts(rows).identity.vendor, model(rows)) == ("OKI", "MC342")
    rows = {"sys.1.0": "OKI OkiLAN 8500e PrintServer: Attached to RICOH SP 3510 : x"}
    assert (facts(rows).identity.vendor, model(rows)) == ("Ricoh", "RICOH SP 3510")


def test_the_maker_beside_the_model_in_a_device_id() -> None:
    rows: Rows = {"sys.1.0": "HP ETHERNET MULTI-ENVIRONMENT,JETDIRECT,JD149"}
    rows["e.11.2.3.9.1.1.7.0"] = "MFG:KYOCERA;MDL:Thing 1;CLS:PRINTER;"
    found = facts(rows)
    assert (found.identity.vendor, found.identity.model) == ("Kyocera", "Thing 1")


def test_a_rebranded_machine() -> None:
    rows: Rows = {"sys.1.0": "TOSHIBA e-STUDIO305CS version NH63", "sys.2.0": oid("e.641.2.7")}
    assert facts(rows).identity.vendor == "Toshiba"
    assert facts({"sys.2.0": oid("e.641.2.7")}).identity.vendor == "Lexmark"
    found = facts({"sys.2.0": oid("e.641.2.7")}).provenance["vendor"]
    assert found.rule == "maker's number in sysObjectID"


def test_serial_numbers_by_rank() -> None:
    rows = ONE | {"e.2699.1.2.1.2.1.1.3.1": "MDL:x;SN:D4;", "sys.2.0": oid("e.11.2.3.9.1")}
    assert facts(rows).identity.serial == "D4"
    rows["sys.1.0"] = "HP ETHERNET MULTI-ENVIRONMENT,SN:C3,FN:1"
    assert facts(rows).identity.serial == "C3"
    rows["e.11.2.3.9.4.2.1.1.3.3.0"] = b"\x01\x15B2"
    assert facts(rows).identity.serial == "B2"
    rows["prt.5.1.1.17.1"] = "A1"
    assert facts(rows).identity.serial == "A1"
    rows["prt.5.1.1.17.1"] = "0000000"
    assert facts(rows).identity.serial == "B2"


def test_a_serial_number_that_differs_is_noted() -> None:
    rows = ONE | {"prt.5.1.1.17.1": "A1", "sys.1.0": "HP JETDIRECT,SN:A1"}
    assert facts(rows).notes == ()
    rows["sys.1.0"] = "HP JETDIRECT,SN:B2"
    (note,) = facts(rows).notes
    assert note.code == "serial_differs"
    assert "A1" in note.text
    assert "B2" in note.text


def test_several_printers_share_no_scalars() -> None:
    rows: Rows = {"hr.2.1.2.1": HR_TYPE_PRINTER, "hr.2.1.2.2": HR_TYPE_PRINTER}
    rows |= {"prt.5.1.1.17.1": "A1", "prt.10.2.1.4.2.1": 7, "hr.2.1.3.2": "HP LaserJet 4"}
    rows |= {"sys.1.0": "HP JETDIRECT,SN:PS1,PID:HP LaserJet 5", "sys.5.0": "ps1"}
    rows["e.11.2.3.9.1.1.7.0"] = "MFG:HP;MDL:HP LaserJet 5;SN:X9;"
    first, second = facts(rows, 0).identity, facts(rows, 1).identity
    assert (first.serial, first.model) == ("A1", None)
    assert (second.serial, second.model) == (None, "HP LaserJet 4")
    assert first.hostname == second.hostname == "ps1"


def test_a_device_id_says_nothing_of_several() -> None:
    rows: Rows = {"hr.2.1.2.1": HR_TYPE_PRINTER, "hr.2.1.2.2": HR_TYPE_PRINTER}
    rows |= {"prt.10.2.1.4.1.1": 7, "prt.10.2.1.4.2.1": 7, "hr.2.1.3.2": "Canon LBP1"}
    rows["e.11.2.3.9.1.1.7.0"] = "MFG:HP;MDL:HP LaserJet 5;"
    assert [facts(rows, which).identity.vendor for which in (0, 1)] == [None, "Canon"]


def test_names_and_places() -> None:
    found = facts({"sys.5.0": "NPI419F6E", "sys.6.0": " 2nd floor "}).identity
    assert (found.hostname, found.name, found.location) == ("NPI419F6E", None, "2nd floor")
    found = facts({"sys.5.0": "Front desk", "sys.6.0": "<private>"}).identity
    assert (found.hostname, found.name, found.location) == (None, "Front desk", None)


def test_a_uuid_in_a_device_id() -> None:
    rows: Rows = {"e.2699.1.2.1.2.1.1.3.1": "MDL:x;UUID:{564E4333-4230-3431-3533-0017C865E2B9};"}
    assert facts(rows).identity.uuid == "564e4333-4230-3431-3533-0017c865e2b9"
    rows = {"e.2699.1.2.1.2.1.1.3.1": "MDL:x;UUID:00000000-0000-0000-0000-000000000000;"}
    assert facts(rows).identity.uuid is None


def test_a_serial_number_with_control_characters_gives_way_to_a_clean_one() -> None:
    trick = b"\x1b[31mABC\x07\nD"
    alone = facts({**ONE, "prt.5.1.1.17.1": trick})
    assert alone.identity.serial == "ABC D"
    assert alone.provenance["serial"].confidence is Confidence.DOUBTFUL
    device_id = {"e.2699.1.2.1.2.1.1.3.1": "MFG:Acme;MDL:One;SN:GOOD1;"}
    found = facts({**ONE, **device_id, "prt.5.1.1.17.1": trick})
    assert found.identity.serial == "GOOD1"
    padded = facts({**ONE, **device_id, "prt.5.1.1.17.1": b"ABC1\0\0\r\n"})
    assert padded.identity.serial == "ABC1"
    assert padded.provenance["serial"].confidence is Confidence.STANDARD
