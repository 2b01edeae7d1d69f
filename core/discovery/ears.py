"""Where we listen for announcements, and what it is called when we cannot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.discovery.interfaces import Interface, Path
from core.discovery.plan import Laid
from core.discovery.spans import merge
from core.model.problem import PlatenError


class ListenError(PlatenError):
    """Announcements cannot be heard here; codes ``dns_sd_deaf`` and ``ws_discovery_deaf``."""

    def __init__(self, code: str, what: str, reason: str) -> None:
        text = f"{what} cannot be listened to on this machine: {reason}."
        remedy = "Check this machine's firewall and what else listens there; SNMP is not concerned."
        super().__init__(code, text, remedy)


def own_addresses(laid: Iterable[Laid], interfaces: Sequence[Interface]) -> tuple[str, ...]:
    """Give the addresses of ours whose wire has targets on it: announcements go no further."""
    on_link = [lanes for one in laid if (lanes := one.lanes.get(Path.ON_LINK)) is not None]
    return tuple(
        dict.fromkeys(
            interface.address
            for interface in interfaces
            if any(len(targets.inside(_span(interface))) for targets in on_link)
        )
    )


def _span(interface: Interface) -> tuple[tuple[int, int], ...]:
    network = interface.network
    return merge([(int(network.network_address), int(network.broadcast_address))])
