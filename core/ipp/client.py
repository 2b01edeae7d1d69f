"""One printer asked by IPP: its path and version are found out with the first question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from core.ipp.answer import IppAnswer
from core.ipp.asking import Asking, Trace
from core.ipp.deny import refuse_denied
from core.ipp.errors import (
    IppError,
    IppHttpStatusError,
    IppMalformedError,
    IppNoPrinterError,
    IppRedirectError,
    IppStatusError,
    IppTimeoutError,
)
from core.ipp.policy import IppPolicy
from core.ipp.question import VERSIONS
from core.ipp.status import Status
from core.ipp.target import IppTarget
from core.ipp.wire import Wire

# The path of IPP Everywhere and AirPrint, then those of older printers.
PATHS: Final = ("/ipp/print", "/ipp", "/ipp/printer", "/")

_NOT_HERE_HTTP: Final = frozenset({400, 403, 404, 405, 410, 415, 500, 501})
_NOT_HERE: Final = frozenset(
    {
        Status.BAD_REQUEST,
        Status.NOT_POSSIBLE,
        Status.NOT_FOUND,
        Status.GONE,
        Status.ATTRIBUTES_OR_VALUES_NOT_SUPPORTED,
        Status.OPERATION_NOT_SUPPORTED,
    }
)


class IppClient:
    """Asks one printer for attributes; there is no other operation here.

    ``target`` without a path stands for the usual paths, with one it is tried before them. ``gate``
    bounds what is under way at once, over all clients; waiting for it counts towards no deadline.
    """

    def __init__(
        self,
        wire: Wire,
        target: IppTarget,
        policy: IppPolicy,
        clock: Callable[[], float],
        gate: asyncio.Semaphore,
        trace: Trace | None = None,
    ) -> None:
        self._wire = wire
        self._target = target
        self._policy = policy
        self._clock = clock
        self._gate = gate
        self._trace = trace
        self._known: IppTarget | None = None
        self._versions: tuple[tuple[int, int], ...] = VERSIONS

    async def get(self, names: Sequence[str]) -> IppAnswer:
        """Get-Printer-Attributes for ``names`` (RFC 8011 section 4.2.5); absent ones are absent.

        Raises ``IppError`` when no printer answers, ``RefusedError`` for a name that is never
        asked (``core.ipp.deny``), ``ValueError`` for no name at all.
        """
        if not names:
            raise ValueError("no attribute to ask for")
        refuse_denied(names)
        async with self._gate:
            asking = Asking(self._wire, names, self._policy, self._clock, self._trace)
            try:
                async with asyncio.timeout(self._policy.deadline):
                    return await self._everywhere(asking)
            except TimeoutError:
                raise IppTimeoutError(self._target, self._policy.deadline) from None

    async def _everywhere(self, asking: Asking) -> IppAnswer:
        failures: list[IppError] = []
        for target in self._places():
            try:
                return await self._in_versions(asking, target)
            except IppError as error:
                if asking.spent or self._known is not None or not _not_here(error):
                    raise max((*failures, error), key=_nearness) from None
                failures.append(error)
        raise max(failures, key=_nearness)

    def _places(self) -> tuple[IppTarget, ...]:
        if self._known is not None:
            return (self._known,)
        first = self._target.path
        paths = PATHS if first is None else (first, *(path for path in PATHS if path != first))
        return tuple(self._target.at(path) for path in paths)

    async def _in_versions(self, asking: Asking, target: IppTarget) -> IppAnswer:
        *newer, oldest = self._versions
        for version in newer:
            try:
                return await self._ask(asking, target, version)
            except IppError as error:
                if asking.spent or not _older_may_do(error, version):
                    raise
        return await self._ask(asking, target, oldest)

    async def _ask(self, asking: Asking, target: IppTarget, version: tuple[int, int]) -> IppAnswer:
        answer = await asking.ask(target, version, known=self._known is not None)
        self._known, self._versions = answer.target, (version,)
        return answer


def _nearness(error: IppError) -> int:
    return error.nearness


def _not_here(error: IppError) -> bool:
    """Whether another path of the same server may do."""
    match error:
        case IppHttpStatusError():
            return error.status in _NOT_HERE_HTTP
        case IppStatusError():
            return error.status in _NOT_HERE
        case _:
            return isinstance(error, IppMalformedError | IppRedirectError | IppNoPrinterError)


def _older_may_do(error: IppError, version: tuple[int, int]) -> bool:
    """Whether to ask again in the next older version.

    Beside those that say so, some printers that know no 2.0 answer it with a bad request (by IPP or
    HTTP), or with success and nothing.
    """
    if isinstance(error, IppStatusError) and error.status == Status.VERSION_NOT_SUPPORTED:
        return True
    if version != VERSIONS[0]:
        return False
    match error:
        case IppStatusError():
            return error.status == Status.BAD_REQUEST
        case IppHttpStatusError():
            return error.status == 400
        case _:
            return isinstance(error, IppNoPrinterError)
