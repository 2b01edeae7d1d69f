"""The way to this computer's own CUPS server: its Unix socket, else its port on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.discovery.local.errors import SpoolerError

if TYPE_CHECKING:
    import aiohttp

SOCKETS: Final = (
    Path("/run/cups/cups.sock"),
    Path("/var/run/cups/cups.sock"),
    Path("/private/var/run/cupsd"),  # macOS
)
# Nothing else is ever asked here: a server on the network has its own printers, not ours.
_LOOPBACK: Final = "http://127.0.0.1:631/"
_HEADERS: Final = {
    "Accept": "application/ipp",
    "Accept-Encoding": "identity",
    "Content-Type": "application/ipp",
    "Host": "localhost",
    "User-Agent": "Platen",
}
_MOST: Final = 4_194_304  # octets: a print server with a thousand queues takes a quarter of it
_REMEDY: Final = "Check that CUPS is installed and runs; printers without a queue are found anyway."


class CupsWire:
    """Posts IPP to CUPS. ``loopback`` ``None`` leaves the port out; ``seconds`` bound one post."""

    def __init__(
        self,
        sockets: Sequence[Path] = SOCKETS,
        loopback: str | None = _LOOPBACK,
        seconds: float = 5.0,
    ) -> None:
        self._sockets = tuple(sockets)
        self._loopback = loopback
        self._seconds = seconds

    async def post(self, body: bytes, seconds: float | None = None) -> bytes:
        """Post one request and give the answer.

        Raises ``SpoolerError``: ``cups_absent``, ``cups_silent``, ``cups_denied``, ``cups_failed``.
        """
        import aiohttp  # noqa: PLC0415 - late: it takes 19 MB, and many computers have no CUPS

        patience = self._seconds if seconds is None else seconds
        socket = next((path for path in self._sockets if path.is_socket()), None)
        if socket is None and self._loopback is None:
            raise SpoolerError("cups_absent", "There is no CUPS server here.", _REMEDY)
        url = "http://localhost/" if socket is not None else str(self._loopback)
        connector: aiohttp.BaseConnector
        connector = aiohttp.UnixConnector(str(socket)) if socket else aiohttp.TCPConnector()
        try:
            async with (
                asyncio.timeout(patience),
                aiohttp.ClientSession(
                    connector=connector, auto_decompress=False, trust_env=False
                ) as session,
                session.post(url, data=body, headers=_HEADERS, allow_redirects=False) as response,
            ):
                return await _answer(response)
        except TimeoutError:
            text = f"CUPS gave no answer within {patience:g} s."
            raise SpoolerError("cups_silent", text, "Restart CUPS, then try again.") from None
        except aiohttp.ClientConnectorError as error:
            # Without a socket a closed port only says that no CUPS is installed.
            code = "cups_absent" if socket is None else "cups_failed"
            reason = error.os_error.strerror or "no connection"
            raise SpoolerError(code, f"CUPS cannot be asked: {reason}.", _REMEDY) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise SpoolerError("cups_failed", "CUPS broke off its answer.", _REMEDY) from None


async def _answer(response: aiohttp.ClientResponse) -> bytes:
    if response.status in {401, 403}:
        text = "CUPS does not let this user ask for that."
        remedy = "Nothing has to be done: what CUPS keeps back is read from the system itself."
        raise SpoolerError("cups_denied", text, remedy)
    if response.status != 200:
        text = f"CUPS answers with the HTTP status {response.status}."
        raise SpoolerError("cups_failed", text, _REMEDY)
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > _MOST:
            text = f"CUPS answers with more than {_MOST} octets."
            raise SpoolerError("cups_failed", text, _REMEDY)
        parts.append(part)
    return b"".join(parts)
