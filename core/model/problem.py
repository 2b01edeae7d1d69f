"""A failure that names its cause and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for a person and for a program.

    ``code`` is a stable snake_case word for programs; ``text`` says what happened; ``remedy`` says
    what to do, or is empty where nothing can be done. None of them ever holds a secret.
    """

    code: str
    text: str
    remedy: str = ""


class PlatenError(Exception):
    """Base of every error that Platen raises on purpose; carries its ``Problem``."""

    def __init__(self, code: str, text: str, remedy: str = "") -> None:
        super().__init__(text)
        self.problem = Problem(code, text, remedy)


class BadInputError(PlatenError):
    """What a person gave cannot be used (exit status 2)."""


class RefusedError(PlatenError):
    """The action is understood and not allowed here (exit status 3)."""
