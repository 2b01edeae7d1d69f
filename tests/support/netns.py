"""Networks of our own: namespaces of Linux joined by virtual cables, gone when the block ends.

Addresses in there reach nothing outside. Needs root and iproute2; a test without them is skipped
(and fails in CI).
"""

from __future__ import annotations

import ctypes
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.need import ROOT, missing, need

_numbers = itertools.count(1)
_CLONE_NEWNET = 0x40000000  # linux/sched.h


@dataclass(frozen=True, slots=True)
class Place:
    """One namespace: a host or a router of its own."""

    name: str

    def ip(self, *arguments: str, batch: str | None = None) -> str:
        """Run ``ip`` in it; gives what it printed."""
        return _run(["ip", "-n", self.name, *arguments], batch)

    def command(self, *arguments: str) -> list[str]:
        """Give the command line that runs a program in it."""
        return ["ip", "netns", "exec", self.name, *arguments]

    def run(self, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a program in it to its end, whatever its status."""
        return subprocess.run(
            self.command(*arguments),
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let this thread be in it: sockets that are made meanwhile belong to it for good."""
        with Path("/proc/thread-self/ns/net").open() as home:
            with Path("/var/run/netns", self.name).open() as there:
                _enter(there.fileno())
            try:
                yield
            finally:
                _enter(home.fileno())

    def set(self, key: str, value: int) -> None:
        """Set a network setting of the kernel for it, as in ``net/ipv4/ip_forward``."""
        path = Path("/proc/sys", key)
        script = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
        done = self.run(sys.executable, "-c", script, str(path), str(value))
        assert done.returncode == 0, done.stderr

    def address(self, interface: str, *addresses: str) -> None:
        """Give an interface these addresses, with their prefix lengths."""
        lines = "".join(
            f"addr add {address} dev {interface}{' nodad' * (':' in address)}\n"
            for address in addresses
        )
        self.ip("-batch", "-", batch=lines)

    def mute(self, towards: str) -> None:
        """Let it send nothing of its own to a network; what it passes on goes on."""
        self.ip("rule", "add", "iif", "lo", "to", towards, "blackhole")


@contextmanager
def places(count: int) -> Iterator[list[Place]]:
    """Make so many namespaces, each with loopback up, until the block ends."""
    if sys.platform != "linux" or os.geteuid() != 0:
        missing("network namespaces need root on Linux")
    need("ip")
    made: list[Place] = []
    try:
        for _ in range(count):
            place = Place(f"platen-t{os.getpid()}-{next(_numbers)}")
            try:
                _run(["ip", "netns", "add", place.name])
            except RuntimeError as error:
                missing(f"network namespaces cannot be made here ({error})")
            made.append(place)
            place.ip("link", "set", "lo", "up")
        yield made
    finally:
        for place in made:
            subprocess.run(["ip", "netns", "del", place.name], check=False)


def cable(one: Place, interface: str, other: Place, its: str) -> None:
    """Lay a cable between two places; the names are those of its ends."""
    ends = ("netns", one.name, "type", "veth", "peer", its, "netns", other.name)
    _run(["ip", "link", "add", interface, *ends])
    one.ip("link", "set", interface, "up")
    other.ip("link", "set", its, "up")


def _enter(descriptor: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def _run(command: Sequence[str], batch: str | None = None) -> str:
    done = subprocess.run(command, check=False, input=batch, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
