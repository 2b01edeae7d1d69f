"""Asks before something ends on which the collection rests, and says what that means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

_WIDTH = 340  # of the text: a sentence on two lines


def ask(
    text: str, meaning: str, yes: str, then: Callable[[], None], parent: QWidget | None = None
) -> QMessageBox:
    """Show a question that blocks nothing; ``then`` is called where it is answered with ``yes``."""
    box = QMessageBox(parent)
    box.setWindowTitle("Platen")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(meaning)
    told = box.findChild(QLabel, "qt_msgbox_informativelabel")
    if isinstance(told, QLabel):
        told.setMinimumWidth(_WIDTH)
    agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(
        QCoreApplication.translate("Tray", "Cancel"), QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    agree.clicked.connect(lambda _checked=False: then())
    box.open()
    if parent is None:  # no window of ours is in front
        box.raise_()
        box.activateWindow()
    return box


def quit_question(*, agent_too: bool, at_sign_in: bool = True) -> tuple[str, str, str]:
    """Give question, meaning and the word on the button, by what ends with it."""
    if not agent_too:
        return (
            QCoreApplication.translate("Tray", "Remove the tray icon?"),
            QCoreApplication.translate(
                "Tray", "The agent runs in another process and goes on reading."
            ),
            QCoreApplication.translate("Tray", "Remove"),
        )
    later = QCoreApplication.translate(
        "Tray", "Nothing is read until Platen is started again, at the latest at the next sign-in."
    )
    if not at_sign_in:
        later = QCoreApplication.translate("Tray", "Nothing is read until Platen is started again.")
    return (
        QCoreApplication.translate("Tray", "Quit Platen?"),
        later,
        QCoreApplication.translate("Tray", "Quit"),
    )
