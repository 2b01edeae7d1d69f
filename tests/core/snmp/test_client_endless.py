from __future__ import annotations

import pytest

from core.snmp.access import Access, Opened, Version
from core.snmp.errors import SnmpPartialError
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.types import VarBind
from tests.support.odd_agent import number, reply, serve

ROOT = (1, 3, 6, 1, 4, 1, 9999, 1)
ONE = number(1)


async def test_a_column_without_end_is_given_up_by_itself():
    bad, good = (*ROOT, 1), (*ROOT, 2)

    def manners(agent, request):
        found = []
        for place in (varbind.oid for varbind in request.pdu.varbinds):
            if place[: len(bad)] == bad:
                found.append(VarBind((*bad, place[-1] + 1 if len(place) > len(bad) else 1), ONE))
            else:
                found.append(VarBind((*good, 1), ONE) if place == good else VarBind((2, 9), ONE))
        return [reply(request, *found)]

    async with serve({}, manners) as agent, SnmpNetwork() as network:
        policy = Policy(timeout=0.5, column_cap=50)
        known = Opened(Version.V2C, 0)
        client = network.client(agent.endpoint, Access(), policy, known=known)
        with pytest.raises(SnmpPartialError) as caught:
            await client.columns((bad, good), 2)
        assert set(caught.value.found) == {(*good, 1)}
        assert [failure.root for failure in caught.value.failures] == [bad]
        assert len(agent.requests) < 80
