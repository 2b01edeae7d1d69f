from __future__ import annotations

import configparser
import shlex
from pathlib import Path

import pytest

from core.host.errors import HostError
from core.host.startup.manager import Program
from core.host.startup.xdg import Autostart, quoted


@pytest.fixture(autouse=True)
def no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def test_installed_and_removed(tmp_path: Path) -> None:
    autostart = Autostart(tmp_path)
    assert not autostart.status().installed
    said = autostart.install(Program(("/opt/my tools/platen", "tray")))
    path = tmp_path / ".config" / "autostart" / "platen.desktop"
    assert str(path) in said
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(path)
    assert shlex.split(entry["Desktop Entry"]["Exec"]) == ["/opt/my tools/platen", "tray"]
    assert autostart.status().installed
    autostart.remove()
    autostart.remove()
    assert not path.exists()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / ".config").write_text("a file where a folder should be")
    with pytest.raises(HostError) as caught:
        Autostart(tmp_path).install(Program(("platen",)))
    assert caught.value.problem.code == "startup_failed"


@pytest.mark.parametrize(
    ("argument", "line"),
    [("plain", '"plain"'), ("a b", '"a b"'), ("100%", '"100%%"'), ('"$x`', '"\\\\"\\\\$x\\\\`"')],
)
def test_quoting(argument: str, line: str) -> None:
    assert quoted(argument) == line
