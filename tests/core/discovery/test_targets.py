from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.discovery.errors import TargetError
from core.discovery.forms import Name, Network, Octet, Pattern, Range, Six
from core.discovery.targets import parse_exclusion, parse_target
from core.model.problem import BadInputError

octet = st.integers(0, 255)
host_octet = st.integers(1, 223)
port = st.none() | st.integers(1, 65535).filter(lambda p: p != 515 and not 9100 <= p <= 9107)


def _octets(first: int) -> st.SearchStrategy[tuple[Octet, ...]]:
    pair = st.tuples(octet, octet).map(lambda p: Octet(min(p), max(p)))
    one = octet.map(lambda n: Octet(n, n))
    star = st.just(Octet(0, 255, star=True))
    return st.tuples(st.just(Octet(first, first)), one, one | pair, one | pair | star)


patterns = st.builds(Pattern, host_octet.flatmap(_octets), port)
ranges = st.tuples(st.integers(1 << 24, (224 << 24) - 257), st.integers(1, 256), port).map(
    lambda v: Range(v[0], v[0] + v[1], v[2])
)
networks = st.tuples(st.integers(1 << 24, (224 << 24) - 1), st.integers(8, 32), port).map(
    lambda v: Network(v[0] >> 32 - v[1] << 32 - v[1], v[1], v[2])
)
sixes = st.builds(Six, st.ip_addresses(v=6, network="fd00::/8").map(str), port)
names = st.builds(
    Name, st.from_regex(r"[a-z][a-z0-9]{0,9}(\.[a-z]{2,5}){0,3}", fullmatch=True), port
)


@given(patterns | ranges | networks | sixes | names)
def test_what_is_printed_is_read_back(target):
    assert parse_target(str(target)) == target


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("10.0.0.5", "10.0.0.5"),
        (" 10.0.0.5:1161 ", "10.0.0.5:1161"),
        ("10.0.0.1-10", "10.0.0.1-10"),
        ("10.0.0-3.1-20", "10.0.0-3.1-20"),
        ("10.0.0.7-7", "10.0.0.7"),
        ("10.0.0.1-10.0.3.20:99", "10.0.0.1-10.0.3.20:99"),
        ("10.0.0.1-10.0.0.1", "10.0.0.1"),
        ("10.*.3.*", "10.*.3.*"),
        ("10.0.0.77/24:1161", "10.0.0.0/24:1161"),
        ("FD00::0005", "fd00::5"),
        ("[fd00::5]", "fd00::5"),
        ("[fd00::5]:1161", "[fd00::5]:1161"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("::ffff:10.0.0.5", "10.0.0.5"),
        ("Printer.Example.com.", "printer.example.com"),
        ("npi_1234:161", "npi_1234:161"),
        ("drücker.example", "xn--drcker-4ya.example"),
    ],
)
def test_the_forms(text, canonical):
    assert str(parse_target(text)) == canonical


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10.0.0.300", "300 is not between 0 and 255"),
        ("10.0.0.9-3", "9-3 ends before it begins"),
        ("10.0.0.9-10.0.0.3", "ends before it begins"),
        ("10.0.0.0/33", "prefix length"),
        ("10.0.0.0/", "prefix length"),
        ("10.0.0.0/7", "wider than a /8"),
        ("10.0.0.0-12.0.0.0", "wider than a /8"),
        ("10-12.*.*.*", "wider than a /8"),
        ("1-223.*.*.5", "too many pieces"),
        ("", "empty"),
        ("   ", "empty"),
        ("10.0.0.1:70000", "between 1 and 65535"),
        ("10.0.0.1:0", "between 1 and 65535"),
        ("10.0.0.1:", "not a port number"),
        ("10.0.0.1:9100", "prints what it receives"),
        ("10.0.0.1:9107", "prints what it receives"),
        ("host:515", "prints what it receives"),
        ("[fd00::1]:9103", "prints what it receives"),
        ("224.0.0.1", "multicast"),
        ("239.0.0.0/8", "multicast"),
        ("223.255.255.0-224.0.0.1", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("240.0.0.1", "reserved"),
        ("0.0.0.0", "no host"),
        ("0.0.0.0/8", "no host"),
        ("10.0.0", "four numbers, not 3"),
        ("1.2.3.4.5", "four numbers, not 5"),
        ("10.0.0.x", "'*'"),
        ("10.0.x.x", "'*'"),
        ("10.0.0.01", "leading zeros"),
        ("10.0.0.٣", "not a number"),
        ("fe80::1", "interface"),
        ("fd00::1%eth0", "only a link-local"),
        ("ff02::1", "multicast"),
        ("::", "no host"),
        ("fd00::/64", "too large"),
        ("[fd00::1", "brackets"),
        ("[fd00::1]x", "brackets"),
        ("1:2:3", "not an IPv6 address"),
        ("http://10.0.0.1/", "web address"),
        ("10.0.0.1, 10.0.0.2", "several"),
        ("-printer", "neither an address nor a host name"),
        ("a" * 64, "neither an address nor a host name"),
        ("x" * 400, "too long"),
    ],
)
def test_wrong_ones_say_text_reason_and_remedy(text, reason):
    with pytest.raises(TargetError) as caught:
        parse_target(text)
    problem = caught.value.problem
    assert isinstance(caught.value, BadInputError)
    assert problem.code == "bad_target"
    assert reason in problem.text
    assert ascii(text[:20]).strip("'") in ascii(problem.text)
    assert problem.remedy


@given(st.text(max_size=400) | st.text(alphabet="0123456789.-*/:[]%abfx", max_size=40))
@settings(max_examples=400)
def test_any_text_is_a_target_or_an_error_soon(text):
    started = time.perf_counter()
    problem = target = None
    try:
        target = parse_target(text)
    except TargetError as error:
        problem = error.problem
    if problem is not None:
        assert problem.text.isprintable()
        assert problem.remedy
    else:
        assert parse_target(str(target)) == target
    assert time.perf_counter() - started < 1


def test_an_exclusion_may_name_what_is_never_asked():
    assert str(parse_exclusion("10.0.0.1:9100")) == "10.0.0.1:9100"
    assert str(parse_exclusion("224.0.0.0/8")) == "224.0.0.0/8"
    with pytest.raises(TargetError):
        parse_exclusion("10.0.0.300")


def _addresses(text, *, whole=False):
    spans = parse_target(text).spans(whole=whole)
    return [n for first, last in spans for n in range(first, last + 1)]


def test_networks_and_stars_are_their_hosts():
    ten = 10 << 24
    assert _addresses("10.0.0.0/29") == [ten + n for n in range(1, 7)]
    assert _addresses("10.0.0.0/31") == [ten, ten + 1]
    assert _addresses("10.0.0.5/32") == [ten + 5]
    assert len(_addresses("10.0.0.*")) == 254
    assert len(_addresses("10.0.*.*")) == 65534
    assert len(_addresses("10.0.0-1.*")) == 508
    assert len(_addresses("10.0.*.5")) == 256
    assert len(_addresses("10.0.0.0-255")) == 256
    assert len(_addresses("10.0.0.*", whole=True)) == 256
    assert len(_addresses("10.0.0.0/29", whole=True)) == 8
