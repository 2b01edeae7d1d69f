"""The map of ``app/ui`` in the design system names every module, and none that is not there."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from tests.support.need import ROOT

MODULES = {p.stem for p in (ROOT / "app/ui").glob("*.py")} - {"__init__"}


def named() -> set[str]:
    text = (ROOT / "docs/design-system.md").read_text("utf-8")
    part = text.partition("## Where to look in `app/ui`")[2].partition("\n## ")[0]
    return set(re.findall(r"`([a-z0-9_]+\*?)`", part))


def test_every_module_has_its_place_and_every_place_a_module() -> None:
    names = named()
    assert {m for m in MODULES if not any(fnmatchcase(m, name) for name in names)} == set()
    assert {n for n in names if not any(fnmatchcase(m, n) for m in MODULES)} == set()
