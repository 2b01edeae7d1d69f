"""Fields for what is secret: a community, an SNMPv3 user, a login at a web page.

What is typed into a secret field shows as dots, is not copied, and is not kept for taking back.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.ui.fields import TextField
from app.ui.pickers import ComboBox
from app.ui.tokens import XS, M
from app.ui.widgets import IconButton, label

_LEAST = 8  # characters of an SNMPv3 password: RFC 3414, section 11.2
_HINTS = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class SecretField(QLineEdit):
    """Takes a secret: dots, no copying, no dragging, no completion."""

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_HINTS)
        self.setDragEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def forget(self) -> None:
        """Empty it; what was there cannot be taken back (``clear`` could be)."""
        self.setText("")


class CredentialPart(QWidget):
    """One community, user or login. ``dropped`` when a person wants it away."""

    dropped = Signal()

    def __init__(self, name: str, drop: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.first: QLineEdit | None = None  # where to begin typing
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(M)
        self.grid.setVerticalSpacing(XS)
        self._drop = IconButton("close", drop)
        self._drop.clicked.connect(self.dropped)

    def put(self, row: int, column: int, name: str, field: QWidget) -> None:
        """Put a field with its name over it."""
        words = label(name, "field")
        words.setBuddy(field)
        self.grid.addWidget(words, 2 * row, column)
        self.grid.addWidget(field, 2 * row + 1, column)
        if self.first is None and isinstance(field, QLineEdit):
            self.first = field
        self.grid.setColumnStretch(column, 1)

    def close_row(self, column: int) -> None:
        """Put the cross behind the first row."""
        self.grid.addWidget(self._drop, 1, column, Qt.AlignmentFlag.AlignVCenter)

    def value(self) -> Any:
        """Give it in the form of ``core.model.action.SetCredentialsArguments``."""
        return None

    def wrong(self) -> str:
        """Say what is missing; empty where nothing is."""
        return ""

    def forget(self) -> None:
        """Empty the secret fields."""
        for field in self.findChildren(SecretField):
            field.forget()


class CommunityPart(CredentialPart):
    """A community of SNMP v1 and v2c."""

    def __init__(self) -> None:
        super().__init__(self.tr("SNMP name"), self.tr("Remove this SNMP name"))
        self._text = SecretField(self.tr("SNMP name"), self.tr("also called the community"))
        self.put(0, 0, self.tr("SNMP name"), self._text)
        self.close_row(1)

    def value(self) -> str:
        """See ``CredentialPart``."""
        return self._text.text()

    def wrong(self) -> str:
        """See ``CredentialPart``."""
        return (
            "" if self._text.text() else self.tr("An SNMP name is empty: fill it in or remove it.")
        )


class UserPart(CredentialPart):
    """A user of SNMPv3, with how it proves itself and how it hides what is said."""

    def __init__(self) -> None:
        from core.snmp.v3.user import AuthProtocol, PrivProtocol  # noqa: PLC0415 - when needed

        super().__init__(self.tr("SNMPv3 user"), self.tr("Remove this user"))
        none = ("", self.tr("none"))
        proofs = tuple((one.value, _said(one.value)) for one in AuthProtocol)
        hidings = tuple((one.value, _said(one.value)) for one in PrivProtocol)
        self._name = TextField(self.tr("Name of the user"))
        self._context = TextField(self.tr("Context name"), self.tr("usually empty"))
        self._auth = ComboBox(self.tr("Authentication"), (none, *proofs))
        self._priv = ComboBox(self.tr("Privacy"), (none, *hidings))
        self._auth_password = SecretField(self.tr("Authentication password"))
        self._priv_password = SecretField(self.tr("Privacy password"))
        self._auth.choose("sha256")
        self._priv.choose("aes128")
        self.put(0, 0, self.tr("SNMPv3 user"), self._name)
        self.put(0, 1, self.tr("Context name"), self._context)
        self.put(1, 0, self.tr("Authentication"), self._auth)
        self.put(1, 1, self.tr("Authentication password"), self._auth_password)
        self.put(2, 0, self.tr("Privacy"), self._priv)
        self.put(2, 1, self.tr("Privacy password"), self._priv_password)
        self.close_row(2)
        self._auth.currentIndexChanged.connect(self._follow)
        self._priv.currentIndexChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        auth = bool(self._auth.value())
        if not auth:
            self._priv.choose("")
        self._priv.setEnabled(auth)
        for field, on in (
            (self._auth_password, auth),
            (self._priv_password, bool(self._priv.value())),
        ):
            field.setEnabled(on)
            if not on:
                field.forget()

    def value(self) -> dict[str, Any]:
        """See ``CredentialPart``."""
        return {
            "name": self._name.text().strip(),
            "auth": self._auth.value() or None,
            "auth_password": self._auth_password.text(),
            "priv": self._priv.value() or None,
            "priv_password": self._priv_password.text(),
            "context": self._context.text().strip(),
        }

    def wrong(self) -> str:
        """See ``CredentialPart``."""
        if not self._name.text().strip():
            return self.tr("An SNMPv3 user needs a name, as the printer has it.")
        for protocol, field in (
            (self._auth, self._auth_password),
            (self._priv, self._priv_password),
        ):
            if protocol.value() and len(field.text().encode()) < _LEAST:
                form = self.tr("%1: at least 8 characters.")
                return form.replace("%1", field.accessibleName(), 1)
        return ""


class LoginPart(CredentialPart):
    """A login at a printer's own web page."""

    def __init__(self) -> None:
        super().__init__(self.tr("Web login"), self.tr("Remove this login"))
        self._user = SecretField(self.tr("User of the web page"))
        self._password = SecretField(self.tr("Password of the web page"))
        self._realm = TextField(self.tr("Realm"), self.tr("any"))
        self.put(0, 0, self.tr("User of the web page"), self._user)
        self.put(0, 1, self.tr("Password"), self._password)
        self.put(0, 2, self.tr("Realm"), self._realm)
        self.close_row(3)

    def value(self) -> dict[str, Any]:
        """See ``CredentialPart``."""
        realm = self._realm.text().strip()
        found = {"user": self._user.text(), "password": self._password.text()}
        return found | ({"realm": realm} if realm else {})

    def wrong(self) -> str:
        """See ``CredentialPart``."""
        if self._user.text() and self._password.text():
            return ""
        return self.tr("A web login needs a user and a password.")


def _said(protocol: str) -> str:
    if protocol.endswith("-cisco"):
        form = QCoreApplication.translate("Credentials", "%1 (Cisco variant)")
        return form.replace("%1", _said(protocol.removesuffix("-cisco")), 1)
    return protocol.upper().replace("SHA", "SHA-").replace("AES", "AES-")
