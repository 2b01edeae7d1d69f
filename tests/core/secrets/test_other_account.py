"""A service's account keeps its secrets and reads them again; nobody else does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.secrets import NAME
from tests.support.need import ROOT

SERVICE, OTHER = 987, 65534  # accounts of the system: nobody signs in as these
SECRET = "s3rvice-only"
_KEEP = """
import sys
from pathlib import Path
from core.secrets.choose import choose
from core.secrets import CredentialSet
chosen = choose(Path(sys.argv[1]))
chosen.store.set("office", CredentialSet((sys.stdin.read(),)))
print(chosen.kind, chosen.reason)
"""
_READ = """
import sys
from pathlib import Path
from core.secrets.choose import choose
print(choose(Path(sys.argv[1])).store.get("office").communities[0])
"""

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root may be another account"
)


def run_as(account: int, script: str, folder: Path, given: str = "") -> tuple[int, str, str]:
    """Run a script as this account; gives its status, what it said, and its errors."""
    # Loaded before the account changes: it may be let into neither the sources nor Python's home.
    change = (
        "import os, sys\nimport core.secrets.choose\n"
        f"os.setgroups([])\nos.setgid({account})\nos.setuid({account})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", change + script, str(folder)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.strip(), done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of the service, with a way to it for everybody."""
    made = tmp_path / "data"
    made.mkdir(mode=0o700)
    os.chown(made, SERVICE, SERVICE)
    for parent in made.parents:
        if parent.owner() == "root" and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
        if parent.parent == Path("/"):
            break
    return made


def test_a_service_reads_its_secrets_again_in_a_new_process(folder: Path) -> None:
    status, said, errors = run_as(SERVICE, _KEEP, folder, SECRET)
    assert status == 0, errors
    assert said.startswith("file This account is a service's")
    assert (folder / NAME).stat().st_uid == SERVICE
    assert run_as(SERVICE, _READ, folder)[:2] == (0, SECRET)


def test_another_account_reads_nothing(folder: Path) -> None:
    assert run_as(SERVICE, _KEEP, folder, SECRET)[0] == 0
    status, said, errors = run_as(OTHER, _READ, folder)
    assert status != 0
    assert SECRET not in said + errors
