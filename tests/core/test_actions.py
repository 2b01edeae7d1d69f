"""The origin table: what the hub may and may never ask."""

from __future__ import annotations

import pytest

from core import actions
from core.model.action import ARGUMENTS, ActionKind, Origin
from core.model.problem import ProblemKind, RefusedError


def test_every_action_has_a_line_and_arguments():
    assert set(actions.ALLOWED) == set(ActionKind) == set(ARGUMENTS)


def test_a_person_at_this_machine_may_do_everything():
    for kind in ActionKind:
        actions.check(kind, Origin.CONSOLE)


@pytest.mark.parametrize("kind", [ActionKind.ENROL, ActionKind.STOP, ActionKind.READ])
def test_the_hub_is_refused_what_only_a_person_here_may_do(kind):
    with pytest.raises(RefusedError) as caught:
        actions.check(kind, Origin.HUB)
    assert caught.value.problem.kind is ProblemKind.REFUSED
    assert kind.value in caught.value.problem.text


def test_the_hub_may_search_approved_segments_and_no_others():
    actions.check_discover(Origin.HUB, names_segments=False)
    with pytest.raises(RefusedError):
        actions.check_discover(Origin.HUB, names_segments=True)
    actions.check_discover(Origin.CONSOLE, names_segments=True)
