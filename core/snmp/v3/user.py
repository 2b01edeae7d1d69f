"""A user of SNMPv3 (RFC 3414): who asks, and how what is asked is proved and hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.model.in_force import IN_FORCE
from core.model.problem import BadInputError

MIN_PASSWORD = 8  # RFC 3414, section 11.2: a shorter one must not be used
MAX_NAME = 32  # octets: RFC 3414, section 2.4 (msgUserName)
MAX_CONTEXT = 255  # octets


class AuthProtocol(StrEnum):
    """How a message is proved: RFC 3414 (MD5, SHA-1) and RFC 7860 (the SHA-2 family)."""

    MD5 = "md5"
    SHA1 = "sha1"
    SHA224 = "sha224"
    SHA256 = "sha256"
    SHA384 = "sha384"
    SHA512 = "sha512"


class PrivProtocol(StrEnum):
    """How a message is hidden: RFC 3414 (DES), RFC 3826 (AES-128), and two longer AES.

    No RFC says how a digest that is too short becomes a key of 192 or 256 bits. The plain names
    extend it as draft-blumenthal-aes-usm-04 does (net-snmp and most printers); the ``-cisco`` ones
    as draft-reeder-snmpv3-usm-3desede-00 does (Cisco, and some printers).
    """

    DES = "des"
    AES128 = "aes128"
    AES192 = "aes192"
    AES256 = "aes256"
    AES192_CISCO = "aes192-cisco"
    AES256_CISCO = "aes256-cisco"


class SecurityLevel(StrEnum):
    """The three levels of RFC 3411, section 3.4.3."""

    NO_AUTH_NO_PRIV = "noAuthNoPriv"
    AUTH_NO_PRIV = "authNoPriv"
    AUTH_PRIV = "authPriv"


@dataclass(frozen=True, slots=True)
class V3User:
    """One user with its protocols; ``None`` for a protocol that is not used.

    Passwords never show in ``repr``. Raises ``BadInputError`` (``bad_v3_user``) for what USM does
    not allow: privacy without authentication, a password of under 8 characters, a name that is
    empty or over 32 octets, a context of over 255.
    """

    name: str
    auth: AuthProtocol | None = None
    auth_password: str = field(default="", repr=False)
    priv: PrivProtocol | None = None
    priv_password: str = field(default="", repr=False)
    context: str = ""

    def __post_init__(self) -> None:
        for text, remedy in _wrongs(self):
            raise BadInputError("bad_v3_user", text, remedy)
        IN_FORCE.add((self.auth_password, self.priv_password))

    @property
    def level(self) -> SecurityLevel:
        """The level at which this user asks."""
        if self.auth is None:
            return SecurityLevel.NO_AUTH_NO_PRIV
        if self.priv is None:
            return SecurityLevel.AUTH_NO_PRIV
        return SecurityLevel.AUTH_PRIV


def _wrongs(user: V3User) -> list[tuple[str, str]]:
    """Name what is wrong with a user, each with its remedy; never with a password in it."""
    found: list[tuple[str, str]] = []
    if not 1 <= len(user.name.encode()) <= MAX_NAME:
        remedy = "Give the name as the printer has it."
        found.append(("The name of an SNMPv3 user has 1 to 32 octets.", remedy))
    if user.priv is not None and user.auth is None:
        found.append(
            (
                "SNMPv3 has no privacy without authentication.",
                "Give the authentication protocol and its password too.",
            )
        )
    for what, protocol, password in (
        ("authentication", user.auth, user.auth_password),
        ("privacy", user.priv, user.priv_password),
    ):
        if protocol is not None and len(password.encode()) < MIN_PASSWORD:
            found.append(
                (
                    f"The {what} password of an SNMPv3 user has at least 8 characters.",
                    f"Give the {what} password as it is set in the printer.",
                )
            )
    if len(user.context.encode()) > MAX_CONTEXT:
        found.append(
            ("The context name of SNMPv3 has at most 255 octets.", "Give a shorter context name.")
        )
    return found
