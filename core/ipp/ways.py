"""The ways to a printer at an address, tried until one answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.ipp.answer import IppAnswer
from core.ipp.asking import Trace
from core.ipp.errors import (
    IppError,
    IppNoResourcesError,
    IppRefusedError,
    IppTimeoutError,
    IppUnreachableError,
)
from core.ipp.names import IDENTITY
from core.ipp.network import IppNetwork
from core.ipp.policy import IppPolicy
from core.ipp.target import IPP_PORT, IppTarget


@dataclass(frozen=True, slots=True)
class Way:
    """A TCP port, with or without TLS from the first octet on (RFC 7472)."""

    port: int
    tls: bool


WAYS: Final = (Way(IPP_PORT, tls=False), Way(IPP_PORT, tls=True), Way(443, tls=True))


async def find_printer(
    network: IppNetwork,
    address: str,
    names: Sequence[str] = IDENTITY,
    *,
    ways: Sequence[Way] = WAYS,
    path: str | None = None,
    policy: IppPolicy = IppPolicy(),  # noqa: B008 - frozen
    trace: Trace | None = None,
) -> IppAnswer:
    """Ask at ``address`` in these ways, one after the other; ``path`` is tried first in each.

    A port at which nothing listens is not tried again. Raises the ``IppError`` of the way that
    came nearest to an answer, ``ValueError`` for no way at all.
    """
    failures: list[IppError] = []
    closed: set[int] = set()
    for way in ways:
        if way.port in closed:
            continue
        target = IppTarget(address, way.port, way.tls, path)
        try:
            return await network.client(target, policy, trace).get(names)
        except (IppUnreachableError, IppNoResourcesError):
            raise
        except IppError as error:
            failures.append(error)
            if _is_closed(error):
                closed.add(way.port)
    if not failures:
        raise ValueError("no way to ask")
    raise max(failures, key=lambda error: error.nearness)


def _is_closed(error: IppError) -> bool:
    if isinstance(error, IppTimeoutError):
        return not error.connected
    return isinstance(error, IppRefusedError)
