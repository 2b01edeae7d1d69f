"""Named secrets (lists of communities), in a file that its owner alone can read."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from core.host.errors import HostError
from core.host.permissions import atomic_write, private_file, private_folder
from core.model.problem import PlatenError

NAME = "secrets.json"
VERSION = 1
# What a segment uses when nobody has named anything else: the community of most printers.
DEFAULT = "default"
DEFAULT_VALUES = ("public",)


class SecretsError(PlatenError):
    """A secret cannot be had or kept; its text never holds one.

    Codes: ``secret_missing``, ``secret_invalid``, ``secrets_corrupt``, ``secrets_newer``,
    ``secrets_exposed``, ``secrets_unreadable``, ``secrets_unwritable``.
    """


class SecretStore(Protocol):
    """Where secrets lie. Every method raises ``SecretsError``."""

    def get(self, name: str) -> tuple[str, ...]:
        """Give the values under a name, in order; "default" is never missing."""
        ...

    def set(self, name: str, values: Sequence[str]) -> None:
        """Keep these values under a name, in place of what was there."""
        ...

    def delete(self, name: str) -> None:
        """Forget a name; one that is not there is passed over."""
        ...

    def names(self) -> tuple[str, ...]:
        """Give the names that are kept, in order; "default" is always among them."""
        ...


class FileSecrets:
    """Secrets in ``secrets.json`` of the data folder: JSON, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._changing = threading.Lock()

    def __repr__(self) -> str:
        return f"FileSecrets({str(self._path)!r})"

    def get(self, name: str) -> tuple[str, ...]:
        """See ``SecretStore``."""
        kept = self._read()
        if name in kept:
            return kept[name]
        if name == DEFAULT:
            return DEFAULT_VALUES
        raise SecretsError(
            "secret_missing",
            f"There are no credentials named {name!r}.",
            "Enter them at the console, or let the segment use others.",
        )

    def set(self, name: str, values: Sequence[str]) -> None:
        """See ``SecretStore``."""
        if not name or isinstance(values, str) or not values or not all(values):
            raise SecretsError(
                "secret_invalid",
                f"The credentials {name!r} have an empty name or value.",
                "Give at least one value, and none that is empty.",
            )
        with self._changing:
            self._write({**self._read(), name: tuple(values)})

    def delete(self, name: str) -> None:
        """See ``SecretStore``."""
        with self._changing:
            kept = self._read()
            if kept.pop(name, None) is not None:
                self._write(kept)

    def names(self) -> tuple[str, ...]:
        """See ``SecretStore``."""
        return tuple(sorted({DEFAULT, *self._read()}))

    def _read(self) -> dict[str, tuple[str, ...]]:
        try:
            private_file(self._path)
            data = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except HostError as error:
            raise SecretsError(
                "secrets_exposed", error.problem.text, error.problem.remedy
            ) from None
        except OSError as error:
            raise self._failed("secrets_unreadable", "read", error) from None
        return self._parse(data)

    def _parse(self, data: bytes) -> dict[str, tuple[str, ...]]:
        try:
            document = json.loads(data)
            if document["version"] > VERSION:
                raise self._newer()
            return {str(name): _texts(values) for name, values in document["secrets"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Not chained: the errors of JSON carry the text that they failed on.
            raise SecretsError(
                "secrets_corrupt",
                f"The file {self._path} is damaged: the credentials in it cannot be read.",
                "Put a backup in its place, or remove it and enter the credentials again.",
            ) from None

    def _write(self, kept: dict[str, tuple[str, ...]]) -> None:
        document = {"version": VERSION, "secrets": kept}
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
        try:
            private_folder(self._path.parent)
            atomic_write(self._path, f"{text}\n".encode())
        except OSError as error:
            raise self._failed("secrets_unwritable", "written", error) from None

    def _newer(self) -> SecretsError:
        return SecretsError(
            "secrets_newer",
            f"The file {self._path} was written by a newer Platen.",
            "Install that one, or remove the file and enter the credentials again.",
        )

    def _failed(self, code: str, verb: str, error: OSError) -> SecretsError:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        return SecretsError(
            code,
            f"The file {self._path} cannot be {verb}: {reason}.",
            "See that this user may read and write it and that the disk has room.",
        )


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not values:
        raise TypeError("not a list of texts")
    if not all(isinstance(value, str) and value for value in values):
        raise TypeError("not a list of texts")
    return tuple(values)
