"""Actions: what a face may ask of the agent, and from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.model.in_force import IN_FORCE
from core.model.rule import Rule
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
    CHECK_IN = "check_in"
    RENEW = "renew"
    UPKEEP = "upkeep"
    PAUSE = "pause"
    RESUME = "resume"
    ENROL = "enrol"
    MANAGE = "manage"
    COMPACT = "compact"
    CANCEL = "cancel"
    SET_SETTINGS = "set_settings"
    SET_CREDENTIALS = "set_credentials"
    DELETE_CREDENTIALS = "delete_credentials"
    SET_RULE = "set_rule"
    DELETE_RULE = "delete_rule"
    TEST_RULE = "test_rule"
    ACKNOWLEDGE = "acknowledge"
    SKIP_NEXT = "skip_next"
    TEST_CONNECTION = "test_connection"
    PAGE_LINK = "page_link"
    PREPARE_BUNDLE = "prepare_bundle"
    SEND_BUNDLE = "send_bundle"
    SEND_LOGS = "send_logs"
    DISMISS = "dismiss"
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

    def __post_init__(self) -> None:
        IN_FORCE.add(self.communities)


@dataclass(frozen=True, slots=True)
class CollectArguments:
    """Read these devices (keys), or every managed one when empty.

    The visits begin within ``spread`` seconds, one after the other (0: at once). ``general`` says
    that the devices named are all that are read at the usual times.
    """

    devices: tuple[str, ...] = ()
    spread: float = 0.0
    general: bool = False


@dataclass(frozen=True, slots=True)
class ReadArguments:
    """Read one address; the printer is stored as a device like any other."""

    address: str
    port: int = 161
    communities: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        IN_FORCE.add(self.communities)


@dataclass(frozen=True, slots=True)
class EnrolArguments:
    """Enrol at the dealer's hub with a one-time code."""

    hub: str
    code: str = field(repr=False)

    def __post_init__(self) -> None:
        IN_FORCE.add((self.code,))


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
class PauseArguments:
    """Do nothing by itself for so many minutes, or until it is ended (``None``)."""

    minutes: int | None = None
    reason: str = "a person at this machine asked for it"


@dataclass(frozen=True, slots=True)
class StopArguments:
    """End the agent; ``reason`` is told to whoever looks at the schedule next."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetSettingsArguments:
    """Set these settings (dotted keys, values as in JSON); ``null`` brings a default back.

    ``seen`` is what a person had before them: where one of these is another by now, nothing is set
    (``setting_changed``), so that nobody's change is lost unseen.
    """

    values: dict[str, Any]
    seen: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SetCredentialsArguments:
    """Keep credentials under a name, in place of what was there.

    ``credentials`` has "communities" (texts), "users" (as ``core.snmp.v3.user.V3User``) and
    "logins" (as ``core.secrets.WebLogin``); never shown or logged.
    """

    name: str
    credentials: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeleteCredentialsArguments:
    """Forget the credentials of a name."""

    name: str


@dataclass(frozen=True, slots=True)
class SetRuleArguments:
    """Make a rule, or change the one with its id.

    ``seen`` is the rule as a person had it before them, ``new`` says that they saw none of this
    id: where it is another by now, nothing is changed (``rule_changed``).
    """

    rule: Rule
    seen: Rule | None = None
    new: bool = False


@dataclass(frozen=True, slots=True)
class DeleteRuleArguments:
    """Forget a rule (id); a built-in one is then as it was."""

    rule: str


@dataclass(frozen=True, slots=True)
class RuleTestArguments:
    """Say what an own condition would say of these devices (keys), or of all managed ones."""

    expression: str
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcknowledgeArguments:
    """Note that somebody has seen these alerts (keys)."""

    alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SkipNextArguments:
    """Pass the next time over that a rule (id) fires for a device (key)."""

    device: str
    rule: str


@dataclass(frozen=True, slots=True)
class ConnectionTestArguments:
    """Test the way to the hub: to this one (``HOST:PORT``), or the enrolled one when empty."""

    hub: str = ""


@dataclass(frozen=True, slots=True)
class SendBundleArguments:
    """Send the bundle with this reference number, which ``prepare_bundle`` gave."""

    reference: str


@dataclass(frozen=True, slots=True)
class NoArguments:
    """For actions that need none."""


ARGUMENTS: dict[ActionKind, type] = {
    ActionKind.DISCOVER: DiscoverArguments,
    ActionKind.COLLECT: CollectArguments,
    ActionKind.READ: ReadArguments,
    ActionKind.DELIVER: NoArguments,
    ActionKind.CHECK_IN: NoArguments,
    ActionKind.RENEW: NoArguments,
    ActionKind.UPKEEP: NoArguments,
    ActionKind.PAUSE: PauseArguments,
    ActionKind.RESUME: NoArguments,
    ActionKind.ENROL: EnrolArguments,
    ActionKind.MANAGE: ManageArguments,
    ActionKind.COMPACT: NoArguments,
    ActionKind.CANCEL: CancelArguments,
    ActionKind.SET_SETTINGS: SetSettingsArguments,
    ActionKind.SET_CREDENTIALS: SetCredentialsArguments,
    ActionKind.DELETE_CREDENTIALS: DeleteCredentialsArguments,
    ActionKind.SET_RULE: SetRuleArguments,
    ActionKind.DELETE_RULE: DeleteRuleArguments,
    ActionKind.TEST_RULE: RuleTestArguments,
    ActionKind.ACKNOWLEDGE: AcknowledgeArguments,
    ActionKind.SKIP_NEXT: SkipNextArguments,
    ActionKind.TEST_CONNECTION: ConnectionTestArguments,
    ActionKind.PAGE_LINK: NoArguments,
    ActionKind.PREPARE_BUNDLE: NoArguments,
    ActionKind.SEND_BUNDLE: SendBundleArguments,
    ActionKind.SEND_LOGS: NoArguments,
    ActionKind.DISMISS: NoArguments,
    ActionKind.STOP: StopArguments,
}
