"""Keys and digests: the examples of the standards, worked out by others."""

from __future__ import annotations

import hmac

import pytest

from core.snmp.v3.crypto import Cipher
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from core.snmp.v3.wire import Stamp

MAPLE = "maplesyrup"
ENGINE = bytes(11) + b"\x02"
STAMP = Stamp(ENGINE, 1, 2)


@pytest.mark.parametrize(
    ("protocol", "key"),
    [
        # RFC 3414, A.3.1 and A.3.2
        (AuthProtocol.MD5, "526f5eed9fcce26f8964c2930787d82b"),
        (AuthProtocol.SHA1, "6695febc9288e36282235fc7151f128497b38f3f"),
    ],
)
def test_the_keys_of_rfc_3414(protocol, key):
    cipher = Cipher(V3User("ann", protocol, MAPLE))
    assert cipher.keys_at(ENGINE).auth.asOctets().hex() == key


@pytest.mark.parametrize(
    ("protocol", "name", "size"),
    [
        (AuthProtocol.MD5, "md5", 12),
        (AuthProtocol.SHA1, "sha1", 12),
        # RFC 7860, section 4.2.2
        (AuthProtocol.SHA224, "sha224", 16),
        (AuthProtocol.SHA256, "sha256", 24),
        (AuthProtocol.SHA384, "sha384", 32),
        (AuthProtocol.SHA512, "sha512", 48),
    ],
)
def test_digests_are_hmacs_cut_short(protocol, name, size):
    cipher = Cipher(V3User("ann", protocol, MAPLE))
    keys = cipher.keys_at(ENGINE)
    message = b"a message" + bytes(size) + b"and its end"
    whole = hmac.digest(keys.auth.asOctets(), message, name)
    assert cipher.digest(keys, message) == whole[:size]
    assert cipher.digest_size == size


@pytest.mark.parametrize("priv", PrivProtocol)
@pytest.mark.parametrize("auth", AuthProtocol)
def test_what_is_hidden_is_found_again(auth, priv):
    cipher = Cipher(V3User("ann", auth, MAPLE, priv, MAPLE))
    keys = cipher.keys_at(ENGINE)
    text = b"what nobody else may read"
    hidden, salt = cipher.encrypt(keys, STAMP, text)
    found = cipher.decrypt(keys, STAMP, salt, hidden)
    assert found is not None
    assert found[: len(text)] == text
    assert text not in hidden
    assert cipher.decrypt(keys, STAMP, salt[:7], hidden) is None
    assert cipher.decrypt(keys, STAMP, salt, b"") is None


def test_the_two_ways_of_extending_a_key_differ_after_the_digest():
    both = [
        Cipher(V3User("ann", AuthProtocol.SHA1, MAPLE, priv, MAPLE)).keys_at(ENGINE).priv
        for priv in (PrivProtocol.AES256, PrivProtocol.AES256_CISCO)
    ]
    plain, cisco = (key.asOctets() for key in both)
    assert len(plain) == len(cisco) == 32
    assert plain[:20] == cisco[:20]
    assert plain[20:] != cisco[20:]
