from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ipp.attributes import Attributes
from core.ipp.codec import decode
from core.ipp.identity import IppIdentity, Naming, identity_of
from core.ipp.names import IDENTITY
from core.ipp.types import GroupTag, Tag, Value
from core.model.identity import Identity
from core.model.provenance import Confidence, Provenance, Source
from tests.support.ipp_messages import UNHURRIED, VALUES, text
from tests.support.ipp_naming import NAMING
from tests.support.ipp_recordings import need_ipp_recordings


def _plain(value: str | None) -> str | None:
    return value or None


def _fields(device_id: str) -> Mapping[str, str]:
    return dict(part.split(":", 1) for part in device_id.split(";") if ":" in part)


# The least that can be known: one maker, and the device id as it stands.
LEAST = Naming(
    lambda said: "Kyocera" if "ECOSYS" in said or "Kyocera" in said else None,
    _plain,
    _plain,
    _plain,
    _fields,
)


def of(**attributes: str | tuple[Value, ...]) -> IppIdentity:
    values = {
        name.replace("_", "-"): text(value) if isinstance(value, str) else value
        for name, value in attributes.items()
    }
    return identity_of(Attributes(values), LEAST)


def test_an_identity_with_all_that_ipp_can_give() -> None:
    told = of(
        printer_make_and_model="ECOSYS P3155dn",
        printer_device_id="MFG:KYOCERA;MDL:P3155;SN:R4P1234567;",
        printer_uuid="urn:uuid:4509A320-00A0-008F-00B6-002507510ECA",
        printer_dns_sd_name="Kyocera ECOSYS P3155dn",
        printer_name="Front desk",
        printer_location="Second floor",
        printer_firmware_string_version=(Value(Tag.TEXT, "2.1"), Value(Tag.TEXT, "9")),
        printer_uri_supported=(
            Value(Tag.URI, "ipp://192.0.2.7/ipp/print"),
            Value(Tag.URI, "ipps://KM7B6A91.example:443/ipp/print"),
        ),
    )
    assert told.identity == Identity(
        vendor="Kyocera",
        model="ECOSYS P3155dn",
        serial="R4P1234567",
        mac=None,
        uuid="4509a320-00a0-008f-00b6-002507510eca",
        hostname="km7b6a91.example",
        name="Front desk",
        location="Second floor",
        firmware="2.1",
    )
    assert told.provenance["serial"] == Provenance(
        Source.IPP,
        ("printer-device-id",),
        ("MFG:KYOCERA;MDL:P3155;SN:R4P1234567;",),
        "IEEE 1284 SN",
        Confidence.STANDARD,
    )
    assert told.provenance["firmware"].raw == ("2.1, 9",)
    assert told.provenance["hostname"].rule == "host in printer-uri-supported"
    assert set(told.provenance) == {
        "vendor", "model", "serial", "uuid", "hostname", "name", "location", "firmware",
    }  # fmt: skip


def test_what_is_not_told_is_not_known() -> None:
    assert of() == IppIdentity(Identity(), {})
    assert of(printer_name=(Value(Tag.UNKNOWN, None),)) == IppIdentity(Identity(), {})


def test_the_serial_number_as_an_attribute_goes_before_the_device_id() -> None:
    told = of(printer_serial_number="A1", printer_device_id="MDL:X;SN:B2;")
    assert told.identity.serial == "A1"
    assert told.provenance["serial"].rule == "printer-serial-number"


def test_the_device_id_stands_in_where_there_is_nothing_else() -> None:
    told = of(printer_device_id="MFG:Acme;MDL:Writer 3;UUID:12345678-1234-5678-1234-567812345678;")
    assert (told.identity.vendor, told.identity.model) == ("Acme", "Writer 3")
    assert told.provenance["vendor"].rule == "IEEE 1284 MFG as it stands"
    assert told.identity.uuid == "12345678-1234-5678-1234-567812345678"
    known = of(printer_device_id="MFG:Kyocera Mita;MDL:X;").identity
    assert known.vendor == "Kyocera"


@pytest.mark.parametrize("uuid", ["urn:uuid:00000000-0000-0000-0000-000000000000", "none", "7"])
def test_what_is_no_uuid_is_none(uuid: str) -> None:
    assert of(printer_uuid=uuid).identity.uuid is None


@pytest.mark.parametrize(
    ("uri", "hostname"),
    [
        ("ipp://printer.example./ipp/print", "printer.example"),
        ("ipp://BRN30055C.local:631/ipp", "brn30055c.local"),
        ("ipp://192.0.2.7/ipp/print", None),
        ("ipp://[2001:db8::7]/ipp/print", None),
        ("ipp://localhost/printers/x", None),
        ("ipp://localhost.localdomain/x", None),
        ("ipp://localhosts.example/x", "localhosts.example"),
        ("ipp:///ipp/print", None),
        ("ipp://[bad/", None),
        ("ipp://a b/", None),
        ("ipp://" + "a" * 300 + "/", None),
    ],
)
def test_a_host_name_is_one(uri: str, hostname: str | None) -> None:
    assert of(printer_uri_supported=uri).identity.hostname == hostname


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ({"printer_dns_sd_name": "Kyocera ECOSYS P3155dn"}, None),
        ({"printer_info": "ECOSYS"}, None),
        ({"printer_info": "ecosys p3155DN [1234]", "printer_name": "KM1"}, "KM1"),
        ({"printer_dns_sd_name": "Front desk", "printer_name": "KM1"}, "Front desk"),
    ],
)
def test_a_name_that_is_the_models_is_no_name(names: dict[str, str], name: str | None) -> None:
    assert of(printer_make_and_model="ECOSYS P3155dn", **names).identity.name == name
    assert of(printer_name="ECOSYS P3155dn").identity.name == "ECOSYS P3155dn"


@UNHURRIED
@given(
    st.dictionaries(
        st.sampled_from(IDENTITY),
        st.lists(VALUES, min_size=1, max_size=2).map(tuple),
    ),
    st.text(max_size=60),
)
def test_no_answer_breaks_the_reader(
    attributes: dict[str, tuple[Value, ...]], device_id: str
) -> None:
    values = Attributes({"printer-device-id": text(device_id), **attributes})
    for naming in (LEAST, NAMING):
        told = identity_of(values, naming)
        assert set(told.provenance) <= set(Identity.__dataclass_fields__)


@pytest.mark.walks
@pytest.mark.parametrize(
    ("file", "identity"),
    [
        (
            "Kyocera-ECOSYS-M2040dn-Printer-Attributes.ipp",
            Identity(
                vendor="Kyocera",
                model="ECOSYS M2040dn",
                serial="VCF9192281",
                uuid="4509a320-00a0-008f-00b6-002507510eca",
                name="KM7B6A91",
                firmware="2S0_2000.001.828",
            ),
        ),
        (
            "get-printer-attributes-brother-mfcj5320dw.bin",
            Identity(
                vendor="Brother",
                model="Brother MFC-J5320DW",
                uuid="e3248000-80ce-11db-8000-30055ce13be2",
                name="brother-printer",
            ),
        ),
        (
            "get-printer-attributes-hp6830.bin",
            Identity(
                vendor="HP",
                model="HP Officejet Pro 6830",
                serial="TH55R620W0",
                uuid="1c852a4d-b800-1f08-abcd-5820b1decccd",
                hostname="hp6830.local",
                name="HPDECCCD",
            ),
        ),
        (
            "get-printer-attributes-kyocera-ecosys-m2540dn-001.bin",
            Identity(vendor="Kyocera", model="ECOSYS M2540dn", name="mfu00-0365", location="8409"),
        ),
        (
            "xerox-b210-idle.ipp",
            Identity(
                vendor="Xerox",
                model="Xerox B210 Printer",
                uuid="16a65700-007c-1000-bb49-9c934eac2f55",
                hostname="xero.local",
                location="Office",
                firmware="80.000.60.000",
            ),
        ),
    ],
)
def test_real_printers(file: str, identity: Identity) -> None:
    message = decode((need_ipp_recordings() / file).read_bytes())
    group = message.group(GroupTag.PRINTER)
    assert group is not None
    assert identity_of(Attributes(group.attributes), NAMING).identity == identity
