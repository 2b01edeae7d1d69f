"""Whether Platen is started at sign-in, by what is really there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.workers.sign_in import starts_at_sign_in
from core.host.startup.manager import Program
from core.host.startup.xdg import Autostart


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="another place elsewhere")
def test_it_is_asked_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert not starts_at_sign_in(tmp_path)
    Autostart(tmp_path).install(Program(("platen", "tray")))
    assert starts_at_sign_in(tmp_path)
    Autostart(tmp_path).remove()
    assert not starts_at_sign_in(tmp_path)
