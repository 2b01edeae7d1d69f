#!/usr/bin/env python3
"""Everything a developer does with Platen, from a fresh clone on: needs Python 3.11 and no more.

python3 dev.py setup            make .venv, install what the lock file pins, generate the wire code
python3 dev.py demo [ARGS]      setup, then `platen demo`: everything on loopback
python3 dev.py test [ARGS]      setup, then the linters, then pytest (with ARGS)
python3 dev.py lint             setup, then the linters alone
python3 dev.py bench [NAME]...  setup, then the benchmarks (JSON on standard output)
python3 dev.py run -- ARGS      setup, then `platen ARGS`

pip's own configuration and environment are respected: no index is named here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "platen-setup"

QT = [
    "libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libxkbcommon0", "libdbus-1-3",
    "libgssapi-krb5-2", "libbrotli1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1",
    "libxcb-shape0", "libxkbcommon-x11-0", "fonts-dejavu-core",
]  # fmt: skip
TEST = [
    *QT, "xvfb", "xdotool", "imagemagick", "x11-utils", "snmp", "snmpd", "cups-ipp-utils", "dbus",
    "cups", "cups-client", "avahi-daemon", "iproute2", "gnome-keyring", "trayer", "chromium",
]  # fmt: skip
BENCH = ["snmp", "onesixtyone", "nmap"]
TEST_PROGRAMS = {"Xvfb": "the window's tests", "snmpget": "the simulated printers' tests"}


def say(text: str) -> None:
    """Print one line about what is done, at once and apart from the programs' own output."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """End with a reason."""
    say(text)
    raise SystemExit(1)


def call(
    command: Sequence[str | Path], env: dict[str, str] | None = None, *, silent: bool = False
) -> int:
    """Run a program in the project's folder without standard input; give its exit status.

    A ``silent`` one has its output shown only if it fails.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if silent else None,
            check=False,
        )
    except OSError as error:
        say(f"{command[0]} cannot be run: {error.strerror}")
        return 127
    if silent and done.returncode != 0:
        sys.stderr.buffer.write(done.stdout)
    return done.returncode


def step(
    name: str,
    command: Sequence[str | Path],
    env: dict[str, str] | None = None,
    *,
    silent: bool = False,
) -> bool:
    """Run one step and say how it went and how long it took."""
    begin = time.monotonic()
    status = call(command, env, silent=silent)
    took = f"{time.monotonic() - begin:.1f} s"
    say(f"{name}: ok, {took}" if status == 0 else f"{name}: FAILED (exit status {status}), {took}")
    return status == 0


def hand_over(command: Sequence[str | Path]) -> NoReturn:
    """Become another program: its output is the last, signals reach it and nobody else."""
    parts = [str(part) for part in command]
    if not WINDOWS:
        os.execv(parts[0], parts)
    try:
        raise SystemExit(subprocess.run(parts, check=False).returncode)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


# --- the system's packages -------------------------------------------------------------------


def on_debian() -> bool:
    """Say whether this system installs its packages with apt."""
    return LINUX and all(map(shutil.which, ("dpkg-query", "apt-get")))


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Give those Debian packages that are not installed, neither by name nor as "Provides"."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Status}|${Package}, ${Provides}\n"]
    listing = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    installed: set[str] = set()
    for line in listing.splitlines():
        status, _, names = line.partition("|")
        if status == "installed":
            installed.update(name.split()[0] for name in names.split(",") if name.strip())
    return [name for name in wanted if name not in installed]


def install_packages(wanted: Sequence[str]) -> bool:
    """Install what is missing where this may be done; say the command where it may not."""
    missing = missing_packages(wanted)
    if not missing:
        return True
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.name != "posix" or os.geteuid() != 0:
        say(f"system packages are missing; please run: sudo {' '.join(command)}")
        return False
    say(f"installing system packages: {' '.join(missing)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    # One unreachable source among others is no reason to stop: the installation will tell.
    call(["apt-get", "update", "-qq"], quiet, silent=True)
    return step("system packages", [*command[:3], "-qq", *command[3:]], quiet, silent=True)


def need_packages(wanted: Sequence[str], purpose: str, *, must: bool) -> None:
    """See to the system's packages for ``purpose``; without them stop if they ``must`` be."""
    if on_debian():
        if not install_packages(wanted) and must:
            stop(f"{purpose} cannot go on without these packages")
        return
    if not LINUX:
        return
    lost = {name: why for name, why in TEST_PROGRAMS.items() if must and not shutil.which(name)}
    if lost:
        say("please install, with this system's package manager, what Debian calls:")
        say(" ".join(wanted))
        if shutil.which("dnf"):
            say("here: sudo dnf install xorg-x11-server-Xvfb xdotool ImageMagick net-snmp-utils")
        stop(f"{purpose} cannot go on without " + ", ".join(f"{k} ({v})" for k, v in lost.items()))


# --- the virtual environment -----------------------------------------------------------------


def make_venv() -> None:
    """Make ``.venv`` with this Python, unless there is one that works."""
    usable = "import sys, pip; raise SystemExit(sys.version_info < (3, 11))"
    if PYTHON.exists() and call([PYTHON, "-c", usable]) == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        say(f"{sys.executable} has no ensurepip, which its venv module needs")
        wanted = [f"python3.{sys.version_info.minor}-venv"]
        if not (on_debian() and install_packages(wanted)):
            stop("install the package of Python's venv module (Debian, Ubuntu: python3-venv)")
    if VENV.exists():
        shutil.rmtree(VENV)
    if not step("making .venv", [sys.executable, "-m", "venv", VENV]):
        stop(f"{sys.executable} -m venv {VENV} failed; its message is above")


def wanted_stamp() -> str:
    """Give the hash of all that decides what is installed."""
    digest = hashlib.sha256((VENV / "pyvenv.cfg").read_bytes())
    names = ["requirements.lock", "pyproject.toml", "hatch_build.py"]
    for path in [*(ROOT / name for name in names), *protos()]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def protos() -> list[Path]:
    """Give the wire contracts that code is generated from."""
    return sorted((ROOT / "proto/platen/v1").glob("*.proto"))


def setup() -> None:
    """Make the virtual environment and install the project into it; nothing if all is fresh."""
    begin = time.monotonic()
    make_venv()
    stamp = wanted_stamp()
    generated = all((path.parent / f"{path.stem}_pb2_grpc.py").exists() for path in protos())
    if generated and STAMP.exists() and STAMP.read_text() == stamp:
        say(f"setup: fresh, {time.monotonic() - begin:.1f} s")
        return
    STAMP.unlink(missing_ok=True)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    pip += ["install", "-q"]
    say("installing what requirements.lock pins (the first time, this takes minutes)")
    if not step("requirements", [*pip, "--require-hashes", "-r", "requirements.lock"]):
        stop("pip could not install requirements.lock; its message is above")
    if not step("project", [*pip, "--no-deps", "--no-build-isolation", "-e", "."]):
        stop("the project could not be installed; pip's message is above")
    STAMP.write_text(stamp)


# --- the commands ----------------------------------------------------------------------------


def lint() -> list[str]:
    """Run every linter; give the names of those that found something."""
    tool = {name: SCRIPTS / (name + (".exe" if WINDOWS else "")) for name in ("ruff", "mypy")}
    ours = ["dev.py", "hatch_build.py", *(["benchmarks"] if benchmarks() else [])]
    steps: list[tuple[str, list[str | Path]]] = [
        ("ruff check", [tool["ruff"], "check", "-q", "."]),
        ("ruff format", [tool["ruff"], "format", "-q", "--check", "."]),
        ("mypy", [tool["mypy"], "--no-error-summary"]),
        ("mypy, tools", [tool["mypy"], "--no-error-summary", *ours]),
        ("import contracts", [SCRIPTS / ("lint-imports" + (".exe" if WINDOWS else ""))]),
    ]
    return [name for name, command in steps if not step(name, command, silent=True)]


def command_test(arguments: list[str]) -> int:
    """Lint, then run the tests; 0 only if everything is right."""
    need_packages(TEST, "test", must=True)
    setup()
    begin = time.monotonic()
    failed = lint()
    # One worker more than processors: many tests wait for a printer that takes its time. A file's
    # tests stay together, for each file has addresses of its own.
    beside = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile"]
    if not step("tests", [PYTHON, "-m", "pytest", *(arguments or beside)]):
        failed.append("tests")
    took = f"{time.monotonic() - begin:.0f} s"
    say(f"FAILED: {', '.join(failed)}; {took}" if failed else f"all is right, {took}")
    return 1 if failed else 0


def command_lint(arguments: list[str]) -> int:
    """Run the linters alone."""
    if arguments:
        stop("lint takes no arguments")
    setup()
    return 1 if lint() else 0


def command_setup(arguments: list[str]) -> int:
    """Set up and stop."""
    if arguments:
        stop("setup takes no arguments")
    setup()
    return 0


def has_display() -> bool:
    """Say whether a window could be shown."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def command_demo(arguments: list[str]) -> int:
    """Show everything on loopback."""
    if has_display() and "--headless" not in arguments:
        need_packages(QT, "demo with a window", must=False)
    setup()
    hand_over([PYTHON, "-m", "app", "demo", *arguments])


def command_run(arguments: list[str]) -> int:
    """Run ``platen`` with these arguments."""
    setup()
    hand_over([PYTHON, "-m", "app", *(arguments[1:] if arguments[:1] == ["--"] else arguments)])


def benchmarks() -> dict[str, Path]:
    """Give the benchmarks by name."""
    return {p.stem: p for p in sorted((ROOT / "benchmarks").glob("[!_]*.py"))}


def command_bench(arguments: list[str]) -> int:
    """Run the benchmarks named, or all."""
    known = benchmarks()
    if unknown := [name for name in arguments if name not in known]:
        stop(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known) or 'none'}")
    need_packages(BENCH, "bench", must=False)
    setup()
    failed = [name for name in arguments or known if not step(name, [PYTHON, known[name]])]
    return 1 if failed else 0


COMMANDS = {
    "setup": command_setup,
    "demo": command_demo,
    "test": command_test,
    "lint": command_lint,
    "bench": command_bench,
    "run": command_run,
}


def main(arguments: list[str]) -> int:
    """Do what the first argument says; 2 if it says nothing known."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what older ones are told by
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if not arguments or arguments[0] not in COMMANDS:
        asked = bool(arguments) and arguments[0] in {"-h", "--help", "help"}
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    os.chdir(ROOT)
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
