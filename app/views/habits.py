"""What the window does wherever one is: set up, palette, keys, guide, copying, dropped files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.ui.banner import Notice
from app.ui.commands import Commands
from app.ui.guide import PLACES, Guide
from app.ui.key_list import KeyList
from app.ui.palette import Palette
from app.ui.toasts import Toasts
from app.ui.tokens import Tone
from app.ui.window_state import WindowState
from app.views import clipboard, first_run, view_commands, window_commands
from app.views.drops import Drops
from app.views.first_run import FirstRunView
from app.views.window import MainWindow, Workers
from app.workers.first_run import FirstRunWorker, Suggestion
from core.model.problem import Problem
from core.model.status import AgentStatus

_PLACE = "guide"  # the property that names a place of the guide


class Habits(QObject):
    """Joins them to the window. ``state`` remembers which installations are set up.

    ``unasked`` lets the setting up come by itself where nothing is set up; it does so once.
    """

    def __init__(
        self,
        window: MainWindow,
        workers: Workers,
        state: WindowState,
        menu: QMenu | None = None,
        *,
        unasked: bool = True,
    ) -> None:
        super().__init__(window)
        self._window, self._workers, self._state = window, workers, state
        self._unasked = unasked
        self._installation = ""
        self._guide: Guide | None = None
        self._keys: KeyList | None = None
        self.worker = FirstRunWorker(workers.connection, self)
        self.files = FirstRunWorker(workers.connection, self)
        self.first_run = FirstRunView()
        self.drops = Drops(window)
        self.commands = Commands(window)
        self._register(menu)
        self.palette = Palette(window, self.commands)
        self._connect()

    def _register(self, menu: QMenu | None) -> None:
        doings = window_commands.Doings(
            guide=self.open_guide,
            keys=self.show_keys,
            set_up=self.set_up,
            palette=self.open_palette,
            copy=self.copy,
            message=self.go_to_message,
            message_there=lambda: self._messages() is not None,
        )
        window_commands.register(self.commands, self._window, doings, menu)
        view_commands.register(self.commands, self._window)

    def _connect(self) -> None:
        window = self._window
        self.first_run.join(self.worker, self._workers.discovery)
        self.first_run.left.connect(self._leave)
        self.first_run.settings_asked.connect(self._open_settings)
        window.settings.set_up_asked.connect(self.set_up)
        self._workers.connection.status_changed.connect(self._take_status)
        self._workers.devices.loaded.connect(self._choose_again)
        self.files.added.connect(self._take_file)
        self.files.refused.connect(self._refuse_file)
        window.header.palette_asked.connect(self.open_palette)
        self.drops.dropped.connect(self.take_file)
        window.installEventFilter(self)
        self._mark_places()

    def _mark_places(self) -> None:
        """Say for what has a place of its own in the guide which one that is."""
        window = self._window
        marked = (
            (window.devices.details, "origin"),
            (window.map.details, "origin"),
            (window.support_panel, "support"),
            (window.header.support, "support"),
            (window.header.agent, "background"),
            (self.palette, "keys"),
            (self.first_run, "first_run"),
        )
        for widget, place in marked:
            widget.setProperty(_PLACE, place)

    async def close(self) -> None:
        """End what is under way here."""
        await self.worker.close()
        await self.files.close()

    def _choose_again(self) -> None:
        """Choose the device that was chosen when the window was closed; a person's choice wins."""
        key, self._state.device = self._state.device, ""
        table = self._window.devices.table
        if key and table.current_key is None:
            table.select_key(key)

    # --- setting up -----------------------------------------------------------------------------

    def set_up(self) -> None:
        """Show the steps of setting up."""
        self._window.cover(self.first_run)
        self.worker.suggest()
        self.first_run.begin()

    @property
    def setting_up(self) -> bool:
        """Whether these steps are shown now."""
        return self.first_run.isVisible()

    def _take_status(self, status: AgentStatus) -> None:
        self.first_run.take_status(status)
        self._installation = status.installation
        known = status.installation in self._state.set_up
        if self._unasked and not known and first_run.wanted(status):
            self.set_up()
        self._unasked = False

    def _leave(self, view: str, later: bool) -> None:
        if self._installation not in self._state.set_up:
            self._state.set_up.append(self._installation)
        self._window.open_view(view or "devices")
        if later:
            text = self.tr("Nothing is set up yet. Ctrl+K finds “Set up Platen step by step”.")
            if self.first_run.enrolled:
                text = self.tr(
                    "No network has been searched yet. Ctrl+K finds “Set up Platen step by step”."
                )
            self._window.toasts.say(
                text,
                Tone.ACCENT,
                self.tr("Set up now"),
                self.set_up,
            )

    def _open_settings(self) -> None:
        """Show the settings, with a way back to the step that asked for them."""
        self._window.open_view("settings")
        self._window.toasts.say(
            self.tr("Enter user and password under Passwords, then go on with setting up."),
            Tone.ACCENT,
            self.tr("Back to setting up"),
            self.set_up,
        )

    # --- help -----------------------------------------------------------------------------------

    def open_palette(self) -> None:
        """Open the palette, with the settings loaded for it."""
        if not self._window.settings.rows:
            self._workers.settings.want()
        self.palette.open()

    def open_guide(self) -> None:
        """Open the guide at what a person looks at."""
        if self._guide is None:
            self._guide = Guide(self._window)
        self._guide.open_at(PLACES.get(self.place, ""))

    @property
    def place(self) -> str:
        """What a person is at, as a key of the guide's places: what has the keyboard, else what
        lies over the view, else the view.
        """
        widget = QApplication.focusWidget()
        while widget is not None:
            if widget.property(_PLACE):
                return str(widget.property(_PLACE))
            widget = widget.parentWidget()
        if self.setting_up:
            return "first_run"
        return "support" if self._window.support_panel.isVisible() else self._window.view

    def show_keys(self) -> None:
        """Show what the keys do."""
        if self._keys is None:
            self._keys = KeyList(self._window, self.commands)
            self._keys.setProperty(_PLACE, "keys")
        self._keys.open()

    def copy(self) -> None:
        """Copy what is marked, selected, or has the keyboard; else what the view is about."""
        text = clipboard.text_for(self._window)
        if text:
            QApplication.clipboard().setText(text)
            self._window.toasts.say(self.tr("Copied: it can be pasted into a spreadsheet"))
        else:
            said = self.tr("Nothing to copy here: select rows, or mark words.")
            self._window.toasts.say(said, Tone.ACCENT)

    # --- messages -------------------------------------------------------------------------------

    def _messages(self) -> Toasts | None:
        shown = (each for each in self._window.findChildren(Toasts) if each.isVisible())
        return next(shown, None)

    def go_to_message(self) -> None:
        """Bring the keyboard to the message that is shown."""
        messages = self._messages()
        if messages is not None:
            messages.take_keyboard()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape, where nothing else wants it, take the message away that is shown."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            messages = self._messages() if event.key() == Qt.Key.Key_Escape else None
            if messages is not None and messages.dismiss():
                return True
        return super().eventFilter(watched, event)

    # --- dropped files --------------------------------------------------------------------------

    def take_file(self, path: Path) -> None:
        """Read a file of addresses: for the steps of setting up, or for a search."""
        (self.worker if self.setting_up else self.files).add_file(path)

    def _take_file(self, found: list[Suggestion]) -> None:
        window_commands.scan(self._window)
        self._window.scan_panel.show_targets([t for one in found for t in one.targets])

    def _refuse_file(self, problem: Problem) -> None:
        self._window.tell(Notice(Tone.WARNING, problem.text, problem.remedy))
