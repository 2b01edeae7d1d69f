"""The choice of the backend for this operating system."""

from __future__ import annotations

import sys

from core.discovery.local.null import NullLocalPrinters
from core.discovery.local.printer import LocalPrinters, Tell, nobody


def local_printers(tell: Tell = nobody) -> LocalPrinters:
    """Give the printers of this computer; ``tell`` hears of sources that cannot be asked.

    One object may be kept and asked again and again: nothing stays open in between.
    """
    # Imported late: each backend needs libraries that the other systems do not have.
    if sys.platform == "win32":
        from core.discovery.local.windows import WindowsLocalPrinters  # noqa: PLC0415
        from core.discovery.local.windows_calls import WindowsCalls  # noqa: PLC0415

        return WindowsLocalPrinters(WindowsCalls(), tell)
    system: str = sys.platform
    if system == "darwin":
        from core.discovery.local.macos import MacLocalPrinters  # noqa: PLC0415

        return MacLocalPrinters(tell)
    if system.startswith("linux"):
        from core.discovery.local.linux import LinuxLocalPrinters  # noqa: PLC0415

        return LinuxLocalPrinters(tell)
    return NullLocalPrinters()
