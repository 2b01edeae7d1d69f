from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.reading import DeviceState, SupplyKind
from core.telemetry.words import (
    color_in,
    content_of_cartridge,
    is_cartridge,
    kind_in,
    plain,
    split_tail,
    state_in,
)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("Black Toner", "black"),
        ("Toner Noir", "black"),
        ("Cartouche de toner noire", "black"),
        ("Tonerkassette Schwarz", "black"),
        ("Tóner negro", "black"),
        ("Toner Preto", "black"),
        ("Toner nero", "black"),
        ("Czarny toner", "black"),
        ("Zwarte toner", "black"),
        ("Toner (Cyan)", "cyan"),
        ("Tóner cian", "cyan"),
        ("Toner ciano", "cyan"),
        ("Cyjan", "cyan"),
        ("Cyaan", "cyan"),
        ("MAGENTA", "magenta"),
        ("Gelb", "yellow"),
        ("Jaune", "yellow"),
        ("Amarillo", "yellow"),
        ("Amarelo", "yellow"),
        ("Giallo", "yellow"),
        ("Żółty", "yellow"),
        ("Gele toner", "yellow"),
        ("CANON Matte Black Ink Tank", "matte_black"),
        ("Photo Black", "photo_black"),
        ("Light Cyan", "light_cyan"),
        ("Vivid Light Magenta Ink", "light_magenta"),
        ("Light Light Black", "light_light_gray"),
        ("Light Black", "light_gray"),
        ("Gray", "gray"),
        ("Tri-color Cartridge", "tricolor"),
        ("process black", "black"),
    ],
)
def test_colours(text: str, color: str) -> None:
    assert color_in(text) == color


@pytest.mark.parametrize(
    "text",
    ["", "Drum Unit", "Cyan, Magenta, Yellow Drum", "Blackberry", "reduced", "other", "006R01509"],
)
def test_no_colour_or_several(text: str) -> None:
    assert color_in(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Black Toner, PN 006R01509", SupplyKind.TONER),
        ("Tonerkassette Schwarz", SupplyKind.TONER),
        ("Tóner negro", SupplyKind.TONER),
        ("Ink Cartridge", SupplyKind.INK),
        ("Tintenpatrone", SupplyKind.INK),
        ("Cartouche d'encre noire", SupplyKind.INK),
        ("Cartucho de tinta negra", SupplyKind.INK),
        ("Cartuccia inchiostro", SupplyKind.INK),
        ("Tusz czarny", SupplyKind.INK),
        ("Zwarte inktpatroon", SupplyKind.INK),
        ("Waste Toner Box", SupplyKind.WASTE),
        ("Resttonerbehälter", SupplyKind.WASTE),
        ("Bac de récupération de toner", SupplyKind.WASTE),
        ("Depósito de tóner residual", SupplyKind.WASTE),
        ("Depósito de resíduos de toner", SupplyKind.WASTE),
        ("Vaschetta di recupero toner", SupplyKind.WASTE),
        ("Pojemnik na zużyty toner", SupplyKind.WASTE),
        ("Toneropvangbak", SupplyKind.WASTE),
        ("Toner Collection Unit", SupplyKind.WASTE),
        ("Drum Unit", SupplyKind.DRUM),
        ("Imaging Unit (Black)", SupplyKind.DRUM),
        ("Trommeleinheit", SupplyKind.DRUM),
        ("Tambour cyan", SupplyKind.DRUM),
        ("Unidad de tambor", SupplyKind.DRUM),
        ("Gruppo tamburo", SupplyKind.DRUM),
        ("Bęben", SupplyKind.DRUM),
        ("Photoconductor Unit", SupplyKind.DRUM),
        ("Developer Cartridge (Cyan)", SupplyKind.DEVELOPER),
        ("Entwickler", SupplyKind.DEVELOPER),
        ("Fusing Unit", SupplyKind.FUSER),
        ("Fixiereinheit", SupplyKind.FUSER),
        ("Unité de fusion", SupplyKind.FUSER),
        ("Utrwalacz", SupplyKind.FUSER),
        ("Image Transfer Belt Unit", SupplyKind.TRANSFER),
        ("Belt Unit", SupplyKind.TRANSFER),
        ("Transfer Roller Unit", SupplyKind.TRANSFER),
        ("Übertragungsband", SupplyKind.TRANSFER),
        ("Second Bias Transfer Roll", SupplyKind.TRANSFER),
        ("Pickup Roller", SupplyKind.ROLLER),
        ("Maintenance Kit", SupplyKind.MAINTENANCE),
        ("Fuser Maintenance Kit", SupplyKind.MAINTENANCE),
        ("Ozone Filter", SupplyKind.MAINTENANCE),
        ("Staples", SupplyKind.STAPLES),
        ("Heftklammern", SupplyKind.STAPLES),
        ("Agrafes", SupplyKind.STAPLES),
        ("Ribbon", SupplyKind.RIBBON),
    ],
)
def test_kinds(text: str, kind: SupplyKind) -> None:
    assert kind_in(text) is kind


@pytest.mark.parametrize("text", ["", "Black Cartridge HP CF410A", "006R01509", "Linked", "Four"])
def test_no_kind(text: str) -> None:
    assert kind_in(text) is None


def test_cartridges() -> None:
    assert is_cartridge("Black Cartridge HP CF410A")
    assert is_cartridge("Cartouche noire")
    assert not is_cartridge("TK-8527K")
    assert content_of_cartridge(4, None) is SupplyKind.TONER
    assert content_of_cartridge(12, "HP LaserJet 4") is SupplyKind.INK
    assert content_of_cartridge(None, "HP LaserJet 4") is SupplyKind.TONER
    assert content_of_cartridge(None, "HP OfficeJet Pro 8600") is SupplyKind.INK
    assert content_of_cartridge(None, "Unheard of 5") is None
    assert content_of_cartridge(2, None) is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Sleep", DeviceState.SLEEP),
        ("Sleep Mode ", DeviceState.SLEEP),
        ("Energiesparmodus", DeviceState.SLEEP),
        ("Ready.", DeviceState.IDLE),
        ("** READY **", DeviceState.IDLE),
        ("Prêt", DeviceState.IDLE),
        ("Bereit", DeviceState.IDLE),
        ("Gotowość", DeviceState.IDLE),
        ("Printing...", DeviceState.PRINTING),
        ("Warming up", DeviceState.WARMUP),
        ("Ready, toner low", None),
        ("Sleep timer changed", None),
        ("", None),
        (None, None),
    ],
)
def test_states(text: str | None, state: DeviceState | None) -> None:
    assert state_in(text) is state


@pytest.mark.parametrize(
    ("text", "split"),
    [
        (
            "Black Toner, PN 006R01509;SN48178080E0000481",
            ("Black Toner", "006R01509", "48178080E0000481"),
        ),
        ("Fuser, PN unknown;SNunknown", ("Fuser", None, None)),
        ("Waste Toner, PN 008R13061;SNunknown", ("Waste Toner", "008R13061", None)),
        ("Black Toner S/N:CRUM-14040604165", ("Black Toner", None, "CRUM-14040604165")),
        ("Cyan Toner; SN: 12345", ("Cyan Toner", None, "12345")),
        ("Drum, P/N: 101R00432", ("Drum", "101R00432", None)),
        ("Black Cartridge HP CF410A", ("Black Cartridge HP CF410A", "CF410A", None)),
        ("TK-8345K", ("TK-8345K", "TK-8345K", None)),
        ("Black Drum HP C1P70A", ("Black Drum HP C1P70A", "C1P70A", None)),
        ("Toner TN-247BK", ("Toner TN-247BK", "TN-247BK", None)),
        ("CLT-K404S S/N:CRUM-1", ("CLT-K404S", "CLT-K404S", "CRUM-1")),
        ("TK-8345K or TK-8347K", ("TK-8345K or TK-8347K", None, None)),
        ("Toner HP inside", ("Toner HP inside", None, None)),
        ("Toner, Black", ("Toner, Black", None, None)),
        ("", ("", None, None)),
    ],
)
def test_tails(text: str, split: tuple[str, str | None, str | None]) -> None:
    assert split_tail(text) == split


def test_accents() -> None:
    assert plain("ŻÓŁTY Übertragung Prêt") == "zołty ubertragung pret".replace("ł", "l")


@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    color_in(text)
    kind_in(text)
    is_cartridge(text)
    state_in(text)
    rest, part, serial = split_tail(text)
    assert text.startswith(rest) or rest == text.strip() or rest in text
    assert part is None or part in text
    assert serial is None or serial in text
