"""Named credentials: in the system's own store, or in a file that its owner alone can read."""

from __future__ import annotations

from core.secrets.choose import Chosen, choose
from core.secrets.credentials import CredentialSet, WebLogin
from core.secrets.errors import SecretsError
from core.secrets.file import NAME, FileSecrets
from core.secrets.keeper import Keeper
from core.secrets.store import DEFAULT, DEFAULT_SET, SecretStore

__all__ = [
    "DEFAULT",
    "DEFAULT_SET",
    "NAME",
    "Chosen",
    "CredentialSet",
    "FileSecrets",
    "Keeper",
    "SecretStore",
    "SecretsError",
    "WebLogin",
    "choose",
]
