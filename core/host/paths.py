"""Where the data of Platen lies."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from core.host.permissions import private_folder

VARIABLE = "PLATEN_DATA"


def data_folder(explicit: Path | None = None, environment: Mapping[str, str] | None = None) -> Path:
    """Name the data folder: what was asked for, else ``PLATEN_DATA``, else the user's own.

    Nothing is made or looked at; see ``ensure_data_folder``.
    """
    environment = os.environ if environment is None else environment
    chosen = explicit or environment.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_path("platen", appauthor=False))


def ensure_data_folder(
    explicit: Path | None = None, environment: Mapping[str, str] | None = None
) -> Path:
    """Make the data folder for its owner only, and name it; raises ``HostError``."""
    return private_folder(data_folder(explicit, environment))
