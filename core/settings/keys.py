"""How a setting is declared: once, with type, default, text, and who may change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

from core.model.action import Origin

# A text that says something, and takes no number or date for one.
Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]

CONSOLE = frozenset({Origin.CONSOLE})
CONSOLE_AND_HUB = frozenset({Origin.CONSOLE, Origin.HUB})


class Topic(BaseModel):
    """A group of settings; values never change in place."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class SettingKey:
    """One setting: its dotted path, type as text, default, help text, and who may change it.

    ``tightened_by`` may change it as well, and only so that less leaves the building.
    """

    path: str
    type: str
    default: Any
    text: str
    changed_by: frozenset[Origin]
    tightened_by: frozenset[Origin] = frozenset()


def key(
    default: Any,
    text: str,
    changed_by: frozenset[Origin],
    *,
    tightened_by: frozenset[Origin] = frozenset(),
    **limits: Any,
) -> Any:
    """Declare a setting; ``limits`` are those of pydantic's ``Field`` (``ge``, ``le`` ...)."""
    who: dict[str, Any] = {
        "changed_by": _names(changed_by),
        "tightened_by": _names(tightened_by),
    }
    return Field(default, description=text, json_schema_extra=who, **limits)


def describe(topic: type[BaseModel], prefix: str = "") -> Iterator[SettingKey]:
    """Give every setting of a topic and of the topics in it."""
    for name, field in topic.model_fields.items():
        path = f"{prefix}{name}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, Topic):
            yield from describe(field.annotation, f"{path}.")
        elif allowed := _allowed(field, "changed_by"):
            yield SettingKey(
                path,
                _type(field),
                field.get_default(call_default_factory=True),
                field.description or "",
                allowed,
                _allowed(field, "tightened_by"),
            )


def _names(origins: frozenset[Origin]) -> list[Any]:
    return sorted(origin.value for origin in origins)


def _allowed(field: FieldInfo, word: str) -> frozenset[Origin]:
    extra = field.json_schema_extra
    names = extra.get(word, ()) if isinstance(extra, dict) else ()
    return (
        frozenset(Origin(str(name)) for name in names) if isinstance(names, list) else frozenset()
    )


def _type(field: FieldInfo) -> str:
    kind = field.annotation
    return kind.__name__ if isinstance(kind, type) and not hasattr(kind, "__args__") else str(kind)
