"""How one printer would look to the hub with the settings of privacy as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from app.ui import words
from app.ui.tokens import L, M, S
from app.ui.widgets import ElidedLabel, clear, label
from core.model.device import DeviceSummary
from core.model.problem import PlatenError
from core.model.status import HubStatus

if TYPE_CHECKING:
    from core.border.pseudonyms import Pseudonyms

_FIELDS = ("hostname", "name", "location", "mac", "serial")


class PrivacyPreview(QFrame):
    """Two columns: as it is here, as the hub is told. Made by the border itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        self._device: DeviceSummary | None = None
        self._values: Mapping[str, Any] = {}
        self._hub: HubStatus | None = None
        self._key: Pseudonyms | None = None
        self._title = label(role="strong", wrap=True)
        self._note = label(role="small", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, M, L, M)
        layout.setSpacing(S)
        for part in (self._title, self._note):
            layout.addWidget(part)
        layout.addLayout(self._grid)

    def show_device(self, device: DeviceSummary | None) -> None:
        """Show this printer."""
        self._device = device
        self._fill()

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show it with these settings of privacy, by name."""
        self._values = dict(values)
        self._fill()

    def show_hub(self, hub: HubStatus) -> None:
        """Say where what leaves this computer goes."""
        if hub != self._hub:
            self._hub = hub
            self._fill()

    def rows(self) -> list[tuple[str, str, str]]:
        """Give what is compared: what it is, here, at the hub."""
        if self._device is None:
            return []
        here, there = self._bodies(self._device)
        told = []
        for title, path in _places():
            known = _text(here, path) or words.not_known()
            nothing = QCoreApplication.translate("Settings", "not sent")
            sent = _text(there, path) or (nothing if _text(here, path) else known)
            told.append((title, known, sent))
        return told

    def _bodies(self, device: DeviceSummary) -> tuple[Any, Any]:
        # What the border needs is loaded when a person comes to the settings.
        from core.border import Border  # noqa: PLC0415
        from core.border.pseudonyms import Pseudonyms  # noqa: PLC0415
        from core.model.jsonio import to_builtins  # noqa: PLC0415
        from core.settings.privacy import Privacy  # noqa: PLC0415

        # Not the installation's own key: that is the agent's, so these stand-ins are samples.
        self._key = self._key or Pseudonyms.passing()
        border = Border(Privacy.model_validate(dict(self._values)), self._key)
        plain = to_builtins(device.device)
        border.known.learn(plain["identity"])
        return plain, border.outgoing(device.device, device.device.segment)

    def _fill(self) -> None:
        if self.parentWidget() is None:
            return  # not in its place yet: shown now, it would be a window of its own
        clear(self._grid)
        self.setVisible(self._device is not None)
        if self._device is None:
            return
        try:
            rows = self.rows()
        except (PlatenError, ValueError):
            rows = []  # the setting that is wrong says so in its own row
        self._title.setText(self.tr("What the dealer sees of one of your printers"))
        note = self.tr(
            "Masked values look like these. The real ones are made with a secret key of this "
            "computer. Files that you export yourself are never masked."
        )
        self._note.setText(f"{what_leaves(self._hub)}\n{note}".strip())
        heads = (self.tr("Here"), self.tr("At the dealer"))
        for column, text in enumerate(heads, 1):
            self._grid.addWidget(label(text, "field"), 0, column)
        for number, (title, here, there) in enumerate(rows, 1):
            self._grid.addWidget(label(title, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(ElidedLabel(here), number, 1)
            shown = ElidedLabel(there, "strong" if there != here else "")
            shown.setAccessibleName(f"{title}: {there}")
            self._grid.addWidget(shown, number, 2)


def what_leaves(hub: HubStatus | None) -> str:
    """Say what leaves this computer, and to whom; nothing where that is not known yet."""
    translate = QCoreApplication.translate
    if hub is None:
        return ""
    if not hub.enrolled:
        return translate("Settings", "No dealer is connected: nothing leaves this computer.")
    form = translate(
        "Settings",
        "Sent, encrypted, to %1: page counts, supply levels, states, alerts, and which printer it "
        "is. Never what anybody prints, and never passwords. Logs only when somebody here or the "
        "dealer asks for them.",
    )
    where = " · ".join(part for part in (hub.hub_name, hub.address) if part)
    return form.replace("%1", where or translate("Settings", "the dealer's server"), 1)


def _places() -> list[tuple[str, tuple[str, ...]]]:
    translate = QCoreApplication.translate
    words = (
        translate("Settings", "Host name"),
        translate("Settings", "Name"),
        translate("Settings", "Location"),
        translate("Settings", "MAC address"),
        translate("Settings", "Serial number"),
    )
    first = (translate("Settings", "Address"), ("endpoint", "address"))
    return [
        first,
        *((word, ("identity", name)) for word, name in zip(words, _FIELDS, strict=True)),
    ]


def _text(body: Any, path: tuple[str, ...]) -> str:
    for step in path:
        body = body.get(step) if isinstance(body, dict) else None
    return str(body or "")
