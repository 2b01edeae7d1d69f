"""What the page shows of the agent: its state, its hub, its schedule, what is wrong."""

from __future__ import annotations

from core.model.problem import Problem
from core.model.schedule import LaneStatus, Outcome, RunRecord
from core.model.status import AgentStatus
from core.page.doing import Done
from core.page.html import Html, Part, chip, el, escape, join, moment

_STATES = {
    "idle": ("Idle", "good"),
    "working": ("Working", "accent"),
    "attention": ("Attention", "warning"),
}
_OUTCOMES = {
    Outcome.RUNNING: ("running", "accent"),
    Outcome.DONE: ("done", "good"),
    Outcome.FAILED: ("failed", "error"),
    Outcome.SKIPPED: ("skipped", "neutral"),
    Outcome.MISSED: ("missed", "warning"),
}


def state(found: AgentStatus) -> Html:
    """Make the header's chip and line."""
    word, tone = _STATES.get(found.state, (found.state, "neutral"))
    chips = [chip(word, tone)]
    if found.schedule.pause is not None:
        chips.append(chip("Paused", "warning"))
    return join(*chips, el("span", f"Version {found.version}", class_="muted"))


def notice(problem: Problem, tone: str = "warning") -> Html:
    """Make a box that says what is wrong and what to do."""
    mark = el("strong", "Failed" if tone == "error" else "Attention", class_="mark")
    return el(
        "div", el("p", mark, " ", problem.text), el("p", problem.remedy, class_="muted"),
        class_=f"notice {tone}",
    )  # fmt: skip


def notices(found: AgentStatus) -> Html:
    """Make the boxes on top: what is wrong with the agent, and why the page is where it is."""
    rescued = found.rescued if found.rescued != found.problem else None
    problems = [found.problem, rescued, found.page.problem if found.page else None]
    return join(*(notice(problem) for problem in problems if problem is not None))


def facts(found: AgentStatus) -> Html:
    """Make the card of the agent."""
    hub = found.hub
    who = f"{hub.hub_name or 'the server'}, for {hub.customer or 'this customer'}"
    rows: list[tuple[str, Part]] = [
        ("Dealer's server", join(who, " ", el("span", hub.address, class_="muted"))
         if hub.enrolled else chip("Not connected to a dealer", "neutral")),
        ("Waiting for delivery", _waiting(found.waiting)),
        ("Last delivery", moment(hub.last_delivery)),
        ("Last check-in", moment(hub.last_check_in)),
        ("Certificate until", moment(hub.certificate_ends, "there is none")),
        ("Devices", f"{found.devices:,}"),
        ("Last search", moment(found.last_scan)),
        ("Last reading", moment(found.last_collection)),
        ("Running since", moment(found.started_at)),
        ("Last away", found.schedule.away or "not, as far as is known"),
        ("This page", found.page.url if found.page else None),
    ]  # fmt: skip
    return _pairs(rows)


def _waiting(count: int) -> str:
    return f"{count:,} to be delivered" if count else "nothing: all is delivered"


def _pairs(rows: list[tuple[str, Part]]) -> Html:
    return el("dl", *(el("div", el("dt", name), el("dd", value)) for name, value in rows))


def schedule(found: AgentStatus, pausing: Done | None, resuming: Done | None) -> Html:
    """Make the card of what runs by itself, with the button that pauses or resumes it."""
    pause = found.schedule.pause
    failed = next((d.problem for d in (pausing, resuming) if d and d.problem), None)
    parts: list[Part] = []
    if pause is not None:
        until = moment(pause.until) if pause.until else escape("somebody resumes it")
        said = join("Paused until ", until, f": {pause.reason}.")
        parts.append(el("p", said))
    if not found.schedule.lanes:
        parts.append(el("p", "Nothing is done by itself: the schedule is off.", class_="muted"))
    else:
        parts.append(_lanes(found.schedule.lanes))
    parts.append(
        el("p", el("button", "Resume", type="button", data_do="resume", class_="primary"))
        if pause is not None
        else el("p", el("button", "Pause for an hour", type="button", data_do="pause"))
    )
    if failed is not None:
        parts.append(notice(failed, "error"))
    return join(*parts)


def _lanes(lanes: tuple[LaneStatus, ...]) -> Html:
    head = el("tr", *(el("th", name, scope="col") for name in ("What", "Last", "Next")))
    rows = (
        el("tr", el("th", lane.title, scope="row"), el("td", _last(lane.last)),
           el("td", lane.waits_for or moment(lane.next, "not while paused")))
        for lane in lanes
    )  # fmt: skip
    return _table(head, *rows)


def _table(head: Html, *rows: Html) -> Html:
    return el("div", el("table", el("thead", head), el("tbody", *rows)), class_="scroll",
              tabindex="0", role="region", aria_label="Table")  # fmt: skip


def _last(record: RunRecord | None) -> Html:
    if record is None:
        return el("span", "not yet", class_="muted")
    word, tone = _OUTCOMES[record.outcome]
    reason = record.reason if record.outcome is not Outcome.DONE else ""
    small = el("div", reason, class_="muted small") if reason else None
    return join(moment(record.started or record.planned), " ", chip(word, tone), small)
