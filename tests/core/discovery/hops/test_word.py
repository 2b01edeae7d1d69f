from __future__ import annotations

import pytest

from core.discovery.hops.word import Kind, Word, network_of, word_of
from core.model.identity import Endpoint
from core.snmp.icmp import NetworkError

ROUTER = "192.0.2.1"


@pytest.mark.parametrize(
    ("host", "type_", "code", "kind"),
    [
        ("10.0.0.1", 11, 0, Kind.EXPIRED),
        ("10.0.0.1", 11, 1, Kind.NO_WAY),  # a fragment that was never whole says nothing of hops
        ("10.0.0.1", 3, 3, Kind.CLOSED),
        ("10.0.0.1", 3, 1, Kind.NO_HOST),
        ("10.0.0.1", 3, 13, Kind.NO_WAY),
        ("fd00::1", 3, 0, Kind.EXPIRED),
        ("fd00::1", 1, 4, Kind.CLOSED),
        ("fd00::1", 1, 3, Kind.NO_HOST),
        ("fd00::1", 11, 0, Kind.NO_WAY),
    ],
)
def test_each_message_has_its_meaning(host: str, type_: int, code: int, kind: Kind) -> None:
    assert word_of(NetworkError(host, 161, 113, type_, code, ROUTER)) == Word(kind, ROUTER)


def test_the_host_speaks_by_an_answer_or_by_its_closed_port() -> None:
    assert [kind for kind in Kind if Word(kind).reached] == [Kind.ANSWER, Kind.CLOSED]


def test_neighbours_are_equally_far() -> None:
    def key(address: str) -> int | str:
        return network_of(Endpoint(address))

    assert key("10.77.1.1") == key("10.77.1.254") != key("10.77.2.1")
    assert key("fd00:1::1") == key("fd00:1::ffff:1") != key("fd00:2::1")
    assert key("fe80::1%eth0") == key("fe80::2%eth0")
