"""What can go wrong at the hub."""

from __future__ import annotations

from core.model.problem import PlatenError


class HubError(PlatenError):
    """The hub cannot do what was asked of it."""


class EnrolmentRefusedError(PlatenError):
    """A code or request that the hub does not take; the text is for the person who typed it."""


class NotOursError(PlatenError):
    """A certificate that names no agent of this hub, or a revoked one."""
