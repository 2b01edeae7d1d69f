"""Every icon that is named in the window has a file, and its licence is beside it."""

from __future__ import annotations

import re
from importlib import resources

from tests.support.need import ROOT

FOLDER = resources.files("resources") / "icons"
FILES = {e.name.removesuffix(".svg") for e in FOLDER.iterdir() if e.name.endswith(".svg")}
#: Where a name of an icon stands in the code.
NAMED = (
    re.compile(r"icons\.(?:icon|draw|pixmap|renderer)\((?:painter, )?\"([a-z_-]+)\""),
    re.compile(r"(?:IconButton|EmptyState)\(\"([a-z_-]+)\""),
    re.compile(r"Entry\(\"[a-z_]+\", \"([a-z_-]+)\""),
    re.compile(r"TextButton\([^()]*(?:\([^()]*\))?[^()]*, \"([a-z_-]+)\"[,)]"),
    re.compile(r"icon=\"([a-z_-]+)\""),
)


def test_every_icon_that_is_named_is_there() -> None:
    named = {
        name
        for path in (ROOT / "app").rglob("*.py")
        for pattern in NAMED
        for name in pattern.findall(path.read_text("utf-8"))
    }
    assert len(named) > 8
    assert named - {"primary", "danger", "quiet", "link"} <= FILES


def test_the_icons_are_lucides_with_their_licence() -> None:
    licence = (FOLDER / "LICENSE").read_text("utf-8")
    assert "ISC License" in licence
    assert "The MIT License" in licence
    table = (FOLDER / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z]+)` \| [a-z0-9-]+ \|$", table, re.MULTILINE)) == FILES
    for name in FILES:
        text = (FOLDER / f"{name}.svg").read_text("utf-8")
        assert "@license lucide-static v1.62.0 - ISC" in text
        assert text.count('stroke-width="2"') == 1
