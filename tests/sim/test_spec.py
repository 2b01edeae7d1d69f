"""The models: complete, of many makers, readable, and invented."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import msgspec
import pytest

from core.snmp.types import Oid, Tag
from core.snmp.values import encode_value
from sim.fleet import build, read_places
from sim.printer import Printer
from sim.private import ENTERPRISES
from sim.spec import Engine, Interface, Mix, Private, Spec, Supply, Tray, load_specs, read_spec
from tests.support.need import ROOT, need_walks

SPECS = load_specs()
FILES = sorted((ROOT / "sim" / "models").glob("*.toml"))
every_model = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())


def keys_of(kind: type) -> set[str]:
    return {field.name for field in dataclasses.fields(kind)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_model_file_has_no_key_that_nobody_reads(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(data) <= keys_of(Spec)
    assert set(data["engine"]) <= keys_of(Engine)
    assert set(data["engine"].get("mix", {})) <= keys_of(Mix)
    tables = (("supplies", Supply), ("trays", Tray), ("interfaces", Interface))
    for name, kind in (*tables, ("private", Private)):
        for row in data.get(name, []):
            assert set(row) <= keys_of(kind), row


def test_there_are_makers_enough_and_kinds_enough() -> None:
    specs = SPECS.values()
    assert len({spec.maker for spec in specs}) >= 12
    assert {bool(spec.engine.mix.color) for spec in specs} == {True, False}
    assert {bool(spec.engine.mix.copy) for spec in specs} == {True, False}
    assert any(tray.large for spec in specs for tray in spec.trays)
    assert any(tray.media.startswith("labels") for spec in specs for tray in spec.trays)
    assert any(spec.index != 1 for spec in specs)
    assert {supply.level for spec in specs for supply in spec.supplies} >= {-2, -3}


def everything(printer: Printer) -> list[Oid]:
    found: list[Oid] = []
    oid: Oid | None = ()
    while (oid := printer.after(oid)) is not None:
        found.append(oid)
    return found


@every_model
def test_every_value_of_a_model_can_be_asked_for_and_written(spec: Spec) -> None:
    printer = Printer(spec, "any")
    printer.advance(1)
    oids = everything(printer)
    assert oids == sorted(set(oids))
    assert len(oids) > 90
    for oid in oids:
        value = printer.get(oid)
        assert value is not None
        assert value.present
        assert encode_value(value)
        assert printer.has_object(oid) or oid[:7] in ((1, 3, 6, 1, 2, 1, 4), (1, 3, 6, 1, 2, 1, 43))


@every_model
def test_private_oids_are_each_told_once(spec: Spec) -> None:
    oids = [row.oid for row in spec.private]
    assert len(oids) == len(set(oids))
    printer = Printer(spec, "any")
    for row in spec.private:
        assert printer.get((*ENTERPRISES, *map(int, row.oid.split(".")))) is not None


def test_a_brother_tells_its_counters_in_records() -> None:
    printer = Printer(SPECS["brother-mfc-l8900cdw"], "any")
    value = printer.get((*ENTERPRISES, 2435, 2, 3, 9, 4, 2, 1, 5, 5, 10, 0))
    assert value is not None
    data = value.octets() or b""
    total = printer.number("total")
    assert data[:7] == b"\x00\x01\x04" + total.to_bytes(4, "big")
    assert data[-1:] == b"\xff"
    assert len(data) == 4 * 7 + 1


def test_numbers_of_a_printer_add_up() -> None:
    printer = Printer(SPECS["kyocera-taskalfa-2554ci"], "any")
    number = printer.number
    assert number("mono") + number("color") == number("total")
    assert number("print") + number("copy") + number("fax_mono") == number("total")
    assert number("scan_copy+scan_fax+scan_send") == number("scan")
    assert number("life") == number("total") + 417
    with pytest.raises(KeyError):
        number("nonsense")


def test_a_model_that_is_wrong_is_named_wrong() -> None:
    with pytest.raises(msgspec.ValidationError, match="maker"):
        read_spec("model = 'x'", "broken")


def test_the_fleet_uses_every_model_and_every_situation() -> None:
    places = read_places()
    assert {place.model for place in places} == set(SPECS)
    assert len({place.situation for place in places}) == 6
    assert len(places) == 24


@pytest.mark.walks
def test_identities_are_invented_and_not_those_of_recorded_printers() -> None:
    addresses = [f"127.27.{n // 200}.{n % 200 + 1}" for n in range(600)]
    printers = build(addresses, 1, "public")
    serials = {printer.identity.serial for printer in printers}
    macs = {printer.mac for printer in printers}
    assert len(serials) == len(macs) == len(printers)
    told = {text for serial in serials for text in (serial, serial.encode().hex())}
    told |= {mac.hex() for mac in macs}
    for path in need_walks().glob("*.snmprec"):
        recorded = path.read_text(encoding="utf-8", errors="replace").lower()
        assert not [text for text in told if text.lower() in recorded], path.name


def test_a_label_printer_counts_feet_and_says_its_odometer_in_words() -> None:
    printer = Printer(SPECS["zebra-zd421"], "any")
    value = printer.get((*ENTERPRISES, 10642, 200, 17, 3, 0))
    assert value is not None
    inches, centimeters = (
        int(part.split()[0]) for part in (value.octets() or b"").decode().split(", ")
    )
    assert centimeters / inches == pytest.approx(2.54, rel=1e-4)
    assert inches // 12 == printer.number("life")
    unit = printer.get((1, 3, 6, 1, 2, 1, 43, 10, 2, 1, 3, 1, 1))
    assert unit is not None
    assert (unit.tag, unit.number()) == (Tag.INTEGER, 16)
