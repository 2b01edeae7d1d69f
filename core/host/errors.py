"""What the operating system refused, in words for a person."""

from __future__ import annotations

from core.model.problem import PlatenError, RefusedError


class HostError(PlatenError):
    """The operating system refused something that Platen needs.

    Codes: ``folder_unusable``, ``folder_exposed``, ``file_exposed``.
    """


class AlreadyRunningError(RefusedError):
    """Another agent holds the data folder (code ``agent_already_running``)."""
