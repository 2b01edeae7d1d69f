"""What can go wrong when a printer is asked by IPP, in words for a technician."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.ipp.status import Status, status_name
from core.ipp.target import IppTarget
from core.model.problem import PlatenError

_SHOW_TRACE = "Update the firmware of the device; if that does not help, send a trace to support."
_CHECK_IPP = (
    "Check that the device is on, that IPP (AirPrint, Mopria) is switched on in it, and that "
    "nothing between here and there blocks TCP port {port}."
)
_LOGIN = "Switch the login for IPP off in the device, or let this machine ask without one."


class IppError(PlatenError):
    """Base of all errors of ``core.ipp``.

    ``nearness`` orders them: the higher, the nearer to an answer. Of several attempts the nearest
    is the one that tells a technician most.
    """

    nearness: int = 0


class IppDecodeError(IppError):
    """Octets that are not an IPP message; ``reason`` says what is wrong with them."""

    def __init__(self, reason: str) -> None:
        super().__init__("ipp_malformed", f"Not a usable IPP message: {reason}.", _SHOW_TRACE)
        self.reason = reason


class IppMalformedError(IppError):
    """Something answers, and not with usable IPP (code ``ipp_malformed``)."""

    nearness = 4

    def __init__(self, target: IppTarget, reason: str) -> None:
        text = f"{target} answers, but not with usable IPP: {reason}."
        super().__init__("ipp_malformed", text, _SHOW_TRACE)


class IppTimeoutError(IppError):
    """No whole answer in time (code ``ipp_timeout``); ``seconds`` were waited.

    ``connected`` is false where not even a connection came about.
    """

    def __init__(self, target: IppTarget, seconds: float, connected: bool = True) -> None:
        what = "No whole answer from" if connected else "No connection to"
        super().__init__(
            "ipp_timeout",
            f"{what} {target} within {seconds:g} s.",
            _CHECK_IPP.format(port=target.port),
        )
        self.connected = connected
        self.nearness = 2 if connected else 0


class IppRefusedError(IppError):
    """The host says that nothing listens there (code ``ipp_refused``)."""

    nearness = 1

    def __init__(self, target: IppTarget) -> None:
        text = f"{target.address} is there, but nothing listens on TCP port {target.port}."
        super().__init__("ipp_refused", text, "Switch IPP (AirPrint, Mopria) on in the device.")


class IppUnreachableError(IppError):
    """No way to the host (code ``ipp_unreachable``); ``reason`` is the system's own word."""

    def __init__(self, target: IppTarget, reason: str) -> None:
        remedy = "Check the address, the network connection, routes and this machine's firewall."
        super().__init__("ipp_unreachable", f"No way to {target}: {reason}.", remedy)


class IppDisconnectedError(IppError):
    """The connection ended in the middle (code ``ipp_disconnected``)."""

    nearness = 2

    def __init__(self, target: IppTarget) -> None:
        text = f"{target} ended the connection before it had answered."
        remedy = "Try again; if it stays so, ask with TLS (port 443), or restart the device."
        super().__init__("ipp_disconnected", text, remedy)


class IppTlsError(IppError):
    """No TLS connection could be made (code ``ipp_tls``); ``reason`` is the library's word."""

    nearness = 3

    def __init__(self, target: IppTarget, reason: str) -> None:
        text = f"{target} and this machine find no common TLS: {reason}."
        remedy = "Renew the certificate in the device and allow TLS 1.2, or ask without TLS."
        super().__init__("ipp_tls", text, remedy)


class IppHttpStatusError(IppError):
    """The web server in the device answers with an error (code ``ipp_http_status``)."""

    nearness = 5

    def __init__(self, target: IppTarget, status: int) -> None:
        remedies = {401: _LOGIN, 403: _LOGIN, 407: _LOGIN, 426: "Ask with TLS (port 443)."}
        remedy = remedies.get(status, "Check that IPP (AirPrint, Mopria) is on in the device.")
        text = f"{target} answers with the HTTP status {status}."
        super().__init__("ipp_http_status", text, remedy)
        self.status = status


class IppRedirectError(IppError):
    """The device sends us elsewhere, where we do not go (code ``ipp_redirect``)."""

    nearness = 5

    def __init__(self, target: IppTarget, location: str) -> None:
        text = f"{target} points to {_shown(location)}, which is not followed."
        super().__init__("ipp_redirect", text, "If that is the printer, ask there.")


class IppStatusError(IppError):
    """The printer answers with an error (code ``ipp_status``); ``name`` is the standard's word."""

    nearness = 7

    def __init__(self, target: IppTarget, status: int) -> None:
        self.status = status
        self.name = status_name(status)
        remedy = _SHOW_TRACE
        if status in (Status.FORBIDDEN, Status.NOT_AUTHENTICATED, Status.NOT_AUTHORIZED):
            remedy = _LOGIN
        elif status in (Status.BUSY, Status.TEMPORARY_ERROR, Status.SERVICE_UNAVAILABLE):
            remedy = "Try again when the device is not busy."
        super().__init__("ipp_status", f"{target} answers with {self.name}.", remedy)


class IppNoPrinterError(IppError):
    """It speaks IPP and says nothing of a printer (code ``ipp_no_printer``)."""

    nearness = 6

    def __init__(self, target: IppTarget) -> None:
        text = f"{target} answers by IPP without a single attribute of a printer."
        super().__init__("ipp_no_printer", text, _SHOW_TRACE)


class IppTooLargeError(IppError):
    """More octets than are taken (code ``ipp_too_large``)."""

    nearness = 5

    def __init__(self, target: IppTarget, limit: int) -> None:
        text = f"{target} answers with more than {limit} octets."
        super().__init__("ipp_too_large", text, _SHOW_TRACE)


class IppNoResourcesError(IppError):
    """This machine cannot open another connection (code ``ipp_no_resources``)."""

    def __init__(self, reason: str) -> None:
        remedy = "Close other programs, then try again."
        super().__init__("ipp_no_resources", f"No further connection: {reason}.", remedy)


def _shown(location: str) -> str:
    """Scheme, host and port of a URL, without what may be private: login, path, query."""
    try:
        parts = urlsplit(location)
        host = f"{parts.scheme}://{parts.hostname}:{parts.port}" if parts.port else ""
        host = host or f"{parts.scheme}://{parts.hostname}"
    except ValueError:
        return "another place"
    return host[:120] if parts.scheme and parts.hostname else "another place"
