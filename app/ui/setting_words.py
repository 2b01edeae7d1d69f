"""Settings in plain words: names, units, choices, titles. What has no words here still shows.

Which settings there are, their types, limits and meaning come from the agent, never from here.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui import wording
from app.ui.i18n import QT_TRANSLATE_NOOP
from core.model.setting import Setting

_TOPICS = {
    "discovery": QT_TRANSLATE_NOOP("Settings", "Where to search"),
    "collection": QT_TRANSLATE_NOOP("Settings", "How printers are read"),
    "privacy": QT_TRANSLATE_NOOP("Settings", "What stays in the building"),
    "secrets": QT_TRANSLATE_NOOP("Settings", "Credentials"),
    "schedule": QT_TRANSLATE_NOOP("Settings", "When things are done"),
}
_NAMES = {
    "discovery.segments": QT_TRANSLATE_NOOP("Settings", "Networks"),
    "discovery.manage_new": QT_TRANSLATE_NOOP("Settings", "Read new printers"),
    "collection.timeout": QT_TRANSLATE_NOOP("Settings", "Wait for an answer"),
    "collection.retries": QT_TRANSLATE_NOOP("Settings", "Repeat a question"),
    "collection.concurrency": QT_TRANSLATE_NOOP("Settings", "Side by side"),
    "collection.offline_after": QT_TRANSLATE_NOOP("Settings", "Offline after"),
    "collection.stale_after": QT_TRANSLATE_NOOP("Settings", "Off the reports after"),
    "privacy.addresses": QT_TRANSLATE_NOOP("Settings", "Addresses"),
    "privacy.macs": QT_TRANSLATE_NOOP("Settings", "MAC addresses"),
    "privacy.hostnames": QT_TRANSLATE_NOOP("Settings", "Names"),
    "privacy.locations": QT_TRANSLATE_NOOP("Settings", "Locations"),
    "privacy.segments": QT_TRANSLATE_NOOP("Settings", "Networks that differ"),
    "privacy.hidden": QT_TRANSLATE_NOOP("Settings", "Addresses nobody is told"),
    "secrets.backend": QT_TRANSLATE_NOOP("Settings", "Where credentials are kept"),
    "schedule.enabled": QT_TRANSLATE_NOOP("Settings", "Work by itself"),
    "schedule.read_every": QT_TRANSLATE_NOOP("Settings", "Read printers every"),
    "schedule.groups": QT_TRANSLATE_NOOP("Settings", "Groups of printers"),
    "schedule.search_days": QT_TRANSLATE_NOOP("Settings", "Search again on"),
    "schedule.search_at": QT_TRANSLATE_NOOP("Settings", "Search at"),
    "schedule.deliver_from": QT_TRANSLATE_NOOP("Settings", "Deliver from"),
    "schedule.deliver_until": QT_TRANSLATE_NOOP("Settings", "Deliver until"),
    "schedule.check_in_every": QT_TRANSLATE_NOOP("Settings", "Ask the hub every"),
    "schedule.outbox_megabytes": QT_TRANSLATE_NOOP("Settings", "Room for what waits"),
    "name": QT_TRANSLATE_NOOP("Settings", "Name"),
    "targets": QT_TRANSLATE_NOOP("Settings", "Targets"),
    "exclusions": QT_TRANSLATE_NOOP("Settings", "Left out"),
    "port": QT_TRANSLATE_NOOP("Settings", "SNMP port"),
    "credentials": QT_TRANSLATE_NOOP("Settings", "Credentials"),
    "timeout": QT_TRANSLATE_NOOP("Settings", "Wait for an answer"),
    "max_hops": QT_TRANSLATE_NOOP("Settings", "Hop limit"),
    "versions": QT_TRANSLATE_NOOP("Settings", "Versions of SNMP"),
    "read_every": QT_TRANSLATE_NOOP("Settings", "Read printers every"),
    "devices": QT_TRANSLATE_NOOP("Settings", "Printers"),
    "addresses": QT_TRANSLATE_NOOP("Settings", "Addresses"),
    "macs": QT_TRANSLATE_NOOP("Settings", "MAC addresses"),
    "hostnames": QT_TRANSLATE_NOOP("Settings", "Names"),
    "locations": QT_TRANSLATE_NOOP("Settings", "Locations"),
}
_UNITS = {
    "timeout": QT_TRANSLATE_NOOP("Settings", "s"),
    "retries": QT_TRANSLATE_NOOP("Settings", "times"),
    "concurrency": QT_TRANSLATE_NOOP("Settings", "printers"),
    "offline_after": QT_TRANSLATE_NOOP("Settings", "visits"),
    "stale_after": QT_TRANSLATE_NOOP("Settings", "days"),
    "read_every": QT_TRANSLATE_NOOP("Settings", "minutes"),
    "check_in_every": QT_TRANSLATE_NOOP("Settings", "minutes"),
    "outbox_megabytes": QT_TRANSLATE_NOOP("Settings", "MB"),
    "max_hops": QT_TRANSLATE_NOOP("Settings", "routers"),
}
_CHOICES = {
    "show": QT_TRANSLATE_NOOP("Settings", "Show"),
    "mask": QT_TRANSLATE_NOOP("Settings", "Mask"),
    "omit": QT_TRANSLATE_NOOP("Settings", "Omit"),
    "auto": QT_TRANSLATE_NOOP("Settings", "Automatic"),
    "keyring": QT_TRANSLATE_NOOP("Settings", "Keyring"),
    "file": QT_TRANSLATE_NOOP("Settings", "File"),
    "mon": QT_TRANSLATE_NOOP("Settings", "Mon"),
    "tue": QT_TRANSLATE_NOOP("Settings", "Tue"),
    "wed": QT_TRANSLATE_NOOP("Settings", "Wed"),
    "thu": QT_TRANSLATE_NOOP("Settings", "Thu"),
    "fri": QT_TRANSLATE_NOOP("Settings", "Fri"),
    "sat": QT_TRANSLATE_NOOP("Settings", "Sat"),
    "sun": QT_TRANSLATE_NOOP("Settings", "Sun"),
    "1": QT_TRANSLATE_NOOP("Settings", "v1"),
    "2c": QT_TRANSLATE_NOOP("Settings", "v2c"),
    "3": QT_TRANSLATE_NOOP("Settings", "v3"),
}
_ABSENT = {
    "max_hops": QT_TRANSLATE_NOOP("Settings", "no limit"),
    "deliver_from": QT_TRANSLATE_NOOP("Settings", "at once"),
    "deliver_until": QT_TRANSLATE_NOOP("Settings", "no end"),
}


def _plain(key: str) -> str:
    return key.replace("_", " ").strip().capitalize()


def _say(text: str) -> str:
    return QCoreApplication.translate("Settings", text)


def title(topic: str) -> str:
    """Give the title of a section."""
    return _say(_TOPICS.get(topic, _plain(topic)))


def name(row: Setting) -> str:
    """Give a setting's name."""
    return _say(_NAMES.get(row.path, _plain(row.path.rpartition(".")[2])))


def meaning(row: Setting) -> str:
    """Give the help text, which the agent brings along."""
    return QCoreApplication.translate("SettingHelp", row.text)


def unit(row: Setting) -> str:
    """Give the unit of a number, empty where it has none."""
    return _say(_UNITS.get(row.path.rpartition(".")[2], "")) if "number" in row.type else ""


def choice(value: str) -> str:
    """Give a choice in words."""
    return _say(_CHOICES.get(value, value))


def absent(row: Setting) -> str:
    """Say what it means that nothing is set."""
    return _say(_ABSENT.get(row.path.rpartition(".")[2], "")) or QCoreApplication.translate(
        "Settings", "as all others"
    )


def value(row: Setting, of: Any) -> str:
    """Give a value in words."""
    if of is None:
        return absent(row)
    if isinstance(of, bool):
        on, off = (
            QCoreApplication.translate("Settings", "on"),
            QCoreApplication.translate("Settings", "off"),
        )
        return on if of else off
    if isinstance(of, list):
        said = [choice(str(one)) for one in of if not isinstance(one, dict)]
        return ", ".join(said) or QCoreApplication.translate("Settings", "none")
    if isinstance(of, int | float):
        figure = wording.number(of) if isinstance(of, int) else wording.locale().toString(of)
        return f"{figure} {unit(row)}".strip()
    return choice(str(of)) if row.choices else str(of)


def who(row: Setting) -> str:
    """Say who may change a setting."""
    if "hub" in row.changed_by:
        return QCoreApplication.translate("Settings", "This computer and the hub")
    if "hub" in row.tightened_by:
        return QCoreApplication.translate("Settings", "This computer; the hub only stricter")
    return QCoreApplication.translate("Settings", "This computer only")


def found(row: Setting, wanted: str) -> bool:
    """Say whether every word of a search is in a setting's name, title, help or key."""
    inner = (word for one in row.fields for word in (name(one), one.text))
    text = " ".join((name(row), title(row.topic), meaning(row), row.text, row.path, *inner))
    return all(word in text.casefold() for word in wanted.casefold().split())
