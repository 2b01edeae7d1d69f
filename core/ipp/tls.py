"""TLS to printers: their certificates cannot be verified, so they are noted instead.

A printer signs its certificate itself, or has one for a name that we do not know it by; nothing
secret is sent to it. The fingerprint lets a person see that it is still the same machine.
"""

from __future__ import annotations

import hashlib
import ssl
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TlsNote:
    """What was seen in a handshake; nothing of it is verified.

    ``protocol`` is "TLSv1.3" and the like, ``sha256`` the fingerprint of the certificate in lower
    case hex.
    """

    protocol: str
    sha256: str


class TlsWitness:
    """Makes the TLS context of one connection and notes what its handshake showed."""

    def __init__(self) -> None:
        self.note: TlsNote | None = None
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        # Printers of fifteen years speak TLS 1.0 with short keys, and are still asked.
        self.context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        self.context.set_ciphers("DEFAULT:@SECLEVEL=0")
        self.context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
        self.context.sslobject_class = self._watching()

    def _watching(self) -> type[ssl.SSLObject]:
        witness = self

        class Watching(ssl.SSLObject):
            """Tells its witness when the handshake is done, and does not linger."""

            def do_handshake(self) -> None:
                super().do_handshake()
                certificate = self.getpeercert(binary_form=True) or b""
                fingerprint = hashlib.sha256(certificate).hexdigest()
                witness.note = TlsNote(self.version() or "unknown", fingerprint)

            def unwrap(self) -> None:
                """Say goodbye and wait for no answer (RFC 8446 section 6.1), which many printers
                never give: each would hold a connection for half a minute.
                """
                with suppress(ssl.SSLWantReadError, ssl.SSLWantWriteError):
                    super().unwrap()

        return Watching
