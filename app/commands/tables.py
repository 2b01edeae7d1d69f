"""Tables and sentences for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from app.commands.times import here
from core.model.device import DeviceSummary
from core.model.event import DeviceChanged
from core.model.evidence import Finding
from core.model.identity import Identity
from core.model.page import PageStatus
from core.model.plain import plain
from core.model.problem import Problem
from core.model.provenance import Provenance
from core.model.reading import LevelState, Reading, Supply
from core.model.schedule import Outcome, RunRecord, ScheduleStatus
from core.model.status import AgentStatus, HubStatus
from core.telemetry.second_way import SecondWord

_UNKNOWN = "not known"
_LONGEST = 500
_WORDS = {
    LevelState.SOME_REMAINING: "some left",
    LevelState.UNKNOWN: "not known",
    LevelState.UNLIMITED: "no limit",
    LevelState.LOW: "low",
    LevelState.EMPTY: "empty",
    LevelState.OK: "ok",
}


def new_table(*columns: str) -> Table:
    """Make an empty table in the house's style."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def add_row(table: Table, *cells: str) -> None:
    """Add a row; what printers say may hold escape sequences, and never reaches a terminal raw."""
    table.add_row(*(plain(cell, _LONGEST) for cell in cells))


def _pairs(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, value in rows:
        add_row(table, name, value)
    return table


def name_of(identity: Identity) -> str:
    """Give vendor and model in one, without saying the vendor twice."""
    return identity.called or _UNKNOWN


def heading(identity: Identity, place: str) -> Text:
    """Give the line above a reading: which printer, and where."""
    return Text.assemble((plain(name_of(identity), _LONGEST), "bold"), f" at {place}")


def level(supply: Supply) -> str:
    """Give a supply's level in words or per cent; never a number that nobody measured."""
    if supply.level_percent is not None:
        return f"{supply.level_percent:.0f} %"
    return _WORDS[supply.state]


def supplies(rows: Iterable[Supply]) -> str:
    """Give the supplies in one line."""
    return ", ".join(f"{row.color or row.kind.value} {level(row)}" for row in rows) or "none told"


def findings(rows: Sequence[Finding]) -> Table:
    """Make the table of ``platen discover``."""
    table = new_table("Address", "Hops", "Printer", "Serial", "MAC", "Evidence")
    for row in rows:
        identity = row.identity
        add_row(
            table,
            str(row.endpoint),
            _UNKNOWN if row.hops is None else str(row.hops),
            name_of(identity),
            identity.serial or _UNKNOWN,
            identity.mac or _UNKNOWN,
            "; ".join(e.detail for e in row.evidence),
        )
    return table


def devices(rows: Sequence[DeviceSummary]) -> Table:
    """Make the table of ``platen devices``."""
    table = new_table(
        "Device", "Address", "Printer", "Serial", "Total", "Supplies", "State", "Read"
    )
    for row in rows:
        device, latest = row.device, row.latest
        total = latest.meters.get("total") if latest else None
        state = row.state.value if row.state else "not read yet"
        if row.stale:
            state = f"{state}, off the reports"
        add_row(
            table,
            device.key,
            str(device.endpoint),
            name_of(device.identity),
            device.identity.serial or _UNKNOWN,
            f"{total:,}" if total is not None else _UNKNOWN,
            supplies(latest.supplies) if latest else "",
            f"{state}; failed: {_short(row.problem)}" if row.problem else state,
            here(latest.taken_at) if latest else "never",
        )
    return table


def _short(problem: Problem) -> str:
    """Name a problem in the words of its code: --json has the sentence, and what to do."""
    return problem.code.replace("_", " ")


def one_device(changed: DeviceChanged) -> str:
    """Give the line that a scan or a collection prints for a device."""
    device = changed.device.device
    parts = [f"  {changed.what:8}", str(device.endpoint), name_of(device.identity)]
    latest = changed.device.latest
    if changed.what == "read" and latest is not None:
        total = latest.meters.get("total")
        parts.append("total not known" if total is None else f"total {total:,}")
        parts.append(supplies(latest.supplies))
    return plain("  ".join(parts), _LONGEST)


def status(found: AgentStatus) -> Table:
    """Make the table of ``platen status``."""
    hub = found.hub
    rows = [
        ("state", found.state),
        ("version", f"{found.version}, process {found.pid}"),
        ("data", found.data_folder),
        ("secrets", found.secrets.title if found.secrets else "unknown"),
        ("devices", f"{found.devices}"),
        ("segments", "; ".join(s.name for s in found.segments) or "none approved yet"),
        ("last scan", found.last_scan or "never"),
        ("last read", found.last_collection or "never"),
        ("running", ", ".join(a.kind for a in found.running) or "nothing"),
        ("hub", f"{hub.hub_name} at {hub.address}" if hub.enrolled else "not enrolled"),
        ("waiting", f"{found.waiting} to be delivered"),
    ]
    if hub.certificate_ends is not None:
        rows.append(("certificate", _certificate(hub)))
    rows.append(("local page", _page(found.page)))
    rows += _schedule(found.schedule)
    if found.problem is not None:
        rows.append(("problem", f"{found.problem.text} {found.problem.remedy}"))
    if found.rescued is not None and found.rescued != found.problem:
        rows.append(("note", f"{found.rescued.text} {found.rescued.remedy}"))
    return _pairs((name, here(value)) for name, value in rows)


def _certificate(hub: HubStatus) -> str:
    problem = hub.certificate_problem
    if problem is None:
        return f"good until {hub.certificate_ends}, renewed by itself before"
    return f"{problem.text} {problem.remedy}".strip()


def _page(page: PageStatus | None) -> str:
    if page is None:
        return "none"
    why = f"{page.problem.text} {page.problem.remedy}" if page.problem else ""
    if page.url is None:
        return why or "not yet"
    return f"{page.url}  {why}" if why else f"{page.url} (platen page opens it, signed in)"


def _schedule(schedule: ScheduleStatus) -> list[tuple[str, str]]:
    if not schedule.lanes:
        return [("schedule", "nothing is done by itself: it is switched off")]
    rows = [("schedule", f"by the clock of {schedule.zone}")]
    for lane in schedule.lanes:
        last = f"last {_ran(lane.last)}" if lane.last else "not yet run"
        then = lane.waits_for or (f"next {lane.next}" if lane.next else "not while paused")
        rows.append(("", f"{lane.title}: {last}; {then}"))
    if schedule.away:
        rows.append(("last away", schedule.away))
    if schedule.pause is not None:
        until = schedule.pause.until or "somebody resumes it"
        rows.append(("paused", f"until {until}: {schedule.pause.reason}"))
    return rows


def _ran(record: RunRecord) -> str:
    why = f" ({record.reason})" if record.reason and record.outcome is not Outcome.DONE else ""
    return f"{record.started or record.planned} {record.outcome}{why}"


def runs(records: Sequence[RunRecord]) -> Table:
    """Make the table of ``platen runs``."""
    table = new_table("Planned", "What", "Came to", "How many", "Why")
    for record in records:
        late = ", late" if record.late and record.outcome is Outcome.DONE else ""
        add_row(
            table,
            here(record.planned),
            record.lane,
            f"{record.outcome}{late}",
            f"{record.count}",
            here(record.reason),
        )
    return table


def reading(row: Reading, also: Mapping[str, SecondWord] | None = None) -> Table:
    """Make the table of ``platen read``, each number with its origin; ``also`` is what another
    source says of the same.
    """
    table = new_table("What", "Value", "From", "Rule")
    for path, origin in row.provenance.items():
        seen = row.observation(path)
        value = "" if seen is None else _text(seen.value)
        add_row(table, path, value, _origin(origin), origin.rule)
        if also and (other := also.get(path)) is not None:
            add_row(table, "  asked another way", _text(other.value), _origin(other), other.rule)
    return table


def _origin(of: Provenance | SecondWord) -> str:
    return f"{of.source} {', '.join(of.refs[:2])}" + (" ..." if len(of.refs) > 2 else "")


def _text(value: object) -> str:
    if value is None:
        return _UNKNOWN
    if isinstance(value, tuple):
        return " | ".join(map(str, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)
