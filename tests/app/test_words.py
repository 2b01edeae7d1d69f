"""Every word that the window shows can be translated."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support.need import ROOT

SHOWN = {
    "label",
    "button",
    "IconButton",
    "ElidedLabel",
    "TextField",
    "PortField",
    "HopField",
    "setText",
    "setToolTip",
    "setAccessibleName",
    "setAccessibleDescription",
    "setPlaceholderText",
    "addAction",
    "say",
    "Notice",
    "StateChip",
    "Problem",
}
NOT_WORDS = {"Platen"}  # the name of the program


def name_of(call: ast.Call) -> str:
    target = call.func
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def is_words(text: str) -> bool:
    return text not in NOT_WORDS and (text != text.lower() or " " in text.strip())


def untranslated(path: Path) -> list[str]:
    """Give the literals that are shown as they are: a word with a capital or with spaces."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and name_of(node) in SHOWN:
            for each in (*node.args, *(keyword.value for keyword in node.keywords)):
                text = each.value if isinstance(each, ast.Constant) else None
                if isinstance(text, str) and is_words(text):
                    found.append(f"{path.name}:{node.lineno} {text!r}")
    return found


def test_no_word_is_shown_untranslated() -> None:
    # The gallery is for those who work on Platen: its words are samples.
    files = [
        path
        for path in (*(ROOT / "app/ui").rglob("*.py"), *ROOT.glob("app/views/*.py"))
        if path.parent.name != "gallery"
    ]
    assert len(files) > 30
    assert [line for path in files for line in untranslated(path)] == []


def test_the_test_sees_what_it_looks_for(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text('label("Hello")\nlabel(self.tr("Hello"))\nbutton("to the left", "primary")\n')
    assert [line.split()[0] for line in untranslated(bad)] == ["bad.py:1", "bad.py:3"]
