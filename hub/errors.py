"""What can go wrong at the hub."""

from __future__ import annotations

from core.model.problem import BadInputError, PlatenError, ProblemKind


class HubError(PlatenError):
    """The hub cannot do what was asked of it."""


class HubFullError(HubError):
    """There is no room on the hub's disk."""


class EnrolmentRefusedError(PlatenError):
    """A code or request that the hub does not take; the text is for the person who typed it."""

    kind = ProblemKind.REFUSED


class NotOursError(PlatenError):
    """A certificate that names no agent of this hub, or a revoked one."""

    kind = ProblemKind.REFUSED


class HubInputError(BadInputError):
    """What the dealer typed cannot be used."""
