"""Writes a bundle's file: entry by entry, within a bound, each with its size and hash."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from core.host.permissions import private_folder
from core.model.bundle import BundleFile, Manifest
from core.model.jsonio import to_json

MANIFEST = "manifest.json"


class BundleZip:
    """One bundle while it is made. ``most`` bounds the whole file, in bytes.

    It is written beside its place and takes it when it is whole.
    """

    def __init__(self, path: Path, most: int) -> None:
        private_folder(path.parent)
        self._path, self._most = path, most
        self._unfinished = path.with_name(f".{path.name}.part")
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        self._file = os.fdopen(os.open(self._unfinished, flags, 0o600), "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self.files: list[BundleFile] = []
        self.left_out: list[str] = []

    @property
    def full(self) -> bool:
        """Whether there is no room for more."""
        return self._file.tell() >= self._most

    def open(self, name: str, what: str) -> BundleEntry:
        """Begin an entry; close it before the next."""
        return BundleEntry(self, name, what)

    def add(self, name: str, what: str, data: bytes) -> None:
        """Write a whole entry."""
        entry = self.open(name, what)
        entry.write([data])
        entry.close()

    def finish(self, manifest: Manifest) -> int:
        """Write the manifest, put the file in its place; gives its size in bytes."""
        self._zip.writestr(MANIFEST, to_json(manifest))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.close()
        self._unfinished.replace(self._path)
        return size

    def drop(self) -> None:
        """Leave nothing behind; does nothing to a bundle that is finished."""
        try:
            self._zip.close()
            self._file.close()
        except (OSError, ValueError):
            pass  # it is given up either way
        self._unfinished.unlink(missing_ok=True)


class BundleEntry:
    """One entry while it is written."""

    def __init__(self, home: BundleZip, name: str, what: str) -> None:
        self._home, self._name, self._what = home, name, what
        self._stream = home._zip.open(name, "w")  # noqa: SLF001 - the two are one
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, parts: Iterable[bytes]) -> bool:
        """Write parts until there is no more room; says whether all fitted."""
        for part in parts:
            if self._home.full:
                return False
            self._stream.write(part)
            self._hash.update(part)
            self._size += len(part)
        return True

    def close(self) -> None:
        """End the entry, and list it."""
        self._stream.close()
        self._home.files.append(
            BundleFile(self._name, self._size, self._hash.hexdigest(), self._what)
        )
