"""Brings settings of an older version to the present one, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1

Step = Callable[[dict[str, Any]], dict[str, Any]]

# From this version to the next one. Version 1 is the first: nothing leads to it.
STEPS: dict[int, Step] = {}


def upgrade(
    document: dict[str, Any], steps: Mapping[int, Step] = STEPS, target: int = VERSION
) -> dict[str, Any]:
    """Give the document in version ``target``; one without a version is of the first.

    Raises ``ValueError`` where it is newer, or no version at all.
    """
    version = document.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ValueError("the version is not a number from 1")
    if version > target:
        raise ValueError(f"it has version {version}, and this Platen knows versions up to {target}")
    for number in range(version, target):
        document = {**steps[number](document), "version": number + 1}
    return document
