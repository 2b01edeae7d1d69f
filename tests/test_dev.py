"""dev.py: what takes a fresh clone to a tested tree."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.need import ROOT

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="apt is Debian's")

# A build backend that needs nothing: it makes an editable wheel of one module, and counts.
BACKEND = """
import pathlib, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    with open("built", "a") as log:
        log.write("x")
    name, info = "small-1-py3-none-any.whl", "small-1.dist-info"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("small.pth", str(pathlib.Path.cwd()))
        wheel.writestr(info + "/METADATA", "Metadata-Version: 2.1\\nName: small\\nVersion: 1\\n")
        wheel.writestr(info + "/WHEEL",
            "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "/RECORD", "")
    return name
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "small"
version = "1"
"""


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dev() -> ModuleType:
    return load(ROOT / "dev.py")


def run(
    *arguments: str, folder: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(folder / "dev.py"), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(env or {})},
    )


def test_help_and_what_is_not_a_command() -> None:
    for arguments, status in ((("--help",), 0), ((), 2), (("nonsense",), 2)):
        done = run(*arguments)
        assert done.returncode == status
        said = done.stdout if status == 0 else done.stderr
        assert all(f"dev.py {name}" in said for name in ("setup", "demo", "test", "lint", "bench"))


def test_an_unknown_benchmark_is_named() -> None:
    done = run("bench", "nonsense")
    assert done.returncode == 1
    assert "no benchmark nonsense" in done.stderr


def test_it_needs_the_standard_library_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "dev.py"), "--help"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Make a project as small as can be, with this dev.py."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    (tmp_path / "backend.py").write_text(BACKEND)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "hatch_build.py").touch()
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__main__.py").write_text("import sys; print(*sys.argv[1:]); sys.exit(7)")
    return tmp_path


def built(folder: Path) -> int:
    path = folder / "built"
    return len(path.read_text()) if path.exists() else 0


def test_setup_does_what_is_needed_once_and_again_when_something_changed(small: Path) -> None:
    first = run("setup", folder=small)
    assert first.returncode == 0, first.stderr
    assert "making .venv: ok" in first.stderr
    assert "project: ok" in first.stderr
    assert built(small) == 1
    assert "setup: fresh" in run("setup", folder=small).stderr
    assert built(small) == 1
    with (small / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    again = run("setup", folder=small)
    assert again.returncode == 0
    assert "making .venv" not in again.stderr
    assert built(small) == 2
    # What is run comes last: its output and exit status are those of the program itself.
    done = run("run", "--", "discover", "a b", folder=small)
    assert (done.returncode, done.stdout) == (7, "discover a b\n")
    # A requirement whose hash is not in the lock is refused, and nothing is called fresh.
    wheel = small / "other-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("other-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: other\n")
    (small / "requirements.lock").write_text(f"other @ {wheel.as_uri()}\n")
    broken = run("setup", folder=small)
    assert broken.returncode == 1
    assert "hash" in broken.stderr.lower()
    assert "could not install requirements.lock" in broken.stderr
    assert "setup: fresh" not in run("setup", folder=small).stderr


def test_a_broken_environment_is_made_anew(small: Path, dev: ModuleType) -> None:
    (small / ".venv" / dev.SCRIPTS.name).mkdir(parents=True)
    (small / ".venv" / dev.SCRIPTS.name / dev.PYTHON.name).write_text("not a program")
    done = run("setup", folder=small)
    assert done.returncode == 0, done.stderr
    assert "making .venv: ok" in done.stderr


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put programs in the way of apt-get and dpkg-query; give the log of what apt-get was told."""
    programs, log = tmp_path / "bin", tmp_path / "apt.log"
    programs.mkdir()
    listing = (
        r"installed|xvfb, \ninstalled|libglib2.0-0t64, libglib2.0-0 (= 2.78)\nconfig-files|snmp, \n"
    )
    for name, body in (
        ("dpkg-query", f"printf '{listing}'"),
        ("apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {log}'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return log


@on_linux
def test_only_what_is_missing_is_installed(
    debian: Path, dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert dev.missing_packages(["xvfb", "libglib2.0-0", "snmp"]) == ["snmp"]
    assert dev.install_packages(["xvfb", "libglib2.0-0"])
    assert not debian.exists()
    assert dev.install_packages(["xvfb", "snmp"])
    update, install = debian.read_text().splitlines()
    assert update == "noninteractive update -qq"
    assert install == "noninteractive install -y -qq --no-install-recommends snmp"


@on_linux
def test_whoever_may_not_install_is_told_the_command(
    debian: Path,
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    dev.need_packages(["xvfb", "snmp"], "demo", must=False)
    with pytest.raises(SystemExit):
        dev.need_packages(["xvfb", "snmp"], "test", must=True)
    said = capsys.readouterr().err
    assert said.count("sudo apt-get install -y --no-install-recommends snmp\n") == 2
    assert not debian.exists()


@on_linux
def test_elsewhere_the_programs_that_matter_are_named(
    tmp_path: Path,
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    dev.need_packages(dev.TEST, "demo", must=False)
    with pytest.raises(SystemExit):
        dev.need_packages(dev.TEST, "test", must=True)
    assert "without Xvfb" in capsys.readouterr().err


def test_an_old_python_is_told_so(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    with pytest.raises(SystemExit):
        dev.main(["setup"])
