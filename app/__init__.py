"""The faces that need Qt or a terminal: window, command line."""

from app.qt_guard import keep_singletons

keep_singletons()
