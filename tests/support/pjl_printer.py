"""A printer at the far end of a pseudo-terminal that answers PJL: a USB port without a printer."""

from __future__ import annotations

import os
import re
import select
import threading
import tty
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from core.discovery.local.device_port import DevicePort
from core.discovery.local.pjl_text import UEL

READY = {
    "INFO ID": '"ECOSYS P3155dn"',
    "INFO STATUS": 'CODE=10001\r\nDISPLAY="Ready"\r\nONLINE=TRUE',
    "INFO PAGECOUNT": "PAGECOUNT=183933",
    "INFO SUPPLIES": '"?"',
}


class PjlPrinter:
    """Answers what it is asked; ``port`` is the open port to it, ``received`` all that came.

    ``leftover`` is what another program's question left behind; ``echoes`` whether it knows ECHO;
    ``piece`` is how many octets it sends at a time.
    """

    def __init__(
        self,
        answers: Mapping[str, str] = READY,
        *,
        leftover: bytes = b"",
        echoes: bool = True,
        piece: int = 4096,
    ) -> None:
        self.answers = dict(answers)
        self.received = bytearray()
        self._echoes, self._piece = echoes, piece
        self._far, near = os.openpty()
        tty.setraw(near)
        tty.setraw(self._far)
        self.port = DevicePort(near, "/dev/usb/lp0")
        self._end, self._ended = os.pipe()
        os.write(self._far, leftover)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Leave: the port hangs up."""
        with suppress(BrokenPipeError):  # it left by itself
            os.write(self._ended, b".")
        self._thread.join(10)

    def _serve(self) -> None:
        taken = 0
        while True:
            ready, _, _ = select.select([self._far, self._end], [], [], 30)
            if self._end in ready or not ready:
                break
            try:
                self.received += os.read(self._far, 4096)
            except OSError:
                break  # the port was closed
            *lines, _ = bytes(self.received[taken:]).split(b"\r\n")
            for line in lines:
                taken += len(line) + 2
                self._answer(line.replace(UEL, b"").decode("ascii"))
        for descriptor in (self._far, self._end):
            os.close(descriptor)

    def _answer(self, line: str) -> None:
        command = re.sub(r"\A@PJL ?", "", line)
        text: str | None = self.answers.get(command)
        if command.startswith("ECHO"):
            text = "" if self._echoes else None
        if text is None:
            return
        body = f"@PJL {command}\r\n{text}\r\n\f" if text else f"@PJL {command}\r\n\f"
        octets = body.encode()
        with suppress(OSError):
            for at in range(0, len(octets), self._piece):
                os.write(self._far, octets[at : at + self._piece])


@contextmanager
def printer(
    answers: Mapping[str, str] = READY,
    *,
    leftover: bytes = b"",
    echoes: bool = True,
    piece: int = 4096,
) -> Iterator[PjlPrinter]:
    """Have a printer until the block ends."""
    one = PjlPrinter(answers, leftover=leftover, echoes=echoes, piece=piece)
    try:
        yield one
    finally:
        one.unplug()
        one.port.close()
        os.close(one._ended)
