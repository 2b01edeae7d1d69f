"""The operating system's own store of secrets: texts under names, and nothing more.

Windows Credential Locker, the Keychain of macOS, and the Secret Service of freedesktop.org
(GNOME Keyring, KWallet), through the keyring library. The backend is named here for each system:
what the library would choose by itself depends on plug-ins and configuration, some of which keep
plain text.
"""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from typing import Any, Protocol

from core.secrets.errors import SecretsError


class Vault(Protocol):
    """Texts under names. Every method may block, prompt nobody, and raises ``SecretsError``."""

    @property
    def title(self) -> str:
        """What a person calls it."""
        ...

    def read(self, key: str) -> str | None:
        """Give a text; ``None`` where there is none."""
        ...

    def write(self, key: str, text: str) -> None:
        """Keep a text."""
        ...

    def remove(self, key: str) -> None:
        """Forget a text; one that is not there is passed over."""
        ...


#: By ``sys.platform``: what to call it, its module in ``keyring.backends``, its class.
_BACKENDS = {
    "win32": ("Windows Credential Locker", "Windows", "WinVaultKeyring"),
    "darwin": ("macOS Keychain", "macOS", "Keyring"),
}
_OTHERS = ("Secret Service", "SecretService", "Keyring")


class SystemVault:
    """The store of this system, for the user that this process runs as."""

    def __init__(self, service: str = "Platen", platform: str = sys.platform) -> None:
        self._service = service
        self.title, self._module, self._class = _BACKENDS.get(platform, _OTHERS)
        self._found: Any = None

    def read(self, key: str) -> str | None:
        """See ``Vault``."""
        found: str | None = self._ask("get_password", key)
        return found

    def write(self, key: str, text: str) -> None:
        """See ``Vault``."""
        self._ask("set_password", key, text)

    def remove(self, key: str) -> None:
        """See ``Vault``."""
        if self.read(key) is not None:
            self._ask("delete_password", key)

    def _ask(self, verb: str, *arguments: str) -> Any:
        try:
            return getattr(self._backend(), verb)(self._service, *arguments)
        except SecretsError:
            raise
        except Exception as error:  # noqa: BLE001 - every system has errors of its own
            # Not chained, and by its type alone: the text may quote what was asked.
            raise failed(self.title, type(error).__name__) from None

    def _backend(self) -> Any:
        if self._found is None:
            try:
                module = import_module(f"keyring.backends.{self._module}")
                backend = getattr(module, self._class)
                _ = backend.priority  # raises where this system has not got it
            except Exception as error:  # noqa: BLE001 - as above
                raise absent(self.title, type(error).__name__) from None
            self._found = backend()
        if self._module == "SecretService" and _locked(self.title):
            raise locked(self.title)
        return self._found


def _locked(title: str) -> bool:
    """Whether the collection is locked. The library would ask for its password and wait."""
    secretstorage = import_module("secretstorage")
    try:
        bus = secretstorage.dbus_init()
    except Exception as error:  # noqa: BLE001 - as above
        raise absent(title, type(error).__name__) from None
    with contextlib.closing(bus):
        # By its alias: what the library does for "default" would make one, and ask for a password.
        return bool(secretstorage.collection.get_collection_by_alias(bus, "default").is_locked())


def absent(title: str, why: str) -> SecretsError:
    """Say that this system or this session has no such store."""
    return SecretsError(
        "keyring_absent",
        f"There is no {title} here ({why}).",
        "Sign in to a desktop session that has one, or set secrets.backend to file.",
    )


def locked(title: str) -> SecretsError:
    """Say that the store waits for its password."""
    return SecretsError(
        "keyring_locked",
        f"The {title} is locked.",
        "Unlock it, with the password of your session or in its own program, and try again.",
    )


def silent(title: str) -> SecretsError:
    """Say that the store did not answer in time."""
    return SecretsError(
        "keyring_silent",
        f"The {title} does not answer.",
        "See whether it waits for a password or a permission; restart the session if it hangs.",
    )


def failed(title: str, why: str) -> SecretsError:
    """Say that the store refused."""
    return SecretsError(
        "keyring_failed",
        f"The {title} cannot be used ({why}).",
        "See that it is unlocked and lets Platen in, or set secrets.backend to file.",
    )
