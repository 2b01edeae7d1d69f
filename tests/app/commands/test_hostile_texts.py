"""What a hostile printer says of itself does not reach a terminal as commands or colours."""

from __future__ import annotations

import io

from rich.console import Console

from app.commands import tables
from core.model.evidence import Evidence, Finding
from core.model.identity import Endpoint, Identity
from core.model.provenance import Source

NASTY = "[red]Laser\x1b]0;owned\x07\x1b[2J[/]\r\nJet :smile: \u202egnp"


def shown(renderable) -> str:
    out = io.StringIO()
    Console(file=out, width=300, force_terminal=True, markup=False, emoji=False).print(renderable)
    return out.getvalue()


def test_tables_show_the_words_and_nothing_else():
    finding = Finding(
        Endpoint("10.0.0.1"),
        Identity(vendor=NASTY, model=NASTY, serial=NASTY),
        (Evidence(Source.SNMP, NASTY),),
    )
    text = shown(tables.findings([finding]))
    assert "[red]Laser" in text
    assert ":smile:" in text
    for mark in ("\x1b]0", "\x07", "\x1b[2J", "\r", "\u202e"):
        assert mark not in text


def test_the_heading_of_a_reading_is_plain_too():
    text = shown(tables.heading(Identity(model=NASTY), "10.0.0.1:161"))
    assert "[red]Laser" in text
    assert "\x1b]0" not in text
