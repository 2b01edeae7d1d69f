"""Takes out of texts whatever looks like a secret: a second net, for what should not be there."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from core.model.in_force import IN_FORCE

GONE = "[removed]"

_WORD = (
    r"(?:snmp[_-]?)?communit(?:y|ies)|pass(?:word|wd|phrase)?s?|(?:auth|priv)_password|secrets?"
    r"|tokens?|api[_-]?key|private[_ -]?key|code_secret|cookie|authorization"
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # A key in PEM, also where its lines are written as "\n".
    (
        re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*-----|\Z)", re.DOTALL),
        GONE,
    ),
    # The one-time code: eight groups of five.
    (re.compile(r"\b(?:[0-9A-Za-z]{5}-){7}[0-9A-Za-z]{5}\b"), GONE),
    # A name and password in an address.
    (re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"), GONE),
    (re.compile(r"(?i)\b(bearer|basic|digest)\s+[\w+/=.~-]{8,}"), rf"\1 {GONE}"),
    # word = value, "word": "value", word: [values]
    (
        re.compile(
            rf"""(?ix)(?<![a-z0-9]) (["']?(?:{_WORD})["']?\s*(?:=>|=|:)\s*)
            (\[[^\]\n]*\]? | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'? | [^\s,;)\]}}]+)"""
        ),
        rf"\1{GONE}",
    ),
    # A link that lets its holder in.
    (re.compile(r"(?i)([?&#/](?:token|key|code|ticket|invite|once)[=/])[^\s&#]+"), rf"\1{GONE}"),
)


def redact(text: str) -> str:
    """Give a text without the secrets that are known here (as they stand) and what looks like one,
    and with "~" for this user's own folder.
    """
    text = IN_FORCE.removed(text, GONE)
    # The folder first: a slash of it would end what the rules take for a name and password.
    text = text.replace(_HOME, "~") if _HOME else text
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


class SecretsFilter(logging.Filter):
    """Takes the secrets that are known here out of log records, their tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record, for all handlers; nothing is dropped."""
        try:
            told = record.getMessage()
        except (TypeError, ValueError):  # wrong arguments: its handler says so, and shows none
            record.msg, record.args = "a log message that does not fit its arguments", None
            return True
        clean = IN_FORCE.removed(told, GONE)
        if clean != told:
            record.msg, record.args = clean, None
        if record.exc_info and record.exc_info[0] is not None:
            trace = record.exc_text or logging.Formatter().formatException(record.exc_info)
            record.exc_text = IN_FORCE.removed(trace, GONE)
        if record.stack_info:
            record.stack_info = IN_FORCE.removed(record.stack_info, GONE)
        return True


def _home() -> str:
    try:
        home = Path.home()
    except (RuntimeError, OSError):
        return ""
    return str(home) if len(home.parts) > 1 else ""


_HOME = _home()
