"""Actions: what a face may ask of the agent, and from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.model.segment import Segment


class Origin(StrEnum):
    """Where an action came from. The channel decides it, never the caller."""

    CONSOLE = "console"  # a person at this machine
    HUB = "hub"  # the dealer's server
    SCHEDULE = "schedule"  # the agent itself


class ActionKind(StrEnum):
    """Every action there is; ``core.actions`` says who may ask for which."""

    DISCOVER = "discover"
    COLLECT = "collect"
    READ = "read"
    DELIVER = "deliver"
    ENROL = "enrol"
    MANAGE = "manage"
    CANCEL = "cancel"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class DiscoverArguments:
    """Search ``segments``, or the approved ones when empty.

    ``communities`` (ordered) is used for every segment given here, and never shown or logged.
    ``remember`` approves the segments given here and keeps them (console only). ``fast`` sends at
    the technician's pace and does not wait for printers that sleep. ``read_found`` reads the
    devices that were found, once they are found.
    """

    segments: tuple[Segment, ...] = ()
    communities: tuple[str, ...] = field(default=(), repr=False)
    remember: bool = False
    fast: bool = False
    read_found: bool = False


@dataclass(frozen=True, slots=True)
class CollectArguments:
    """Read these devices (keys), or every managed one when empty."""

    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadArguments:
    """Read one address; the printer is stored as a device like any other."""

    address: str
    port: int = 161
    communities: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class EnrolArguments:
    """Enrol at the dealer's hub with a one-time code."""

    hub: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ManageArguments:
    """Read these devices (keys) from now on, or only list them."""

    devices: tuple[str, ...]
    managed: bool


@dataclass(frozen=True, slots=True)
class CancelArguments:
    """Cancel a running action."""

    action_id: str


@dataclass(frozen=True, slots=True)
class NoArguments:
    """For actions that need none."""


ARGUMENTS: dict[ActionKind, type] = {
    ActionKind.DISCOVER: DiscoverArguments,
    ActionKind.COLLECT: CollectArguments,
    ActionKind.READ: ReadArguments,
    ActionKind.DELIVER: NoArguments,
    ActionKind.ENROL: EnrolArguments,
    ActionKind.MANAGE: ManageArguments,
    ActionKind.CANCEL: CancelArguments,
    ActionKind.STOP: NoArguments,
}
