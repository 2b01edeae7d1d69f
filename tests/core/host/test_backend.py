from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.host import backend as choice
from core.host.backend import Exposure, backend
from core.host.null import NullBackend


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    backend.cache_clear()
    yield
    backend.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fcntl on Windows")
def test_linux_and_macos_have_their_backend() -> None:
    assert backend().name == "posix"
    assert backend() is backend()


def test_a_system_that_offers_nothing_gets_the_null_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice.sys, "platform", "emscripten")
    monkeypatch.setitem(sys.modules, "core.host.posix", None)
    assert backend().name == "null"


def test_the_null_one_tells_nothing_and_moves_files(tmp_path: Path) -> None:
    host = NullBackend()
    (tmp_path / "a").write_text("x")
    host.restrict(tmp_path / "a")
    host.replace(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "x"
    assert host.exposure(tmp_path / "b") == Exposure()
    with pytest.raises(FileNotFoundError):
        host.exposure(tmp_path / "a")
