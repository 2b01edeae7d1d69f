"""What the operating system says of a port, in words for a technician."""

from __future__ import annotations

import errno
import os

import pytest

from core.discovery.local import device_port
from core.discovery.local.errors import LocalPortError
from tests.support.pjl_printer import printer


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EBUSY, "local_port_busy"),
        (errno.EACCES, "local_port_denied"),
        (errno.EPERM, "local_port_denied"),
        (errno.ENOENT, "local_port_gone"),
        (errno.ENODEV, "local_port_gone"),
        (errno.ELOOP, "local_port_gone"),
    ],
)
def test_ports_that_do_not_open(monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    def refuse(path: str, flags: int) -> int:
        assert flags & os.O_NONBLOCK
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(device_port.os, "open", refuse)
    with pytest.raises(LocalPortError) as caught:
        device_port.open_usb_port("/dev/usb/lp0")
    assert caught.value.problem.code == code
    assert "/dev/usb/lp0" in caught.value.problem.text


def test_the_id_of_what_is_at_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(descriptor: int, request: int, octets: bytes) -> bytes:
        assert request == 0x84005001  # LPIOC_GET_DEVICE_ID(1024)
        return b"\x00\x10MFG:HP;MDL:X;" + bytes(1000)

    with printer() as one:
        assert one.port.device_id() is None  # a terminal knows no such request
        monkeypatch.setattr(device_port.fcntl, "ioctl", answer)
        assert one.port.device_id() == "MFG:HP;MDL:X;"
