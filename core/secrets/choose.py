"""Chooses where secrets lie, and moves them when the choice changes."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from core.model.problem import Problem
from core.model.status import SecretsStatus
from core.secrets import place as places
from core.secrets.errors import SecretsError
from core.secrets.file import FileSecrets
from core.secrets.keyring import PATIENCE, KeyringSecrets
from core.secrets.place import FILE, KEYRING, Place
from core.secrets.store import SecretStore
from core.secrets.vault import SystemVault, Vault

AUTO = "auto"
#: Overrides the setting, for units of services and for tests.
VARIABLE = "PLATEN_SECRETS"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The store in use: its ``kind`` ("keyring" or "file"), what to call it, and why it is this
    one; ``problem`` where it is not the one that is wanted, or does not let us in.
    """

    store: SecretStore
    kind: str
    title: str
    reason: str
    problem: Problem | None = None

    def status(self) -> SecretsStatus:
        """Give it as the agent's status tells it."""
        return SecretsStatus(self.kind, self.title, self.reason, self.problem)


def somebody_signs_in() -> bool:
    """Whether the user that this process runs as is a person's: only these have a keyring that
    is unlocked by signing in. Accounts of the system (POSIX: below 1000, on macOS below 500;
    Windows: session 0) have none.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - there alone

        session = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        return session.value != 0
    return os.geteuid() >= (500 if sys.platform == "darwin" else 1000)


def choose(
    folder: Path,
    wanted: str = AUTO,
    *,
    vault: Vault | None = None,
    person: bool | None = None,
    patience: float = PATIENCE,
) -> Chosen:
    """Choose, and move what lies in the other store; blocks. Raises ``SecretsError`` where it is
    not known where the secrets lie.

    ``wanted`` is "auto" (the keyring where a person signs in and it takes a write), "keyring" or
    "file". Secrets that cannot be moved stay where they are, and ``problem`` says why.
    """
    said = f"The environment of the program says so ({VARIABLE}): it overrides the settings."
    by_settings = "The settings say so." if VARIABLE not in os.environ else said
    wanted = os.environ.get(VARIABLE, wanted)
    vault = vault or SystemVault()
    person = somebody_signs_in() if person is None else person
    now = places.load(folder)
    file, ring = FileSecrets(folder), KeyringSecrets(vault, now.prefix, patience)
    if wanted == FILE or (wanted == AUTO and not person):
        why = (
            by_settings
            if wanted == FILE
            else "This account is a service's: nobody signs in to unlock a keyring."
        )
        return _to_file(folder, now, file, ring, why, vault)
    return _to_keyring(folder, now, file, ring, vault, must=wanted == KEYRING)


def _to_file(
    folder: Path, now: Place, file: FileSecrets, ring: KeyringSecrets, why: str, vault: Vault
) -> Chosen:
    if now.kind == KEYRING:
        try:
            _move(folder, ring, file, Place(FILE, now.prefix))
        except SecretsError as error:
            reason = f"They are there, and cannot be moved to the key file. {error.problem.text}"
            return Chosen(ring, KEYRING, vault.title, reason, error.problem)
    return Chosen(file, FILE, "key file", f"{why} {file.said}")


def _to_keyring(
    folder: Path, now: Place, file: FileSecrets, ring: KeyringSecrets, vault: Vault, *, must: bool
) -> Chosen:
    try:
        ring.probe()
    except SecretsError as error:
        if now.kind == KEYRING:
            # Not the file: it would look as if nothing had ever been entered.
            return Chosen(ring, KEYRING, vault.title, "They are there.", error.problem)
        reason = f"{error.problem.text} {file.said}"
        return Chosen(file, FILE, "key file", reason, error.problem if must else None)
    if now.kind == FILE or file.kept():
        try:
            _move(folder, file, ring, Place(KEYRING, now.prefix), finish=now.kind == KEYRING)
        except SecretsError as error:
            kind, store = (KEYRING, ring) if now.kind == KEYRING else (FILE, file)
            title = vault.title if now.kind == KEYRING else "key file"
            return Chosen(store, kind, title, error.problem.text, error.problem)
    return Chosen(ring, KEYRING, vault.title, "It takes what is written and gives it back.")


def _move(
    folder: Path, source: SecretStore, target: SecretStore, to: Place, *, finish: bool = False
) -> None:
    """Copy all, look that each has arrived, say so in the folder, and only then remove.

    ``finish`` goes on with a move that was cut short after it had been said: what is in the
    target is then the newer.
    """
    names = source.kept()
    there = set(target.kept()) if finish else set()
    for name in names:
        value = source.get(name)
        if name not in there:
            target.set(name, value)
            if target.get(name) != value:
                raise SecretsError(
                    "secrets_not_moved",
                    f"The credentials {name!r} did not arrive in {target!r} as they were.",
                    "They are still where they were; nothing is lost.",
                )
    places.save(folder, to)
    for name in names:
        source.delete(name)
