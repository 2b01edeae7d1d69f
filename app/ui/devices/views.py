"""Views of the device table that have a name: a filter, columns, an order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction

from app.ui.buttons import MenuButton
from app.ui.devices.columns import USUAL, Column
from app.ui.i18n import QT_TRANSLATE_NOOP

MOST = 40


@dataclass(frozen=True, slots=True)
class SavedView:
    """``columns`` and ``sort`` are numbers of ``Column``; no columns are the usual ones."""

    name: str
    filter: str = ""
    columns: list[int] = field(default_factory=list)
    sort: int = 0
    descending: bool = False

    def shown(self) -> list[Column]:
        """Give the columns; what this version does not know is left out."""
        known = {column.value for column in Column}
        return [Column(number) for number in self.columns if number in known] or list(USUAL)

    def order(self) -> Column:
        """Give the column it is sorted by."""
        return Column(self.sort) if self.sort in {c.value for c in Column} else Column.PLACE


_LOW = [Column.PLACE, Column.STATE, Column.SUPPLIES, Column.LOWEST, Column.REMAINING]
_GONE = [Column.PLACE, Column.STATE, Column.READ, Column.ADDRESS]
BUILT_IN = (
    SavedView(QT_TRANSLATE_NOOP("Views", "All")),
    SavedView(QT_TRANSLATE_NOOP("Views", "Needs attention"), "is:attention", sort=Column.STATE),
    SavedView(QT_TRANSLATE_NOOP("Views", "Low supplies"), "is:low", [*_LOW], Column.LOWEST),
    SavedView(QT_TRANSLATE_NOOP("Views", "Offline"), "is:offline", [*_GONE], Column.READ),
    SavedView(
        QT_TRANSLATE_NOOP("Views", "Stale (off the reports)"), "is:stale", [*_GONE], Column.READ
    ),
    SavedView(QT_TRANSLATE_NOOP("Views", "Not managed"), "is:ignored"),
)


class ViewsButton(MenuButton):
    """Offers the views. ``chosen`` gives one, ``save_asked`` when what is shown is to be kept;
    ``rename_asked`` gives one that is to have another name, ``changed`` when there are other saved
    ones.
    """

    chosen = Signal(object)
    save_asked = Signal()
    rename_asked = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.saved: list[SavedView] = []
        self._current: SavedView | None = BUILT_IN[0]
        self.list.aboutToShow.connect(self._fill)
        self.show_current(BUILT_IN[0])
        self._fill()

    @property
    def current(self) -> SavedView | None:
        """The view that is shown; ``None`` where it has been changed since."""
        return self._current

    def show_current(self, view: SavedView | None) -> None:
        """Say which view is shown."""
        self._current = view
        name = self.name(view) if view else self.tr("Changed view")
        self.setText(name if len(name) <= 24 else f"{name[:23]}…")
        self.setAccessibleName(self.tr("View: %1").replace("%1", name, 1))

    def name(self, view: SavedView) -> str:
        """Name a view."""
        built_in = view in BUILT_IN
        return QCoreApplication.translate("Views", view.name) if built_in else view.name

    def take(self, views: Iterable[SavedView]) -> None:
        """Take the saved views."""
        self.saved = [view for view in views if view.name.strip()][:MOST]
        self._fill()

    def keep(self, view: SavedView) -> None:
        """Save a view, in place of one with its name."""
        self.take([*(each for each in self.saved if each.name != view.name), view])
        self.show_current(view)
        self.changed.emit()

    def rename(self, view: SavedView, name: str) -> None:
        """Give a saved view another name, in its place; one that has that name already goes."""
        if view not in self.saved or not name.strip():
            return
        named = replace(view, name=name)
        others = (each for each in self.saved if each == view or each.name != name)
        self.take([named if each == view else each for each in others])
        if view == self._current:
            self.show_current(named)
        self._fill()
        self.changed.emit()

    def drop(self, view: SavedView) -> None:
        """Forget a saved view; what is shown stays as it is."""
        self.take([each for each in self.saved if each != view])
        if view == self._current:
            self.show_current(None)
        self.changed.emit()

    def _fill(self) -> None:
        self.list.clear()
        for view in BUILT_IN:
            self._put(view)
        if self.saved:
            self.list.addSeparator()
            for view in self.saved:
                self._put(view)
        self.list.addSeparator()
        self.offer(self.tr("Save this view…"), self.save_asked.emit, icon="plus")
        current = self._current
        if current in self.saved and current is not None:
            named = current.name.replace("&", "&&")
            text = self.tr("Rename “%1”…").replace("%1", named, 1)
            self.offer(text, lambda: self.rename_asked.emit(current), icon="edit")
            text = self.tr("Delete “%1”").replace("%1", named, 1)
            self.offer(text, lambda: self.drop(current), icon="delete")

    def _put(self, view: SavedView) -> QAction:
        action = self.offer(self.name(view).replace("&", "&&"), lambda: self.chosen.emit(view))
        action.setCheckable(True)
        action.setChecked(view == self._current)
        return action
