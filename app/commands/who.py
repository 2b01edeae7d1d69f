"""As whom a command asks: communities, a user of SNMPv3, or a named set of credentials.

Passwords never come from the command line, where every user of this computer could read them: they
come from a file that its owner alone can read, from the secret store, or from a prompt.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from app.commands.common import data_folder
from core.host.backend import backend
from core.model.problem import BadInputError
from core.snmp.access import Access, Version
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User

V3UserOption = Annotated[
    str | None, typer.Option("--v3-user", help="Ask by SNMPv3 as this user.", show_default=False)
]
V3AuthOption = Annotated[
    str | None, typer.Option("--v3-auth", help=f"One of: {', '.join(AuthProtocol)}.")
]
V3PrivOption = Annotated[
    str | None, typer.Option("--v3-priv", help=f"One of: {', '.join(PrivProtocol)}.")
]
V3ContextOption = Annotated[
    str, typer.Option("--v3-context", help="Context name.", show_default=False)
]
V3SecretsOption = Annotated[
    Path | None,
    typer.Option(
        "--v3-secrets",
        help="A file that you alone can read: the authentication password in its first line, the "
        "privacy password in its second. Without it they are asked for.",
    ),
]
CredentialsOption = Annotated[
    str | None,
    typer.Option("--credentials", help="Ask with what the secret store has under this name."),
]
P = TypeVar("P", AuthProtocol, PrivProtocol)
_OTHER_NAMES = {"sha": "sha1", "aes": "aes128", "aes192c": "aes192cisco", "aes256c": "aes256cisco"}


@dataclass(frozen=True, slots=True)
class Who:
    """What a person gave on the command line; no secret is in it but communities."""

    communities: tuple[str, ...]
    user: str | None = None
    auth: str | None = None
    priv: str | None = None
    context: str = ""
    secrets: Path | None = None
    credentials: str | None = None
    data: Path | None = None

    def access(self) -> Access:
        """Give with what to ask, and fetch or ask for the passwords that it needs.

        Raises ``BadInputError`` for what does not fit together, ``SecretsError``, and
        ``RefusedError`` where the named set belongs to a segment without SNMPv3.
        """
        if self.credentials is not None:
            if self.user is not None or self.communities:
                raise _unfit("--credentials stands for itself, without --v3-user and --community")
            return _named(self.credentials, data_folder(self.data))
        if self.user is None:
            if self.auth or self.priv or self.secrets or self.context:
                raise _unfit("the options of SNMPv3 need --v3-user")
            return Access(self.communities or ("public",))
        user = self._user(self.user)
        if self.communities:
            return Access(self.communities, (Version.V3, Version.V2C, Version.V1), (user,))
        return Access((), (Version.V3,), (user,))

    def _user(self, name: str) -> V3User:
        auth = None if self.auth is None else _protocol(self.auth, AuthProtocol)
        priv = None if self.priv is None else _protocol(self.priv, PrivProtocol)
        if priv is not None and auth is None:
            raise _unfit("--v3-priv needs --v3-auth")
        if auth is None:
            return V3User(name, context=self.context)
        proof, hiding = self._passwords(twice=priv is not None)
        return V3User(name, auth, proof, priv, hiding, self.context)

    def _passwords(self, *, twice: bool) -> tuple[str, str]:
        if self.secrets is not None:
            return _lines(self.secrets, twice=twice)
        if not sys.stdin.isatty():
            raise BadInputError(
                "v3_no_passwords",
                "There is nobody here to be asked for the passwords of this user.",
                "Name a file with --v3-secrets or a set with --credentials, or use a terminal.",
            )
        return _typed(getpass.getpass, twice=twice)


def _typed(prompt: Callable[[str], str], *, twice: bool) -> tuple[str, str]:
    proof = prompt("Authentication password: ")
    return proof, prompt("Privacy password: ") if twice else ""


def _lines(file: Path, *, twice: bool) -> tuple[str, str]:
    try:
        found = backend().exposure(file)
        if found.readable or found.writable:
            raise BadInputError(
                "secrets_exposed",
                f"Others can read or write {file}: no password is taken from it.",
                "Make it readable by you alone, and change the passwords if others had them.",
            )
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadInputError("secrets_unreadable", f"{file}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadInputError("secrets_unreadable", f"{file} is not a text in UTF-8.") from None
    proof, hiding = (*lines, "", "")[:2]
    if not proof or (twice and not hiding):
        raise BadInputError(
            "v3_no_passwords",
            f"{file} does not hold the passwords that this user needs.",
            "Write the authentication password in its first line, the privacy password in its "
            "second.",
        )
    return proof, hiding if twice else ""


def _protocol(text: str, kind: type[P]) -> P:
    """Read the name of a protocol as people write it: sha-256, SHA256, AES-256-C."""
    plain = text.lower().replace("-", "").replace("_", "")
    plain = _OTHER_NAMES.get(plain, plain)
    for protocol in kind:
        if plain == protocol.value.replace("-", ""):
            return protocol
    raise _unfit(f"{text[:40]!r} is none of the protocols {', '.join(kind)}")


def _unfit(reason: str) -> BadInputError:
    return BadInputError("bad_option", f"This does not fit together: {reason}.")


def _named(name: str, folder: Path) -> Access:
    # Settings and secrets are needed here alone; most readings do without.
    from core.jobs.allowed import check_named  # noqa: PLC0415
    from core.secrets.file import FileSecrets  # noqa: PLC0415
    from core.secrets.keyring import KeyringSecrets  # noqa: PLC0415
    from core.secrets.place import KEYRING, load  # noqa: PLC0415
    from core.secrets.vault import SystemVault  # noqa: PLC0415
    from core.settings import Settings  # noqa: PLC0415

    place = load(folder)
    in_keyring = place.kind == KEYRING
    store = KeyringSecrets(SystemVault(), place.prefix) if in_keyring else FileSecrets(folder)
    found = store.get(name)
    versions: tuple[Version, ...] = ()
    if found.users:
        check_named(name, Settings.load(folder).settings.discovery.as_segments())
        versions = (Version.V3,)
    if found.communities:
        versions = (*versions, Version.V2C, Version.V1)
    return Access(found.communities, versions, found.users)
