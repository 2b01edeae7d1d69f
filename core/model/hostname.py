"""Host names and addresses as a person types them."""

from __future__ import annotations

import ipaddress
import re

#: RFC 1123, and underscores, which many a Windows network has.
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_LONGEST = 253


def host_name(text: str) -> str | None:
    """Give a host name (lower case, international ones in their ASCII form) or an IP address in
    its usual form; ``None`` for what is neither.
    """
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        pass
    try:
        name = text.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return name if len(name) <= _LONGEST and _NAME.fullmatch(name) else None
