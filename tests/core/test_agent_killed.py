"""kill -9 of agent and hub in the middle of a collection: nothing lost, nothing stored twice."""

from __future__ import annotations

import random
import signal
import time

import pytest

from tests.support.simulated import simulated
from tests.support.site import Site, site

NETWORK = "127.29.1.0/24"
KILLS = 20
KILLED = -signal.SIGKILL


@pytest.fixture(scope="module")
def printers():
    with simulated(NETWORK, 16, port=1161):
        yield


@pytest.fixture
def enrolled(tmp_path, printers):
    with site(tmp_path) as made:
        made.start_hub()
        made.start_agent()
        made.enrol()
        found = made.platen("scan", NETWORK, "--port", "1161", "--fast")
        assert found.returncode == 0, found.stderr
        yield made


def assert_nothing_lost_or_doubled(made: Site) -> None:
    made.wait_until_delivered()
    at_agent, at_hub = made.agent_keys(), made.hub_keys()
    assert len(set(at_agent)) == len(at_agent) > 0
    assert len(set(at_hub)) == len(at_hub)
    assert set(at_agent) <= set(at_hub)
    assert len(at_hub) == made.agent_stored()


@pytest.mark.timeout(300)
def test_kills_at_random_moments_lose_and_double_nothing(enrolled):
    chance = random.Random(20)
    with enrolled.collecting():
        for kill in range(2 * KILLS):
            time.sleep(chance.uniform(0.05, 0.7))  # the moment is the point of the test
            if kill % 2:
                assert enrolled.agent.end(signal.SIGKILL) == KILLED
                enrolled.start_agent()
            else:
                assert enrolled.hub.end(signal.SIGKILL) == KILLED
                enrolled.start_hub()
    assert_nothing_lost_or_doubled(enrolled)


@pytest.mark.parametrize("moment", ["before_the_send", "before_the_forgetting"])
def test_the_agent_killed_at_a_named_moment(enrolled, moment):
    assert enrolled.agent.end() == 0
    enrolled.start_agent("-m", "tests.support.killed_at", moment, "1")
    with enrolled.collecting():
        assert enrolled.agent.died() == KILLED
    assert enrolled.agent_keys()
    enrolled.start_agent()
    assert_nothing_lost_or_doubled(enrolled)


def test_the_hub_killed_after_its_commit_before_the_acknowledgement(enrolled):
    assert enrolled.hub.end() == 0
    enrolled.start_hub("-m", "tests.support.killed_at", "before_the_acknowledgement", "1")
    with enrolled.collecting():
        assert enrolled.hub.died() == KILLED
    assert enrolled.hub_keys()  # it had stored them, and nobody knows
    enrolled.start_hub()
    assert_nothing_lost_or_doubled(enrolled)
