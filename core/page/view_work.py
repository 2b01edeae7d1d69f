"""What the page shows of its own work: connection tests, enrolment; and the log."""

from __future__ import annotations

from collections.abc import Sequence

from core.model.connection import ConnectionStep, StepResult
from core.page.doing import Done
from core.page.html import Html, Part, chip, el, join, moment
from core.page.log import Line
from core.page.view_agent import notice

_RESULTS = {
    StepResult.OK: ("OK", "good"),
    StepResult.WARNING: ("Look", "warning"),
    StepResult.FAILED: ("Failed", "error"),
    StepResult.SKIPPED: ("Not tried", "neutral"),
}
_LEVELS = {"warning": "warning", "error": "error", "critical": "error"}


def tests(done: Done | None) -> Html:
    """Make the steps of the connection test, as far as they have come."""
    if done is None:
        return el("p", "Not run yet: it takes a few seconds and changes nothing.", class_="muted")
    parts: list[Part] = [el("ol", *(_step(step) for step in done.steps), class_="steps")]
    if done.running:
        parts.append(el("p", "Testing…", class_="muted", role="status"))
    if done.problem is not None:
        parts.append(notice(done.problem, "error"))
    return join(*parts)


def _step(step: ConnectionStep) -> Html:
    word, tone = _RESULTS[step.result]
    took = "" if step.result is StepResult.SKIPPED else _took(step.took_ms)
    remedy = el("p", step.remedy, class_="remedy") if step.remedy else None
    return el(
        "li",
        el("div", chip(word, tone), class_="result"),
        el("div", el("strong", step.title), el("p", step.cause), remedy),
        el("span", took, class_="muted small"),
    )


def _took(took_ms: float) -> str:
    return "under 1 ms" if took_ms < 1 else f"{took_ms:.0f} ms"


def enrolment(done: Done | None) -> Html:
    """Say how the last enrolment from this page stands."""
    if done is None:
        return join()
    if done.running:
        return el("p", "Connecting…", class_="muted", role="status")
    if done.problem is not None:
        return notice(done.problem, "error")
    return el("p", chip("Done", "good"), " ", f"{done.text}.", role="status")


def log(lines: Sequence[Line]) -> Html:
    """Make the list of the last lines of the log, newest first."""
    if not lines:
        return el("p", "Nothing has been logged since the agent started.", class_="muted")
    return el("ol", *(_line(line) for line in lines), class_="log")


def _line(line: Line) -> Html:
    level = chip(line.level, _LEVELS.get(line.level, "neutral"))
    return el("li", moment(line.at), level, el("span", line.text))
