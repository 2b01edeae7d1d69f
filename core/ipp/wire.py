"""What the client needs of HTTP, whoever provides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from core.ipp.policy import IppPolicy
from core.ipp.target import IppTarget
from core.ipp.tls import TlsNote


@dataclass(frozen=True, slots=True)
class HttpReply:
    """An HTTP response. ``body`` is read for status 200 only; header values as they came."""

    status: int
    content_type: str | None
    location: str | None
    body: bytes
    tls: TlsNote | None = None


class Wire(Protocol):
    """Posts a request and gives the response; redirects are not followed here."""

    async def post(self, target: IppTarget, body: bytes, policy: IppPolicy) -> HttpReply:
        """Post ``body``; raises ``core.ipp.errors.IppError`` when there is no whole response."""
        ...
