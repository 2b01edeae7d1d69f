"""``None`` and its kin outlive any number of calls into Qt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.qt_guard import keep_singletons

# More calls that give None and False than an interpreter has references to them.
_MANY = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
{guard}
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
widget = QWidget()
for _ in range(60_000):
    widget.setEnabled(True)
    widget.property("absent")
    widget.hasFocus()
print("alive", flush=True)
os._exit(0)
"""


def _run(guard: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _MANY.format(guard=guard)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_qt_can_be_called_for_ever() -> None:
    done = _run("import app")
    assert done.stdout == "alive\n", done.stderr[-400:]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_the_guard_lifts_the_counts_once() -> None:
    keep_singletons()
    before = sys.getrefcount(None)
    keep_singletons()
    assert abs(sys.getrefcount(None) - before) < 1000
    assert all(sys.getrefcount(each) > 1 << 50 for each in (None, True, False))
