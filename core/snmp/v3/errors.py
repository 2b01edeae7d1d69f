"""What can go wrong with SNMPv3, in words for a technician; never with a password in them."""

from __future__ import annotations

from typing import ClassVar

from core.model.identity import Endpoint
from core.snmp.errors import SnmpError
from core.snmp.types import Oid, format_oid

_CHECK_AUTH = (
    "Give the authentication password and protocol as they are set in the device for this user."
)
_CHECK_PRIV = "Give the privacy password and protocol as they are set in the device for this user."
_TWO_AES = " AES-192 and AES-256 come in two kinds: try the other one (with or without -cisco) too."


class V3Error(SnmpError):
    """Base of what an agent says, or gives away, of a user; ``code`` names it.

    ``nearness``: of several failures with several users the one that came nearest is told.
    """

    nearness: ClassVar[int] = 0
    code: ClassVar[str] = "v3_refused"

    def __init__(self, endpoint: Endpoint, text: str, remedy: str) -> None:
        super().__init__(self.code, f"{endpoint} {text}", remedy)


class V3UnknownUserError(V3Error):
    """usmStatsUnknownUserNames (RFC 3414 section 3.2, step 4)."""

    nearness = 1
    code = "v3_unknown_user"

    def __init__(self, endpoint: Endpoint, user: str) -> None:
        text = f"does not know the SNMPv3 user {user!r}."
        super().__init__(endpoint, text, "Check the name (capitals count), or add it there.")


class V3WrongDigestError(V3Error):
    """usmStatsWrongDigests (RFC 3414 section 3.2, step 6)."""

    nearness = 3
    code = "v3_wrong_digest"

    def __init__(self, endpoint: Endpoint, user: str) -> None:
        text = (
            f"knows the SNMPv3 user {user!r} and refuses the proof: the authentication password "
            "or its protocol is wrong (wrong digest)."
        )
        super().__init__(endpoint, text, _CHECK_AUTH)


class V3DecryptionError(V3Error):
    """usmStatsDecryptionErrors (RFC 3414 section 3.2, step 8)."""

    nearness = 6
    code = "v3_decryption_error"

    def __init__(self, endpoint: Endpoint, user: str) -> None:
        text = (
            f"accepts the authentication of the SNMPv3 user {user!r} and cannot decrypt what is "
            "asked: the privacy password or its protocol is wrong (decryption error)."
        )
        super().__init__(endpoint, text, _CHECK_PRIV + _TWO_AES)


class V3ProbablyPrivacyError(V3Error):
    """Silence to what is encrypted, where the same with authentication alone has an answer."""

    nearness = 5
    code = "v3_probably_privacy"

    def __init__(self, endpoint: Endpoint, user: str) -> None:
        text = (
            f"accepts the authentication of the SNMPv3 user {user!r} and is silent to what is "
            "encrypted: probably the privacy password, or its protocol, is wrong."
        )
        super().__init__(endpoint, text, _CHECK_PRIV + _TWO_AES)


class V3UnsupportedLevelError(V3Error):
    """usmStatsUnsupportedSecLevels (RFC 3414 section 3.2, step 5)."""

    nearness = 2
    code = "v3_unsupported_level"

    def __init__(self, endpoint: Endpoint, user: str, level: str) -> None:
        text = f"does not let the SNMPv3 user {user!r} ask at the level {level}."
        remedy = "Give this user the protocols and passwords that are set for it in the device."
        super().__init__(endpoint, text, remedy)


class V3NotInWindowError(V3Error):
    """usmStatsNotInTimeWindows (RFC 3414 section 3.2, step 7), twice."""

    nearness = 4
    code = "v3_not_in_window"

    def __init__(self, endpoint: Endpoint, user: str) -> None:
        text = (
            f"finds what the SNMPv3 user {user!r} asks too old or too new (not in its time "
            "window), also after its clock was taken over."
        )
        super().__init__(endpoint, text, "Restart the device; update its firmware if there is one.")


class V3UnknownEngineError(V3Error):
    """usmStatsUnknownEngineIDs (RFC 3414 section 3.2, step 3), after its id was learned."""

    nearness = 1
    code = "v3_unknown_engine"

    def __init__(self, endpoint: Endpoint) -> None:
        text = "refuses the engine id that it gave itself (unknown engine)."
        remedy = (
            "Several devices may answer behind this address, or it is restarting: read it once "
            "more, then restart it."
        )
        super().__init__(endpoint, text, remedy)


class V3UnknownContextError(V3Error):
    """snmpUnknownContexts or snmpUnavailableContexts (RFC 3413 section 3.2); or silence, where
    the same without a context has an answer.
    """

    nearness = 6
    code = "v3_unknown_context"

    def __init__(self, endpoint: Endpoint, context: str) -> None:
        text = f"has no context named {context!r}."
        remedy = "Give the context name that is set in the device; most printers have none."
        super().__init__(endpoint, text, remedy)


class V3NoAccessError(V3Error):
    """The error noAccess or authorizationError (RFC 3416 section 3; code ``v3_no_access``)."""

    nearness = 6
    code = "v3_no_access"

    def __init__(self, endpoint: Endpoint, user: str, level: str) -> None:
        text = f"lets the SNMPv3 user {user!r} read nothing at the level {level}."
        remedy = (
            "Give the protocols and passwords for a higher level, or allow this user to read in "
            "the device's access list."
        )
        super().__init__(endpoint, text, remedy)


class V3RefusedError(V3Error):
    """Another report; the object that it names says why."""

    def __init__(self, endpoint: Endpoint, oid: Oid | None) -> None:
        named = "that names nothing" if oid is None else format_oid(oid)
        text = f"refuses SNMPv3 with the report {named}."
        remedy = "Read it once with the trace on and send that to support."
        super().__init__(endpoint, text, remedy)


class V3SilentError(V3Error):
    """The engine says who it is, and nothing to this user (code ``v3_silent``)."""

    code = "v3_silent"

    def __init__(self, endpoint: Endpoint, user: str) -> None:
        text = (
            f"speaks SNMPv3 and stays silent to the user {user!r}: the name, a password, a "
            "protocol or the context is probably wrong or missing, or it does not let this machine "
            "ask."
        )
        remedy = (
            "Check the user in the device, whether it wants a context name, and its access list."
        )
        super().__init__(endpoint, text, remedy)


class V3ForgedAnswerError(V3Error):
    """All that came was not proved by the user's password (code ``v3_unproved_answer``)."""

    code = "v3_unproved_answer"

    def __init__(self, endpoint: Endpoint, reason: str) -> None:
        text = f"is answered for, but by nothing that can be believed: {reason}."
        remedy = "Somebody else may answer in its place: check the address and the network."
        super().__init__(endpoint, text, remedy)
