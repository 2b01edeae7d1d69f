"""A store that hangs holds nobody up."""

from __future__ import annotations

import threading
import time

import pytest

from core.secrets import CredentialSet, SecretsError
from core.secrets.bounded import Bounded, SilentError
from core.secrets.keyring import KeyringSecrets


def test_what_a_call_gives_or_raises_comes_through() -> None:
    bounded: Bounded[int] = Bounded(5)
    assert bounded.run(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        bounded.run(lambda: 1 // 0)


def test_a_call_that_hangs_ends_and_there_is_never_a_second_one() -> None:
    bounded: Bounded[None] = Bounded(0.05)
    release, calls = threading.Event(), []

    def hang() -> None:
        calls.append(1)
        release.wait(20)

    for _ in range(3):
        with pytest.raises(SilentError):
            bounded.run(hang)
    assert calls == [1]
    release.set()
    bounded.run(lambda: None)


def test_a_store_that_hangs_is_named() -> None:
    release = threading.Event()

    class Hanging:
        title = "Secret Service"

        def read(self, *_: str) -> str | None:
            release.wait(20)
            return None

        write = remove = read

    store = KeyringSecrets(Hanging(), "p", patience=0.05)  # type: ignore[arg-type]
    begin = time.monotonic()
    for call in (store.probe, store.names, lambda: store.set("a", CredentialSet(("x",)))):
        with pytest.raises(SecretsError) as caught:
            call()
        assert caught.value.problem.code == "keyring_silent"
    assert time.monotonic() - begin < 5
    release.set()


class Memory:
    """A vault that forgets what is too large, as Windows does."""

    title = "Memory"

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def read(self, key: str) -> str | None:
        return self.kept.get(key)

    def write(self, key: str, text: str) -> None:
        if len(text.encode("utf-16-le")) > 2560:
            raise OSError("the stub received bad data")
        self.kept[key] = text

    def remove(self, key: str) -> None:
        self.kept.pop(key, None)


def test_forty_names_fit_where_entries_are_small() -> None:
    vault = Memory()
    store = KeyringSecrets(vault, "p")
    names = [f"segment of the {number}th floor" for number in range(40)]
    for name in names:
        store.set(name, CredentialSet((name,)))
    assert store.kept() == tuple(sorted(names))
    for name in names:
        assert store.get(name).communities == (name,)
        store.delete(name)
    assert vault.kept == {}


def test_a_piece_that_is_gone_is_named() -> None:
    vault = Memory()
    store = KeyringSecrets(vault, "p")
    store.set("a", CredentialSet(("c4nary" * 900,)))
    vault.remove(next(key for key in vault.kept if key.endswith(".2")))
    with pytest.raises(SecretsError) as caught:
        store.get("a")
    assert caught.value.problem.code == "keyring_failed"
    assert "c4nary" not in str(caught.value.problem)
