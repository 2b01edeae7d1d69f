"""How the log names a device: by what a person would look for."""

from __future__ import annotations

from core.model.device import DeviceSummary
from core.model.plain import plain


def device_words(summary: DeviceSummary) -> str:
    """Give maker, model, serial number, where it is asked, and its key."""
    device = summary.device
    who = device.identity
    parts = (who.called, who.serial and f"({who.serial})", f"at {device.endpoint}")
    return f"{plain(' '.join(filter(None, parts)))} [device {device.key}]"
