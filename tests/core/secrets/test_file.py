from __future__ import annotations

import errno
import json
import os
import threading
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.host.errors import HostError
from core.secrets import NAME, CredentialSet, FileSecrets, SecretsError, SecretStore, WebLogin
from core.secrets import file as secrets
from core.secrets.choose import choose
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User

HIDDEN = "tr0ub4dor"
FIRST = Path(__file__).parent / "fixtures" / "secrets-1.json"


def of(*communities: str) -> CredentialSet:
    return CredentialSet(communities)


def test_the_default_is_public_until_somebody_says_otherwise(tmp_path: Path) -> None:
    store: SecretStore = FileSecrets(tmp_path)
    assert store.get("default") == of("public")
    assert store.names() == ("default",)
    assert list(tmp_path.iterdir()) == []
    store.set("default", of(HIDDEN, "public"))
    assert store.get("default") == of(HIDDEN, "public")
    store.delete("default")
    assert store.get("default") == of("public")


def test_secrets_are_kept_in_order_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    FileSecrets(folder).set("office", of(HIDDEN, "b", "a"))
    again = FileSecrets(folder)
    assert again.get("office") == of(HIDDEN, "b", "a")
    assert again.names() == ("default", "office")
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600
    again.delete("office")
    again.delete("office")
    assert again.names() == ("default",)


def test_a_missing_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretsError, match="office") as caught:
        FileSecrets(tmp_path).get("office")
    assert caught.value.problem.code == "secret_missing"


@pytest.mark.parametrize(
    ("name", "value"),
    [("", of("x")), ("a", of()), ("a", of("")), ("a", CredentialSet(logins=(WebLogin("u", ""),)))],
)
def test_empty_ones_are_refused(tmp_path: Path, name: str, value: CredentialSet) -> None:
    with pytest.raises(SecretsError) as caught:
        FileSecrets(tmp_path).set(name, value)
    assert caught.value.problem.code == "secret_invalid"


def test_a_file_that_others_can_read_is_tightened(tmp_path: Path) -> None:
    store = FileSecrets(tmp_path)
    store.set("office", of(HIDDEN))
    (tmp_path / NAME).chmod(0o644)
    assert store.get("office") == of(HIDDEN)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_tightened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exposed(path: Path) -> None:
        raise HostError("file_exposed", f"Others can read {path}.", "Make it yours.")

    monkeypatch.setattr(secrets, "private_file", exposed)
    with pytest.raises(SecretsError) as caught:
        FileSecrets(tmp_path).get("office")
    assert caught.value.problem.code == "secrets_exposed"
    assert str(tmp_path / NAME) in caught.value.problem.text


CORRUPT = [
    HIDDEN,
    f'{{"version": 1, "secrets": {{"a": ["{HIDDEN}"',
    f'{{"version": 1, "secrets": {{"a": "{HIDDEN}"}}}}',
    f'{{"version": 1, "secrets": {{"a": ["{HIDDEN}", 5]}}}}',
    f'{{"version": 1, "secrets": ["{HIDDEN}"]}}',
    f'{{"version": "{HIDDEN}", "secrets": {{}}}}',
    f'["{HIDDEN}"]',
    '{"version": 1, "secrets": {"a": []}}',
    f'{{"version": 2, "secrets": {{"a": ["{HIDDEN}"]}}}}',
    f'{{"version": 2, "secrets": {{"a": {{"users": [{{"name": "u", "auth": "{HIDDEN}"}}]}}}}}}}}',
    f'{{"version": 2, "secrets": {{"a": {{"users": [{{"priv_password": "{HIDDEN}"}}]}}}}}}}}',
    '{"version": 2, "secrets": {"a": {}}}',
    "",
]


@pytest.mark.parametrize("text", CORRUPT)
def test_a_damaged_file_is_named_and_nothing_of_it_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    store = FileSecrets(tmp_path)
    for call in (store.names, lambda: store.get("default"), lambda: store.set("a", of("b"))):
        with pytest.raises(SecretsError) as caught:
            call()
        assert caught.value.problem.code == "secrets_corrupt"
        assert str(tmp_path / NAME) in caught.value.problem.text
        told = "".join(traceback.format_exception(caught.value, chain=True))
        assert HIDDEN not in told
        assert HIDDEN not in repr(caught.value.problem)
    assert (tmp_path / NAME).read_text() == text


@given(st.binary(max_size=200))
def test_any_bytes_are_secrets_or_a_secrets_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("secrets")
    (folder / NAME).write_bytes(data)
    with pytest.raises(SecretsError):
        FileSecrets(folder).names()


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(json.dumps({"version": 3, "vault": "x"}))
    with pytest.raises(SecretsError) as caught:
        FileSecrets(tmp_path).get("default")
    assert caught.value.problem.code == "secrets_newer"


def test_a_file_that_cannot_be_read_or_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store = FileSecrets(tmp_path)
    store.set("a", of("old"))
    with monkeypatch.context() as cut:
        cut.setattr(secrets, "atomic_write", full)
        with pytest.raises(SecretsError, match="No space") as caught:
            store.set("a", of(HIDDEN))
    assert caught.value.problem.code == "secrets_unwritable"
    assert HIDDEN not in caught.value.problem.text
    assert store.get("a") == of("old")
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    with pytest.raises(SecretsError) as caught:
        store.get("a")
    assert caught.value.problem.code == "secrets_unreadable"


def test_nothing_that_prints_a_store_shows_a_secret(tmp_path: Path) -> None:
    store = FileSecrets(tmp_path)
    store.set("office", of(HIDDEN))
    store.get("office")
    assert HIDDEN not in repr(store) + str(store) + str(vars(store))
    assert "FileSecrets" in repr(store)


def test_two_threads_lose_nothing_of_each_other(tmp_path: Path) -> None:
    store = FileSecrets(tmp_path)

    def fill(start: int) -> None:
        for number in range(start, start + 10):
            store.set(f"s{number}", of(HIDDEN))

    threads = [threading.Thread(target=fill, args=(start,)) for start in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.names()) == 31


def test_a_set_of_all_kinds_comes_back_and_shows_nothing(tmp_path: Path) -> None:
    user = V3User("u", AuthProtocol.SHA256, HIDDEN, PrivProtocol.AES256, HIDDEN[::-1], "ctx")
    whole = CredentialSet((HIDDEN,), (user,), (WebLogin("admin", HIDDEN, "Printer"),))
    FileSecrets(tmp_path).set("all", whole)
    assert FileSecrets(tmp_path).get("all") == whole
    for shown in (repr(whole), str(whole), f"{whole}", repr(whole.logins), repr([whole])):
        assert HIDDEN not in shown
        assert "admin" not in shown
    assert whole.kinds == {"communities": 1, "users": 1, "logins": 1}


def test_a_file_of_the_first_version_is_read_and_rewritten(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(FIRST.read_bytes())
    store = FileSecrets(tmp_path)
    assert store.get("default") == of("public", "old-one")
    assert store.get("segment hall") == of("hall-one")
    store.set("new", of("n"))
    assert json.loads((tmp_path / NAME).read_text())["version"] == 2
    assert FileSecrets(tmp_path).get("default") == of("public", "old-one")
    assert store.kept() == ("default", "new", "segment hall")


@pytest.mark.parametrize("by", ["settings", "PLATEN_SECRETS"])
def test_why_the_file_is_used_where_it_is_and_what_protects_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.delenv("PLATEN_SECRETS", raising=False)
    if by != "settings":
        monkeypatch.setenv(by, "file")
    chosen = choose(tmp_path, "file" if by == "settings" else "auto")
    assert by in chosen.reason
    assert ("settings say so" in chosen.reason) == (by == "settings")
    assert str(tmp_path / NAME) in chosen.reason
    assert "not encrypted" in chosen.reason
