"""The networks that are suggested to a person, in their order."""

from __future__ import annotations

import pytest

from core.discovery.interfaces import Interface
from core.discovery.suggesting import Kind, suggest
from core.discovery.targets import own_subnets


def test_wires_come_first_then_tunnels_then_what_is_inside() -> None:
    found = suggest(
        [
            Interface("lo", "127.0.0.1", 8),
            Interface("docker0", "172.17.0.1", 16),
            Interface("wg0", "10.99.0.2", 24),
            Interface("eth0", "10.3.7.20", 8),
            Interface("tun0", "10.8.0.6", 32),
            Interface("wlan0", "192.168.1.34", 24),
            Interface("eth1", "169.254.3.4", 16),
        ]
    )
    assert [(one.target, one.kind) for one in found] == [
        ("10.3.0.0/20", Kind.LAN),
        ("192.168.1.0/24", Kind.LAN),
        ("10.99.0.0/24", Kind.TUNNEL),
        ("172.17.0.0/20", Kind.INSIDE),
    ]
    assert [one.whole for one in found] == ["10.0.0.0/8", "", "", "172.17.0.0/16"]
    assert found[2].interface == "wg0"


def test_a_network_that_is_reached_twice_stands_once_by_its_wire() -> None:
    wires = [Interface("tun0", "10.1.2.3", 24), Interface("eth0", "10.1.2.4", 24)]
    (one,) = suggest(wires)
    assert (one.interface, one.kind) == ("eth0", Kind.LAN)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("enp3s0", Kind.LAN),
        ("Ethernet", Kind.LAN),
        ("Wi-Fi 2", Kind.LAN),
        ("Intel(R) Ethernet Connection I219-LM", Kind.LAN),
        ("TAP-Windows Adapter V9", Kind.TUNNEL),
        ("WireGuard Tunnel", Kind.TUNNEL),
        ("Cisco AnyConnect Virtual Miniport", Kind.TUNNEL),
        ("utun3", Kind.TUNNEL),
        ("tailscale0", Kind.TUNNEL),
        ("vEthernet (WSL)", Kind.INSIDE),
        ("VirtualBox Host-Only Network", Kind.INSIDE),
        ("VMware Network Adapter VMnet8", Kind.INSIDE),
        ("br-1a2b3c", Kind.INSIDE),
    ],
)
def test_what_an_interface_is_shows_in_its_name(name: str, kind: Kind) -> None:
    assert suggest([Interface(name, "10.1.2.3", 24)])[0].kind is kind


def test_unasked_only_wires_and_radio_are_searched_and_never_more_than_a_part() -> None:
    interfaces = [
        Interface("lo", "127.0.0.1", 8),
        Interface("wg0", "10.99.0.2", 24),
        Interface("docker0", "172.17.0.1", 16),
        Interface("vEthernet (WSL)", "172.28.0.1", 20),
        Interface("eth0", "10.1.2.3", 24),
        Interface("eth1", "10.1.2.4", 24),
        Interface("wlan0", "172.16.200.9", 12),
        Interface("tun0", "10.8.0.2", 32),
        Interface("eth2", "169.254.3.4", 16),
    ]
    assert own_subnets(interfaces) == ("10.1.2.0/24", "172.16.192.0/20")
    assert own_subnets(interfaces[:3]) == ()
