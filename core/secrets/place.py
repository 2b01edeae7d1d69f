"""Where a data folder's secrets lie: ``secrets.place.json``, which holds none of them."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from core.host.permissions import atomic_write, private_folder
from core.secrets.errors import SecretsError

NAME = "secrets.place.json"
FILE, KEYRING = "file", "keyring"


@dataclass(frozen=True, slots=True)
class Place:
    """``kind`` is ``FILE`` or ``KEYRING``; ``prefix`` marks this folder's entries in a keyring."""

    kind: str
    prefix: str


def load(folder: Path) -> Place:
    """Give the place; the key file where nothing has been said. Raises ``SecretsError``."""
    path = folder / NAME
    try:
        document = json.loads(path.read_bytes())
        place = Place(str(document["kind"]), str(document["prefix"]))
    except FileNotFoundError:
        return Place(FILE, f"platen-{secrets.token_hex(8)}")
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise _unreadable(path) from None
    if place.kind not in (FILE, KEYRING) or not place.prefix:
        raise _unreadable(path)
    return place


def save(folder: Path, place: Place) -> None:
    """Keep the place; raises ``SecretsError``."""
    text = json.dumps({"version": 1, "kind": place.kind, "prefix": place.prefix})
    try:
        private_folder(folder)
        atomic_write(folder / NAME, text.encode())
    except OSError as error:
        raise SecretsError(
            "secrets_unwritable",
            f"The file {folder / NAME} cannot be written: {error.strerror}.",
            "See that this user may write there and that the disk has room.",
        ) from None


def _unreadable(path: Path) -> SecretsError:
    return SecretsError(
        "secrets_corrupt",
        f"The file {path}, which says where the credentials lie, is damaged.",
        "Put a backup in its place, or remove it and enter the credentials again.",
    )
