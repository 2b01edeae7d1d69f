"""The tables of docs/security.md are those of the program as it is."""

from __future__ import annotations

from core.snmp.deny import DENIED
from core.snmp.types import format_oid
from docs.make_security import PAGE, TABLES, page, told


def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run: python docs/make_security.py"
    for name in TABLES:
        assert text.count(f"<!-- {name} -->") == 1
    for oid in DENIED:
        assert f"`{format_oid(oid)}`" in text


def test_each_field_says_what_hides_it() -> None:
    table = told()
    for row in (
        "| Identity | mac | text or unknown | `privacy.macs` |",
        "| Endpoint | address | text | `privacy.addresses` |",
        "| Reading | meters | number, by name | not needed |",
        "| Status | display | list of text | whatever hidden thing stands in it |",
    ):
        assert row in table


def test_a_page_that_is_not_current_is_mended() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text.replace("| Identity | mac |", "| Identity | macs |")) == text
