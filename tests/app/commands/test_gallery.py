"""``platen gallery``: a page as a picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.commands.gallery import PageName, SchemeName
from app.ui.gallery.gallery import PAGES
from app.ui.schemes import SCHEMES


def test_a_page_is_written(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    command = ["gallery", "--page", "feedback", "--scheme", "dark", "--scale", "1.5"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "app", *command, "--shot", str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, str(path)), done.stderr
    assert path.read_bytes().startswith(b"\x89PNG")


def test_the_options_know_every_page_and_scheme() -> None:
    assert [str(name) for name in PageName] == list(PAGES)
    assert [str(name) for name in SchemeName] == list(SCHEMES)
