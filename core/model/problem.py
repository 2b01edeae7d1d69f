"""A failure that names its cause and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class ProblemKind(StrEnum):
    """Whose turn it is: the world's, the asker's input, or the asker's permission."""

    FAILED = "failed"  # exit status 1
    BAD_INPUT = "bad_input"  # exit status 2
    REFUSED = "refused"  # exit status 3


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for a person and for a program.

    ``code`` is a stable snake_case word for programs; ``text`` says what happened; ``remedy`` says
    what to do, or is empty where nothing can be done. None of them ever holds a secret.
    """

    code: str
    text: str
    remedy: str = ""
    kind: ProblemKind = ProblemKind.FAILED


class PlatenError(Exception):
    """Base of every error that Platen raises on purpose; carries its ``Problem``."""

    kind: ClassVar[ProblemKind] = ProblemKind.FAILED

    def __init__(self, code: str, text: str, remedy: str = "") -> None:
        super().__init__(text)
        self.problem = Problem(code, text, remedy, self.kind)


class BadInputError(PlatenError):
    """What a person gave cannot be used (exit status 2)."""

    kind = ProblemKind.BAD_INPUT


class RefusedError(PlatenError):
    """The action is understood and not allowed here (exit status 3)."""

    kind = ProblemKind.REFUSED
