"""Real agents that speak SNMPv3: net-snmp's snmpd and snmpsim, a user for every combination."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.model.identity import Endpoint
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from tests.support.ask_plainly import free_udp_port, wait_until_answering
from tests.support.need import missing, need
from tests.support.snmpsim import _end, _last_words, _stay_root

PROOF, HIDING = "the-proof-of-it", "what-hides-it"
_NETSNMP = {
    AuthProtocol.MD5: "MD5",
    AuthProtocol.SHA1: "SHA",
    AuthProtocol.SHA224: "SHA-224",
    AuthProtocol.SHA256: "SHA-256",
    AuthProtocol.SHA384: "SHA-384",
    AuthProtocol.SHA512: "SHA-512",
    PrivProtocol.DES: "DES",
    PrivProtocol.AES128: "AES",
    PrivProtocol.AES192: "AES-192",
    PrivProtocol.AES256: "AES-256",
    PrivProtocol.AES192_CISCO: "AES-192-C",
    PrivProtocol.AES256_CISCO: "AES-256-C",
}
_SNMPSIM = {
    AuthProtocol.MD5: "MD5",
    AuthProtocol.SHA1: "SHA",
    AuthProtocol.SHA224: "SHA224",
    AuthProtocol.SHA256: "SHA256",
    AuthProtocol.SHA384: "SHA384",
    AuthProtocol.SHA512: "SHA512",
    PrivProtocol.DES: "DES",
    PrivProtocol.AES128: "AES",
    PrivProtocol.AES192: "AES192BLMT",
    PrivProtocol.AES256: "AES256BLMT",
    PrivProtocol.AES192_CISCO: "AES192",
    PrivProtocol.AES256_CISCO: "AES256",
}


def user_of(auth: AuthProtocol | None, priv: PrivProtocol | None, context: str = "") -> V3User:
    """Give the user that the agents have for a combination."""
    name = f"{auth or 'no'}.{priv or 'no'}"
    proof, hiding = PROOF if auth else "", HIDING if priv else ""
    return V3User(name, auth, proof, priv, hiding, context)


def every_user(context: str = "") -> list[V3User]:
    """Give a user for every combination that USM allows: 43."""
    combined = [(a, p) for a in AuthProtocol for p in (None, *PrivProtocol)]
    return [user_of(a, p, context) for a, p in ((None, None), *combined)]


@contextmanager
def snmpd_v3(
    address: str, users: Iterable[V3User], *, port: int = 0, folder: Path | None = None
) -> Iterator[Endpoint]:
    """Run snmpd with these users (and community "public"); ``folder`` keeps its boots."""
    program = need("snmpd")
    with tempfile.TemporaryDirectory(prefix="platen-v3-") as name:
        place, kept = Path(name), folder or Path(name) / "kept"
        kept.mkdir(exist_ok=True)
        port = port or free_udp_port(address)
        lines = [f"agentAddress udp:{address}:{port}", "rocommunity public"]
        for user in users:
            words = ["createUser", user.name]
            if user.auth:
                words += [_NETSNMP[user.auth], user.auth_password]
            if user.priv:
                words += [_NETSNMP[user.priv], user.priv_password]
            lines += [" ".join(words), f"rouser {user.name} noauth"]
        (place / "snmpd.conf").write_text("\n".join(lines) + "\n")
        path = f"{name}{os.pathsep}{kept}"
        own = {"SNMPCONFPATH": path, "SNMP_PERSISTENT_DIR": str(kept), "MIBS": ""}
        process = subprocess.Popen(
            [program, "-f", "-LE", "3", "-r"],  # reads what it kept, too
            env={**os.environ, **own},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_answering({address: port}, process, patience=20)
            yield Endpoint(address, port)
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def snmpsim_v3(address: str, record: str, users: Iterable[V3User]) -> Iterator[Endpoint]:
    """Run snmpsim with these users; ``record`` is served as the context (and community) public."""
    program = Path(sys.executable).parent / "snmpsim-command-responder"
    if not program.exists():
        missing(f"{program.name} is not installed beside this Python")
    with tempfile.TemporaryDirectory(prefix="platen-v3-") as name:
        folder, port = Path(name), free_udp_port(address)
        data = folder / "data"
        data.mkdir()
        (folder / "cache").mkdir()
        (data / "public.snmprec").write_text(record)
        options = [f"--cache-dir={folder / 'cache'}"]
        if os.name == "posix" and os.geteuid() == 0:
            options += _stay_root()
        options += ["--v3-engine-id=auto", f"--data-dir={data}"]
        for user in users:
            options.append(f"--v3-user={user.name}")
            if user.auth:
                options += [f"--v3-auth-key={user.auth_password}"]
                options += [f"--v3-auth-proto={_SNMPSIM[user.auth]}"]
            if user.priv:
                options += [f"--v3-priv-key={user.priv_password}"]
                options += [f"--v3-priv-proto={_SNMPSIM[user.priv]}"]
        options.append(f"--agent-udpv4-endpoint={address}:{port}")
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, str(program), *options], cwd=folder, stdout=log, stderr=log
            )
            try:
                wait_until_answering({address: port}, process, 60.0)
                yield Endpoint(address, port)
            except RuntimeError as error:
                raise RuntimeError(f"{error}: {_last_words(folder / 'log')}") from None
            finally:
                _end(process)
