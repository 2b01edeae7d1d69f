"""What would be written and called on Windows; the registry and the scheduler are not here."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from core.host.errors import HostError
from core.host.startup.manager import Program, Ran
from core.host.startup.windows import RunKey, StartTask, task_text

PROGRAM = Program((r"C:\Program Files\Platen & Co\platen.exe", "agent", "--machine"))
_NS = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


class Values(dict):
    def set(self, name, value):
        self[name] = value

    def delete(self, name):
        self.pop(name, None)


def test_the_run_key() -> None:
    key = RunKey(Values())
    key.install(PROGRAM)
    assert key._values["Platen"] == (r'"C:\Program Files\Platen & Co\platen.exe" agent --machine')
    assert key.status().installed
    key.remove()
    assert not key.status().installed


def test_a_registry_that_refuses() -> None:
    class Closed(Values):
        def set(self, name, value):
            raise PermissionError(13, "Access is denied")

    with pytest.raises(HostError) as caught:
        RunKey(Closed()).install(PROGRAM)
    assert "Access is denied" in caught.value.problem.text


def test_the_task_is_well_formed_and_starts_again() -> None:
    task = ET.fromstring(task_text(PROGRAM).partition("?>")[2])
    assert task.findtext(f".//{_NS}Command") == PROGRAM.command[0]
    assert task.findtext(f".//{_NS}Arguments") == "agent --machine"
    assert task.findtext(f".//{_NS}UserId") == "S-1-5-19"
    assert task.find(f".//{_NS}RestartOnFailure") is not None


def test_the_scheduler_gets_the_file() -> None:
    seen = {}

    def run(command) -> Ran:
        if "/XML" in command:
            seen["text"] = Path(command[command.index("/XML") + 1]).read_text("utf-16")
        return Ran(0, "Status: Running")

    task = StartTask(run)
    task.install(PROGRAM)
    assert "LeastPrivilege" in seen["text"]
    assert task.status().running


def test_a_scheduler_that_refuses() -> None:
    with pytest.raises(HostError) as caught:
        StartTask(lambda _: Ran(1, "ERROR: Access is denied.")).install(PROGRAM)
    assert "administrator" in caught.value.problem.remedy
