"""Changing settings: who may change which, and what comes of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from core.model.action import Origin
from core.model.problem import BadInputError, RefusedError
from core.settings.file import Settings, SettingsError, told
from core.settings.keys import SettingKey, describe


def keys() -> dict[str, SettingKey]:
    """Give all settings by their paths."""
    return {found.path: found for found in describe(Settings)}


def known(path: str) -> SettingKey:
    """Give a setting; raises ``BadInputError`` (``unknown_setting``)."""
    found = keys().get(path)
    if found is None:
        raise BadInputError(
            "unknown_setting", f"There is no setting {path[:80]!r}.", "See `platen settings show`."
        )
    return found


def value_of(text: str) -> Any:
    """Read a value as a person types it: as in the file, or a plain text without quotes."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text


def changed(settings: Settings, values: Mapping[str, Any], origin: Origin) -> Settings:
    """Give settings with these values (``None``: the default).

    Raises ``BadInputError`` for a key that is none, ``RefusedError`` (``setting_refused``) for one
    that ``origin`` may not change so, and ``SettingsError`` for a wrong value.
    """
    document = settings.model_dump(mode="json")
    for path, value in values.items():
        found = known(path)
        if origin not in found.changed_by | found.tightened_by:
            raise _refused(path, origin)
        topic, _, name = path.rpartition(".")
        place = document
        for step in topic.split("."):
            place = place[step]
        if value is None:
            place.pop(name, None)
        else:
            place[name] = value
    try:
        new = Settings.model_validate(document)
    except ValidationError as error:
        raise SettingsError(
            "bad_settings", f"This cannot be set. {told(error, '')}.", "Nothing has been changed."
        ) from None
    _only_tighter(settings, new, values, origin)
    return new


def _only_tighter(old: Settings, new: Settings, values: Mapping[str, Any], origin: Origin) -> None:
    limited = [path for path in values if origin not in known(path).changed_by]
    looser = new.privacy.looser_than(old.privacy) if limited else None
    if looser is not None:
        raise RefusedError(
            "setting_refused",
            f"The {origin} may only make privacy stricter: {looser} is refused.",
            "Change it at this machine: in the window, or with the platen command.",
        )


def _refused(path: str, origin: Origin) -> RefusedError:
    return RefusedError(
        "setting_refused",
        f"The setting {path} is not changed from the {origin}.",
        "Change it at this machine: in the window, or with the platen command.",
    )


def differences(old: Settings, new: Settings) -> tuple[str, ...]:
    """Give the paths of the settings whose values differ."""
    return tuple(path for path in keys() if at(old, path) != at(new, path))


def at(settings: Settings, path: str) -> Any:
    """Give the value of a setting."""
    value: Any = settings
    for step in path.split("."):
        value = getattr(value, step)
    return value
