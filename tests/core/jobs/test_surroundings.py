from __future__ import annotations

from core.discovery.interfaces import Interface
from core.jobs.surroundings import missing_network
from core.model.segment import Segment

LOOPBACK = Interface("lo", "127.0.0.1", 8)
SELF_GIVEN = Interface("eth0", "169.254.3.4", 16)
CABLE = Interface("eth0", "192.168.1.20", 24)


def test_an_address_of_the_network_is_needed() -> None:
    assert missing_network((), lambda: [LOOPBACK, SELF_GIVEN]) == "there is no network"
    assert missing_network((), lambda: [LOOPBACK, CABLE]) == ""


def test_what_is_inside_this_machine_needs_none() -> None:
    inside = Segment("demo", ("127.20.0.0/24",))
    outside = Segment("office", ("10.0.0.0/24",))
    assert missing_network((inside,), lambda: [LOOPBACK]) == ""
    assert missing_network((inside, outside), lambda: [LOOPBACK]) == "there is no network"
