"""A real gnome-keyring under a D-Bus of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import secretstorage

from tests.support.need import need

PASSWORD = b"a password of the session\n"


@dataclass
class Session:
    """One session: its variables, its processes."""

    env: dict[str, str]
    process: subprocess.Popen[str]

    def lock(self) -> None:
        """Lock the collection, as it is when nobody has signed in."""
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()

    def everything(self) -> list[str]:
        """All secrets that are kept, as texts."""
        with closing(secretstorage.dbus_init()) as bus:
            items = secretstorage.get_default_collection(bus).get_all_items()
            return [item.get_secret().decode() for item in items]


@contextmanager
def secret_service(folder: Path) -> Iterator[Session]:
    """Run one that is unlocked; its variables must be set where it is to be used."""
    run, daemon = need("dbus-run-session"), need("gnome-keyring-daemon")
    home, runtime = folder / "home", folder / "run"
    for made in (home, runtime):
        made.mkdir(mode=0o700, exist_ok=True)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / "data"),
    }
    # The daemon takes the password from standard input; the last `cat` ends with it.
    script = (
        f"{daemon} --unlock --components=secrets < {folder}/password >/dev/null 2>&1 &&"
        ' echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat'
    )
    (folder / "password").write_bytes(PASSWORD)
    process = subprocess.Popen(
        [run, "--", "sh", "-c", script],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("unix:"), "there is no bus"
        yield Session({**env, "DBUS_SESSION_BUS_ADDRESS": address}, process)
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(10)
