"""The one request that this package makes: Get-Printer-Attributes (RFC 8011 section 4.2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.ipp.codec import encode
from core.ipp.types import Group, GroupTag, Message, Tag, Value

GET_PRINTER_ATTRIBUTES: Final = 0x000B
# The newest first; a printer that says no is asked in the next (RFC 8011 section 4.1.8).
VERSIONS: Final = ((2, 0), (1, 1), (1, 0))


def question(version: tuple[int, int], request_id: int, uri: str, names: Sequence[str]) -> bytes:
    """Encode the request for these attributes.

    requesting-user-name is left out: the printer is asked by nobody in particular.
    """
    attributes = {
        "attributes-charset": (Value(Tag.CHARSET, "utf-8"),),
        "attributes-natural-language": (Value(Tag.LANGUAGE, "en"),),
        "printer-uri": (Value(Tag.URI, uri),),
        "requested-attributes": tuple(Value(Tag.KEYWORD, name) for name in names),
    }
    groups = (Group(GroupTag.OPERATION, attributes),)
    return encode(Message(version, GET_PRINTER_ATTRIBUTES, request_id, groups))
