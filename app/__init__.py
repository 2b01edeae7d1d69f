"""The faces that need Qt or a terminal: window, command line."""

from __future__ import annotations

from app.qt_guard import keep_singletons

keep_singletons()
