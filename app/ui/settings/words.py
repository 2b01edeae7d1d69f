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
    "discovery": QT_TRANSLATE_NOOP("Settings", "Networks to search"),
    "collection": QT_TRANSLATE_NOOP("Settings", "Reading printers"),
    "privacy": QT_TRANSLATE_NOOP("Settings", "Privacy"),
    "secrets": QT_TRANSLATE_NOOP("Settings", "Passwords"),
    "schedule": QT_TRANSLATE_NOOP("Settings", "Schedule"),
}
_NAMES = {
    "discovery.segments": QT_TRANSLATE_NOOP("Settings", "Networks"),
    "discovery.manage_new": QT_TRANSLATE_NOOP("Settings", "Read new printers automatically"),
    "collection.timeout": QT_TRANSLATE_NOOP("Settings", "Timeout"),
    "collection.retries": QT_TRANSLATE_NOOP("Settings", "Retries"),
    "collection.concurrency": QT_TRANSLATE_NOOP("Settings", "Printers read at the same time"),
    "collection.offline_after": QT_TRANSLATE_NOOP("Settings", "Offline after"),
    "collection.stale_after": QT_TRANSLATE_NOOP("Settings", "Leave out of reports after"),
    "privacy.addresses": QT_TRANSLATE_NOOP("Settings", "Addresses"),
    "privacy.macs": QT_TRANSLATE_NOOP("Settings", "MAC addresses"),
    "privacy.hostnames": QT_TRANSLATE_NOOP("Settings", "Host names and printer names"),
    "privacy.locations": QT_TRANSLATE_NOOP("Settings", "Locations"),
    "privacy.segments": QT_TRANSLATE_NOOP("Settings", "Exceptions for single networks"),
    "privacy.hidden": QT_TRANSLATE_NOOP("Settings", "Addresses to hide always"),
    "secrets.backend": QT_TRANSLATE_NOOP("Settings", "Where passwords are kept"),
    "schedule.enabled": QT_TRANSLATE_NOOP("Settings", "Automatic work"),
    "schedule.read_every": QT_TRANSLATE_NOOP("Settings", "Read printers every"),
    "schedule.groups": QT_TRANSLATE_NOOP("Settings", "Groups of printers"),
    "schedule.search_days": QT_TRANSLATE_NOOP("Settings", "Days of the search"),
    "schedule.search_at": QT_TRANSLATE_NOOP("Settings", "Time of the search"),
    "schedule.deliver_from": QT_TRANSLATE_NOOP("Settings", "Send to the dealer from"),
    "schedule.deliver_until": QT_TRANSLATE_NOOP("Settings", "Send to the dealer until"),
    "schedule.check_in_every": QT_TRANSLATE_NOOP("Settings", "Contact the dealer every"),
    "schedule.outbox_megabytes": QT_TRANSLATE_NOOP("Settings", "Space for unsent readings"),
    "name": QT_TRANSLATE_NOOP("Settings", "Name"),
    "targets": QT_TRANSLATE_NOOP("Settings", "Addresses to search"),
    "exclusions": QT_TRANSLATE_NOOP("Settings", "Exclusions"),
    "port": QT_TRANSLATE_NOOP("Settings", "SNMP port"),
    "credentials": QT_TRANSLATE_NOOP("Settings", "Passwords"),
    "timeout": QT_TRANSLATE_NOOP("Settings", "Timeout"),
    "max_hops": QT_TRANSLATE_NOOP("Settings", "Hop limit"),
    "versions": QT_TRANSLATE_NOOP("Settings", "Versions of SNMP"),
    "read_every": QT_TRANSLATE_NOOP("Settings", "Read printers every"),
    "devices": QT_TRANSLATE_NOOP("Settings", "Printers"),
    "addresses": QT_TRANSLATE_NOOP("Settings", "Addresses"),
    "macs": QT_TRANSLATE_NOOP("Settings", "MAC addresses"),
    "hostnames": QT_TRANSLATE_NOOP("Settings", "Host names and printer names"),
    "locations": QT_TRANSLATE_NOOP("Settings", "Locations"),
}
_UNITS = {
    "timeout": QT_TRANSLATE_NOOP("Settings", "s"),
    "retries": QT_TRANSLATE_NOOP("Settings", "times"),
    "concurrency": QT_TRANSLATE_NOOP("Settings", "printers"),
    "offline_after": QT_TRANSLATE_NOOP("Settings", "failed readings"),
    "stale_after": QT_TRANSLATE_NOOP("Settings", "days"),
    "read_every": QT_TRANSLATE_NOOP("Settings", "minutes"),
    "check_in_every": QT_TRANSLATE_NOOP("Settings", "minutes"),
    "outbox_megabytes": QT_TRANSLATE_NOOP("Settings", "MB"),
    "max_hops": QT_TRANSLATE_NOOP("Settings", "routers"),
}
_CHOICES = {
    "show": QT_TRANSLATE_NOOP("Settings", "Show"),
    "mask": QT_TRANSLATE_NOOP("Settings", "Mask"),
    "omit": QT_TRANSLATE_NOOP("Settings", "Leave out"),
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
#: Other words for what stands in a place, for the search.
_ALSO = {
    "discovery.segments": QT_TRANSLATE_NOOP(
        "Settings", "community password subnet ip range vlan segment snmpv3 exclude router"
    ),
    "discovery.manage_new": QT_TRANSLATE_NOOP("Settings", "discover found manage ignore auto"),
    "collection.timeout": QT_TRANSLATE_NOOP("Settings", "slow wait seconds"),
    "collection.retries": QT_TRANSLATE_NOOP("Settings", "repeat again attempts"),
    "collection.concurrency": QT_TRANSLATE_NOOP("Settings", "parallel load speed side by side"),
    "collection.stale_after": QT_TRANSLATE_NOOP("Settings", "stale old silent weeks"),
    "privacy": QT_TRANSLATE_NOOP(
        "Settings", "hide mask anonymous anonymise gdpr pseudonym secret ip dealer hub logs"
    ),
    "secrets": QT_TRANSLATE_NOOP(
        "Settings", "password community keyring keychain vault snmpv3 login credentials"
    ),
    "schedule": QT_TRANSLATE_NOOP("Settings", "interval automatic timer when"),
    "schedule.search": QT_TRANSLATE_NOOP("Settings", "scan discover rescan weekday"),
    "schedule.deliver": QT_TRANSLATE_NOOP("Settings", "upload send hub window hours"),
    "schedule.check_in": QT_TRANSLATE_NOOP("Settings", "hub server poll"),
    "schedule.outbox": QT_TRANSLATE_NOOP("Settings", "disk queue offline hub"),
}
_ABSENT = {
    "max_hops": QT_TRANSLATE_NOOP("Settings", "no limit"),
    "deliver_from": QT_TRANSLATE_NOOP("Settings", "any time"),
    "deliver_until": QT_TRANSLATE_NOOP("Settings", "any time"),
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
        "Settings", "same as all others"
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
        return f"{_figure(row, of)} {unit(row)}".strip()
    return choice(str(of)) if row.choices else str(of)


def counts(row: Setting) -> bool:
    """Whether a number counts something; a port only names one, and has no thousands."""
    return row.path.rpartition(".")[2] != "port"


def _figure(row: Setting, of: float) -> str:
    if not counts(row):
        return str(of)
    return wording.number(int(of)) if float(of).is_integer() else wording.locale().toString(of)


def who(row: Setting) -> str:
    """Say who may change a setting."""
    if "hub" in row.changed_by:
        return QCoreApplication.translate("Settings", "Set here or by the dealer")
    if "hub" in row.tightened_by:
        return QCoreApplication.translate("Settings", "Set here; the dealer only stricter")
    return QCoreApplication.translate("Settings", "Set here only")


def who_in_full(row: Setting) -> str:
    """Say who may change a setting, in a sentence."""
    if "hub" in row.changed_by:
        text = QT_TRANSLATE_NOOP(
            "Settings", "Anybody at this computer may change this, and the dealer from its server."
        )
    elif "hub" in row.tightened_by:
        text = QT_TRANSLATE_NOOP(
            "Settings",
            "Anybody at this computer may change this. The dealer may only set it so that less "
            "is sent.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "Settings", "Only somebody at this computer may change this, never the dealer."
        )
    return _say(text)


def limits(row: Setting) -> str:
    """Say between which numbers a setting may be; "" where it is no number, or has no such."""
    if "number" not in row.type or row.minimum is None or row.maximum is None:
        return ""
    form = QCoreApplication.translate("Settings", "%1 to %2")
    for place, limit in (("%1", row.minimum), ("%2", row.maximum)):
        whole = int(limit) if float(limit).is_integer() else limit
        form = form.replace(place, _figure(row, whole), 1)
    return f"{form} {unit(row)}".strip()


def found(row: Setting, wanted: str) -> bool:
    """Say whether every word of a search is in a setting's name, title, help or key, or is another
    word for it.
    """
    inner = (word for one in row.fields for word in (name(one), one.text))
    others = (_say(words) for place, words in _ALSO.items() if row.path.startswith(place))
    said = (name(row), title(row.topic), meaning(row), row.text, row.path, *inner, *others)
    text = " ".join(said).casefold()
    return all(word in text for word in wanted.casefold().split())
