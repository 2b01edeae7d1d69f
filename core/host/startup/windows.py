"""Started by Windows: at sign-in by the Run key, with the computer by a task of the scheduler.

A task and not a service of the Service Control Manager: it needs no program of its own between
Windows and Python, runs under LocalService, is started again after a failure, and shows up where
administrators look. Never run by its makers on Windows: what is written is tested at this border.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape

from core.host.startup.manager import Program, Runner, StartupStatus, failed, refused

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
NAME = "Platen"

_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Platen: reads this site's printers</Description></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals><Principal id="Author">
    <UserId>S-1-5-19</UserId><RunLevel>LeastPrivilege</RunLevel>
  </Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>255</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author"><Exec>
    <Command>{program}</Command><Arguments>{arguments}</Arguments>
  </Exec></Actions>
</Task>
"""


class Registry(Protocol):
    """The values of one key of the current user."""

    def get(self, name: str) -> str | None:
        """Give a value, ``None`` where there is none."""
        ...

    def set(self, name: str, value: str) -> None:
        """Set a value."""
        ...

    def delete(self, name: str) -> None:
        """Remove a value; one that is not there is passed over."""
        ...


class RunKey:
    """The Run key of the current user."""

    def __init__(self, values: Registry) -> None:
        self._values = values

    def install(self, program: Program) -> str:
        """See ``Startup``."""
        self._do(lambda: self._values.set(NAME, subprocess.list2cmdline(program.command)))
        return "Platen starts when you sign in."

    def remove(self) -> str:
        """See ``Startup``."""
        self._do(lambda: self._values.delete(NAME))
        return "Platen does not start by itself when you sign in."

    def status(self) -> StartupStatus:
        """See ``Startup``."""
        return StartupStatus(self._values.get(NAME) is not None, rf"HKCU\{RUN}\{NAME}")

    def _do(self, change: Callable[[], None]) -> None:
        try:
            change()
        except OSError as error:
            raise failed("The registry cannot be changed", error) from None


class StartTask:
    """A task "Platen" that starts with the computer; needs an administrator."""

    def __init__(self, run: Runner) -> None:
        self._run = run

    def install(self, program: Program) -> str:
        """See ``Startup``."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "platen.xml"
            file.write_text(task_text(program), encoding="utf-16")
            said = self._run(("schtasks", "/Create", "/TN", NAME, "/XML", str(file), "/F"))
        if said.status != 0:
            reason = said.output.strip() or f"exit status {said.status}"
            raise refused("The task cannot be made", reason, "Run this as an administrator.")
        self._run(("schtasks", "/Run", "/TN", NAME))
        return "Platen starts with this computer, and runs now."

    def remove(self) -> str:
        """See ``Startup``."""
        self._run(("schtasks", "/End", "/TN", NAME))
        self._run(("schtasks", "/Delete", "/TN", NAME, "/F"))
        return "Platen does not start with this computer any more; its data is kept."

    def status(self) -> StartupStatus:
        """See ``Startup``."""
        said = self._run(("schtasks", "/Query", "/TN", NAME, "/FO", "LIST"))
        found = said.status == 0
        return StartupStatus(found, f"task {NAME}", "Running" in said.output if found else False)


def task_text(program: Program) -> str:
    """Give the task for a program."""
    arguments = subprocess.list2cmdline(program.command[1:])
    return _TASK.format(program=escape(program.command[0]), arguments=escape(arguments))


def registry() -> Registry:
    """Give the real Run key; only on Windows."""
    return _RunValues()


class _RunValues:
    """The Run key through ``winreg``, which is loaded when it is used."""

    def __init__(self) -> None:
        import winreg  # noqa: PLC0415 - there is none elsewhere

        self._api: Any = winreg

    def _open(self, rights: int) -> Any:
        return self._api.CreateKeyEx(self._api.HKEY_CURRENT_USER, RUN, 0, rights)

    def get(self, name: str) -> str | None:
        """See ``Registry``."""
        with self._open(self._api.KEY_READ) as key:
            try:
                return str(self._api.QueryValueEx(key, name)[0])
            except FileNotFoundError:
                return None

    def set(self, name: str, value: str) -> None:
        """See ``Registry``."""
        with self._open(self._api.KEY_WRITE) as key:
            self._api.SetValueEx(key, name, 0, self._api.REG_SZ, value)

    def delete(self, name: str) -> None:
        """See ``Registry``."""
        with self._open(self._api.KEY_WRITE) as key:
            try:
                self._api.DeleteValue(key, name)
            except FileNotFoundError:
                return
