from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ipp.target import IppTarget, resource_path
from core.model.problem import BadInputError, RefusedError

HERE = IppTarget("192.0.2.7", path="/ipp/print")


@pytest.mark.parametrize(
    ("target", "uri", "url"),
    [
        (HERE, "ipp://192.0.2.7:631/ipp/print", "http://192.0.2.7:631/ipp/print"),
        (
            IppTarget("192.0.2.7", 443, tls=True, path="/ipp"),
            "ipps://192.0.2.7:443/ipp",
            "https://192.0.2.7:443/ipp",
        ),
        (IppTarget("2001:db8::7"), "ipp://[2001:db8::7]:631/", "http://[2001:db8::7]:631/"),
        (
            IppTarget("fe80::7%eth0", path="/"),
            "ipp://[fe80::7]:631/",
            "http://[fe80::7%25eth0]:631/",
        ),
    ],
)
def test_uri_and_url(target: IppTarget, uri: str, url: str) -> None:
    assert target.uri == uri
    assert target.url == url


def test_what_a_person_sees_has_the_zone() -> None:
    assert str(IppTarget("fe80::7%eth0", path="/ipp")) == "ipp://[fe80::7%25eth0]:631/ipp"
    assert IppTarget("fe80::7%eth0").host == "[fe80::7]:631"


@pytest.mark.parametrize("port", [515, 9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107])
@pytest.mark.parametrize("tls", [False, True])
def test_a_port_that_prints_is_never_asked(port: int, tls: bool) -> None:
    with pytest.raises(RefusedError) as caught:
        IppTarget("192.0.2.7", port, tls)
    assert caught.value.problem.code == "ipp_port_denied"
    location = f"http://192.0.2.7:{port}/ipp/print"
    assert HERE.redirected(location) is None


@pytest.mark.parametrize(
    ("address", "port", "path"),
    [
        ("printer.example", 631, None),
        ("", 631, None),
        ("192.0.2.7:80", 631, None),
        ("fe80::7%eth0@192.0.2.9", 631, None),
        ("fe80::7%", 631, None),
        ("192.0.2.7", 0, None),
        ("192.0.2.7", 65536, None),
        ("192.0.2.7", 631, ""),
        ("192.0.2.7", 631, "ipp/print"),
        ("192.0.2.7", 631, "//192.0.2.9/"),
        ("192.0.2.7", 631, "/ipp print"),
        ("192.0.2.7", 631, "/ipp\r\nX: y"),
        ("192.0.2.7", 631, "/ipp?x"),
        ("192.0.2.7", 631, "/ipp\n"),
        ("192.0.2.7", 631, "/" + "a" * 256),
    ],
)
def test_what_is_no_target(address: str, port: int, path: str | None) -> None:
    with pytest.raises(BadInputError) as caught:
        IppTarget(address, port, path=path)
    assert caught.value.problem.code == "ipp_bad_target"


@pytest.mark.parametrize(
    ("location", "onward"),
    [
        ("/ipp", HERE.at("/ipp")),
        ("http://192.0.2.7/", IppTarget("192.0.2.7", 80, path="/")),
        ("http://192.0.2.7:631/ipp?a=b", HERE.at("/ipp")),
        ("https://192.0.2.7/ipp/print", IppTarget("192.0.2.7", 443, True, "/ipp/print")),
        ("ipps://192.0.2.7/ipp/print", IppTarget("192.0.2.7", 631, True, "/ipp/print")),
        ("//192.0.2.7:8080/x", IppTarget("192.0.2.7", 8080, path="/x")),
    ],
)
def test_redirects_that_stay_at_the_address(location: str, onward: IppTarget) -> None:
    assert HERE.redirected(location) == onward


@pytest.mark.parametrize(
    "location",
    [
        "http://192.0.2.9/ipp/print",
        "http://printer.example/ipp/print",
        "//192.0.2.9/",
        "http://192.0.2.7@192.0.2.9/",
        "ftp://192.0.2.7/",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "http://192.0.2.7:99999/",
        "http://192.0.2.7:abc/",
        "http://[192.0.2.7/",
        "http:///ipp",
        "",
        "/ipp print",
    ],
)
def test_redirects_that_lead_elsewhere(location: str) -> None:
    assert HERE.redirected(location) is None


def test_a_redirect_to_the_same_v6_address_written_otherwise() -> None:
    here = IppTarget("2001:db8::7")
    onward = here.redirected("https://[2001:DB8:0::7]/ipp")
    assert onward == IppTarget("2001:db8::7", 443, True, "/ipp")


@given(st.text(max_size=40))
def test_no_location_leads_away(location: str) -> None:
    onward = HERE.redirected(location)
    assert onward is None or onward.address == HERE.address


@pytest.mark.parametrize(
    ("resource", "path"),
    [
        ("ipp/print", "/ipp/print"),
        ("/ipp/print", "/ipp/print"),
        ("printers/Front desk", "/printers/Front%20desk"),
        ("printers/B\xfcro", "/printers/B%C3%BCro"),
        ("", "/"),
        ("x" * 300, None),
    ],
)
def test_the_resource_of_a_dns_sd_record_is_a_path(resource: str, path: str | None) -> None:
    assert resource_path(resource) == path


@given(st.text(max_size=60))
def test_any_resource_is_a_path_or_nothing(resource: str) -> None:
    path = resource_path(resource)
    assert path is None or IppTarget("192.0.2.7", path=path).path == path
