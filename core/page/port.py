"""Finds the page a port: the one that technicians know, else the next free one, and says why."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable

from core.model.page import FIRST_PORT, LAST_PORT
from core.model.problem import PlatenError, Problem

HOST = "127.0.0.1"
_BACKLOG = 64


class NoPortError(PlatenError):
    """There is no port for the page."""


def bind(
    first: int = FIRST_PORT,
    last: int = LAST_PORT,
    holder: Callable[[int], str | None] = lambda _: None,
) -> tuple[socket.socket, int, Problem | None]:
    """Listen at the first free port on 127.0.0.1; raises ``NoPortError``.

    Gives the socket, its port and, where that is not the ``first``, why. ``holder`` names the
    program that listens at a port, ``None`` where it cannot be told.
    """
    reason = ""
    for port in range(first, last + 1):
        try:
            found = _listen(port)
        except OSError as error:
            reason = reason or _why(first, error, holder)
            continue
        at = int(found.getsockname()[1])
        if port == first:
            return found, at, None
        return (
            found,
            at,
            Problem(
                "page_other_port",
                f"The local page is at port {at}: {reason}.",
                f"Use the address shown. To have port {first} again, end what holds it and start "
                "the agent anew.",
            ),
        )
    raise NoPortError(
        "page_no_port",
        f"There is no local page: {reason}, and up to port {last} none is free.",
        "End what holds these ports, then start the agent anew. All else works without the page.",
    )


def _listen(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "nt":
            # There, SO_REUSEADDR would let another program take the port over.
            found.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE"), 1)  # noqa: B009
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HOST, port))
        found.listen(_BACKLOG)
        found.setblocking(False)
    except OSError:
        found.close()
        raise
    return found


def _why(port: int, error: OSError, holder: Callable[[int], str | None]) -> str:
    if error.errno == errno.EADDRINUSE:
        who = holder(port)
        return f"port {port} is taken by {who or 'another program'}"
    return f"port {port} cannot be used ({error.strerror or type(error).__name__})"
