"""Recordings of real agents, served by snmpsim, one address each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.ask_plainly import wait_until_answering
from tests.support.need import missing

_PROGRAM = "snmpsim-command-responder"
_PATIENCE = 60.0


@contextmanager
def serve_walks(files: Mapping[str, Path], port: int) -> Iterator[None]:
    """Serve each address's ``.snmprec`` file at this UDP port, community "public".

    Comes back when every address answers; raises ``RuntimeError`` with the simulator's own words
    if that does not happen within a minute.
    """
    program = Path(sys.executable).parent / _PROGRAM
    if not program.exists():
        missing(f"{_PROGRAM} is not installed beside this Python")
    with tempfile.TemporaryDirectory(prefix="platen-snmpsim-") as name:
        folder = Path(name)
        command = [sys.executable, str(program), *_options(folder, files, port)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
            try:
                wait_until_answering(dict.fromkeys(files, port), process, _PATIENCE)
                yield
            except RuntimeError as error:
                raise RuntimeError(f"{error}: {_last_words(folder / 'log')}") from None
            finally:
                _end(process)


def _options(folder: Path, files: Mapping[str, Path], port: int) -> list[str]:
    cache = folder / "cache"
    cache.mkdir()
    options = [f"--cache-dir={cache}"]
    if os.name == "posix" and os.geteuid() == 0:
        options += _stay_root()
    for address, source in files.items():
        data = folder / address
        data.mkdir()
        shutil.copyfile(source, data / "public.snmprec")
        options += [
            "--v3-engine-id=auto",
            f"--data-dir={data}",
            f"--agent-udpv4-endpoint={address}:{port}",
        ]
    return options


def _stay_root() -> list[str]:
    """Name root itself: as anyone else the simulator may be unable to read this Python's own
    modules, which it goes on importing.
    """
    import grp

    return ["--process-user=root", f"--process-group={grp.getgrgid(0).gr_name}"]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_words(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]
