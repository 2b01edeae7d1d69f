"""Every recorded message of a real printer is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.ipp.attributes import Attributes
from core.ipp.codec import decode, encode
from core.ipp.types import GroupTag, Message, Tag
from tests.support.ipp_recordings import need_ipp_recordings

pytestmark = pytest.mark.walks


@pytest.fixture(scope="module")
def folder() -> Path:
    return need_ipp_recordings()


def printer(folder: Path, name: str) -> Attributes:
    group = decode((folder / name).read_bytes()).group(GroupTag.PRINTER)
    assert group is not None
    return Attributes(group.attributes)


def test_all_are_read_and_written_again(folder: Path) -> None:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    assert len(files) >= 10
    for path in files:
        message = decode(path.read_bytes())
        assert decode(encode(message)) == message, path.name


def test_in_all_of_them_every_value_is_what_its_tag_says(folder: Path) -> None:
    odd = [
        (path.name, name)
        for path in folder.iterdir()
        for group in decode(path.read_bytes()).groups
        for name, values in group.attributes.items()
        for value in values
        if isinstance(value.data, bytes) and value.tag != Tag.OCTET_STRING
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("name", "status", "groups"),
    [
        ("Kyocera-ECOSYS-M2040dn-Printer-Attributes.ipp", 0, {1: 2, 4: 121}),
        ("get-jobs-kyocera-ecosys-m2540dn-000.bin", 0, {1: 2, 2: 35}),
        ("get-printer-attributes-brother-mfcj5320dw.bin", 0, {1: 2, 4: 90}),
        ("get-printer-attributes-empty-attribute-group.bin", 0x000B, {1: 4, 5: 0}),
        ("get-printer-attributes-error-0x0503.bin", 0x0503, {1: 2}),
        ("get-printer-attributes-hp6830.bin", 0, {1: 2, 4: 133}),
        ("get-printer-attributes-kyocera-ecosys-m2540dn-001.bin", 1, {1: 2, 5: 1, 4: 7}),
        ("get-printer-attributes-response-000.bin", 0x000B, {1: 4}),
        ("xerox-b210-idle.ipp", 0, {1: 3, 4: 122}),
        ("xerox-b210-toner-empty.ipp", 0, {1: 3, 4: 122}),
    ],
)
def test_nothing_is_lost(folder: Path, name: str, status: int, groups: dict[int, int]) -> None:
    message: Message = decode((folder / name).read_bytes())
    assert message.code == status
    assert {group.tag: len(group.attributes) for group in message.groups} == groups


def test_markers_are_lists_even_of_one(folder: Path) -> None:
    hp = printer(folder, "get-printer-attributes-hp6830.bin")
    assert hp.numbers("marker-levels") == (20, 20, 20, 20)
    assert hp.texts("marker-names")[3] == "black ink"
    assert hp.records("printer-supply")[0]["colorantname"] == "magenta"
    xerox = printer(folder, "xerox-b210-idle.ipp")
    assert xerox.numbers("marker-levels") == (62,)
    assert xerox.texts("marker-colors") == ("#000000",)


def test_texts_with_a_language_are_texts(folder: Path) -> None:
    brother = printer(folder, "get-printer-attributes-brother-mfcj5320dw.bin")
    assert brother.text("printer-make-and-model") == "Brother MFC-J5320DW"
    assert brother.texts("marker-names") == ("M", "C", "Y", "BK")
    assert brother.text("printer-location") is None
    media = brother.members("media-col-default")
    assert media is not None
    assert media.text("media-type") == "stationery"


def test_a_printout_inside_a_value_is_undone(folder: Path) -> None:
    xerox = printer(folder, "xerox-b210-toner-empty.ipp")
    [alert] = xerox.records("printer-alert")
    assert (alert["code"], alert["severity"]) == ("markerTonerEmpty", "critical")
    assert (xerox.text("printer-alert-description") or "").startswith("09-200 The Toner Cartridge")


def test_times_have_their_zone(folder: Path) -> None:
    kyocera = printer(folder, "Kyocera-ECOSYS-M2040dn-Printer-Attributes.ipp")
    moment = kyocera.moment("printer-current-time")
    assert moment is not None
    assert moment.isoformat() == "2024-03-27T15:12:57+03:00"
