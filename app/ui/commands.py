"""The commands of the window, in one place: for the palette, the shortcuts and their list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.fuzzy import score

_MOST = 40
_SHIFTED = {"?"}  # signs that most keyboards give with Shift, which some report and some do not


@dataclass(frozen=True, slots=True)
class Command:
    """What can be done. ``keys`` as in "Ctrl+K"; ``words`` are searched and not shown; ``bound``
    says that something else of the window listens to the keys already; one that is not ``listed``
    has keys alone.
    """

    key: str
    title: str
    group: str
    act: Callable[[], object]
    keys: str = ""
    words: str = ""
    bound: bool = False
    listed: bool = True
    possible: Callable[[], bool] = lambda: True


Source = Callable[[str], Iterable[Command]]


class Commands:
    """All commands: those that always are there, and sources for those that come and go."""

    def __init__(self, home: QWidget) -> None:
        self._home = home
        self._fixed: dict[str, Command] = {}
        self._sources: list[Source] = []

    def register(self, *commands: Command) -> None:
        """Take commands, and listen to their keys; raises ``ValueError`` for one that is known."""
        for command in commands:
            if command.key in self._fixed:
                raise ValueError(f"the command {command.key} is registered already")
            self._fixed[command.key] = command
            if command.keys and not command.bound:
                self._listen(command)

    def _listen(self, command: Command) -> None:
        shortcut = QShortcut(self._home)
        keys = [QKeySequence(command.keys)]
        if command.keys in _SHIFTED:
            keys.append(QKeySequence(f"Shift+{command.keys}"))
        shortcut.setKeys(keys)
        # Where a keyboard gives both, Qt finds two that fit; they are one.
        for heard in (shortcut.activated, shortcut.activatedAmbiguously):
            heard.connect(lambda key=command.key: self.run(key))

    def source(self, source: Source) -> None:
        """Take a source, which is asked with what a person has typed so far."""
        self._sources.append(source)

    def run(self, key: str) -> None:
        """Do one, if that is possible now."""
        command = self._fixed[key]
        if command.possible():
            command.act()

    def with_keys(self) -> list[Command]:
        """Give those that have keys, in the order in which they were registered."""
        return [command for command in self._fixed.values() if command.keys]

    def search(self, text: str) -> list[Command]:
        """Give what fits, the best first; without a text, what always is there."""
        found = [c for c in self._fixed.values() if c.listed and c.possible()]
        if not text.strip():
            return found
        for source in self._sources:
            found.extend(command for command in source(text) if command.possible())
        fits = [(score(text, c.title, c.words), place, c) for place, c in enumerate(found)]
        ranked = sorted((fit for fit in fits if fit[0] > 0), key=lambda fit: (-fit[0], fit[1]))
        return [command for _, _, command in ranked[:_MOST]]
