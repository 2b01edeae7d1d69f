"""A screen of its own for a test, and closing a window as a window manager does."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support import xvfb
from tests.support.need import missing, need

CLIENT_MESSAGE = 33


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


@contextmanager
def screen() -> Iterator[str]:
    """Start a screen and give its display (":2099") while the block runs."""
    need("Xvfb")
    with xvfb.screen(1400, 900) as shown:
        yield shown.display


def wait_for_window(display: str, title: str, seconds: float = 30) -> int:
    """Give the id of the visible window with this title."""
    end = time.monotonic() + seconds
    command = [need("xdotool"), "search", "--onlyvisible", "--name", title]
    while time.monotonic() < end:
        found = subprocess.run(
            command,
            env={**os.environ, "DISPLAY": display},
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if found:
            return int(found[0])
        time.sleep(0.2)
    raise AssertionError(f"no window {title!r} within {seconds:g} s")


def close_window(display: str, window: int) -> None:
    """Ask a window to close (ICCCM 4.2.8.1), as the cross in its corner does."""
    path = ctypes.util.find_library("X11")
    if path is None:
        missing("libX11 is not installed")
    xlib = ctypes.CDLL(path)
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    xlib.XInternAtom.restype = ctypes.c_ulong
    opened = ctypes.c_void_p(xlib.XOpenDisplay(display.encode()))
    protocols, delete = (
        xlib.XInternAtom(opened, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")
    )
    event = _ClientMessage(
        CLIENT_MESSAGE, 0, 1, opened, window, protocols, 32, (ctypes.c_long * 5)(delete)
    )
    xlib.XSendEvent(opened, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    xlib.XCloseDisplay(opened)
