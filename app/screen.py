"""Whether Qt would find a screen, told without Qt."""

from __future__ import annotations

import sys
from collections.abc import Mapping


def has_screen(environment: Mapping[str, str]) -> bool:
    """Say whether Qt would find a screen; without one it ends the process on the spot."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(environment.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
