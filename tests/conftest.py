"""Fixtures that any test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from core.model.in_force import IN_FORCE
from tests.support.snmpd import snmpd

if TYPE_CHECKING:
    from tests.support.hub import Hub

__all__ = ["snmpd"]

# The secrets of whoever runs the tests are no place to write in; tests of that name it themselves.
os.environ.setdefault("PLATEN_SECRETS", "file")


@pytest.fixture(autouse=True)
def _no_secrets_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test's secrets are taken out of what another one says."""
    monkeypatch.setattr(IN_FORCE, "_values", {})
    monkeypatch.setattr(IN_FORCE, "_pattern", None)


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """One running hub for many tests: each has its own installation there."""
    from tests.support.hub import running_hub  # most tests need nothing of it

    with running_hub(tmp_path_factory.mktemp("hub")) as running:
        yield running
        assert running.end() == 0
        assert "Traceback" not in running.log.read_text()
