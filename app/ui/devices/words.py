"""What a person reads for a device: its name, its model, its one state, its supplies."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.ui import words
from app.ui.i18n import QT_TRANSLATE_NOOP
from app.ui.tokens import Tone
from core.model.device import DeviceSummary, LatestReading
from core.model.identity import Endpoint, Identity
from core.model.problem import Problem
from core.model.reading import DeviceState, LevelState, Supply, SupplyKind


@dataclass(frozen=True, slots=True)
class StateChip:
    """A state for a person: always a word, with a tone; ``rank`` sorts trouble first (0 worst)."""

    word: str
    tone: Tone
    rank: int
    silent: bool = False

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should go and look."""
        return self.tone in {Tone.WARNING, Tone.ERROR}


_ERRORS = ("jammed", "no_toner", "no_paper", "door_open", "marker_supply_missing", "output_full")
_SERVICE = ("service_requested", "input_tray_missing", "output_tray_missing")
_WARNINGS = (
    "input_tray_empty",
    "low_paper",
    "output_near_full",
    "overdue_prevent_maint",
)
_STATES = {
    DeviceState.IDLE: (QT_TRANSLATE_NOOP("States", "Idle"), Tone.GOOD, 60),
    DeviceState.PRINTING: (QT_TRANSLATE_NOOP("States", "Printing"), Tone.GOOD, 61),
    DeviceState.WARMUP: (QT_TRANSLATE_NOOP("States", "Warming up"), Tone.GOOD, 62),
    DeviceState.SLEEP: (QT_TRANSLATE_NOOP("States", "Sleep"), Tone.GOOD, 63),
    DeviceState.OFFLINE: (QT_TRANSLATE_NOOP("States", "Offline"), Tone.NEUTRAL, 40),
    DeviceState.ERROR: (QT_TRANSLATE_NOOP("States", "Error"), Tone.ERROR, 10),
    DeviceState.UNKNOWN: (QT_TRANSLATE_NOOP("States", "State not told"), Tone.NEUTRAL, 50),
}
_CONSUMED = (SupplyKind.TONER, SupplyKind.INK, SupplyKind.RIBBON)
_COLOR_ORDER = ("black", "cyan", "magenta", "yellow")
LOW_BELOW = 10.0  # percent; a level below is worth a word even where the printer says nothing


def state_chip(summary: DeviceSummary) -> StateChip:
    """Say the one thing about a device that matters most now."""
    problem, state = summary.problem, summary.state
    if summary.stale:
        word = QCoreApplication.translate("States", "Stale")
        return StateChip(word, Tone.NEUTRAL, 41, silent=True)
    if problem is not None and not (state is not None and is_silence(problem)):
        return _problem_chip(problem)
    # One that does not answer shows its last state until the agent calls it offline.
    if problem is not None and state is DeviceState.OFFLINE:
        return _plain_chip(state)
    if summary.latest is None:
        return StateChip(QCoreApplication.translate("States", "Not read yet"), Tone.NEUTRAL, 45)
    return _latest_chip(summary.latest)


def _latest_chip(latest: LatestReading) -> StateChip:
    conditions = set(latest.status.conditions)
    low = low_supply(latest.supplies)
    error = _condition_chip(conditions, (*_ERRORS, *_SERVICE), Tone.ERROR, 0)
    if error is not None:
        return error
    if latest.status.state is DeviceState.ERROR:
        return _plain_chip(latest.status.state)
    if low is not None or "low_toner" in conditions:
        return _low_chip(low)
    warning = _condition_chip(conditions, _WARNINGS, Tone.WARNING, 21)
    return warning or _plain_chip(latest.status.state)


def _condition_chip(
    conditions: set[str], keys: tuple[str, ...], tone: Tone, rank: int
) -> StateChip | None:
    for place, key in enumerate(keys):
        if key in conditions:
            return StateChip(words.condition(key), tone, rank + place)
    return None


def is_silence(problem: Problem) -> bool:
    """Whether a visit failed because nothing answered."""
    return problem.code.endswith(("timeout", "unreachable", "no_answer"))


def _problem_chip(problem: Problem) -> StateChip:
    silent = is_silence(problem)
    text = (
        QCoreApplication.translate("States", "No answer")
        if silent
        else QCoreApplication.translate("States", "Not read")
    )
    return StateChip(text, Tone.NEUTRAL if silent else Tone.WARNING, 30, silent)


def _plain_chip(state: DeviceState) -> StateChip:
    word, tone, rank = _STATES[state]
    offline = state is DeviceState.OFFLINE
    return StateChip(QCoreApplication.translate("States", word), tone, rank, offline)


def _low_chip(low: Supply | None) -> StateChip:
    kind = low.kind if low is not None else SupplyKind.TONER
    empty = low is not None and low.state is LevelState.EMPTY
    form = (
        QCoreApplication.translate("States", "%1 empty")
        if empty
        else QCoreApplication.translate("States", "%1 low")
    )
    word = form.replace("%1", words.kind(kind), 1)
    return StateChip(word, Tone.ERROR if empty else Tone.WARNING, 8 if empty else 20)


def low_supply(supplies: tuple[Supply, ...]) -> Supply | None:
    """Give the supply that runs out first, when one is low or empty."""
    short = [s for s in supplies if s.state in {LevelState.LOW, LevelState.EMPTY} or _scarce(s)]
    return min(
        short,
        key=lambda s: (s.state is not LevelState.EMPTY, s.level_percent or 0.0),
        default=None,
    )


def _scarce(supply: Supply) -> bool:
    # A waste box tells what makers disagree on: its own state speaks, never its number.
    return (
        supply.kind is not SupplyKind.WASTE
        and supply.level_percent is not None
        and supply.level_percent < LOW_BELOW
    )


def consumed(supplies: tuple[Supply, ...]) -> list[Supply]:
    """Give toner, ink and ribbon in the order black, cyan, magenta, yellow, others."""
    found = [s for s in supplies if s.kind in _CONSUMED]
    return sorted(found, key=_color_rank)


def _color_rank(supply: Supply) -> int:
    name = supply.color or ""
    return _COLOR_ORDER.index(name) if name in _COLOR_ORDER else len(_COLOR_ORDER)


def lowest(supplies: tuple[Supply, ...]) -> Supply | None:
    """Give the consumed supply with the lowest known level, else any whose level is unknown."""
    marks = consumed(supplies)
    known = [s for s in marks if s.level_percent is not None]
    if known:
        return min(known, key=lambda s: s.level_percent or 0.0)
    return marks[0] if marks else None


def supply_line(supply: Supply) -> str:
    """Say what is left of one supply: "Yellow: 15 %"."""
    return f"{words.supply_name(supply)}: {words.level(supply.state, supply.level_percent)}"


def model_name(identity: Identity) -> str | None:
    """Give maker and model without saying the maker twice."""
    vendor, model = identity.vendor, identity.model
    if vendor and model:
        # "KONICA MINOLTA bizhub C300i" is "Konica Minolta bizhub C300i": once, as it is usual.
        bare = model[len(vendor) :].lstrip() if model.lower().startswith(vendor.lower()) else model
        return f"{vendor} {bare}".rstrip()
    return model or vendor


_CABLES = {
    "usb:": QT_TRANSLATE_NOOP("States", "USB cable"),
    "parallel:": QT_TRANSLATE_NOOP("States", "parallel cable"),
}


def cable(endpoint: Endpoint) -> str | None:
    """Name the cable of a printer that hangs on this computer; ``None`` for one of a network."""
    found = next((said for key, said in _CABLES.items() if endpoint.address.startswith(key)), None)
    return None if found is None else QCoreApplication.translate("States", found)


def address(endpoint: Endpoint) -> str:
    """Give where a printer is reached: its address, or the cable."""
    return cable(endpoint) or endpoint.address


def place_name(summary: DeviceSummary) -> str:
    """Give the name a person uses first: place, then name, host name, model, address."""
    identity = summary.device.identity
    return (
        identity.location
        or identity.name
        or identity.hostname
        or model_name(identity)
        or address(summary.device.endpoint)
    )


def second_line(summary: DeviceSummary) -> str:
    """Give what stands under the name: the model, or that there is no place or name."""
    model = model_name(summary.device.identity)
    if model is None:
        return QCoreApplication.translate("States", "model not known")
    if model == place_name(summary):
        return QCoreApplication.translate("States", "no place or name set")
    return model
