"""Makes the table of what is read of every recording.

    python docs/make_readings_table.py [FOLDER]          writes docs/readings.md, a line for each
    python docs/make_readings_table.py --full [FOLDER]   prints every value with where it is from

``FOLDER`` holds recordings (``*.snmprec``); by default the one that the tests read.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.model.identity import Endpoint, Identity
from core.model.provenance import Confidence, Provenance
from core.model.reading import Alert, EngineLife, Reading, Supply, Tray
from core.telemetry.errors import NotAPrinterError
from core.telemetry.reader import read_printers
from tests.support.recorded import RecordedAgent, walks_folder

_HERE = Path(__file__).resolve().parent
_SHORT = (("1.3.6.1.2.1.", "mib-2."), ("1.3.6.1.4.1.", "ent."))
_IDENTITY = ("vendor", "model", "serial", "mac", "firmware", "hostname", "uuid", "name", "location")
_HEAD = """# What is read of every recording

Made by `python docs/make_readings_table.py`; with `--full` it prints every value with the place and
the rule that gave it. The tests compare each of them with what was worked out of the recordings'
rows by hand (`tests/data/expected/walks.toml`). `?` marks what is doubtful, `-3` and its like are
states and never a percentage.

| recording | machine | serial, MAC | meters | supplies | status | alerts |
|---|---|---|---|---|---|---|
"""


def read(path: Path) -> tuple[Reading, ...]:
    """Read one recording; nothing where it is no printer's."""
    agent = RecordedAgent.from_file(path)
    try:
        return asyncio.run(read_printers(agent, Endpoint("192.0.2.9"), "2026-01-01T00:00:00Z"))
    except NotAPrinterError:
        return ()


def full_table(name: str, reading: Reading) -> str:
    """Write every value of a reading with its source, as Markdown."""
    lines = [f"## {name}", "", "| what | value | from | rule |", "|---|---|---|---|"]
    for path, value in values(reading):
        origin = reading.provenance.get(path)
        lines.append(f"| {path} | {_cell(value)} | {_places(origin)} | {_rule(origin)} |")
    lines += [f"| note | {_cell(note.text)} | | {note.code} |" for note in reading.notes]
    return "\n".join(lines) + "\n"


def values(reading: Reading) -> Iterator[tuple[str, str]]:
    """Give every value that is known, by its path in the provenance."""
    for field in _IDENTITY:
        known = getattr(reading.identity, field)
        if known is not None:
            yield f"identity.{field}", known
    yield from ((f"meters.{key}", str(n)) for key, n in sorted(reading.meters.items()))
    if reading.engine_life is not None:
        yield "engine_life", life(reading.engine_life)
    for supply in reading.supplies:
        yield from _row("supplies", supply.index, supply, _SUPPLY)
    for tray in reading.trays:
        yield from _row("trays", tray.index, tray, _TRAY)
    yield "status.state", reading.status.state.value
    if reading.status.conditions:
        yield "status.conditions", ", ".join(reading.status.conditions)
    if reading.status.display:
        yield "status.display", " / ".join(reading.status.display)
    yield from ((f"alerts[{a.index}]", alert_text(a)) for a in reading.alerts)


_SUPPLY = (
    "kind", "color", "description", "level_percent", "state", "part", "serial", "remaining_pages",
)  # fmt: skip
_TRAY = ("name", "description", "media", "level", "capacity", "level_percent", "state")


def _row(
    head: str, index: str, row: Supply | Tray, fields: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = getattr(row, field)
        if value is not None:
            yield f"{head}[{index}].{field}", str(value)


def alert_text(alert: Alert) -> str:
    """Write an alert in a line."""
    parts = (alert.severity.value, alert.code, alert.description)
    return " ".join(str(part) for part in parts if part is not None)


def life(engine: EngineLife) -> str:
    """Write an engine's life with its unit."""
    return f"{engine.value} {engine.unit}"


def line(name: str, reading: Reading) -> str:
    """Write a reading in one line of the short table."""
    identity = reading.identity
    meters = [_meter(reading, key, number) for key, number in reading.meters.items()]
    if reading.engine_life is not None:
        meters.append(f"life {life(reading.engine_life)}")
    status = [reading.status.state.value, *reading.status.conditions]
    cells = (
        name,
        _machine(identity),
        " ".join(filter(None, (identity.serial, identity.mac))),
        ", ".join(meters),
        ", ".join(map(_supply, reading.supplies)),
        ", ".join(status),
        ", ".join(map(alert_text, reading.alerts)),
    )
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |\n"


def _machine(identity: Identity) -> str:
    vendor, model = identity.vendor or "", identity.model or ""
    named = model.casefold().startswith(vendor.casefold()) and bool(model)
    return model if named else f"{vendor} {model}".strip()


def _meter(reading: Reading, key: str, number: int) -> str:
    doubtful = reading.provenance[f"meters.{key}"].confidence is Confidence.DOUBTFUL
    return f"{key} {number}{'?' if doubtful else ''}"


def _supply(supply: Supply) -> str:
    what = " ".join(filter(None, (supply.color, supply.kind.value)))
    pages = "" if supply.remaining_pages is None else f" ({supply.remaining_pages} pages)"
    if supply.level_percent is None:
        return f"{what} {supply.state.value}{pages}"
    return f"{what} {supply.level_percent:g} %{pages}"


def _places(origin: Provenance | None) -> str:
    return "" if origin is None else ", ".join(map(_short, origin.refs))


def _rule(origin: Provenance | None) -> str:
    if origin is None:
        return ""
    doubt = " (doubtful)" if origin.confidence is Confidence.DOUBTFUL else ""
    return _cell(origin.rule) + doubt


def _short(ref: str) -> str:
    for long, short in _SHORT:
        if ref.startswith(long):
            return short + ref.removeprefix(long)
    return ref


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def short_table(paths: Iterable[Path]) -> str:
    """Write the short table of these recordings."""
    lines = [line(path.stem, reading) for path in paths for reading in read(path)]
    return _HEAD + "".join(lines)


def main(arguments: list[str]) -> int:
    """Do what the head of this file says; give the exit status."""
    full = "--full" in arguments
    named = [a for a in arguments if a != "--full"]
    paths = sorted((Path(named[0]) if named else walks_folder()).glob("*.snmprec"))
    if not paths:
        sys.stderr.write("There are no recordings.\n")
        return 1
    if full:
        for path in paths:
            for reading in read(path):
                sys.stdout.write(full_table(path.stem, reading) + "\n")
    else:
        (_HERE / "readings.md").write_text(short_table(paths), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
