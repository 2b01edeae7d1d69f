"""The IPP Everywhere printer of CUPS, a real server, on an address of loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.need import need

_USUAL = ("-M", "Kyocera", "-m", "ECOSYS P3155dn", "-l", "Second floor")
ADDRESS = "127.0.0.1"  # the program listens at both of localhost's addresses and nowhere else


@dataclass(frozen=True, slots=True)
class IppEvePrinter:
    """A running printer: "Front desk", a Kyocera ECOSYS P3155dn, with and without TLS."""

    address: str
    port: int


@contextmanager
def run_ippeveprinter(port: int = 0, *more: str) -> Iterator[IppEvePrinter]:
    """Run one until the block ends, on this port or a free one; ``more`` are options in place
    of the usual ones (``-a FILE``: attributes of its own).
    """
    program = need("ippeveprinter")
    with tempfile.TemporaryDirectory(prefix="platen-ipp-") as name, _bus(Path(name)) as bus:
        port = port or _free_port()
        command = [program, "-r", "off", "-p", str(port), "-n", "localhost", "-d", name, "-K", name]
        command += [*(more or _USUAL), "Front desk"]
        process = _start(command, {"DBUS_SYSTEM_BUS_ADDRESS": bus})
        try:
            _wait_for(lambda: _listens(port), process)
            yield IppEvePrinter(ADDRESS, port)
        finally:
            _end(process)


@contextmanager
def _bus(folder: Path) -> Iterator[str]:
    """A message bus with nobody on it: the program insists on one even with DNS-SD off."""
    socket_path = folder / "bus"
    address = f"unix:path={socket_path}"
    command = [need("dbus-daemon"), "--session", "--nofork", "--nopidfile", f"--address={address}"]
    process = _start(command, {})
    try:
        _wait_for(socket_path.exists, process)
        yield address
    finally:
        _end(process)


def _start(command: list[str], own: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env={**os.environ, **own},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


def _wait_for(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], patience: float = 20
) -> None:
    until = time.monotonic() + patience
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"{process.args} did not come up (exit status {process.returncode})")
        time.sleep(0.02)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((ADDRESS, port), timeout=1):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind((ADDRESS, 0))
        return int(sock.getsockname()[1])


@pytest.fixture(scope="session")
def ippeveprinter() -> Iterator[IppEvePrinter]:
    """One printer for the whole run."""
    with run_ippeveprinter() as running:
        yield running
