"""The map of ``app/ui`` in the design system names every module, and none that is not there."""

from __future__ import annotations

import re

from tests.support.need import ROOT

UI = ROOT / "app/ui"
MODULES = {
    path.relative_to(UI).with_suffix("").as_posix()
    for path in UI.rglob("*.py")
    if path.name != "__init__.py"
}


def named() -> set[str]:
    text = (ROOT / "docs/design-system.md").read_text("utf-8")
    part = text.partition("## Where to look in `app/ui`")[2].partition("\n## ")[0]
    return set(re.findall(r"`([a-z0-9_/]+)`", part))


def covers(name: str, module: str) -> bool:
    return module.startswith(name) if name.endswith("/") else module == name


def test_every_module_has_its_place_and_every_place_a_module() -> None:
    names = named()
    assert {m for m in MODULES if not any(covers(name, m) for name in names)} == set()
    assert {n for n in names if not any(covers(n, m) for m in MODULES)} == set()
