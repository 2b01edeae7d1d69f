from __future__ import annotations

from pathlib import Path

import pytest

from core.model.provenance import Confidence
from core.snmp.types import parse_oid
from core.telemetry.profile import Profile
from core.telemetry.profile_file import parse_profile
from core.telemetry.profiles import (
    all_profiles,
    identity_places,
    matching,
    profiles_with,
    read_profile,
)
from core.telemetry.resource import BadResourceError
from core.telemetry.snapshot import Snapshot
from core.telemetry.sources import profile_values
from tests.support.recorded import ROOT, oid, values

GOOD = """
name = "acme"
verified = ["Model 1: serial"]
[match]
object_ids = ["1.3.6.1.4.1.99999"]
description = '^Acme\\b'
[[identity.serial]]
oid = "1.3.6.1.4.1.99999.1.0"
[[identity.serial]]
column = "1.3.6.1.4.1.99999.2"
pattern = 'SN=(\\w+)'
confirmed = false
[[identity.model]]
oid = "1.3.6.1.4.1.99999.3.0"
key = "MDL"
"""


def acme() -> Profile:
    return parse_profile(GOOD, "acme.toml")


def found(rows: dict[str, int | str | bytes], field: str) -> list[tuple[str, Confidence, str]]:
    each = profile_values(Snapshot(values(rows)), (acme(),), field, lambda text: text or None)
    return [(o.value, o.provenance.confidence, o.provenance.refs[0]) for o in each]


def test_sources_in_their_order() -> None:
    rows: dict[str, int | str | bytes] = {
        "e.99999.1.0": "A1", "e.99999.2.1": "nothing", "e.99999.2.2": "x SN=B2 y"
    }  # fmt: skip
    assert found(rows, "serial") == [
        ("A1", Confidence.PROFILE, "1.3.6.1.4.1.99999.1.0"),
        ("B2", Confidence.DOUBTFUL, "1.3.6.1.4.1.99999.2.2"),
    ]


def test_a_key_of_a_device_id() -> None:
    assert found({"e.99999.3.0": "MFG:Acme;MDL:One;"}, "model")[0][0] == "One"
    assert found({"e.99999.3.0": "MFG:Acme;"}, "model") == []
    assert found({"e.99999.3.0": 5}, "model") == []


def test_nothing_for_other_fields() -> None:
    assert found({"e.99999.1.0": "A1"}, "firmware") == []


def test_words_outrank_numbers() -> None:
    number = parse_oid("1.3.6.1.4.1.99999.7")
    profile = acme()
    assert profile.rank(None, "Acme 5") == (1, 0, 0)
    assert profile.rank(number, "Other") == (0, 0, 7)
    assert profile.rank(number, "Acme 5") == (1, 0, 7)
    assert profile.rank(parse_oid("1.3.6.1.4.1.9"), "Other") is None
    assert profile.rank(None, "") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name = ", "no TOML"),
        ("name = 'x'", "match"),
        (GOOD.replace("object_ids", "objectids"), "objectids"),
        (GOOD.replace('["1.3.6.1.4.1.99999"]', '["1.3.x"]'), "match.object_ids"),
        (GOOD.replace("'^Acme\\b'", "'(['"), "pattern"),
        (GOOD.replace("'SN=(\\w+)'", "'SN='"), "no group"),
        (GOOD.replace("[[identity.model]]", "[[identity.modell]]"), "modell"),
        (GOOD.replace('key = "MDL"', "key = 5"), "identity"),
        (GOOD.replace('key = "MDL"', 'key = "MDL"\npattern = "(x)"'), "not both"),
        (GOOD.replace('oid = "1.3.6.1.4.1.99999.3.0"', ""), "either oid or column"),
        ("name = 'x'\n[match]\npriority = 1", "neither"),
    ],
)
def test_errors_name_file_and_place(text: str, why: str) -> None:
    with pytest.raises(BadResourceError) as caught:
        parse_profile(text, "acme.toml")
    assert caught.value.problem.code == "bad_resource"
    assert "acme.toml" in caught.value.problem.text
    assert why in caught.value.problem.text


METERS = """name = "acme"
[match]
object_ids = ["1.3.6.1.4.1.99999"]

[[meters.total]]
oid = "1.3.6.1.4.1.99999.1.0"

[[meters.total]]
column = "1.3.6.1.4.1.99999.2"
code_column = "1.3.6.1.4.1.99999.3"
code = 10

[[meters.scan]]
sum = [{ oid = "1.3.6.1.4.1.99999.4.0" }]

[[check]]
whole = "total"
parts = ["scan"]

[supply]
waste = "filled"

[[supply.item]]
kind = "toner"
level = [{ blob = "1.3.6.1.4.1.99999.5.0", record = 1 }]

[[supply.table]]
level = "1.3.6.1.4.1.99999.6"
name = "1.3.6.1.4.1.99999.7"
"""


def test_meters_and_supplies() -> None:
    profile = parse_profile(METERS, "acme.toml")
    assert [len(sources) for sources in profile.meters.values()] == [2, 1]
    assert profile.verified == ()
    assert profile.supplies.waste == "filled"
    assert profile.supplies.items[0].index == "acme.toner"


def test_panel_names_and_capacities() -> None:
    more = """
[supply]
by_capacity = true

[[supply.item]]
kind = "roller"
name = "PF kit 1"
level = [{ oid = "1.3.6.1.4.1.99999.8.0" }]

[status]
panel = ["1.3.6.1.4.1.99999.9.0"]
"""
    profile = parse_profile(METERS[: METERS.index("[supply]")] + more, "acme.toml")
    (item,) = profile.supplies.items
    assert profile.supplies.by_capacity
    assert (item.index, item.name) == ("acme.roller.pf_kit_1", "PF kit 1")
    assert profile.panel == (parse_oid("1.3.6.1.4.1.99999.9.0"),)


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('oid = "1.3.6.1.4.1.99999.1.0"', 'oid = "1.3.x"', 6, "meters.total[1].oid"),
        ('oid = "1.3.6.1.4.1.99999.1.0"', "", 5, "needs one of"),
        ("code = 10", 'code = "ten"', 11, "meters.total[2]: Expected `int"),
        ("code = 10", "", 8, "code goes with code_column"),
        ("code = 10", "kode = 10", 11, "kode"),
        ("code = 10", "code = 10\nrecord = 5", 8, "record goes with blob"),
        ("code = 10", 'code = 10\npattern = "x"', 12, "no group"),
        ("[[meters.scan]]", "[[meters.scans]]", 13, "no field 'scans'"),
        ("[[meters.scan]]", "[[meters.scan]]\nscale = 0", 14, "above 0"),
        ('parts = ["scan"]', 'parts = ["fax"]', 16, "no meter 'fax'"),
        ('waste = "filled"', 'waste = "full"', 21, "filled or remaining"),
        ('kind = "toner"', 'kind = "tooner"', 24, "Invalid enum value"),
        (", record = 1", "", 23, "record goes with blob"),
        ('name = "1.3.6.1.4.1.99999.7"', 'name = "1.3.x"', 29, "supply.table[1].name"),
        ('object_ids = ["1.3.6.1.4.1.99999"]', 'object_ids = ["x"]', 3, "match.object_ids"),
        ('name = "acme"', 'name = "acme"\nverified = true', 2, "verified"),
        ("[supply]", '[status]\npanel = ["1.x"]\n[supply]', 21, "status.panel"),
        ('name = "acme"', "name = ", 1, "no TOML"),
    ],
)
def test_errors_name_the_line(old: str, new: str, line: int, why: str) -> None:
    assert METERS.count(old) >= 1
    with pytest.raises(BadResourceError) as caught:
        parse_profile(METERS.replace(old, new, 1), "acme.toml")
    assert why in caught.value.problem.text
    assert caught.value.line == line
    assert f"acme.toml, line {line}," in caught.value.problem.text


def test_own_profiles_go_before_those_that_come_along(tmp_path: Path) -> None:
    own = GOOD.replace('"acme"', '"hp"')
    (tmp_path / "hp.toml").write_text(own)
    (tmp_path / "acme.toml").write_text(GOOD)
    found = profiles_with(tmp_path)
    assert {p.name: p.object_ids for p in found.profiles}["hp"] == (oid("e.99999"),)
    assert "acme" in {p.name for p in found.profiles}
    assert found.notes == ()
    assert profiles_with(tmp_path) is found  # not read again
    (tmp_path / "hp.toml").unlink()
    again = {p.name: p.object_ids for p in profiles_with(tmp_path).profiles}
    assert again["hp"] == (oid("e.11.2.3.9"),)


def test_an_own_profile_that_is_wrong_is_left_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "hp.toml").write_text("name =")
    (tmp_path / "acme.toml").write_text(GOOD.replace('"acme"', '"other"'))
    found = profiles_with(tmp_path)
    assert found.profiles == all_profiles()
    assert [note.code for note in found.notes] == ["profile_unusable"] * 2
    assert "not that of its file" in found.notes[0].text
    assert "line 1" in found.notes[1].text
    with pytest.raises(BadResourceError):
        profiles_with(tmp_path, strict=True)


def test_no_folder_of_own_profiles(tmp_path: Path) -> None:
    assert profiles_with(tmp_path / "none").profiles == all_profiles()
    assert profiles_with(None).profiles == all_profiles()


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "x.toml", tmp_path / "none.toml"):
        with pytest.raises(BadResourceError, match="cannot be read"):
            read_profile(path)


def test_the_profiles_that_come_along() -> None:
    names = {profile.name for profile in all_profiles()}
    assert names >= {
        "brother", "canon", "dell", "epson", "fujifilm", "hp", "konica-minolta", "kyocera",
        "lexmark", "oki", "ricoh", "samsung", "sharp", "toshiba", "tsc", "xerox", "zebra",
        "panasonic", "pantum",
    }  # fmt: skip


def test_what_no_machine_has_confirmed_is_doubtful_throughout() -> None:
    for profile in all_profiles():
        if not profile.verified:
            sources = [s for each in profile.meters.values() for s in each]
            assert sources
            assert {s.confidence for s in sources} == {Confidence.DOUBTFUL}, profile.name


def test_every_profile_is_documented() -> None:
    text = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    for word in (
        "object_ids",
        "description",
        "priority",
        "verified",
        "confirmed",
        "column",
        "key",
        "code_column",
        "label_column",
        "blob",
        "record",
        "length",
        "ratio",
        "by_capacity",
        "panel",
        "sum",
        "optional",
        "scale",
        "unit",
        "most",
        "whole",
        "parts",
        "complete",
        "by_technology",
        "remaining_pages",
        "low",
        "waste",
    ):
        assert f"`{word}`" in text


@pytest.mark.parametrize(
    ("object_id", "description", "names"),
    [
        ("e.11.2.3.9.1", "HP ETHERNET MULTI-ENVIRONMENT,SN:X", ["hp"]),
        ("e.1347.41", "HP ETHERNET MULTI-ENVIRONMENT,JETDIRECT EX", ["hp", "kyocera"]),
        ("e.641.2.7", "TOSHIBA e-STUDIO305CS version NH63", ["toshiba", "lexmark"]),
        ("e.367.1.1", "SAVIN MP C4503 1.18 / SAVIN Network Printer", ["ricoh"]),
        ("e.18334.1.2", "Develop ineo 280", ["konica-minolta"]),
        ("e.9.1.1", "Cisco IOS", []),
    ],
)
def test_which_profiles_fit(object_id: str, description: str, names: list[str]) -> None:
    snapshot = Snapshot(values({"sys.2.0": oid(object_id), "sys.1.0": description}))
    assert [profile.name for profile in matching(snapshot)] == names


def test_places_to_ask() -> None:
    scalars, columns = identity_places((acme(), acme()))
    assert scalars == [oid("e.99999.1.0"), oid("e.99999.3.0")]
    assert columns == [oid("e.99999.2")]
