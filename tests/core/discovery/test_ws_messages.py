from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.safe_xml import MOST_OCTETS, UnsafeXmlError, parse
from core.discovery.ws_messages import Kind, WsMalformedError, probe, read
from tests.support.ws_device import UUID, bye, envelope, hello, match

PLAIN = "http://127.30.0.7:5357/device"


def test_our_probe_asks_for_devices_that_print():
    root = parse(probe("urn:uuid:1"))
    body = root.children[1]
    assert body.children[0].children[0].names() == (
        "{http://schemas.xmlsoap.org/ws/2006/02/devprof}Device",
        "{http://schemas.microsoft.com/windows/2006/08/wdp/print}PrintDeviceType",
    )
    assert read(probe("urn:uuid:1")) is None


@pytest.mark.parametrize("oasis", [False, True])
def test_a_match_a_hello_and_a_bye(oasis):
    message = read(match("urn:uuid:1", xaddrs=f"{PLAIN} http://[fd00::7]/x", oasis=oasis))
    assert (message.kind, message.relates_to) == (Kind.MATCH, "urn:uuid:1")
    (device,) = message.devices
    assert (device.reference, device.uuid) == (f"urn:uuid:{UUID}", UUID)
    assert (device.typed, device.prints, device.scans) == (True, True, True)
    assert device.urls == (PLAIN, "http://[fd00::7]/x")
    assert read(hello(oasis=oasis)).kind is Kind.HELLO
    gone = read(bye(oasis=oasis))
    assert (gone.kind, gone.devices[0].uuid, gone.devices[0].typed) == (Kind.BYE, UUID, False)


@pytest.mark.parametrize(
    ("types", "typed", "prints", "scans"),
    [
        ("wsdp:Device", True, False, False),
        ("wsdp:Device other:PrintDeviceType", True, False, False),
        ("PrintDeviceType", False, False, False),
        ("wscn:ScanDeviceType", True, False, True),
        ("\n wprt:PrintDeviceType\t", True, True, False),
        ("", False, False, False),
    ],
)
def test_types_are_names_in_namespaces(types, typed, prints, scans):
    (device,) = read(match("urn:uuid:1", types=types)).devices
    assert (device.typed, device.prints, device.scans) == (typed, prints, scans)


def test_what_is_no_web_address_is_left_out_and_logins_are_not_kept():
    given = "ftp://127.30.0.7/ http://me:secret@127.30.0.7/a?b=c#d http://[::1 x://"
    assert read(match("urn:uuid:1", xaddrs=given)).devices[0].urls == ("http://127.30.0.7/a",)


def test_a_reference_that_is_no_uuid():
    (device,) = read(match("urn:uuid:1", reference="http://example/printer")).devices
    assert (device.reference, device.uuid) == ("http://example/printer", None)
    assert read(match("urn:uuid:1", reference=f"uuid:{UUID}")).devices[0].uuid == UUID
    assert read(match("urn:uuid:1", reference=" ")).devices == ()


def test_devices_are_bounded():
    assert len(read(match("urn:uuid:1", count=60)).devices) == 32


DTD = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
FILE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (DTD, "document type"),
        (FILE, "document type"),
        (b'<!DOCTYPE a SYSTEM "http://127.30.0.9/x.dtd"><a/>', "document type"),
        (b"<a>" * 40 + b"</a>" * 40, "too deep"),
        (b"<a>" + b"<b/>" * 600 + b"</a>", "too many"),
        (b"<a " + b" ".join(b'xmlns:n%d="u"' % n for n in range(200)) + b"/>", "namespaces"),
        (b"<a/>" + b" " * MOST_OCTETS, "longer"),
        (b"<a>&undefined;</a>", "not XML"),
        (b"<a", "not XML"),
        (b"", "not XML"),
        (b"<a><b></a></b>", "not XML"),
        ("<!DOCTYPE a []><a/>".encode("utf-16"), "document type"),
        (b"<unbound:a/>", "not XML"),
    ],
)
def test_what_is_refused(data, why):
    with pytest.raises(UnsafeXmlError, match=why):
        parse(data)
    with pytest.raises(WsMalformedError, match=why):
        read(data)


def test_other_xml_is_no_message():
    with pytest.raises(WsMalformedError, match="no SOAP envelope"):
        read(b"<html/>")
    assert read(envelope("<other/>")) is None


@given(st.binary(max_size=300))
def test_noise(data):
    with suppress(WsMalformedError):
        assert read(data) is None


@given(st.data())
def test_damage(data):
    whole = bytearray(match("urn:uuid:1", xaddrs=PLAIN))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        message = read(bytes(whole))
    except WsMalformedError:
        return
    for device in message.devices if message else ():
        assert device.reference.isprintable()
        assert all(url.startswith("http") and url.isprintable() for url in device.urls)
