"""The values of IPP (RFC 8010, RFC 8011) as plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias


class GroupTag(IntEnum):
    """Delimiter tags (RFC 8010 section 3.5.1, RFC 3995, PWG 5100.5, PWG 5100.22)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05
    SUBSCRIPTION = 0x06
    EVENT_NOTIFICATION = 0x07
    RESOURCE = 0x08
    DOCUMENT = 0x09
    SYSTEM = 0x0A


class Tag(IntEnum):
    """Value tags (RFC 8010 section 3.5.2, RFC 3380 for 0x15 to 0x17)."""

    UNSUPPORTED = 0x10
    UNKNOWN = 0x12
    NO_VALUE = 0x13
    NOT_SETTABLE = 0x15
    DELETE_ATTRIBUTE = 0x16
    ADMIN_DEFINE = 0x17
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTET_STRING = 0x30
    DATE_TIME = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A
    EXTENSION = 0x7F


@dataclass(frozen=True, slots=True)
class Localised:
    """A text or name that says its language (textWithLanguage, nameWithLanguage)."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution across and along the feed; ``units`` 3 is dots an inch, 4 is dots a cm."""

    cross_feed: int
    feed: int
    units: int


@dataclass(frozen=True, slots=True)
class Range:
    """A rangeOfInteger, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its tag, which may be one that ``Tag`` does not know.

    ``data`` is ``None`` for the out-of-band values, ``int`` for integer and enum, ``bool``, ``str``
    for every kind of text, keyword and URI, an aware ``datetime``, ``Localised``, ``Resolution``,
    ``Range`` or a ``Collection``. It is the octets as they came for octetString, for tags not known
    here, and where the octets cannot be what the tag says.
    """

    tag: int
    data: Data


Collection: TypeAlias = Mapping[str, tuple[Value, ...]]
Data: TypeAlias = (
    int | str | bytes | datetime | Localised | Resolution | Range | Collection | None
)  # bool is an int


@dataclass(frozen=True, slots=True)
class Group:
    """One attribute group: names to their values, at least one each."""

    tag: int
    attributes: Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Message:
    """A request or response without its document data.

    ``code`` is the operation of a request, the status of a response.
    """

    version: tuple[int, int]
    code: int
    request_id: int
    groups: tuple[Group, ...]

    def group(self, tag: int) -> Group | None:
        """Give the first group with this tag."""
        return next((group for group in self.groups if group.tag == tag), None)
