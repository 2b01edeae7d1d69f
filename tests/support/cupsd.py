"""A CUPS server of our own: its configuration, socket and spool in a temporary folder."""

from __future__ import annotations

import grp
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.discovery.local.cups import Cups
from core.discovery.local.cups_wire import CupsWire
from tests.support.need import missing, need

_SERVER = """\
LogLevel warn
Listen {folder}/cups.sock
DefaultAuthType None
WebInterface No
Browsing No
MaxLogSize 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
{devices}  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_DEVICES_DENIED = """\
  <Limit CUPS-Get-Devices>
    AuthType Basic
    Require user nobody-at-all
    Order deny,allow
  </Limit>
"""
_FILES = """\
FileDevice No
ServerRoot {folder}
RequestRoot {folder}/spool
TempDir {folder}/tmp
CacheDir {folder}/cache
StateDir {folder}/state
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
ServerBin {folder}/bin
DataDir /usr/share/cups
SystemGroup {group}
User lp
Group lp
"""
# Ways that a queue may lead, beside USB; none of them is ever gone here.
_SILENT = ("socket", "ipp", "parallel", "hp")
# A backend as CUPS calls it: without arguments it lists what it finds, with arguments it prints,
# which takes as long as the file "held" is there.
_BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && cat {listing} 2>/dev/null && exit 0
while [ -e {held} ]; do sleep 0.02; done
exit 0
"""


@dataclass(frozen=True, slots=True)
class Cupsd:
    """A running server."""

    folder: Path

    @property
    def socket(self) -> Path:
        """The socket that it listens at."""
        return self.folder / "cups.sock"

    def cups(self) -> Cups:
        """Ask it as the program does."""
        return Cups(CupsWire([self.socket], loopback=None))

    def add(self, name: str, uri: str) -> None:
        """Add a queue for this device that takes what it gets."""
        self._run("lpadmin", "-p", name, "-v", uri, "-E", "-m", "raw")

    def remove(self, name: str) -> None:
        """Remove a queue."""
        self._run("lpadmin", "-x", name)

    def lists(self, *lines: str) -> None:
        """Let the USB backend find these devices from now on."""
        (self.folder / "devices").write_text("".join(f"{line}\n" for line in lines))

    @contextmanager
    def printing(self, name: str) -> Iterator[None]:
        """Print on this queue until the block ends."""
        held = self.folder / "held"
        held.touch()
        self._run("lp", "-d", name, str(self.folder / "cupsd.conf"))
        try:
            until = time.monotonic() + 10
            while b"now printing" not in self._run("lpstat", "-p", name):
                assert time.monotonic() < until, "the queue does not print"
                time.sleep(0.02)
            yield
        finally:
            held.unlink()

    def _run(self, program: str, *arguments: str) -> bytes:
        command = [need(program), "-h", str(self.socket), *arguments]
        return subprocess.run(command, check=True, timeout=20, capture_output=True).stdout


@contextmanager
def run_cupsd(*, devices_denied: bool = False) -> Iterator[Cupsd]:
    """Run a server until the block ends; it must be started by root, as everywhere."""
    program = need("cupsd")
    if os.geteuid() != 0:
        missing("cupsd has to be started by root")
    with tempfile.TemporaryDirectory(prefix="platen-cups-") as name:
        folder = Path(name)
        _prepare(folder, devices_denied)
        command = [program, "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf"]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            _wait(folder, process)
            yield Cupsd(folder)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


def _prepare(folder: Path, devices_denied: bool) -> None:
    folder.chmod(0o755)  # the server's helpers run as lp
    for part in ("spool", "tmp", "cache", "state", "bin/backend", "bin/daemon"):
        (folder / part).mkdir(parents=True)
    devices = _DEVICES_DENIED if devices_denied else ""
    group = grp.getgrgid(os.getgid()).gr_name
    (folder / "cupsd.conf").write_text(_SERVER.format(folder=folder, devices=devices))
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder, group=group))
    helpers = sorted(Path("/usr/lib/cups/daemon").glob("cups-*"))
    if not {"cups-deviced", "cups-driverd"} <= {helper.name for helper in helpers}:
        missing("the helpers of cupsd (Debian's package cups) are not installed")
    for helper in helpers:
        (folder / "bin/daemon" / helper.name).symlink_to(helper)
    for scheme in ("usb", *_SILENT):
        backend = folder / "bin/backend" / scheme
        listing = folder / ("devices" if scheme == "usb" else "none")
        backend.write_text(_BACKEND.format(listing=listing, held=folder / "held"))
        backend.chmod(0o755)


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    ready = [need("lpstat"), "-h", str(folder / "cups.sock"), "-r"]
    while True:
        if (folder / "cups.sock").is_socket():
            said = subprocess.run(ready, capture_output=True, timeout=10, check=False).stdout
            if b"is running" in said:
                return
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"cupsd did not come up (exit status {process.returncode})")
        time.sleep(0.02)


@pytest.fixture(scope="module")
def cupsd() -> Iterator[Cupsd]:
    """One server for the tests of a module."""
    with run_cupsd() as running:
        yield running
