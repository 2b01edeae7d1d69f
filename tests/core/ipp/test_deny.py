from __future__ import annotations

import pytest

from core.ipp import names
from core.ipp.deny import DENIED, denied_reason, refuse_denied
from core.model.problem import RefusedError

LISTS = {
    name: value
    for name, value in vars(names).items()
    if name.isupper() and isinstance(value, tuple)
}


@pytest.mark.parametrize(
    "name",
    [
        "all",
        "job-name",
        "job-originating-user-name",
        "job-description",
        "document-name",
        "requesting-user-name",
        "requesting-user-vcard",
        "printer-contact-col",
        "printer-fax-log-uri",
        "printer-wifi-password",
        "device-uri",
        "printer-description",
    ],
)
def test_people_and_what_they_print_are_never_asked(name: str) -> None:
    assert denied_reason(name)
    with pytest.raises(RefusedError, match="is never asked") as caught:
        refuse_denied(["printer-state", name])
    assert caught.value.problem.code == "ipp_attribute_denied"


def test_what_we_ask_for_is_allowed() -> None:
    assert set(LISTS) == {"IDENTITY", "STATUS", "SUPPLIES", "TRAYS", "COUNTERS"}
    for wanted in LISTS.values():
        refuse_denied(wanted)
        assert len(set(wanted)) == len(wanted)


def test_a_rule_takes_no_more_than_it_says() -> None:
    assert denied_reason("jobs") is None
    assert denied_reason("printer-device-id") is None
    assert denied_reason("device-uri-supported") is None
    assert all(reason for reason in DENIED.values())
