"""Two real agents with a user for every combination, started once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.model.identity import Endpoint
from tests.support.v3_agents import every_user, snmpd_v3, snmpsim_v3

RECORD = "1.3.6.1.2.1.1.1.0|4|A printer\n1.3.6.1.2.1.1.5.0|4|shelf\n"


@dataclass(frozen=True, slots=True)
class Agents:
    """Where they listen."""

    snmpd: Endpoint
    snmpsim: Endpoint


@pytest.fixture(scope="session")
def agents():
    users = every_user()
    with snmpd_v3("127.46.0.1", users) as snmpd, snmpsim_v3("127.46.0.2", RECORD, users) as sim:
        yield Agents(snmpd, sim)
