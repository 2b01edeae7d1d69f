"""Printers of the reading benchmark in a process of their own, and counts of what they heard.

Usage: _served.py DELAY_MS PORT FOLDER...  serves at 127.41.1.1, .2, ... the multifunction machine
of some 300 rows, then every recording (.snmprec) in the folders. Prints one JSON line with the
addresses by name; then, for each line on standard input, one with the requests and octets since.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as File
from types import SimpleNamespace
from typing import Any

from core.snmp.types import Oid, Tag, Value
from sim.printer import Printer
from sim.responder import answer
from sim.spec import load_specs

ROOT = File(__file__).resolve().parent.parent
OIDS = 490


class Machine:
    """Values by OID, as the simulated agent wants to ask for them."""

    community = b"public"
    spec = SimpleNamespace(bulk=True)

    def __init__(self, values: Mapping[Oid, Value]) -> None:
        self._values = dict(values)
        self._order = sorted(values)

    def get(self, oid: Oid) -> Value | None:
        """Give the value of this instance, or ``None``."""
        return self._values.get(oid)

    def after(self, oid: Oid) -> Oid | None:
        """Give the first instance after this OID, or ``None`` at the end."""
        at = bisect_right(self._order, oid)
        return self._order[at] if at < len(self._order) else None

    def has_object(self, oid: Oid) -> bool:
        """Say whether an instance has all but the last number of this OID."""
        following = self.after(oid[:-1])
        return following is not None and following[: len(oid) - 1] == oid[:-1]


def large() -> Machine:
    """Make a multifunction machine of 490 OIDs in some 300 rows.

    A simulated model, with the tables of a large agent that no reading asks for (interpreters,
    media paths, lights of the console) filled up.
    """
    printer = Printer(load_specs()["kyocera-taskalfa-2554ci"], "benchmark")
    printer.advance(90_000)
    values: dict[Oid, Value] = {}
    oid: Oid = (1, 3)
    while (following := printer.after(oid)) is not None:
        oid = following
        value = printer.get(oid)
        if value is not None:
            values[oid] = value
    row = 0
    while len(values) < OIDS:
        row += 1
        for table, columns in (((43, 15, 1, 1), 6), ((43, 13, 4, 1), 4), ((43, 17, 6, 1), 4)):
            for column in range(2, 2 + columns):
                if len(values) < OIDS:
                    cell = (1, 3, 6, 1, 2, 1, *table, column, 1, row)
                    values[cell] = Value(Tag.INTEGER, 100 * row + column)
    return Machine(values)


@dataclass(slots=True)
class Heard:
    """What was asked and answered; octets are of SNMP alone.

    ``waves`` counts how often something was asked once more after an answer had gone out: over a
    path with a delay that is the number of round trips.
    """

    requests: int = 0
    octets: int = 0
    waves: int = 0
    gone_out: bool = True


@dataclass(slots=True)
class Serving:
    """All machines at their sockets; answers go out ``delay`` seconds after what they answer."""

    delay: float
    heard: Heard = field(default_factory=Heard)
    late: list[tuple[float, socket.socket, bytes, Any]] = field(default_factory=list)

    def take(self, sock: socket.socket, machine: Any) -> None:
        """Answer all that waits at a socket, or put the answers by."""
        while True:
            try:
                datagram, peer = sock.recvfrom(65_535)
            except BlockingIOError:
                return
            response = answer(datagram, machine)
            self.heard.requests += 1
            self.heard.waves += self.heard.gone_out
            self.heard.gone_out = False
            self.heard.octets += len(datagram) + len(response or b"")
            if response is not None and self.delay:
                self.late.append((time.monotonic() + self.delay, sock, response, peer))
            elif response is not None:
                sock.sendto(response, peer)

    def send_due(self) -> None:
        """Send what has waited long enough."""
        now = time.monotonic()
        while self.late and self.late[0][0] <= now:
            _, sock, response, peer = self.late.pop(0)
            self.heard.gone_out = True
            sock.sendto(response, peer)

    def patience(self) -> float | None:
        """Give how long there is nothing to send."""
        return max(0.0, self.late[0][0] - time.monotonic()) if self.late else None

    def tell(self) -> bool:
        """Answer a line on standard input with the counts; ``False`` at its end."""
        if not sys.stdin.readline():
            return False
        heard = self.heard
        told = {"requests": heard.requests, "octets": heard.octets, "waves": heard.waves}
        print(json.dumps(told), flush=True)
        self.heard = Heard()
        return True


def machines(folders: list[str]) -> dict[str, Machine]:
    """Give every machine by name."""
    sys.path.insert(0, str(ROOT))
    from tests.support.recorded import RecordedAgent  # noqa: PLC0415 - the reader of recordings

    paths = sorted(path for folder in folders for path in File(folder).glob("*.snmprec"))
    recorded = {path.stem: Machine(RecordedAgent.from_file(path).values) for path in paths}
    return {"mfp-300-rows": large(), **recorded}


def main(delay_ms: float, port: int, folders: list[str]) -> None:
    """Serve until standard input closes."""
    serving, names = Serving(delay_ms / 1000), {}
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ)
        for number, (name, machine) in enumerate(machines(folders).items(), start=1):
            address = f"127.41.1.{number}"
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sock.bind((address, port))
            sock.setblocking(False)
            selector.register(sock, selectors.EVENT_READ, machine)
            names[name] = address
        print(json.dumps(names), flush=True)
        while True:
            for key, _ in selector.select(serving.patience()):
                if key.data is not None:
                    serving.take(key.fileobj, key.data)  # type: ignore[arg-type]
                elif not serving.tell():
                    return
            serving.send_due()


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
