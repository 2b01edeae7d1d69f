"""What can be wrong with keys, certificates and codes."""

from __future__ import annotations

from pathlib import Path

from core.model.problem import BadInputError, PlatenError

RESTORE = "Restore it from a backup."


class PkiError(PlatenError):
    """A key or certificate cannot be used; the text names the file."""


class CodeError(BadInputError):
    """This is not a one-time code (code ``bad_code``)."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "bad_code",
            f"This is not a one-time code: {reason}.",
            "Copy the whole code again, or ask the dealer for a new one.",
        )


def unreadable(path: Path, reason: str, remedy: str = RESTORE) -> PkiError:
    """Make the error for a file that cannot be used (code ``certificate_file``)."""
    return PkiError("certificate_file", f"{path} cannot be used: {reason}.", remedy)
