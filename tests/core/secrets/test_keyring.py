"""The system's own store, for real: gnome-keyring on a bus of its own, unlocked and locked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.secrets import CredentialSet, FileSecrets, SecretsError, WebLogin, choose
from core.secrets.place import load
from core.secrets.vault import SystemVault
from core.snmp.v3.user import AuthProtocol, V3User
from tests.support.need import ROOT
from tests.support.secret_service import Session, secret_service

SMALL = CredentialSet(("c4nary",))
LARGE = CredentialSet(
    tuple(f"c4nary-{number:03}-é" for number in range(200)),
    (V3User("u", AuthProtocol.SHA1, "c4nary-auth"),),
    (WebLogin("admin", "c4nary-web"),),
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    with secret_service(tmp_path_factory.mktemp("session")) as running:
        yield running


@pytest.fixture
def signed_in(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    _use(session.env, monkeypatch)
    return session


def _use(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PLATEN_SECRETS")


def opened(folder: Path, wanted: str = "auto", *, person: bool = True):
    return choose(folder, wanted, person=person)


def test_sets_of_any_size_come_back_and_go(tmp_path: Path, signed_in: Session) -> None:
    before = len(signed_in.everything())
    chosen = opened(tmp_path)
    assert (chosen.kind, chosen.title, chosen.problem) == ("keyring", "Secret Service", None)
    store = chosen.store
    assert store.get("default").communities == ("public",)
    store.set("office", SMALL)
    store.set("hall", LARGE)
    again = opened(tmp_path).store
    assert (again.get("office"), again.get("hall")) == (SMALL, LARGE)
    assert again.names() == ("default", "hall", "office")
    # Windows holds 2,560 bytes an entry, in UTF-16.
    assert max(len(text.encode("utf-16-le")) for text in signed_in.everything()) <= 2560
    again.set("hall", SMALL)
    assert again.get("hall") == SMALL
    for name in ("hall", "office", "office"):
        again.delete(name)
    assert again.kept() == ()
    assert len(signed_in.everything()) == before
    assert not (tmp_path / "secrets.json").exists()
    with pytest.raises(SecretsError, match="office"):
        again.get("office")


def test_folders_of_one_person_do_not_mix(tmp_path: Path, signed_in: Session) -> None:
    one, two = opened(tmp_path / "one").store, opened(tmp_path / "two").store
    one.set("office", SMALL)
    assert two.kept() == ()
    one.delete("office")


def test_a_choice_moves_everything_and_leaves_nothing(tmp_path: Path, signed_in: Session) -> None:
    file = FileSecrets(tmp_path)
    file.set("office", SMALL)
    file.set("hall", LARGE)
    chosen = opened(tmp_path)
    assert chosen.kind == "keyring"
    assert (chosen.store.get("office"), chosen.store.get("hall")) == (SMALL, LARGE)
    assert file.kept() == ()
    assert b"c4nary" not in (tmp_path / "secrets.json").read_bytes()
    back = opened(tmp_path, "file")
    assert (back.kind, back.store.get("hall")) == ("file", LARGE)
    assert not any("c4nary" in text for text in signed_in.everything())
    assert load(tmp_path).kind == "file"


def test_a_move_that_is_cut_short_loses_nothing(
    tmp_path: Path, signed_in: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = FileSecrets(tmp_path)
    file.set("office", SMALL)
    file.set("hall", LARGE)
    write, count = SystemVault.write, iter(range(100))

    def failing(self: SystemVault, key: str, text: str) -> None:
        if next(count) == 5:
            raise SecretsError("keyring_failed", "It is full.")
        write(self, key, text)

    with monkeypatch.context() as cut:
        cut.setattr(SystemVault, "write", failing)
        chosen = opened(tmp_path)
    assert (chosen.kind, chosen.store.get("office")) == ("file", SMALL)
    assert chosen.problem is not None
    assert chosen.problem.code == "keyring_failed"
    file.set("office", LARGE)  # what is entered meanwhile is what counts
    again = opened(tmp_path)
    assert (again.kind, again.store.get("office"), again.store.get("hall")) == (
        "keyring",
        LARGE,
        LARGE,
    )


def test_what_a_cut_move_left_behind_is_removed(tmp_path: Path, signed_in: Session) -> None:
    opened(tmp_path).store.set("office", LARGE)
    FileSecrets(tmp_path).set("office", SMALL)
    FileSecrets(tmp_path).set("only here", SMALL)
    store = opened(tmp_path).store
    assert (store.get("office"), store.get("only here")) == (LARGE, SMALL)
    assert FileSecrets(tmp_path).kept() == ()


def test_a_service_uses_the_file_unless_it_is_told(tmp_path: Path, signed_in: Session) -> None:
    chosen = opened(tmp_path, person=False)
    assert chosen.kind == "file"
    assert "service" in chosen.reason
    assert chosen.problem is None
    assert opened(tmp_path, "keyring", person=False).kind == "keyring"


def test_a_locked_one_is_named_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "s").mkdir()
    with secret_service(tmp_path / "s") as session:
        _use(session.env, monkeypatch)
        store = opened(tmp_path / "used").store
        store.set("office", SMALL)
        session.lock()
        for call in (lambda: store.get("office"), lambda: store.set("office", LARGE), store.names):
            with pytest.raises(SecretsError) as caught:
                call()
            assert caught.value.problem.code == "keyring_locked"
            assert "Unlock" in caught.value.problem.remedy
        # What lies there is not passed over: the choice stays, and says why it does not work.
        again = opened(tmp_path / "used")
        assert again.kind == "keyring"
        assert again.problem is not None
        # Where nothing lies there yet, the file is used, and it is said why.
        fresh = opened(tmp_path / "fresh")
        assert (fresh.kind, fresh.problem) == ("file", None)
        assert "locked" in fresh.reason
        asked = opened(tmp_path / "fresh", "keyring")
        assert asked.kind == "file"
        assert asked.problem is not None
    with pytest.raises(SecretsError) as caught:
        store.get("office")
    assert caught.value.problem.code in ("keyring_absent", "keyring_failed")


READ_AGAIN = """
from pathlib import Path
from core.secrets import choose
chosen = choose(Path("."))
print(chosen.kind, chosen.store.get("office").communities == ("c4nary",), chosen.problem)
"""


def test_a_service_reads_again_with_nobody_signed_in(tmp_path: Path) -> None:
    """A process of its own each time, without a bus, a session or a home."""
    FileSecrets(tmp_path).set("office", SMALL)
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", READ_AGAIN]
    for _ in range(2):
        done = subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.stdout == "file True None\n", done.stderr
