"""Screens in memory do not take each other's place."""

from __future__ import annotations

import sys

import pytest

from tests.support.netns import places
from tests.support.xvfb import Screen, missing, screen

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is Linux's"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


def answers(shown: Screen) -> bool:
    return shown.run("xdotool", "getdisplaygeometry") == "640 480"


def test_screens_in_networks_of_their_own_are_two() -> None:
    with places(2) as (here, there), here.inside(), screen(640, 480) as first:
        with there.inside(), screen(640, 480) as second:
            assert second.display != first.display
            assert answers(second)
            assert answers(first)
        assert answers(first)
