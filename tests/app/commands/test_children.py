"""Child processes: waited for, told about when they fail, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from app.commands.children import Child, ChildError, Children, signals_end_it
from tests.support.need import ROOT

SERVES = "import sys; print('noise'); print('ready 5', flush=True); sys.stdin.read()"
STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('ready', flush=True)
while True:
    time.sleep(0.1)
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def pid_of(child: Child) -> int:
    return child._process.pid


def test_a_child_is_waited_for_and_ended(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        child = children.start("server", python(SERVES))
        assert child.wait_for("ready ", 10) == "ready 5"
        assert psutil.pid_exists(pid_of(child))
    assert not psutil.pid_exists(pid_of(child))


def test_children_end_in_the_reverse_order_whatever_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, end = [], Child.end

    def noted(child: Child) -> None:
        ended.append(child.name)
        end(child)

    monkeypatch.setattr(Child, "end", noted)
    started = []
    with pytest.raises(KeyboardInterrupt), Children(tmp_path) as children:
        for name in ("first", "second"):
            started.append(children.start(name, python(SERVES)))
            started[-1].wait_for("ready", 10)
        raise KeyboardInterrupt
    assert ended == ["second", "first"]
    assert not any(psutil.pid_exists(pid_of(child)) for child in started)


def test_a_child_that_ends_too_soon_is_named_with_what_it_said(tmp_path: Path) -> None:
    code = "import sys; sys.stderr.write('port 1161 is busy\\n'); sys.exit(3)"
    with Children(tmp_path) as children:
        child = children.start("printers", python(code))
        with pytest.raises(ChildError) as caught:
            child.wait_for("ready", 10)
    assert str(caught.value) == "printers ended with status 3\n  port 1161 is busy"


def test_a_child_that_says_nothing_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        child = children.start("hub", python("import sys; sys.stdin.read()"))
        with pytest.raises(ChildError, match=r"hub did not say 'ready' within 0\.2 s"):
            child.wait_for("ready", 0.2)


@pytest.mark.skipif(sys.platform == "win32", reason="no signal can be ignored there")
def test_a_child_that_will_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.commands.children.PATIENCE", 0.2)
    with Children(tmp_path) as children:
        child = children.start("stubborn", python(STUBBORN))
        child.wait_for("ready", 10)
    assert not psutil.pid_exists(pid_of(child))


def test_run_gives_the_output_or_says_why_not(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        assert children.run("good", python("print('é')"), 10).strip() == "é"
        with pytest.raises(ChildError, match="bad failed with status 1\n  Traceback"):
            children.run("bad", python("1 / 0"), 10)
        begin = time.monotonic()
        with pytest.raises(ChildError, match=r"slow took over 0\.3 s"):
            children.run("slow", python("import time; time.sleep(60)"), 0.3)
        assert time.monotonic() - begin < 20


def test_children_are_started_where_no_file_of_ours_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    with Children(tmp_path) as children:
        shown = children.run("where", python("import os; print(os.getcwd())"), 10)
    assert Path(shown.strip()).resolve() == tmp_path.resolve()


PARENT = """
import sys
from pathlib import Path
from app.commands.children import Children, signals_end_it
with signals_end_it(), Children(Path(sys.argv[1])) as children:
    child = children.start("server", [sys.executable, "-c", sys.argv[2]])
    child.wait_for("ready", 10)
    print(child._process.pid, flush=True)
    child.wait()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process is ended there without a signal")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_no_child_outlives_a_signal_to_the_parent(tmp_path: Path, number: str) -> None:
    with subprocess.Popen(
        [*python(PARENT), str(tmp_path), SERVES],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert psutil.pid_exists(child)
        os.kill(parent.pid, getattr(signal, number))
        assert parent.wait(20) != 0
    assert not psutil.pid_exists(child)


def test_signals_mean_afterwards_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with signals_end_it():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
