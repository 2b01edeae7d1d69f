"""A console that is not there before something is said."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.commands.late_console import late_console
from app.commands.progress import ProgressLine
from core.model.event import Progress


def test_an_agent_and_a_window_do_without() -> None:
    look = "import sys, app.cli, app.commands.agent, app.main; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_it_says_what_a_console_says(capsys: pytest.CaptureFixture[str]) -> None:
    console = late_console(stderr=True, markup=False)
    console.print("[bold]as it is[/bold]")
    with console:
        console.print("held back")
    said = capsys.readouterr().err
    assert said == "[bold]as it is[/bold]\nheld back\n"


def test_a_bar_goes_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    console = late_console(stderr=True, force_terminal=True, width=80)
    with ProgressLine(console) as line:
        line.show(Progress("addresses", 5, 9))
    assert "5/9" in capsys.readouterr().err
