"""What a bundle says of this computer: what helps to find a fault, and of no person anything."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from core.discovery.interfaces import system_interfaces
from core.host.zone import zone_name

_PACKAGES = ("PySide6-Essentials", "grpcio", "cryptography", "pysnmp", "zeroconf", "aiohttp")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "grpc_proxy")
_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP")


def versions(platen: str) -> dict[str, str]:
    """Give the versions of Platen, Python and what Platen stands on."""
    found = {"platen": platen, "python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def host_facts(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Give the facts; ``None`` is what cannot be known here. Addresses are not masked yet."""
    return {
        "system": platform.system(),
        "release": platform.release(),
        "distribution": _distribution(),
        "machine": platform.machine(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "processors": os.cpu_count(),
        "memory_bytes": _memory(),
        "disk_free_bytes": _free(folder),
        "time_zone": zone_name(),
        "interfaces": [
            {"name": one.name, "address": one.address, "prefix": one.prefix}
            for one in system_interfaces()
        ],
        # That there is one is a fact; where it leads and with whose password is not told.
        "proxies_set": [
            name for name in environment if name.lower() in _PROXIES and environment[name]
        ],
        "screen": {name: environment.get(name) for name in _DISPLAY},
        "data": {
            path.name: path.stat().st_size
            for path in sorted(folder.glob("*"))
            if path.is_file() and not path.name.startswith(".")
        },
    }


def _distribution() -> str | None:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME")
    except OSError:
        return None


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
