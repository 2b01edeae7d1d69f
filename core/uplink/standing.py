"""How the agent's certificate stands: whether a person should know that it comes to its end."""

from __future__ import annotations

import datetime as dt

from core.model.problem import PlatenError, Problem
from core.uplink.connection import Enrolment, check_lapse
from core.uplink.renewal import lapses, renews

#: So long a renewal may fail unsaid: a hub that is away over a weekend is no reason to worry.
PATIENCE = dt.timedelta(days=3)
#: From here on it is said whatever the reason.
SOON = dt.timedelta(days=14)
_UNTRIED = "it has not been renewed: nothing has tried to."
_TRY = "Have the schedule switched on, and this computer running: it is tried once a day."


def certificate_problem(
    enrolment: Enrolment, failed: Problem | None, now: dt.datetime
) -> Problem | None:
    """Say that the certificate has lapsed, or that it ends and its renewal does not come about.

    ``failed`` is why the last renewal failed (``None``: none has, since the last that worked).
    """
    try:
        check_lapse(enrolment, now)
    except PlatenError as error:
        return error.problem
    due, ends = renews(enrolment), lapses(enrolment)
    left = ends - now
    failing = failed is not None and now - due >= PATIENCE
    if now < due or not (failing or left < SOON):
        return None
    why = f"its renewal fails: {failed.text}" if failed else _UNTRIED
    remedy = failed.remedy if failed else _TRY
    return Problem(
        "certificate_ending",
        f"This agent's certificate for the hub ends {_in(left)}, on {ends:%Y-%m-%d}, and {why}",
        f"{remedy} Without it nothing is delivered until the agent is enrolled again.".strip(),
    )


def _in(left: dt.timedelta) -> str:
    if left.days < 1:
        return "in less than a day"
    return f"in {left.days} day{'' if left.days == 1 else 's'}"
