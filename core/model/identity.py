"""What a printer says it is, and where it is reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a device is reached at present: an IP address (text form) and a UDP port.

    A printer on a cable of this computer has "usb:KEY" or "parallel:KEY" and port 0.
    """

    address: str
    port: int = 161

    def __str__(self) -> str:
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Identity fields of a device; ``None`` is "not known", never an empty text.

    ``mac`` is lower case with colons; ``uuid`` is the bare lower-case UUID.
    """

    vendor: str | None = None
    model: str | None = None
    serial: str | None = None
    mac: str | None = None
    uuid: str | None = None
    hostname: str | None = None
    name: str | None = None
    location: str | None = None
    firmware: str | None = None

    @property
    def called(self) -> str:
        """Give vendor and model in one, the vendor not twice; "" where neither is known."""
        vendor, model = self.vendor or "", self.model or ""
        if model and model.lower().startswith(vendor.lower()):
            return model
        return f"{vendor} {model}".strip()
