"""The border: what the customer hides is replaced on its way out, to the hub, the log and support.

The store keeps what is true; nothing inside the building is masked.
"""

from __future__ import annotations

from core.border.border import Border
from core.border.log import BorderFilter
from core.border.outbox import BorderedOutbox
from core.border.pseudonyms import Pseudonyms

__all__ = ["Border", "BorderFilter", "BorderedOutbox", "Pseudonyms"]
