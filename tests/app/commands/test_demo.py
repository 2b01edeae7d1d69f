"""The demo as a whole: real processes on loopback, counted, and gone afterwards."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network
from pathlib import Path

import psutil
import pytest

from app.commands import demo
from core.model.reading import LevelState, Supply, SupplyKind
from sim.fleet import build, spread
from tests.support.need import ROOT
from tests.support.x11 import close_window, screen, wait_for_window

PORT = 21161
FIRST, SECOND, THIRD, FOURTH = (f"127.27.32.{first}/26" for first in (0, 64, 128, 192))
STARTER = """
import sys
from pathlib import Path
from app.commands import demo
demo.NETWORK, demo.PORT = sys.argv[1], int(sys.argv[2])
sys.exit(demo.demo(headless=sys.argv[4] == "headless", printers=int(sys.argv[3])))
"""


@contextmanager
def started(
    network: str, printers: int, *, window: bool = False, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start the demo as a program; its temporary files are in $TMPDIR of ``env``."""
    how = "window" if window else "headless"
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, network, str(PORT), str(printers), how],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def none_left(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=10)
    return not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]


def port_is_free(network: str) -> bool:
    for address in IPv4Network(network).hosts():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            try:
                sock.bind((str(address), PORT))
            except OSError:
                return False
    return True


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """Give a short folder for temporary files: a Unix socket's path has room for 107 octets."""
    with tempfile.TemporaryDirectory(prefix="d-") as folder:
        yield Path(folder)


def test_24_printers_are_found_read_and_delivered(temporary: Path) -> None:
    begin = time.monotonic()
    env = {"TMPDIR": str(temporary), "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    with started(FIRST, 24, window=True, env=env) as process:
        seen: list[psutil.Process] = []
        lines = []
        assert process.stderr is not None
        for line in process.stderr:
            lines.append(line)
            seen += family(process)
        assert process.stdout is not None
        output = process.stdout.read()
        status = process.wait(30)
    assert status == 0, "".join(lines) + output
    assert time.monotonic() - begin < 60
    if sys.platform.startswith("linux"):
        assert "no display" in lines[0]
    assert output.splitlines()[-1] == "found 24, read 24, delivered 24"
    rows = {line.split()[0]: line for line in output.splitlines() if " 127.27.32." in line}
    addresses = spread(IPv4Network(FIRST), 24, 1)
    for address, printer in zip(addresses, build(addresses, 1, "public"), strict=True):
        assert f" {printer.spec.maker} " in rows[address]
        assert f" {printer.identity.serial} " in rows[address]
    assert len(rows) == 24
    assert sum("jammed" in row for row in rows.values()) == 1
    assert sum("low_toner" in row for row in rows.values()) == 3
    assert len(seen) >= 3
    assert none_left(seen)
    assert port_is_free(FIRST)
    assert list(temporary.iterdir()) == []


def test_where_loopback_is_one_address_the_ports_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "LINUX", False)
    monkeypatch.setattr(demo, "PORT", PORT + 100)
    monkeypatch.setenv("COLUMNS", "200")
    assert demo.demo(headless=True, printers=3) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "found 3, read 3, delivered 3"
    told = [line.split()[0] for line in lines if " 127.0.0.1:" in line]
    assert told == [f"127.0.0.1:{PORT + 100 + number}" for number in range(3)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is for Linux")
def test_with_a_display_all_runs_until_the_window_is_closed(temporary: Path) -> None:
    with screen() as display:
        env = {"TMPDIR": str(temporary), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        with started(FOURTH, 3, window=True, env=env) as process:
            assert process.stderr is not None
            assert any("ends when it is closed" in line for line in process.stderr)
            window = wait_for_window(display, "Platen")
            children = family(process)
            assert len(children) >= 4
            close_window(display, window)
            output, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert output.splitlines()[-1] == "found 3, read 3, delivered 3"
    assert none_left(children)
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a console there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_after_ctrl_c(temporary: Path, number: int) -> None:
    with started(SECOND, 3, env={"TMPDIR": str(temporary)}) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "are ready" in line:
                break
        children = family(process)
        assert len(children) >= 3
        process.send_signal(number)
        assert process.wait(30) in (130, 143)
        assert "Traceback" not in process.stderr.read()
    assert none_left(children)
    assert port_is_free(SECOND)
    assert list(temporary.iterdir()) == []


def test_a_taken_port_ends_it_with_the_reason(temporary: Path) -> None:
    address = spread(IPv4Network(THIRD), 2, 1)[1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((address, PORT))
        with started(THIRD, 2, env={"TMPDIR": str(temporary)}) as process:
            output, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"cannot listen on {address} port {PORT}" in errors
    assert output == ""
    assert list(temporary.iterdir()) == []


def test_a_demo_that_lost_one_is_not_called_good(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    counts = demo.Counts(found=5, read=5, delivered=4)
    monkeypatch.setattr(demo.Demo, "run", lambda *_, **__: counts)
    assert demo.demo(headless=True, printers=5, keep=tmp_path / "kept") == 1
    assert capsys.readouterr().out == "found 5, read 5, delivered 4\n"
    assert (tmp_path / "kept").is_dir()
    monkeypatch.setattr(demo.Demo, "run", lambda *_, **__: demo.Counts(4, 4, 4))
    assert demo.demo(headless=True, printers=5) == 1
    assert demo.demo(headless=True, printers=4) == 0


def test_supplies_are_told_in_short_and_never_invented() -> None:
    def supply(
        kind: SupplyKind, color: str | None, state: LevelState, level: float | None
    ) -> Supply:
        return Supply("1.1", kind, color, None, level, state)

    rows = [
        supply(SupplyKind.TONER, "black", LevelState.OK, 62.4),
        supply(SupplyKind.INK, "light cyan", LevelState.LOW, 8.0),
        supply(SupplyKind.TONER, "cyan", LevelState.SOME_REMAINING, None),
        supply(SupplyKind.WASTE, None, LevelState.OK, 50.0),
    ]
    assert demo._supplies(rows) == "K 62 %, light cyan 8 %, C some left"
    assert demo._supplies(rows[3:]) == "none told"
