"""Stand-ins: always the same for one value, and useless without this installation's own key.

There are few enough IPv4 addresses and MAC addresses to try them all. So a stand-in is a keyed
hash (HMAC, RFC 2104), and the key never leaves the data folder.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import uuid
from pathlib import Path

from core.host.errors import HostError
from core.host.permissions import atomic_write, private_file, private_folder
from core.model.problem import PlatenError

NAME = "border.key"
_LENGTH = 32


class Pseudonyms:
    """Makes stand-ins with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "Pseudonyms()"

    @classmethod
    def load(cls, folder: Path) -> Pseudonyms:
        """Use the key of a data folder, made the first time.

        Raises ``PlatenError`` (``border_key``) where it cannot be read or kept.
        """
        path = folder / NAME
        try:
            if not path.exists():
                private_folder(folder)
                atomic_write(path, secrets.token_bytes(_LENGTH))
            key = private_file(path).read_bytes()
        except (OSError, HostError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise _unusable(path, reason) from None
        if len(key) != _LENGTH:
            raise _unusable(path, "it is damaged")
        return cls(key)

    @classmethod
    def passing(cls) -> Pseudonyms:
        """Stand-ins that hold until the program ends."""
        return cls(secrets.token_bytes(_LENGTH))

    def _digest(self, kind: str, text: str) -> bytes:
        return hmac.digest(self._key, f"{kind} {text}".encode(), hashlib.sha256)

    def address(self, text: str) -> str:
        """Give the stand-in of an IP address, in whatever form it is written."""
        try:
            text = str(ipaddress.ip_address(text.partition("%")[0]))
        except ValueError:
            text = text.lower()
        return f"hidden-{self._digest('address', text).hex()[:10]}"

    def mac(self, text: str) -> str:
        """Give the stand-in of a MAC address: one of the locally administered ones."""
        digits = "".join(c for c in text.lower() if c in "0123456789abcdef")
        return "02:" + self._digest("mac", digits)[:5].hex(":")

    def uuid(self, text: str) -> str:
        """Give the stand-in of a UUID."""
        return str(uuid.UUID(bytes=self._digest("uuid", text.lower())[:16], version=5))

    def hostname(self, text: str) -> str:
        """Give the stand-in of a host name."""
        return f"host-{self._digest('hostname', text.lower()).hex()[:10]}"

    def location(self, text: str) -> str:
        """Give the stand-in of a location."""
        return f"place-{self._digest('location', text.lower()).hex()[:10]}"


def _unusable(path: Path, reason: str) -> PlatenError:
    return PlatenError(
        "border_key",
        f"The key of the stand-ins, {path}, cannot be used: {reason}. Everything that could be "
        "hidden is hidden.",
        "Put a backup in its place, or remove it: stand-ins will then be others than before.",
    )
