"""What can go wrong with secrets."""

from __future__ import annotations

from core.model.problem import PlatenError


class SecretsError(PlatenError):
    """A secret cannot be had or kept; its text never holds one.

    Codes: ``secret_missing``, ``secret_invalid``; of the key file ``secrets_corrupt``,
    ``secrets_newer``, ``secrets_exposed``, ``secrets_unreadable``, ``secrets_unwritable``; of the
    system's store ``keyring_absent``, ``keyring_locked``, ``keyring_silent``, ``keyring_failed``.
    """


def missing(name: str) -> SecretsError:
    """Say that nothing is kept under a name."""
    return SecretsError(
        "secret_missing",
        f"There are no credentials named {name!r}.",
        "Enter them at the console, or let the segment use others.",
    )


def invalid(name: str) -> SecretsError:
    """Say that credentials are empty somewhere."""
    return SecretsError(
        "secret_invalid",
        f"The credentials {name!r} have an empty name or value.",
        "Give at least one value, and none that is empty.",
    )
