"""The settings as rows that a face can be made of: the model, and the values in force."""

from __future__ import annotations

import types
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from core.model.setting import Setting
from core.settings.change import at, keys
from core.settings.file import Settings
from core.settings.keys import SettingKey
from core.settings.schedule import Hour


def shown(settings: Settings) -> Iterator[Setting]:
    """Give every setting with its value in force."""
    for path, found in keys().items():
        topic = path.rpartition(".")[0]
        yield _row(_field(path), path, topic, _plain(at(settings, path)), found)


def _field(path: str) -> FieldInfo:
    model: Any = Settings
    *topics, name = path.split(".")
    for step in topics:
        model = model.model_fields[step].annotation
    field: FieldInfo = model.model_fields[name]
    return field


def _row(field: FieldInfo, path: str, topic: str, value: Any, found: SettingKey | None) -> Setting:
    kind, choices, row = _kind(field.annotation)
    low, high = _limits(field)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return Setting(
        path=path,
        topic=topic,
        type=kind,
        default=_plain(default),
        value=value,
        text=field.description or "",
        changed_by=_names(found.changed_by) if found else (),
        tightened_by=_names(found.tightened_by) if found else (),
        choices=choices,
        minimum=low,
        maximum=high,
        fields=tuple(
            _row(inner, name, path, None, None) for name, inner in row.model_fields.items()
        )
        if row
        else (),
        form="hour" if _is_hour(field) else "",
        optional=type(None) in get_args(field.annotation),
    )


def _kind(annotation: Any) -> tuple[str, tuple[str, ...], type[BaseModel] | None]:
    """Give the type's word, the choices there are, and what a table's rows are."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):  # a setting that may be left out
        return _kind(next(one for one in arguments if one is not type(None)))
    if choices := _choices(annotation):
        return "choice", choices, None
    if origin is tuple:
        inner = arguments[0]
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return "table", (), inner
        return "list", _kind(inner)[1], None
    plain = {bool: "switch", int: "whole number", float: "number"}
    return plain.get(annotation, "text"), (), None


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(one.value for one in annotation)
    return ()


def _is_hour(field: FieldInfo) -> bool:
    return get_args(Hour)[1] in field.metadata or Hour in get_args(field.annotation)


def _limits(field: FieldInfo) -> tuple[float | None, float | None]:
    low = next((rule.ge for rule in field.metadata if isinstance(rule, annotated_types.Ge)), None)
    high = next((rule.le for rule in field.metadata if isinstance(rule, annotated_types.Le)), None)
    return _number(low), _number(high)


def _number(limit: Any) -> float | None:
    return None if limit is None else float(limit)


def _names(origins: frozenset[Any]) -> tuple[str, ...]:
    return tuple(sorted(origin.value for origin in origins))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
