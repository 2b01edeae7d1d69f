"""Secrets in the operating system's own store: one entry a set, cut where entries are limited."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeVar

from core.secrets.bounded import Bounded, SilentError
from core.secrets.credentials import CredentialSet
from core.secrets.errors import invalid, missing
from core.secrets.store import DEFAULT, DEFAULT_SET
from core.secrets.vault import Vault, failed, silent

T = TypeVar("T")

#: Windows holds 2,560 bytes an entry, in UTF-16: 1,280 characters of ASCII.
PIECE = 1000
#: Seconds until an answer: a store on a busy machine may take a second, one that prompts, ever.
PATIENCE = 10.0
_INDEX = "index"
_WHOLE, _CUT = "1:", "*:"


class KeyringSecrets:
    """Secrets in a vault (``SecretStore``).

    ``prefix`` tells one data folder's entries from another's. What is written is JSON in ASCII. A
    text that is longer than ``PIECE`` lies in pieces, and its own entry says which: it changes
    last, so that one who reads finds the old text or the new one. Every call ends within
    ``patience`` seconds.
    """

    def __init__(self, vault: Vault, prefix: str, patience: float = PATIENCE) -> None:
        self._vault = vault
        self._prefix = prefix
        self._changing = threading.Lock()
        self._bounded: Bounded[Any] = Bounded(patience)

    def __repr__(self) -> str:
        return f"KeyringSecrets({self._vault.title!r})"

    def probe(self) -> None:
        """Write, read and remove an entry; raises ``SecretsError`` where the store does not."""
        text = secrets.token_hex(8)

        def work() -> None:
            self._vault.write(self._key("probe"), text)
            if self._vault.read(self._key("probe")) != text:
                raise failed(self._vault.title, "it gives back something else than it was given")
            self._vault.remove(self._key("probe"))

        self._in_time(work)

    def get(self, name: str) -> CredentialSet:
        """See ``SecretStore``."""
        text = self._in_time(lambda: self._read(f"set {name}"))
        if text is None and name == DEFAULT:
            return DEFAULT_SET
        if text is None:
            raise missing(name)
        try:
            return CredentialSet.of_plain(json.loads(text))
        except (ValueError, TypeError, RecursionError):
            raise failed(self._vault.title, f"the entry of {name!r} is damaged") from None

    def set(self, name: str, value: CredentialSet) -> None:
        """See ``SecretStore``."""
        if not name or not value.whole:
            raise invalid(name)

        def work() -> None:
            self._write(f"set {name}", json.dumps(value.as_plain()))
            self._list({*self._names(), name})

        with self._changing:
            self._in_time(work)

    def delete(self, name: str) -> None:
        """See ``SecretStore``."""

        def work() -> None:
            self._remove(f"set {name}")
            self._list(set(self._names()) - {name})

        with self._changing:
            self._in_time(work)

    def names(self) -> tuple[str, ...]:
        """See ``SecretStore``."""
        return tuple(sorted({DEFAULT, *self.kept()}))

    def kept(self) -> tuple[str, ...]:
        """See ``SecretStore``."""
        return tuple(sorted(self._in_time(self._names)))

    def _in_time(self, work: Callable[[], T]) -> T:
        try:
            found: T = self._bounded.run(work)
        except SilentError:
            raise silent(self._vault.title) from None
        return found

    def _names(self) -> list[str]:
        text = self._read(_INDEX)
        if text is None:
            return []
        try:
            return [str(name) for name in json.loads(text)]
        except (ValueError, TypeError, RecursionError):
            raise failed(self._vault.title, "the list of entries is damaged") from None

    def _list(self, names: Collection[str]) -> None:
        if names:
            self._write(_INDEX, json.dumps(sorted(names)))
        else:
            self._remove(_INDEX)

    # Texts of any length.

    def _key(self, key: str) -> str:
        return f"{self._prefix} {key}"

    def _read(self, key: str) -> str | None:
        head = self._vault.read(self._key(key))
        if head is None or head.startswith(_WHOLE):
            return None if head is None else head.removeprefix(_WHOLE)
        pieces = [self._vault.read(piece) for piece in self._pieces(key, head)]
        if None in pieces:
            raise failed(self._vault.title, "a part of an entry is gone")
        return "".join(piece or "" for piece in pieces)

    def _write(self, key: str, text: str) -> None:
        old = self._vault.read(self._key(key))
        if len(text) <= PIECE:
            self._vault.write(self._key(key), _WHOLE + text)
        else:
            parts = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
            head = f"{_CUT}{secrets.token_hex(4)} {len(parts)}"
            for place, part in zip(self._pieces(key, head), parts, strict=True):
                self._vault.write(place, part)
            self._vault.write(self._key(key), head)
        self._clear(key, old)

    def _remove(self, key: str) -> None:
        old = self._vault.read(self._key(key))
        self._vault.remove(self._key(key))
        self._clear(key, old)

    def _clear(self, key: str, head: str | None) -> None:
        if head is not None and head.startswith(_CUT):
            for piece in self._pieces(key, head):
                self._vault.remove(piece)

    def _pieces(self, key: str, head: str) -> Iterator[str]:
        tag, _, count = head.removeprefix(_CUT).partition(" ")
        if not count.isdigit():
            raise failed(self._vault.title, "an entry is damaged")
        return (self._key(f"{key} {tag}.{number}") for number in range(int(count)))
