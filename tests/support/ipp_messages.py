"""IPP messages for tests: small answers, and hypothesis strategies for any message."""

from __future__ import annotations

from datetime import timedelta, timezone

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from core.ipp.codec import decode, encode
from core.ipp.types import Group, GroupTag, Localised, Message, Range, Resolution, Tag, Value

# On a busy machine neither making nor reading a message says anything by its time.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
INT32 = st.integers(-(2**31), 2**31 - 1)


def text(value: str) -> tuple[Value, ...]:
    """One text as the values of an attribute."""
    return (Value(Tag.TEXT, value),)


def answer(
    status: int = 0, version: tuple[int, int] = (2, 0), **attributes: str | tuple[Value, ...]
) -> bytes:
    """Write a response with these printer attributes ("_" stands for "-")."""
    charset = {"attributes-charset": (Value(Tag.CHARSET, "utf-8"),)}
    groups = [Group(GroupTag.OPERATION, charset)]
    if attributes:
        values = {
            name.replace("_", "-"): text(value) if isinstance(value, str) else value
            for name, value in attributes.items()
        }
        groups.append(Group(GroupTag.PRINTER, values))
    return encode(Message(version, status, 1, tuple(groups)))


def asked(body: bytes) -> tuple[tuple[int, int], list[str], dict[str, object]]:
    """Read a request: its version, what it asks for, and its other operation attributes."""
    message = decode(body)
    [group] = message.groups
    assert (group.tag, message.code) == (GroupTag.OPERATION, 0x000B)
    names = [str(value.data) for value in group.attributes["requested-attributes"]]
    rest = {name: values[0].data for name, values in group.attributes.items()}
    del rest["requested-attributes"]
    return message.version, names, rest


def _zones() -> st.SearchStrategy[timezone]:
    return st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def _moments() -> st.SearchStrategy[object]:
    return st.datetimes(timezones=_zones()).map(
        lambda moment: moment.replace(microsecond=moment.microsecond // 100_000 * 100_000)
    )


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
NAMES = TEXTS.filter(bool)
PLAIN_VALUES = st.one_of(
    st.sampled_from([Tag.UNSUPPORTED, Tag.UNKNOWN, Tag.NO_VALUE]).map(lambda t: Value(t, None)),
    st.builds(Value, st.sampled_from([Tag.INTEGER, Tag.ENUM]), INT32),
    st.builds(Value, st.just(Tag.BOOLEAN), st.booleans()),
    st.builds(Value, st.sampled_from([Tag.OCTET_STRING, Tag.EXTENSION]), st.binary(max_size=12)),
    st.builds(Value, st.just(Tag.DATE_TIME), _moments()),
    st.builds(
        Value, st.just(Tag.RESOLUTION), st.builds(Resolution, INT32, INT32, st.integers(-128, 127))
    ),
    st.builds(Value, st.just(Tag.RANGE), st.builds(Range, INT32, INT32)),
    st.builds(
        Value,
        st.sampled_from([Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE]),
        st.builds(Localised, TEXTS, TEXTS),
    ),
    st.builds(
        Value, st.sampled_from([Tag.TEXT, Tag.NAME, Tag.KEYWORD, Tag.URI, Tag.MIME_TYPE]), TEXTS
    ),
)


def _sets(values: st.SearchStrategy[Value]) -> st.SearchStrategy[dict[str, tuple[Value, ...]]]:
    return st.dictionaries(NAMES, st.lists(values, min_size=1, max_size=3).map(tuple), max_size=4)


VALUES = st.recursive(
    PLAIN_VALUES,
    lambda inner: _sets(inner).map(lambda members: Value(Tag.BEGIN_COLLECTION, members)),
    max_leaves=6,
).filter(lambda value: depth(value) <= 8)
MESSAGES = st.builds(
    Message,
    st.sampled_from([(1, 0), (1, 1), (2, 0), (2, 2)]),
    st.integers(0, 0xFFFF),
    INT32,
    st.lists(
        st.builds(
            Group, st.sampled_from([tag.value for tag in GroupTag if tag != 3]), _sets(VALUES)
        ),
        max_size=4,
    ).map(tuple),
)


def depth(value: Value) -> int:
    """How many collections lie within each other here."""
    if not isinstance(value.data, dict):
        return 0
    return 1 + max((depth(v) for each in value.data.values() for v in each), default=0)
