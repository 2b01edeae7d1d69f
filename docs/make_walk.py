"""Makes the pictures of the guide: a walk as a new user's, in light and dark.

    python docs/make_walk.py [light | dark]

Real processes on a screen in memory, as in ``tests/app/test_walkthrough.py``; needs root for a
network of its own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from app.ui import window_state
from app.ui.window_state import WindowState
from tests.support.walk import Walk, walk

IMAGES = Path(__file__).parent / "images"


def steps(person: Walk, folder: Path) -> None:
    """Go through every step that has a picture."""
    person.begin()
    person.connect()
    person.search()
    person.look("reception")
    person.ask_origin()
    person.change_threshold(30)
    person.see_it_grow(person.open_history("reception"))
    person.export(folder / "reception.xlsx")
    person.close_and_reopen()
    person.keys("ctrl+1")
    person.take("15-map")
    person.keys("ctrl+5")
    person.take("16-settings")
    person.change("ctrl+k")
    person.take("17-palette")
    person.keys("Escape", "ctrl+2")
    person.go("show all keys")
    person.take("18-keys")
    person.keys("Escape")
    person.change("ctrl+shift+l")
    person.take("19-logs")
    person.keys("ctrl+q")


def main() -> None:
    """Make them in the shades that are named, or in both."""
    for shade in sys.argv[1:] or ("light", "dark"):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            # Light or dark is kept with the window's place: nothing else is there at the start.
            window_state.save(WindowState(theme=shade), folder / "agent")
            with walk(folder, IMAGES, f"walk-{{}}-{shade}.png") as person:
                steps(person, folder)
        sys.stdout.write(f"{shade}\n")


if __name__ == "__main__":
    main()
