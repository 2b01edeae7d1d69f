"""What can go wrong at a printer connected to this computer, in words for a technician."""

from __future__ import annotations

from core.model.problem import PlatenError, RefusedError


class LocalError(PlatenError):
    """Base of what cannot be found out about printers connected to this computer."""


class SpoolerError(LocalError):
    """This computer's print system cannot be asked (codes ``cups_*``, ``spooler_*``)."""


class LocalPortError(LocalError):
    """A port was not asked, or gave no answer (codes ``local_port_*``, ``local_pjl_*``)."""


class LocalRefusedError(LocalPortError, RefusedError):
    """Not asked on purpose (codes ``local_port_refused``, ``local_pjl_unknown``)."""


def busy(port: str, why: str) -> LocalPortError:
    """Say that the port is in use; the printer is not disturbed."""
    text = f"{port} is busy: {why}."
    return LocalPortError("local_port_busy", text, "Try again when nothing is being printed.")


def denied(port: str) -> LocalPortError:
    """Say that this user may not open the port."""
    return LocalPortError(
        "local_port_denied",
        f"This user may not open {port}.",
        "Let the agent's user in: on Linux add it to the group lp and start the agent again.",
    )


def gone(port: str, reason: str) -> LocalPortError:
    """Say that the port is not there, or no longer."""
    remedy = "Check the cable and that the printer is on, then look for printers again."
    return LocalPortError("local_port_gone", f"{port} cannot be used: {reason}.", remedy)


def silent(port: str, seconds: float) -> LocalPortError:
    """Say that nothing came back."""
    text = f"The printer at {port} gave no answer by PJL within {seconds:g} s."
    remedy = "Wake the printer and try again; some answer only while they are not printing."
    return LocalPortError("local_port_silent", text, remedy)


def not_a_port(port: str, what: str) -> LocalRefusedError:
    """Say that this is no port of this computer: PJL would come out as paper elsewhere."""
    text = f"{port[:80]!r} is {what}: PJL is asked over a USB port of this computer only."
    return LocalRefusedError("local_port_refused", text, "Ask printers on the network by SNMP.")


def no_pjl(name: str) -> LocalRefusedError:
    """Say that the printer does not claim to know PJL, and might print what it is asked."""
    text = f"{name} does not say that it knows PJL, and might print the question."
    return LocalRefusedError("local_pjl_unknown", text, "Read its counter at its panel.")
