from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from core.discovery.combine import NO_SNMP, combine
from core.model.evidence import Finding, Rejection
from core.model.identity import Endpoint
from core.model.jsonio import to_json
from core.model.provenance import Source
from tests.support.evidence import dns_sd, ipp, scope_of, snmp, wsd

A, B, C = "127.30.0.5", "127.30.0.6", "127.30.0.7"
U1 = "4509a320-00a0-008f-00b6-0017c8000001"
U2 = "4509a320-00a0-008f-00b6-0017c8000002"
U3 = "4509a320-00a0-008f-00b6-0017c8000003"
W1 = "16a65700-007c-1000-bb49-0017c8000001"
SCOPE = scope_of()


def one(findings, sightings, **options):
    (found,) = combine(findings, sightings, options.pop("scope", SCOPE), **options)
    assert isinstance(found, Finding)
    return found


def sources(finding):
    return [evidence.source for evidence in finding.evidence]


def test_one_printer_seen_in_four_ways():
    found = one(
        [snmp(A, vendor="Kyocera", model="ECOSYS P3155dn", serial="VXY1", mac="00:17:c8:00:00:01")],
        [
            dns_sd(A, ty="Kyocera ECOSYS P3155dn", UUID=U1, note="Hall", rp="ipp/print"),
            dns_sd(A, service="_ipps._tcp", ty="Kyocera ECOSYS P3155dn", UUID=U1, rp="ipp/print"),
            dns_sd(A, service="_pdl-datastream._tcp", port=9100, ty="Kyocera ECOSYS P3155dn"),
            dns_sd(A, service="_uscan._tcp", port=9090, name="Kyocera scan", UUID=W1),
            ipp(A, model="Kyocera ECOSYS P3155dn", uuid=U1, firmware="2VK_S000"),
            wsd(A, uuid=W1),
        ],
        refused={},
    )
    assert sources(found) == [
        Source.SNMP, Source.IPP, Source.DNS_SD, Source.DNS_SD, Source.WS_DISCOVERY,
    ]  # fmt: skip
    assert found.evidence[2].detail == (
        'DNS-SD: "Front desk" (Kyocera ECOSYS P3155dn) announces _ipp._tcp on port 631, '
        "_ipps._tcp on port 631, _pdl-datastream._tcp on port 9100"
    )
    assert found.evidence[4].detail.endswith(f"says that it prints, at http://{A}:5357/")
    assert (found.endpoint, found.version, found.segment) == (Endpoint(A, 161), "2c", "office")
    identity = found.identity
    assert (identity.serial, identity.mac, identity.uuid) == ("VXY1", "00:17:c8:00:00:01", U1)
    assert (identity.location, identity.firmware) == ("Hall", "2VK_S000")
    assert found.provenance["identity.model"].source is Source.SNMP
    assert found.provenance["identity.uuid"].source is Source.IPP
    assert found.provenance["identity.location"].source is Source.DNS_SD


def test_a_finding_that_nothing_is_added_to_stays_what_it_is():
    alone = snmp(A, vendor="HP", location="Hall", model="LaserJet 4", serial="X1")
    back = dict(reversed(alone.provenance.items()))
    assert to_json(one([replace(alone, provenance=back)], [], refused={})) == to_json(
        replace(alone, provenance=back)
    )


def test_the_machines_own_words_win_and_the_others_stay_in_sight():
    found = one(
        [snmp(A, vendor="Lexmark", model="MS622de", serial="4600ABCDE")],
        [dns_sd(A, ty="Dell B5460dn", usb_MFG="Dell"), ipp(A, model="Lexmark MS622de")],
    )
    assert (found.identity.vendor, found.identity.model) == ("Lexmark", "MS622de")
    details = {evidence.source: evidence.detail for evidence in found.evidence}
    assert details[Source.DNS_SD].endswith(
        "; its vendor here is Dell; its model here is Dell B5460dn"
    )
    assert "here is" not in details[Source.IPP]


def test_a_printer_whose_snmp_is_off_says_so_once_the_sweep_is_through():
    sightings = [dns_sd(A, ty="Brother HL-L2350DW"), ipp(A, model="Brother HL-L2350DW", uuid=U1)]
    early = one([], sightings)
    assert NO_SNMP not in early.evidence[0].detail
    late = one([], sightings, refused={B: "not here"}, scope=scope_of(port=1161))
    assert late.evidence[0].detail.endswith(f"Brother HL-L2350DW. {NO_SNMP}")
    assert NO_SNMP not in late.evidence[1].detail
    assert (late.endpoint, late.segment, late.version) == (Endpoint(A, 1161), "office", None)
    assert (late.identity.vendor, late.identity.uuid) == ("Brother", U1)
    other = one([], sightings, refused={A: "sysDescr names no printer"})
    assert other.evidence[0].detail.endswith(
        ". SNMP answers here, and knows of no printer: sysDescr names no printer"
    )
    heard = one([snmp(A, serial="S1")], sightings, refused={})
    assert not any(NO_SNMP in evidence.detail for evidence in heard.evidence)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"serial": "VXY1", "vendor": "Kyocera"}, {"serial": "vxy1", "vendor": "Kyocera"}),
        ({"mac": "00:17:c8:00:00:01"}, {"mac": "00:17:c8:00:00:01"}),
        ({"uuid": U1}, {"uuid": U1.upper()}),
    ],
)
def test_two_addresses_of_one_printer(first, second):
    found = one([snmp(B, **first), snmp(A, **second)], [])
    assert found.endpoint.address == A
    assert [evidence.detail.rpartition(" (at ")[2] for evidence in found.evidence] == [
        f"{A}:161)", f"{B}:161)",
    ]  # fmt: skip


def test_two_addresses_of_one_printer_that_only_announces_itself():
    found = one([], [dns_sd(A, UUID=U1), wsd(B, uuid=U1), dns_sd(B, C, UUID=U1, name="Other")])
    assert found.endpoint.address == A
    assert sources(found) == [Source.DNS_SD, Source.DNS_SD, Source.WS_DISCOVERY]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"serial": "VXY1"}, {"serial": "VXY2"}),
        ({"serial": "VXY1", "vendor": "Kyocera"}, {"serial": "VXY1", "vendor": "Epson"}),
        (
            {"mac": "00:17:c8:00:00:01", "serial": "1001"},
            {"mac": "00:17:c8:00:00:01", "serial": "1002"},
        ),
        ({"uuid": U1, "mac": "00:17:c8:00:00:01"}, {"uuid": U2, "mac": "00:17:c8:00:00:01"}),
        (
            {"serial": "VXY1", "mac": "00:17:c8:00:00:01"},
            {"serial": "VXY1", "mac": "00:17:c8:00:00:02"},
        ),
        ({"mac": "00:17:c8:00:00:01", "model": "A"}, {"mac": "00:17:c8:00:00:01", "model": "B"}),
        ({"mac": "02:17:c8:00:00:01"}, {"mac": "02:17:c8:00:00:01"}),
        ({}, {}),
    ],
)
def test_two_printers_at_two_addresses(first, second):
    found = combine([snmp(A, **first), snmp(B, **second)], [], SCOPE)
    assert [one.endpoint.address for one in found] == [A, B]


def test_a_print_server_of_three_queues_with_uuids_is_three():
    queues = [
        dns_sd(A, name=name, UUID=uuid, ty="HP LaserJet 4", rp=f"printers/{name}")
        for name, uuid in (("one", U1), ("two", U2), ("three", U3))
    ]
    answers = [ipp(A, path=f"/printers/{n}", uuid=u) for n, u in (("one", U1), ("two", U2))]
    found = combine([], [*queues, *answers, wsd(A, uuid=W1)], SCOPE)
    assert sorted(str(one.identity.uuid) for one in found) == [U1, U2, U3]
    assert [sources(one).count(Source.WS_DISCOVERY) for one in found] == [1, 1, 1]
    assert sum(Source.IPP in sources(one) for one in found) == 2
    assert all("queue of a computer" in one.evidence[-2].detail for one in found)


def test_three_queues_without_a_uuid_are_three_by_their_names():
    queues = [dns_sd(A, name=name, service="_printer._tcp") for name in ("one", "two", "three")]
    found = combine([], queues, SCOPE)
    assert [one.identity.name for one in found] == ["one", "three", "two"]


def test_three_rows_of_an_agent_are_three_and_what_fits_all_speaks_for_all():
    rows = [snmp(A, row=n, mac="00:17:c8:00:00:01", model=f"M{n}") for n in (1, 2, 3)]
    found = combine(rows, [wsd(A, uuid=W1), dns_sd(A, UUID=U1), ipp(A)], SCOPE)
    assert [one.device_index for one in found] == [1, 2, 3]
    assert all(
        sources(one) == [Source.SNMP, Source.IPP, Source.DNS_SD, Source.WS_DISCOVERY]
        for one in found
    )
    assert {one.identity.uuid for one in found} == {None}


def test_rows_and_queues_of_one_model_belong_together():
    rows = [snmp(A, row=n, model=f"LaserJet {n}", vendor="HP") for n in (1, 2, 3)]
    queues = [
        dns_sd(A, name=f"q{n}", ty=f"HP LaserJet {n}", UUID=uuid)
        for n, uuid in ((1, U1), (2, U2), (3, U3))
    ]
    found = combine(rows, queues, SCOPE)
    assert [(one.device_index, one.identity.uuid) for one in found] == [(1, U1), (2, U2), (3, U3)]
    assert all(sources(one) == [Source.SNMP, Source.DNS_SD] for one in found)


def test_what_fits_two_printers_which_are_not_one_is_neither():
    found = combine([snmp(A, serial="S1")], [dns_sd(A, UUID=U1, name="x"), ipp(A, uuid=U2)], SCOPE)
    assert {(one.identity.serial, one.identity.uuid) for one in found} == {
        (None, U1), (None, U2), ("S1", None),
    }  # fmt: skip


def test_a_serial_told_with_more_around_it_is_the_same():
    assert (
        one([snmp(A, serial="ABC1234")], [ipp(A, serial="XABC1234")]).identity.serial == "ABC1234"
    )


def test_a_chain_that_ends_in_two_printers_parts_at_the_same_link_in_every_order():
    chain = [
        dns_sd(C, name="one", UUID=U2),
        dns_sd(A, C, name="one"),
        ipp(A),
        dns_sd(A, B, name="one"),
        dns_sd(B, name="one", UUID=U1),
    ]
    results = {repr(combine([snmp(A)], order, SCOPE)) for order in permutations(chain)}
    assert len(results) == 1
    assert U1 in results.pop()


def test_a_scanner_is_no_printer_and_says_so():
    (found,) = combine([], [dns_sd(A, service="_scanner._tcp", name="ScanStation")], SCOPE)
    assert isinstance(found, Rejection)
    assert found.endpoint == Endpoint(A, 161)
    assert found.reason == '"ScanStation" announces that it scans and nothing that it prints'
    assert found.segment == "office"


def test_what_was_not_asked_for_is_not_reported():
    scope = scope_of("127.30.0.0/24", exclude=(B,))
    sightings = [
        dns_sd("127.31.0.5"),
        wsd(B, uuid=W1),
        dns_sd(B, C, name="both", adminurl=f"http://{B}/"),
        dns_sd("fd00::5"),
    ]
    (found,) = combine([], sightings, scope, refused={})
    assert found.endpoint.address == C
    assert B not in repr(found)


def test_a_url_shows_without_login_and_only_where_it_is_in_scope():
    found = one([], [dns_sd(A, adminurl="http://me:secret@host.local/x?y")])
    assert found.evidence[0].detail.endswith("on port 631, at http://host.local/x")
    assert "http" not in one([], [dns_sd(A, adminurl="http://127.31.0.1/")]).evidence[0].detail


@pytest.mark.parametrize(
    ("told", "page"),
    [
        (f"http://{A}/", f"http://{A}/"),
        ("https://host.local.:8443/start?x=1", "https://host.local:8443/start"),
        (f"http://{B}/", None),
        ("http://other.local/", None),
        ("https://example.com/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        (f"http://me:secret@{A}/", None),
        (f"http://{A}:9100/", None),
    ],
)
def test_a_web_page_is_kept_where_it_is_on_the_printer_itself(told, page):
    by_dns_sd = one([snmp(A)], [dns_sd(A, adminurl=told)]).evidence
    assert [each.url for each in by_dns_sd] == [None, page]
    by_ipp = replace(ipp(A, hostname="host.local"), page=told)
    assert one([], [by_ipp]).evidence[0].url == page


def test_ipp_at_the_port_of_https_is_a_web_server_that_answered():
    at_https = replace(ipp(A), port=443, tls=True)
    assert one([], [at_https]).evidence[0].url == f"https://{A}/"
    assert one([], [replace(at_https, page=f"http://{A}/me")]).evidence[0].url == f"http://{A}/me"
    assert (
        one([], [replace(at_https, page="http://example.com/")]).evidence[0].url == f"https://{A}/"
    )
    assert one([], [ipp(A)]).evidence[0].url is None


def test_where_ws_discovery_wants_to_be_asked_is_no_page_for_people():
    found = one([], [replace(wsd(A, uuid=W1), urls=(f"http://{A}:80/WebServices/Device",))])
    assert found.evidence[0].url is None


def test_more_than_anyone_has_at_one_address_costs_no_more_than_seconds():
    many = [dns_sd(A, name=f"n{n}", UUID=U1, service="_ipp._tcp") for n in range(1_500)]
    assert len(combine([], many, SCOPE)) == 1_500
