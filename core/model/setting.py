"""A setting as a face sees it: enough to show it, to explain it and to change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``path`` is its dotted key and begins with its topic.

    ``type`` is one of "switch", "number", "whole number", "text", "choice" (of ``choices``),
    "list" (of texts) and "table" (rows of ``fields``). ``default`` and ``value`` are as in JSON.
    ``changed_by`` names who may change it ("console", "hub"), ``tightened_by`` who may only make
    it stricter. ``minimum`` and ``maximum`` are limits of numbers. ``form`` is "hour" for a text
    that is HH:MM; an ``optional`` one may be ``None``.
    """

    path: str
    topic: str
    type: str
    default: Any
    value: Any
    text: str
    changed_by: tuple[str, ...]
    tightened_by: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    fields: tuple[Setting, ...] = field(default=())
    form: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class CredentialName:
    """Credentials that are kept under a name: how many of each kind, and never a value."""

    name: str
    communities: int
    users: int
    logins: int
