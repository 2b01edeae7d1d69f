"""The IPP Everywhere printer of CUPS on the private network, announced by a real Avahi daemon."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.need import need
from tests.support.private_network import THERE, PrivateNetwork

NAME, MODEL, HOST = "Front desk", "Kyocera ECOSYS P3155dn", "front.local"
_AVAHI = """\
[server]
host-name=front
use-ipv4=yes
use-ipv6=no
allow-interfaces=wire1
enable-dbus=yes
"""
# Its files in /run have fixed names: a folder of its own keeps it apart from the machine's.
_AVAHI_COMMAND = (
    "mount -t tmpfs tmpfs /run && mkdir /run/avahi-daemon && "
    'exec avahi-daemon -f "$0" --no-drop-root --no-chroot --no-rlimits'
)


@contextmanager
def announced_printer(network: PrivateNetwork) -> Iterator[None]:
    """Run the printer at the other host's port 631 until the block ends."""
    printer = need("ippeveprinter")
    need("avahi-daemon")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="platen-avahi-")))
        bus = f"unix:path={folder / 'bus'}"
        (folder / "avahi.conf").write_text(_AVAHI)

        def run(*command: str, ready: Callable[[], bool]) -> None:
            with network.there():
                process = stack.enter_context(_running(command, bus))
            _wait_for(ready, process)

        run(
            need("dbus-daemon"), "--session", "--nofork", "--nopidfile", f"--address={bus}",
            ready=(folder / "bus").exists,
        )  # fmt: skip
        run(
            need("unshare"), "--mount", "sh", "-c", _AVAHI_COMMAND, str(folder / "avahi.conf"),
            ready=lambda: _is_on_the_bus(bus),
        )  # fmt: skip
        run(
            printer, "-p", "631", "-d", str(folder), "-K", str(folder),
            "-M", "Kyocera", "-m", "ECOSYS P3155dn", "-l", "Second floor", NAME,
            ready=lambda: _listens(network),
        )  # fmt: skip
        yield


@contextmanager
def _running(command: tuple[str, ...], bus: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait(5)


def _wait_for(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"{process.args} did not come up (exit status {process.returncode})")
        time.sleep(0.02)


def _is_on_the_bus(bus: str) -> bool:
    asked = subprocess.run(
        [
            need("dbus-send"), f"--bus={bus}", "--print-reply", "--dest=org.freedesktop.Avahi",
            "/", "org.freedesktop.Avahi.Server.GetHostNameFqdn",
        ],
        capture_output=True,
        check=False,
    )  # fmt: skip
    return HOST.encode() in asked.stdout


def _listens(network: PrivateNetwork) -> bool:
    with network.there(), suppress(OSError), socket.create_connection((THERE, 631), timeout=1):
        return True
    return False
