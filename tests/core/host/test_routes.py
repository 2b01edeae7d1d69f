from __future__ import annotations

import sys
from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.host import routes
from core.host.routes import (
    Route,
    best,
    parse_linux,
    parse_netstat,
    parse_windows,
    system_routes,
)

LINUX = """\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
*\t00000A0A\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0
wlan0\t0001A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0
"""
WINDOWS = """\
===========================================================================
Schnittstellenliste
 11...00 00 5e 00 53 01 ......Ethernet-Adapter
===========================================================================

IPv4-Routentabelle
===========================================================================
Aktive Routen:
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
          0.0.0.0          0.0.0.0      192.168.1.1    192.168.1.20     25
        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331
      192.168.1.0    255.255.255.0   Auf Verbindung      192.168.1.20    281
        224.0.0.0        240.0.0.0   Auf Verbindung      192.168.1.20    281
===========================================================================
St\xe4ndige Routen:
  Netzwerkadresse          Netzmaske  Gatewayadresse  Metrik
         10.9.0.0      255.255.0.0      192.168.1.9       1
===========================================================================
"""
MACOS = """\
Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.1.1        UGScg                 en0
127                127.0.0.1          UCS                   lo0
169.254            link#6             UCS                   en0      !
192.168.1          link#6             UCS                   en0      !
192.168.1.1/32     link#6             UCS                   en0      !
192.168.1.77       0:0:5e:0:53:7      UHLWI                 en0   1167
10.8/16            192.168.1.9        UGSc                  en0
10.9/16            127.0.0.1          UGSRB                 lo0
"""


def _way(table: tuple[Route, ...], address: str) -> str | None:
    route = best(table, address)
    assert route is not None
    return route.gateway


def test_linux_says_which_networks_are_its_own() -> None:
    if sys.byteorder != "little":
        pytest.skip("the text was recorded on a machine that counts from the other end")
    table = parse_linux(LINUX)
    assert _way(table, "192.168.1.5") is None
    assert _way(table, "10.10.0.1") == "192.168.1.1", "a route that rejects is none"
    assert best(table, "192.168.1.5") == Route(IPv4Network("192.168.1.0/24"), None, "eth0", 100)


def test_windows_is_read_in_any_language() -> None:
    table = parse_windows(WINDOWS)
    assert len(table) == 4
    assert _way(table, "192.168.1.5") is None
    assert _way(table, "10.9.0.1") == "192.168.1.1", "only active routes count"
    assert best(table, "8.8.8.8") == Route(
        IPv4Network("0.0.0.0/0"), "192.168.1.1", "192.168.1.20", 25
    )


def test_macos_shortens_what_it_lists() -> None:
    table = parse_netstat(MACOS)
    assert _way(table, "192.168.1.5") is None
    assert _way(table, "10.8.1.1") == "192.168.1.9"
    assert _way(table, "10.9.1.1") == "192.168.1.1"
    assert best(table, "169.254.7.7") == Route(IPv4Network("169.254.0.0/16"), None, "en0")


def test_without_a_fitting_route_there_is_none() -> None:
    own = tuple(route for route in parse_windows(WINDOWS) if route.gateway is None)
    assert best(own, "8.8.8.8") is None
    assert best((), "8.8.8.8") is None


@given(st.text(alphabet="0123456789abc./ \t\ndefault-UG*", max_size=300), st.integers(0, 2**32 - 1))
def test_nothing_that_is_listed_can_harm(text: str, number: int) -> None:
    for parse in (parse_linux, parse_windows, parse_netstat):
        best(parse(text), str(IPv4Address(number)))


def test_this_machine_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(isinstance(route, Route) for route in system_routes())
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(routes, "_output", lambda *_: MACOS)
    assert system_routes() == parse_netstat(MACOS)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(routes, "_output", lambda *_: WINDOWS)
    assert system_routes() == parse_windows(WINDOWS)


def test_a_machine_that_shows_no_routes_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(routes, "_output", refuse)
    assert system_routes() == ()
