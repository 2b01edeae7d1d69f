"""A device prepared for a list: what is shown, what is searched, what is sorted by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui import wording, words
from app.ui.devices import words as device_words
from app.ui.devices.columns import PLAIN, Column, not_read
from app.ui.devices.words import StateChip
from core.model.device import DeviceSummary
from core.model.reading import Supply

__all__ = ["Column", "DeviceRow", "make_row", "natural"]
_DIGITS = re.compile(r"(\d{1,18})")


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One row. ``haystack`` is every word of it in lower case; ``order`` the sort key a column,
    ``None`` where the value is not known (sorted last either way).
    """

    key: str
    summary: DeviceSummary
    title: str
    chip: StateChip
    supplies: tuple[Supply, ...]
    haystack: str
    order: tuple[Any, ...]

    @property
    def subtitle(self) -> str:
        """The second line: the model."""
        return device_words.second_line(self.summary)

    @property
    def total(self) -> str:
        """The total in pages, grouped, or that it is not known."""
        value = _total(self.summary)
        return words.not_known() if value is None else wording.number(value)

    @property
    def total_note(self) -> str:
        """What stands under the total: the engine's life where it is all there is, or when."""
        latest = self.summary.latest
        if latest is None:
            return not_read()
        life = latest.engine_life
        if "total" not in latest.meters and life is not None:
            return f"{wording.number(life.value)} {words.unit(life.unit)}"
        form = QCoreApplication.translate("Devices", "read %1")
        return form.replace("%1", wording.moment(latest.taken_at), 1)

    @property
    def address(self) -> str:
        """The present address, or the cable."""
        return device_words.address(self.summary.device.endpoint)

    @property
    def serial(self) -> str:
        """The serial number, or that it is not known."""
        found = self.summary.device.identity.serial
        return found or QCoreApplication.translate("Devices", "serial not known")

    @property
    def no_supplies(self) -> str:
        """What stands in place of the supplies where none are shown: read or not, that differs."""
        if self.summary.latest is None:
            return words.not_known()
        return QCoreApplication.translate("Devices", "none told")

    @property
    def supplies_text(self) -> str:
        """The supplies in words, for tool tips and screen readers."""
        parts = (
            f"{words.supply_name(s)}: {words.level(s.state, s.level_percent)}"
            for s in self.supplies
        )
        return "\n".join(parts) or self.no_supplies


def _total(summary: DeviceSummary) -> int | None:
    return None if summary.latest is None else summary.latest.meters.get("total")


def make_row(summary: DeviceSummary) -> DeviceRow:
    """Prepare a device for the list."""
    latest = summary.latest
    title = device_words.place_name(summary)
    chip = device_words.state_chip(summary)
    supplies = tuple(device_words.consumed(latest.supplies)) if latest else ()
    known = [s.level_percent for s in supplies if s.level_percent is not None]
    order = (
        natural(title),
        chip.rank,
        min(known, default=None),
        _total(summary),
        _address_order(summary.device.endpoint.address),
        *(plain.value(summary) for plain in PLAIN.values()),
    )
    return DeviceRow(
        summary.device.key, summary, title, chip, supplies, _haystack(summary, chip), order
    )


def natural(text: str) -> tuple[str | int, ...]:
    """Make a key that sorts "Office 9" before "Office 10"; words and numbers alternate."""
    parts = _DIGITS.split(text.casefold())
    return tuple(int(part) if i % 2 else part for i, part in enumerate(parts))


def _haystack(summary: DeviceSummary, chip: StateChip) -> str:
    device = summary.device
    identity = device.identity
    parts: list[str | None] = [
        identity.location,
        identity.name,
        identity.hostname,
        identity.vendor,
        identity.model,
        identity.serial,
        identity.mac,
        identity.uuid,
        identity.firmware,
        str(device.endpoint),
        device.segment,
        chip.word,
    ]
    if summary.latest is not None:
        parts.extend(words.condition(c) for c in summary.latest.status.conditions)
        parts.extend(s.description for s in summary.latest.supplies)
        parts.extend(summary.latest.status.display)
    if summary.problem is not None:
        parts.append(summary.problem.text)
    return "\n".join(part for part in parts if part).casefold()


def _address_order(address: str) -> tuple[int, int | str]:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return (9, address)
    return (found.version, int(found))
