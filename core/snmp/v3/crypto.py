"""The cryptography of USM: pysnmp's authentication and privacy services on plain octets.

Imported only where SNMPv3 is used: pysnmp costs some 12 MB.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pyasn1.type.univ import OctetString
from pysnmp.proto.error import ProtocolError, StatusInformation
from pysnmp.proto.secmod.rfc3414 import SnmpUSMSecurityModel

from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from core.snmp.v3.wire import Stamp

Id: TypeAlias = tuple[int, ...]
_AUTH_ID: dict[AuthProtocol, Id] = {  # snmpAuthProtocols, RFC 3414 section 5, RFC 7860 section 9
    protocol: (1, 3, 6, 1, 6, 3, 10, 1, 1, last) for last, protocol in enumerate(AuthProtocol, 2)
}
_CISCO = (1, 3, 6, 1, 4, 1, 9, 12, 6, 1)  # where pysnmp keeps what no RFC numbers
_PRIV_ID: dict[PrivProtocol, Id] = {
    PrivProtocol.DES: (1, 3, 6, 1, 6, 3, 10, 1, 2, 2),
    PrivProtocol.AES128: (1, 3, 6, 1, 6, 3, 10, 1, 2, 4),  # RFC 3826 section 5
    PrivProtocol.AES192: (*_CISCO, 1),
    PrivProtocol.AES256: (*_CISCO, 2),
    PrivProtocol.AES192_CISCO: (*_CISCO, 101),
    PrivProtocol.AES256_CISCO: (*_CISCO, 102),
}
_DES_BLOCK = 8
_SALT = 8


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one user at one engine (RFC 3414 section 2.6)."""

    auth: Any = field(default=None, repr=False)
    priv: Any = field(default=None, repr=False)


class Cipher:
    """What one user needs to prove and to hide; the slow part of the keys is done once."""

    def __init__(self, user: V3User) -> None:
        services = SnmpUSMSecurityModel
        self._auth_id: Id = () if user.auth is None else _AUTH_ID[user.auth]
        self._auth = None if user.auth is None else services.AUTH_SERVICES[self._auth_id]
        self._priv = None if user.priv is None else services.PRIV_SERVICES[_PRIV_ID[user.priv]]
        self._is_des = user.priv is PrivProtocol.DES
        self._auth_master = self._priv_master = None
        if self._auth is not None:
            self._auth_master = self._auth.hash_passphrase(user.auth_password.encode())
        if self._priv is not None:
            password = user.priv_password.encode()
            self._priv_master = self._priv.hash_passphrase(self._auth_id, password)

    @property
    def digest_size(self) -> int:
        """How many octets a digest of this user has; 0 without authentication."""
        return 0 if self._auth is None else int(self._auth.digest_length)

    def keys_at(self, engine_id: bytes) -> Keys:
        """Make the keys for one engine: up to 20 ms where a key has to be extended."""
        where = OctetString(engine_id)
        auth = priv = None
        if self._auth is not None:
            auth = self._auth.localize_key(self._auth_master, where)
        if self._priv is not None:
            priv = self._priv.localize_key(self._auth_id, self._priv_master, where)
        return Keys(auth, priv)

    def digest(self, keys: Keys, message: bytes) -> bytes:
        """Give the digest of a message whose own digest is all zeros.

        pysnmp puts it in place of the first zeros that it finds, which may be in an engine id:
        only the digest is taken from it.
        """
        assert self._auth is not None  # noqa: S101 - only users with authentication come here
        size = self.digest_size
        place = message.find(bytes(size))
        signed: bytes = self._auth.authenticate_outgoing_message(keys.auth, message)
        return signed[place : place + size]

    def encrypt(self, keys: Keys, stamp: Stamp, data: bytes) -> tuple[bytes, bytes]:
        """Encrypt; gives the octets and the salt."""
        assert self._priv is not None  # noqa: S101 - only users with privacy come here
        hidden, salt = self._priv.encrypt_data(keys.priv, (stamp.boots, stamp.time, None), data)
        octets = hidden.asOctets()
        if self._is_des and len(data) % _DES_BLOCK == 0:
            # pysnmp pads what needs no padding (RFC 3414 section 8.1.1.2) with a block of its own.
            octets = octets[:-_DES_BLOCK]
        return octets, salt.asOctets()

    def decrypt(self, keys: Keys, stamp: Stamp, salt: bytes, data: bytes) -> bytes | None:
        """Decrypt; ``None`` where that cannot be. Whether it made sense is for others to say."""
        if self._priv is None or len(salt) != _SALT or not data:
            return None
        where = (stamp.boots, stamp.time, OctetString(salt))
        try:
            plain = self._priv.decrypt_data(keys.priv, where, OctetString(data))
        except (StatusInformation, ProtocolError, ValueError):
            return None
        return bytes(plain)
