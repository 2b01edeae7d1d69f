"""The origin table: which action may come from where.

This one file is the restricted scope of remote actions. What is not listed is refused. A person at
this machine may do everything; the dealer's hub only what stands here beside ``HUB``.
"""

from __future__ import annotations

from core.model.action import ActionKind, Origin
from core.model.problem import RefusedError

_CONSOLE, _HUB, _SCHEDULE = Origin.CONSOLE, Origin.HUB, Origin.SCHEDULE

ALLOWED: dict[ActionKind, frozenset[Origin]] = {
    # Search the approved segments. Approving new ones is a matter of the console alone: see
    # ``check_discover`` below.
    ActionKind.DISCOVER: frozenset({_CONSOLE, _HUB, _SCHEDULE}),
    # Read the managed devices.
    ActionKind.COLLECT: frozenset({_CONSOLE, _HUB, _SCHEDULE}),
    # Read an address that a person names.
    ActionKind.READ: frozenset({_CONSOLE}),
    # Send what waits to the hub.
    ActionKind.DELIVER: frozenset({_CONSOLE, _HUB, _SCHEDULE}),
    # Ask the hub for its clock, and say that we live.
    ActionKind.CHECK_IN: frozenset({_CONSOLE, _SCHEDULE}),
    # Renew this agent's certificate at the hub that it is enrolled at.
    ActionKind.RENEW: frozenset({_CONSOLE, _SCHEDULE}),
    # Compact history, keep the outbox within its size.
    ActionKind.UPKEEP: frozenset({_CONSOLE, _SCHEDULE}),
    # When the agent rests is the customer's matter.
    ActionKind.PAUSE: frozenset({_CONSOLE}),
    ActionKind.RESUME: frozenset({_CONSOLE}),
    # Choose the hub: never by a hub.
    ActionKind.ENROL: frozenset({_CONSOLE}),
    # Which devices are read at all is the customer's matter.
    ActionKind.MANAGE: frozenset({_CONSOLE}),
    # Thin the history that has grown old.
    ActionKind.COMPACT: frozenset({_CONSOLE, _SCHEDULE}),
    ActionKind.CANCEL: frozenset({_CONSOLE}),
    # The hub: its own keys only, and privacy only towards more; ``core.settings.change`` decides.
    ActionKind.SET_SETTINGS: frozenset({_CONSOLE, _HUB}),
    # Secrets are entered here and never leave.
    ActionKind.SET_CREDENTIALS: frozenset({_CONSOLE}),
    ActionKind.DELETE_CREDENTIALS: frozenset({_CONSOLE}),
    # What is worth an alert, and who has seen it, is the customer's matter.
    ActionKind.SET_RULE: frozenset({_CONSOLE}),
    ActionKind.DELETE_RULE: frozenset({_CONSOLE}),
    ActionKind.TEST_RULE: frozenset({_CONSOLE}),
    ActionKind.ACKNOWLEDGE: frozenset({_CONSOLE}),
    ActionKind.SKIP_NEXT: frozenset({_CONSOLE}),
    # Look at the way to the hub, step by step.
    ActionKind.TEST_CONNECTION: frozenset({_CONSOLE}),
    # Open the local page, signed in.
    ActionKind.PAGE_LINK: frozenset({_CONSOLE}),
    # A bundle for support is made, shown and sent by a person here; the hub may ask for one, and
    # gets what it would get from that person: masked as set, without a secret.
    ActionKind.PREPARE_BUNDLE: frozenset({_CONSOLE}),
    ActionKind.SEND_BUNDLE: frozenset({_CONSOLE}),
    ActionKind.SEND_LOGS: frozenset({_CONSOLE, _HUB}),
    # Say that the note on the damaged store was seen.
    ActionKind.DISMISS: frozenset({_CONSOLE}),
    # End the agent.
    ActionKind.STOP: frozenset({_CONSOLE}),
}


def check(kind: ActionKind, origin: Origin) -> None:
    """Raise ``RefusedError`` (code ``origin_refused``) unless ``origin`` may ask for ``kind``."""
    if origin not in ALLOWED.get(kind, frozenset()):
        raise RefusedError(
            "origin_refused",
            f"The action {kind} is not allowed from the {origin}.",
            "Do it at this machine: in the window, or with the platen command.",
        )


def check_discover(origin: Origin, *, names_segments: bool) -> None:
    """Raise ``RefusedError`` where anyone but a person here would choose what is searched."""
    if names_segments and origin is not Origin.CONSOLE:
        raise RefusedError(
            "segment_not_approved",
            f"The {origin} may search the approved segments only.",
            "Approve the segment at this machine first.",
        )
