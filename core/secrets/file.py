"""The key file: ``secrets.json`` in the data folder, readable by its owner alone."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

from core.host.errors import HostError
from core.host.permissions import atomic_write, private_file, private_folder
from core.secrets.credentials import CredentialSet
from core.secrets.errors import SecretsError, invalid, missing
from core.secrets.store import DEFAULT, DEFAULT_SET

NAME = "secrets.json"
VERSION = 2


class FileSecrets:
    """Secrets in a file of JSON (``SecretStore``)."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._changing = threading.Lock()

    def __repr__(self) -> str:
        return f"FileSecrets({str(self._path)!r})"

    @property
    def said(self) -> str:
        """Where the file is, and what protects it, in a sentence for whoever answers for it."""
        return f"The file is {self._path}: it is not encrypted, and only its owner can read it."

    def get(self, name: str) -> CredentialSet:
        """See ``SecretStore``."""
        kept = self._read()
        if name in kept:
            return kept[name]
        if name == DEFAULT:
            return DEFAULT_SET
        raise missing(name)

    def set(self, name: str, value: CredentialSet) -> None:
        """See ``SecretStore``."""
        if not name or not value.whole:
            raise invalid(name)
        with self._changing:
            self._write({**self._read(), name: value})

    def delete(self, name: str) -> None:
        """See ``SecretStore``."""
        with self._changing:
            kept = self._read()
            if kept.pop(name, None) is not None:
                self._write(kept)

    def names(self) -> tuple[str, ...]:
        """See ``SecretStore``."""
        return tuple(sorted({DEFAULT, *self._read()}))

    def kept(self) -> tuple[str, ...]:
        """See ``SecretStore``."""
        return tuple(sorted(self._read()))

    def _read(self) -> dict[str, CredentialSet]:
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

    def _parse(self, data: bytes) -> dict[str, CredentialSet]:
        try:
            document = json.loads(data)
            if document["version"] > VERSION:
                raise self._newer()
            upgrade = _of_first if document["version"] == 1 else CredentialSet.of_plain
            return {str(name): upgrade(value) for name, value in document["secrets"].items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Not chained: the errors of JSON carry the text that they failed on.
            raise SecretsError(
                "secrets_corrupt",
                f"The file {self._path} is damaged: the credentials in it cannot be read.",
                "Put a backup in its place, or remove it and enter the credentials again.",
            ) from None

    def _write(self, kept: dict[str, CredentialSet]) -> None:
        secrets = {name: value.as_plain() for name, value in kept.items()}
        document = {"version": VERSION, "secrets": secrets}
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


def _of_first(values: Any) -> CredentialSet:
    """Read what version 1 kept: a list of communities."""
    if not isinstance(values, list):
        raise TypeError("not a list of texts")
    return CredentialSet.of_plain({"communities": values})
