from __future__ import annotations

from pathlib import Path

import pytest

from core.host.startup.manager import Ran, as_service, at_sign_in


def nothing(_: object) -> Ran:
    return Ran(0, "")


@pytest.mark.parametrize(
    ("platform", "user", "service"),
    [
        ("linux", "Autostart", "SystemdService"),
        ("darwin", "LaunchAgent", "LaunchDaemon"),
        ("freebsd14", "Autostart", "SystemdService"),
    ],
)
def test_each_system_has_its_way(tmp_path: Path, platform: str, user: str, service: str) -> None:
    assert type(at_sign_in(tmp_path, nothing, platform)).__name__ == user
    assert type(as_service(nothing, platform)).__name__ == service


def test_windows_has_a_task() -> None:
    assert type(as_service(nothing, "win32")).__name__ == "StartTask"
