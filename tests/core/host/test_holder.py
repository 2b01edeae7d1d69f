"""Who listens at a port: this process, a table that is damaged, nobody."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from core.host.holder import holder_of


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it")
def test_this_process_is_named() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        assert (holder_of(port) or "").endswith(f"(process {os.getpid()})")
    assert holder_of(port) is None


def test_what_cannot_be_read_names_nobody(tmp_path) -> None:
    assert holder_of(1301, tmp_path) is None
    (tmp_path / "net").mkdir()
    (tmp_path / "net/tcp").write_text("head\n\nx\n 0: 0100007F:0515 0:0 0A a b c d e 77 f\n")
    (tmp_path / "12").mkdir()
    assert holder_of(1301, tmp_path) is None
