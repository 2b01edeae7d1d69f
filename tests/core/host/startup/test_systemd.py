"""The unit as systemd itself sees it, and every call that is made of the system."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.host.errors import HostError
from core.host.startup.manager import Program, Ran
from core.host.startup.systemd import SystemdService, unit_text
from tests.support.need import need

PROGRAM = Program(("/opt/platen/platen", "agent", "--machine"))


class System:
    """What was asked of it, and what it says; by default, that all is well."""

    def __init__(self, **answers: Ran) -> None:
        self.asked: list[str] = []
        self.answers = answers

    def __call__(self, command: Sequence[str]) -> Ran:
        self.asked.append(" ".join(command))
        return next(
            (ran for word, ran in self.answers.items() if word in " ".join(command)), Ran(0, "")
        )


def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    need("systemd-analyze")
    unit = tmp_path / "platen.service"
    unit.write_text(unit_text(Program(("/bin/true", "agent", "--machine"))))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "platen.service" in line]
    # An older systemd does not know how to wait longer each time; it starts again all the same.
    assert [line for line in ours if "Restart" not in line] == []


def test_systemd_calls_it_well_confined(tmp_path: Path) -> None:
    need("systemd-analyze")
    unit = tmp_path / "platen.service"
    unit.write_text(unit_text(PROGRAM))
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=30", "--no-pager", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]


def test_the_command_line_is_quoted() -> None:
    text = unit_text(Program(("/opt/my $tools/platen", "100%")))
    assert 'ExecStart="/opt/my $$tools/platen" "100%%"' in text


def test_installed_with_an_account_of_its_own(tmp_path: Path) -> None:
    system = System(getent=Ran(2, ""))
    service = SystemdService(system, tmp_path / "platen.service")
    said = service.install(PROGRAM)
    assert "usermod -aG platen-operators" in said
    assert [line.split()[0] for line in system.asked] == [
        "getent", "groupadd", "getent", "useradd", "systemctl", "systemctl",
    ]  # fmt: skip
    assert system.asked[-1] == "systemctl enable --now platen.service"
    assert "User=platen\n" in (tmp_path / "platen.service").read_text()


def test_what_the_system_refuses_is_said(tmp_path: Path) -> None:
    system = System(useradd=Ran(1, "useradd: Permission denied.\n"), getent=Ran(2, ""))
    with pytest.raises(HostError) as caught:
        SystemdService(system, tmp_path / "platen.service").install(PROGRAM)
    assert "useradd: Permission denied" in caught.value.problem.text
    assert "root" in caught.value.problem.remedy


def test_removed_and_its_data_kept(tmp_path: Path) -> None:
    system = System()
    service = SystemdService(system, tmp_path / "platen.service")
    assert service.remove() == "There is no such service."
    service.install(PROGRAM)
    assert "/var/lib/platen" in service.remove()
    assert not (tmp_path / "platen.service").exists()


def test_how_it_stands(tmp_path: Path) -> None:
    unit = tmp_path / "platen.service"
    off = SystemdService(System(systemctl=Ran(3, "inactive\n")), unit).status()
    assert (off.installed, off.running, off.detail) == (False, False, "inactive")
    none = SystemdService(System(systemctl=Ran(127, "")), unit).status()
    assert none.running is None
