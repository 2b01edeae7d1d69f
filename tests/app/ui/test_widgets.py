"""The small widgets that all views share."""

from __future__ import annotations

from app.ui.widgets import plain_tip


def test_a_tool_tip_shows_what_a_printer_says_letter_by_letter() -> None:
    assert plain_tip("<b>TK</b>\n&") == "<qt>&lt;b&gt;TK&lt;/b&gt;<br>&amp;</qt>"
    assert plain_tip("") == ""
