"""Settings: ``settings.toml`` in the data folder, one model a topic."""

from __future__ import annotations

from core.settings.file import LoadedSettings, Settings, SettingsError
from core.settings.keys import SettingKey, describe
from core.settings.topics import Collection, Discovery, SegmentSettings

__all__ = [
    "Collection",
    "Discovery",
    "LoadedSettings",
    "SegmentSettings",
    "SettingKey",
    "Settings",
    "SettingsError",
    "describe",
]
