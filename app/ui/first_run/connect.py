"""Step 1: the dealer's address and code, and the test of the way there."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.ui.banner import Notice
from app.ui.buttons import TextButton
from app.ui.cards import NoticeCard
from app.ui.fields import TextField
from app.ui.first_run.checks import Checks
from app.ui.first_run.parts import StepPage
from app.ui.forms import FormRow
from app.ui.tokens import Tone
from app.ui.widgets import button
from core.model.connection import ConnectionStep, StepName, StepResult
from core.model.problem import Problem
from core.model.status import HubStatus

#: What fails only once the code is sent, by its problem: the check that it belongs to.
_CHECK_OF = {
    "hub_name_unknown": StepName.DNS,
    "hub_refused": StepName.TCP,
    "hub_unreachable": StepName.TCP,
    "hub_timeout": StepName.TCP,
    "hub_away": StepName.TCP,
    "hub_closed": StepName.TCP,
    "hub_tls_failed": StepName.TLS,
    "hub_wrong_name": StepName.CERTIFICATE,
    "hub_not_the_one": StepName.CERTIFICATE,
    "hub_certificate_lapsed": StepName.CERTIFICATE,
    "clock_wrong": StepName.CLOCK,
    "hub_wrong_port": StepName.TCP,
}


class ConnectStep(StepPage):
    """``asked`` gives address and code; ``without`` when a person goes on without a dealer."""

    asked = Signal(str, str)
    without = Signal()

    def __init__(self) -> None:
        super().__init__("", "")
        self.address = TextField(self.tr("Address"), self.tr("printers.yourdealer.com"))
        self.code = TextField(self.tr("Code"), self.tr("as it stands in the dealer's letter"))
        self._address_row = FormRow(
            self.tr("Address"), self.address, self.tr("As your dealer wrote it.")
        )
        self._code_row = FormRow(
            self.tr("Code"),
            self.code,
            self.tr(
                "40 letters and digits. It works once. You may paste all that stands around it."
            ),
        )
        self.checks = Checks()
        self.notice = NoticeCard()
        self.body.addWidget(self._address_row)
        self.body.addWidget(self._code_row)
        self.body.addWidget(self.checks)
        self.body.addWidget(self.notice)
        self.go = TextButton(self.tr("Connect"), kind="primary")
        self.go.clicked.connect(self._ask)
        self.skip = button("", "link")
        self.skip.clicked.connect(self.without)
        self.foot.addWidget(self.go)
        self.foot.addWidget(self.skip)
        self.foot.addStretch(1)
        self.show_hub(HubStatus(False))
        for field in (self.address, self.code):
            field.returnPressed.connect(self._ask)
            field.textEdited.connect(self._forget)

    def show_hub(self, hub: HubStatus) -> None:
        """Say what there is to do: connect, or nothing where there is a dealer already."""
        if hub.enrolled:
            form = self.tr(
                "%1 gets the page counts and toner levels of %2. For another dealer, enter its "
                "address and its code."
            )
            words = form.replace("%1", hub.hub_name or "?", 1).replace("%2", hub.customer or "?", 1)
            self.say(self.tr("Connected to your dealer"), words)
            self.skip.setText(self.tr("Go on"))
            return
        self.say(
            self.tr("Connect to your dealer"),
            self.tr(
                "Your dealer gave you an address and a code. With them, Platen sends the page "
                "counts and toner levels of your printers to the dealer's server. "
                "Nothing that anybody prints is ever sent."
            ),
        )
        self.skip.setText(self.tr("Work without a dealer for now"))

    def focus_first(self) -> None:
        """Give the keyboard to the field that is empty."""
        (self.code if self.address.text() and not self.code.text() else self.address).setFocus()

    def take(self, step: ConnectionStep) -> None:
        """Show how one check went."""
        self.checks.take(step)

    def fail(self, problem: Problem) -> None:
        """Say why it did not work, at the field where it is one of them."""
        self.go.work(False)
        self.go.setText(self.tr("Try again"))
        said = f"{problem.text} {problem.remedy}".strip()
        check = _CHECK_OF.get(problem.code)
        if problem.code == "bad_hub_address":
            self.checks.hide()
            self._refuse(self._address_row, self._no_address())
        elif check is not None:
            failed = ConnectionStep(check, "", StepResult.FAILED, problem.text, problem.remedy)
            self.checks.take(failed)
        elif "code" in problem.code and not problem.code.startswith("step_"):
            self.checks.setVisible(bool(self.checks.results))
            self._refuse(self._code_row, said)
        elif not problem.code.startswith("step_"):
            self.notice.tell(Notice(Tone.ERROR, problem.text, problem.remedy))

    def succeed(self) -> None:
        """Take that it worked: the code has been used, and is kept nowhere."""
        self.go.work(False)
        self.go.setText(self.tr("Connect"))
        self.checks.prove()
        self.code.clear()

    def _no_address(self) -> str:
        return self.tr(
            "This is no address of a server. One looks like printers.yourdealer.com, some with a "
            "number after a colon: printers.yourdealer.com:7444."
        )

    def _refuse(self, row: FormRow, why: str) -> None:
        row.refuse(why)
        row.field.setFocus()

    def _forget(self) -> None:
        self._address_row.refuse("")
        self._code_row.refuse("")
        self.notice.tell(None)

    def _ask(self) -> None:
        if self.go.working:
            return
        self._forget()
        address, code = self.address.text().strip(), self.code.text().strip()
        if not address:
            self._refuse(self._address_row, self.tr("Enter the address that your dealer gave you."))
        elif not code:
            self._refuse(self._code_row, self.tr("Enter the code that your dealer gave you."))
        else:
            self.checks.start()
            self.go.work(True)
            self.asked.emit(address, code)
