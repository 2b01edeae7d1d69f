"""A printer of which SNMPv3 alone is known: snmpsim with a small printer, in a context."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.model.identity import Endpoint
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from tests.support.v3_agents import snmpsim_v3

ANN = V3User(
    "ann", AuthProtocol.SHA256, "c4n4ry-proof", PrivProtocol.AES256, "c4n4ry-hiding", "public"
)
SERIAL = "V3P0001"
_RECORD = f"""\
1.3.6.1.2.1.1.1.0|4|Kyocera ECOSYS M2540dn
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.1347.41
1.3.6.1.2.1.1.3.0|67|12345
1.3.6.1.2.1.1.5.0|4|office
1.3.6.1.2.1.25.3.2.1.2.1|6|1.3.6.1.2.1.25.3.1.5
1.3.6.1.2.1.25.3.2.1.3.1|4|ECOSYS M2540dn
1.3.6.1.2.1.25.3.5.1.1.1|2|3
1.3.6.1.2.1.43.5.1.1.17.1|4|{SERIAL}
1.3.6.1.2.1.43.10.2.1.3.1.1|2|7
1.3.6.1.2.1.43.10.2.1.4.1.1|65|4711
"""


@contextmanager
def v3_printer(address: str) -> Iterator[Endpoint]:
    """Run it until the block ends; its user is ``ANN``, its community is "public"."""
    with snmpsim_v3(address, _RECORD, [ANN]) as endpoint:
        yield endpoint
