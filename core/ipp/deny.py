"""What is never asked of a printer by IPP: people, what they print, and secrets.

The names are those of RFC 8011, PWG 5100.x and CUPS. Each rule stands with its reason;
``core.ipp.client`` refuses them, and what was not asked for is dropped from an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from core.model.problem import RefusedError

# A name, or the beginning of names (ending in "-").
DENIED: Mapping[str, str] = MappingProxyType(
    {
        "all": "a group that holds what is not wanted, too",
        "auth-info-required": "how users log in",
        "destination-": "whom faxes and scans go to",
        "device-uri": "CUPS: where a queue leads, at times with a password",
        "document-": "what people print",
        "job-": "what people print, and their limits and accounts",
        "last-document-": "what people print",
        "member-uris": "CUPS: where a queue leads",
        "notify-": "who is told of what",
        "oauth-": "how users log in",
        "printer-contact-col": "a person's address",
        "printer-current-operator": "a person",
        "printer-defaults": "a group that holds what is not wanted, too",
        "printer-description": "a group that holds what is not wanted, too",
        "printer-fax-": "the fax log and the telephone line",
        "printer-message-": "what an operator wrote, and who",
        "printer-owner-col": "a person's address",
        "printer-service-contact-col": "a person's address",
        "printer-wifi-": "the wireless network and its password",
        "requesting-user-": "names of users",
        "system-contact-col": "a person's address",
        "system-owner-col": "a person's address",
        "xri-authentication-supported": "how users log in",
        "subscription-": "who is told of what",
    }
)


def denied_reason(name: str) -> str | None:
    """Say why an attribute is never asked, or ``None``."""
    for rule, reason in DENIED.items():
        if name == rule or (rule.endswith("-") and name.startswith(rule)):
            return reason
    return None


def refuse_denied(names: Iterable[str]) -> None:
    """Raise ``RefusedError`` (code ``ipp_attribute_denied``) if a name must not be asked."""
    for name in names:
        reason = denied_reason(name)
        if reason is not None:
            raise RefusedError(
                "ipp_attribute_denied",
                f"{name[:80]!r} is never asked: {reason}.",
                "Ask for counters, supplies, status or identity.",
            )
