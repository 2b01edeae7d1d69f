"""Every combination of SNMPv3 against one agent, and a table of what came."""

from __future__ import annotations

from collections.abc import Mapping

from core.model.identity import Endpoint
from core.model.problem import PlatenError
from core.snmp.access import Access, Version
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.v3.errors import V3UnknownUserError
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from tests.support.v3_agents import every_user

SYS_DESCR = (1, 3, 6, 1, 2, 1, 1, 1, 0)
SYSTEM = (1, 3, 6, 1, 2, 1, 1)
Matrix = dict[tuple[AuthProtocol | None, PrivProtocol | None], str]


async def measure(endpoint: Endpoint, context: str = "") -> Matrix:
    """Read and walk as each user; gives "ok", "not offered", or the code of the failure."""
    async with SnmpNetwork() as network:
        return {
            (user.auth, user.priv): await _one(network, endpoint, user)
            for user in every_user(context)
        }


async def _one(network: SnmpNetwork, endpoint: Endpoint, user: V3User) -> str:
    access = Access((), (Version.V3,), (user,))
    client = network.client(endpoint, access, Policy(timeout=2.0, retries=0))
    try:
        got = await client.get([SYS_DESCR])
        walked = await client.walk(SYSTEM)
    except V3UnknownUserError:
        return "not offered"
    except PlatenError as error:
        return error.problem.code
    return "ok" if got[SYS_DESCR] == walked[SYS_DESCR] and len(walked) > 1 else "other values"


def render(agents: Mapping[str, Matrix]) -> str:
    """Write the table in Markdown: a row for each authentication, a column for each privacy."""
    lines = []
    columns = (None, *PrivProtocol)
    for name, matrix in agents.items():
        lines += [f"| {name} | " + " | ".join(str(p or "no privacy") for p in columns) + " |"]
        lines += ["|" + "---|" * (len(columns) + 1)]
        for auth in (None, *AuthProtocol):
            cells = [matrix.get((auth, priv), "not in USM") for priv in columns]
            lines += [f"| {auth or 'no authentication'} | " + " | ".join(cells) + " |"]
        lines.append("")
    return "\n".join(lines)
