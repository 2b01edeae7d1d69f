"""The table of devices, as the border lets it be seen."""

from __future__ import annotations

from core.model.device import DeviceSummary, LatestReading
from core.model.identity import Identity
from core.model.reading import DeviceState, LevelState, Supply, SupplyKind
from core.page.html import Html, chip, el, join, moment

_STATES = {
    DeviceState.IDLE: ("Idle", "good"),
    DeviceState.PRINTING: ("Printing", "good"),
    DeviceState.WARMUP: ("Warming up", "good"),
    DeviceState.SLEEP: ("Sleep", "good"),
    DeviceState.OFFLINE: ("Offline", "neutral"),
    DeviceState.ERROR: ("Error", "error"),
    DeviceState.UNKNOWN: ("State not told", "neutral"),
}
_LEVELS = {
    LevelState.OK: "fine, amount not told",
    LevelState.LOW: "low",
    LevelState.EMPTY: "empty",
    LevelState.SOME_REMAINING: "some left",
    LevelState.UNKNOWN: "not known",
    LevelState.UNLIMITED: "no limit",
}
_MARKS = (SupplyKind.TONER, SupplyKind.INK, SupplyKind.RIBBON)
_COLORS = {"black": "k", "cyan": "c", "magenta": "m", "yellow": "y"}
_COLUMNS = ("Printer", "Address", "Serial", "Total", "Supplies", "State", "Read")


def devices(rows: list[DeviceSummary], total: int) -> Html:
    """Make the table, or say that there is nothing to show yet."""
    if not rows:
        return el(
            "p", "No printers yet. Search for them in the window, or with: platen scan.",
            class_="muted",
        )  # fmt: skip
    head = el("tr", *(el("th", name, scope="col") for name in _COLUMNS))
    table = el("table", el("thead", head), el("tbody", *(_row(row) for row in rows)))
    more = f"{len(rows):,} of {total:,} are shown; all are in the window and in platen devices."
    return join(
        el("div", table, class_="scroll", tabindex="0", role="region", aria_label="Devices"),
        el("p", more, class_="muted") if total > len(rows) else None,
    )


def _row(row: DeviceSummary) -> Html:
    identity, latest = row.device.identity, row.latest
    total = latest.meters.get("total") if latest else None
    name, under = _names(identity)
    return el(
        "tr",
        el("th", el("div", name), el("div", under, class_="muted small"), scope="row"),
        el("td", str(row.device.endpoint)),
        _known(identity.serial),
        _known(None if total is None else f"{total:,}", "number"),
        el("td", _supplies(latest)),
        el("td", _state(row)),
        el("td", moment(latest.taken_at if latest else None)),
    )


def _known(value: str | None, kind: str | None = None) -> Html:
    if value is None:
        return el("td", el("span", "not known", class_="muted"), class_=kind)
    return el("td", value, class_=kind)


def _names(identity: Identity) -> tuple[str, str]:
    """Give the name that a person uses first, and the model under it."""
    vendor, model = identity.vendor or "", identity.model or ""
    both = model if model.lower().startswith(vendor.lower()) else f"{vendor} {model}".strip()
    both = both or vendor or "Model not known"
    name = identity.location or identity.name or identity.hostname
    return (name, both) if name else (both, "no place or name set")


def _state(row: DeviceSummary) -> Html:
    if row.problem is not None:
        silent = row.problem.code.endswith(("timeout", "unreachable", "no_answer"))
        word, tone = ("No answer", "neutral") if silent else ("Not read", "warning")
        return join(chip(word, tone), el("div", row.problem.text, class_="muted small"))
    if row.latest is None:
        return chip("Not read yet", "neutral")
    word, tone = _STATES[row.state or row.latest.status.state]
    said = [c.replace("_", " ").capitalize() for c in row.latest.status.conditions]
    if not said:
        return chip(word, tone)
    # What needs a hand comes first, the state under it.
    more = f"{word}, {len(said) - 1} more" if len(said) > 1 else word
    tone = "error" if tone == "error" else "warning"
    return join(chip(said[0], tone), el("div", more, class_="muted small"))


def _supplies(latest: LatestReading | None) -> Html:
    found = [s for s in latest.supplies if s.kind in _MARKS] if latest else []
    if not found:
        return el("span", "not known", class_="muted")
    order = list(_COLORS)
    found.sort(key=lambda s: order.index(s.color) if s.color in _COLORS else len(order))
    return el("div", *(_bar(supply) for supply in found[:6]), class_="supplies")


def _bar(supply: Supply) -> Html:
    """Make a bar with its words; an unknown level is hatched, never empty."""
    percent = supply.level_percent
    level = _LEVELS[supply.state] if percent is None else f"{percent:.0f} %"
    name = f"{(supply.color or supply.kind.value).capitalize()}: {level}"
    tint = _COLORS.get(supply.color or "", "k")
    if percent is None:
        gauge = el("span", class_="track hatched")
    else:
        # No inline style passes the policy: an attribute of its own does.
        gauge = el("progress", class_=tint, value=f"{percent:.0f}", max="100", aria_label=name)
    # A colour is never the only sign; what has no letter is named by pointing at it.
    letter = el("span", tint.upper() if supply.color in _COLORS else "", class_="letter")
    return el("span", letter, gauge, el("span", level, class_="small"), title=name, class_="supply")
