"""One question over SNMPv3: who are you, what is your time, and then the question itself."""

from __future__ import annotations

from core.snmp.errors import SnmpError
from core.snmp.message import encode_pdu
from core.snmp.question import Question
from core.snmp.v3.errors import V3Error, V3ForgedAnswerError
from core.snmp.v3.reports import NOT_IN_WINDOW, UNKNOWN_ENGINE, Report, error_of
from core.snmp.v3.session import Heard, Session, introduction


class Talk:
    """What is sent for one question, from its first try to its answer.

    A device that is met for the first time costs one datagram more, one whose clock moved another;
    each of both is done once for a question at most.
    """

    def __init__(self, session: Session, question: Question) -> None:
        self.session = session
        self.unproved: str | None = None
        self._question = question
        self._introduced = False
        self._met_anew = False
        self._resynchronised = False

    def datagram(self, number: int) -> bytes:
        """Write what is to be sent now; ``number`` is the message id."""
        self._introduced = self.session.engine is None
        if self._introduced:
            return introduction(number)
        question = self._question
        pdu = encode_pdu(question.kind, number, question.oids, max_repetitions=question.repetitions)
        return self.session.write(number, pdu)

    def hear(self, data: bytes, number: int) -> Heard:
        """Read what came; raises ``SnmpDecodeError``. What cannot be believed is remembered."""
        heard = self.session.hear(data, number)
        if isinstance(heard, str):
            self.unproved = heard
        return heard

    def believes(self, report: Report) -> bool:
        """Whether to act on a report at once: anyone could have written what is not proved."""
        return report.proven or self._introduced

    def goes_on(self, report: Report) -> bool:
        """Act on a report; gives whether there is something more to be sent."""
        if self._introduced:
            if not report.stamp.engine_id:
                return False
            self.session.meet(report.stamp)
            return True
        if report.oid == NOT_IN_WINDOW and report.proven and not self._resynchronised:
            self._resynchronised = True
            return True
        if report.oid == UNKNOWN_ENGINE and not self._met_anew:
            self._met_anew = True
            self.session.forget()
            return True
        return False

    def refusal(self, report: Report) -> V3Error:
        """Name what a report came to."""
        return error_of(report, self.session.user, self.session.endpoint)

    def failure(self) -> SnmpError | None:
        """Name what came in place of an answer, if it was something that cannot be believed."""
        if self.unproved is None:
            return None
        return V3ForgedAnswerError(self.session.endpoint, self.unproved)
