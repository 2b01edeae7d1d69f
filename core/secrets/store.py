"""What a store of secrets can do."""

from __future__ import annotations

from typing import Protocol

from core.secrets.credentials import CredentialSet

#: What a segment uses when nobody has named anything else: the community of most printers.
DEFAULT = "default"
DEFAULT_SET = CredentialSet(communities=("public",))


class SecretStore(Protocol):
    """Where secrets lie. Every method may block, and raises ``SecretsError``."""

    def get(self, name: str) -> CredentialSet:
        """Give the set of a name; "default" is never missing."""
        ...

    def set(self, name: str, value: CredentialSet) -> None:
        """Keep a set under a name, in place of what was there."""
        ...

    def delete(self, name: str) -> None:
        """Forget a name; one that is not there is passed over."""
        ...

    def names(self) -> tuple[str, ...]:
        """Give the names that are kept, in order; "default" is always among them."""
        ...

    def kept(self) -> tuple[str, ...]:
        """Give the names that are really there, in order."""
        ...
