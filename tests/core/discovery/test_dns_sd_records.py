from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.dns_sd_records import SERVICES, Record, read_txt, sighting_of
from core.model.identity import Identity
from core.model.provenance import Source

UUID = "4509a320-00a0-008f-00b6-0017c8123456"


def txt(*parts):
    octets = [part if isinstance(part, bytes) else part.encode() for part in parts]
    return b"".join(bytes([len(part)]) + part for part in octets)


def record(*parts, service="_ipp._tcp", instance="Front desk", **changed):
    given = {"host": "KM123456.local.", "port": 631, "addresses": ("127.30.0.5",)} | changed
    return Record(service=service, instance=instance, txt=txt(*parts), **given)


def test_a_printer_that_says_it_all():
    sighting = sighting_of(
        record(
            "txtvers=1", "rp=ipp/print", "ty=Kyocera ECOSYS P3155dn", "product=(ECOSYS P3155dn)",
            "usb_MFG=KYOCERA", "usb_MDL=ECOSYS P3155dn", "note=Second floor",
            f"UUID={UUID.upper()}", "adminurl=http://KM123456.local./",
        )
    )  # fmt: skip
    assert sighting.source is Source.DNS_SD
    assert sighting.identity == Identity(
        vendor="Kyocera",
        model="Kyocera ECOSYS P3155dn",
        uuid=UUID,
        hostname="KM123456.local",
        name="Front desk",
        location="Second floor",
    )
    assert (sighting.addresses, sighting.port) == (("127.30.0.5",), 631)
    assert (sighting.service_path, sighting.tls, sighting.prints) == ("/ipp/print", False, True)
    assert sighting.urls == ("http://KM123456.local./",)
    origin = sighting.provenance["identity.model"]
    assert (origin.source, origin.refs, origin.raw) == (
        Source.DNS_SD, ("TXT ty",), ("Kyocera ECOSYS P3155dn",),
    )  # fmt: skip
    assert sighting.provenance["identity.name"].refs == ("instance name",)
    assert set(sighting.provenance) == {
        f"identity.{f}" for f in ("vendor", "model", "uuid", "hostname", "name", "location")
    }
    assert sighting.detail == (
        'DNS-SD: "Front desk" (Kyocera ECOSYS P3155dn) announces _ipp._tcp on port 631'
    )


def test_the_instance_name_is_no_name_where_it_is_the_model():
    sighting = sighting_of(record("ty=Brother HL-L2350DW series", instance="Brother HL-L2350DW"))
    assert sighting.identity.name is None
    assert sighting.name == "Brother HL-L2350DW"
    assert (sighting.identity.vendor, sighting.identity.hostname) == ("Brother", "KM123456.local")


@pytest.mark.parametrize(
    ("parts", "vendor", "model"),
    [
        (("usb_MFG=HP", "usb_MDL=LaserJet 400"), "HP", "LaserJet 400"),
        (("product=(LaserJet 400)",), "HP", "LaserJet 400"),
        (("product=(GPL Ghostscript)",), None, None),
        (("usb_MFG=Nobody & Sons",), "Nobody & Sons", None),
        (("ty=", "usb_MDL=<none>"), None, None),
        ((), None, None),
    ],
)
def test_where_vendor_and_model_come_from(parts, vendor, model):
    identity = sighting_of(record(*parts)).identity
    assert (identity.vendor, identity.model) == (vendor, model)


def test_what_only_scans_says_so():
    sighting = sighting_of(record(service="_uscan._tcp", port=8080))
    assert not sighting.prints
    assert sighting.detail.endswith("on port 8080: it scans; that it prints, it does not say")
    assert sighting_of(record(service="_pdl-datastream._tcp", port=9100)).prints


def test_a_queue_of_a_computer_says_so():
    sighting = sighting_of(record("rp=printers/office_1"))
    assert sighting.service_path == "/printers/office_1"
    assert sighting.detail.endswith("a queue of a computer or print server (CUPS)")


def test_a_queue_of_lpd_is_no_path():
    assert sighting_of(record("rp=auto", service="_printer._tcp")).service_path is None


def test_a_record_that_only_keeps_the_name_is_no_service():
    assert sighting_of(record(service="_printer._tcp", port=0)) is None


def test_addresses_in_one_form_and_order():
    given = ("fd00::5", "127.30.0.9", "::ffff:127.30.0.5", "fe80::1", "224.0.0.1", "odd", "0.0.0.0")
    assert sighting_of(record(addresses=given)).addresses == (
        "127.30.0.5", "127.30.0.9", "fd00::5",
    )  # fmt: skip
    assert sighting_of(record(addresses=("fe80::1%1",))).addresses == ("fe80::1%lo",)
    assert sighting_of(record(addresses=("fe80::1",))) is None


def test_odd_octets_in_a_txt_record():
    assert read_txt(txt("TY=a", "ty=b", "flag", "=x", b"n\xf6te=Caf\xe9", b"note=Caf\xe9")) == {
        "ty": "a", "note": "Café",
    }  # fmt: skip
    assert read_txt(txt("ty=a\x00\x1b[31m\u202eb\u200b  c\r\nd")) == {"ty": "a b c d"}
    assert read_txt(b"\xfftoo short=") == {}
    assert read_txt(txt(*[f"k{n}=v" for n in range(200)])).keys() == {f"k{n}" for n in range(128)}
    assert read_txt(b"\x00" * 20_000) == {}


@given(
    st.binary(max_size=400),
    st.sampled_from(SERVICES),
    st.text(max_size=80),
    st.text(max_size=80),
    st.lists(st.one_of(st.ip_addresses().map(str), st.text(max_size=9)), max_size=40),
)
def test_anything_is_read_bounded_and_fit_to_be_shown(octets, service, instance, host, addresses):
    sighting = sighting_of(Record(service, instance, host, 9100, tuple(addresses), octets))
    if sighting is None:
        return
    assert 1 <= len(sighting.addresses) <= 16
    texts = [sighting.detail, sighting.name or "", *sighting.urls]
    texts += [value for origin in sighting.provenance.values() for value in origin.raw]
    assert all(text.isprintable() and len(text) <= 700 for text in texts)
    sighting.canonical()


@given(st.lists(st.tuples(st.sampled_from(["ty", "note", "UUID", "rp"]), st.text(max_size=60))))
def test_the_first_of_equal_keys_is_what_counts(pairs):
    found = read_txt(txt(*[f"{key}={value}" for key, value in pairs]))
    assert set(found) <= {key.lower() for key, _ in pairs}
