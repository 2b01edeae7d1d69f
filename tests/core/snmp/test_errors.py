from __future__ import annotations

import pytest

from core.model.identity import Endpoint
from core.snmp import errors

HERE = Endpoint("127.0.0.1", 1161)
OID = (1, 3, 6, 1)
EVERY = {
    "snmp_timeout": errors.SnmpTimeoutError(HERE, 1.0, 3, ("2c", "1")),
    "snmp_port_closed": errors.SnmpPortClosedError(HERE),
    "snmp_unreachable": errors.SnmpUnreachableError(HERE, "No route to host"),
    "snmp_error_status": errors.SnmpStatusError(HERE, 5, OID),
    "snmp_malformed": errors.SnmpMalformedError(HERE, "it is short"),
    "snmp_walk_loop": errors.SnmpWalkLoopError(HERE, OID, (*OID, 5)),
    "snmp_walk_too_long": errors.SnmpWalkTooLongError(HERE, OID, 20_000),
    "snmp_no_resources": errors.SnmpNoResourcesError("send", "No buffer space available"),
}


@pytest.mark.parametrize("code", EVERY)
def test_every_failure_has_its_code_a_sentence_and_a_remedy(code):
    problem = EVERY[code].problem
    assert problem.code == code
    assert problem.text[0].isupper() or problem.text.startswith("127.0.0.1:1161")
    assert problem.text.endswith(".")
    assert problem.remedy.endswith(".")
    assert str(EVERY[code]) == problem.text


def test_the_texts_name_the_place():
    for code, error in EVERY.items():
        assert ("127.0.0.1:1161" in error.problem.text) is (code != "snmp_no_resources")


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (1, "tooBig"),
        (2, "noSuchName"),
        (5, "genErr"),
        (6, "noAccess"),
        (16, "authorizationError"),
        (18, "inconsistentName"),
        (19, "error status 19"),
        (-1, "error status -1"),
    ],
)
def test_error_statuses_have_the_names_of_the_standard(status, name):
    assert errors.status_name(status) == name


def test_a_status_without_a_name_pointed_at():
    text = errors.SnmpStatusError(HERE, 1, None).problem.text
    assert text == "127.0.0.1:1161 answers with the error tooBig."
    assert "1.3.6.1" in errors.SnmpStatusError(HERE, 5, OID).problem.text


def test_a_timeout_tells_what_was_tried():
    text = EVERY["snmp_timeout"].problem.text
    assert text == "No answer from 127.0.0.1:1161 within 1 s, 3 tries, by SNMP v2c and v1."
