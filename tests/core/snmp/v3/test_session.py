"""What is believed of what comes: nothing without a good digest."""

from __future__ import annotations

import pytest

from core.model.problem import PlatenError
from core.snmp.access import Access, Opened, Version
from core.snmp.network import SnmpNetwork
from core.snmp.policy import Policy
from core.snmp.v3.reports import NOT_IN_WINDOW, UNKNOWN_ENGINE, UNKNOWN_USER
from core.snmp.v3.user import AuthProtocol, PrivProtocol, V3User
from core.snmp.v3.wire import AUTH, Stamp
from tests.support.v3_device import Asked, V3Device, serve_v3

NAME = (1, 3, 6, 1, 2, 1, 1, 5, 0)
QUICK = Policy(timeout=0.3, retries=0)
USER = V3User("ann", AuthProtocol.SHA256, "proof-of-ann", PrivProtocol.AES128, "hides-it-all")
ACCESS = Access((), (Version.V3,), (USER,))
HUGE = 2**31 - 1


def by_question(*replies):
    """Be good in the introduction; answer the questions themselves with these."""

    def manners(device: V3Device, asked: Asked):
        if asked.frame.stamp.engine_id != device.engine_id:
            return device.good(asked)
        return [data for reply in replies for data in reply(device, asked)]

    return manners


async def value_from(device: V3Device, network: SnmpNetwork, **options):
    client = network.client(device.endpoint, ACCESS, QUICK, **options)
    got = await client.get([NAME])
    return got[NAME].number()


async def code_from(device: V3Device) -> str:
    async with SnmpNetwork() as network:
        with pytest.raises(PlatenError) as caught:
            await value_from(device, network)
    assert USER.auth_password not in repr(caught.value.problem)
    assert USER.priv_password not in repr(caught.value.problem)
    return caught.value.problem.code


def forged(device, asked):
    return [device.forged(asked, 666)]


def plain(device, asked):
    return [device.answer(asked, 666, flags=0)]


def not_hidden(device, asked):
    return [device.answer(asked, 666, flags=AUTH)]


def by_community(device, asked):
    return [device.by_community(asked, 666)]


def elsewhere(device, asked):
    return [device.answer(asked, 666, stamp=Stamp(b"\x80another", 1, 1))]


def other_number(device, asked):
    return [device.answer(Asked(asked.frame, asked.number + 1, asked.oids), 666)]


def true(device, asked):
    return [device.answer(asked)]


def unknown(device, asked):
    return [device.report(asked, UNKNOWN_USER, proven=False)]


def unproven_time(device, asked):
    stamp = Stamp(device.engine_id, HUGE, HUGE)
    return [device.report(asked, NOT_IN_WINDOW, proven=False, stamp=stamp)]


LIES = [forged, plain, not_hidden, by_community, elsewhere, other_number, unknown, unproven_time]


@pytest.mark.parametrize("lie", LIES)
async def test_a_lie_before_the_truth_changes_nothing(lie):
    async with serve_v3(USER, by_question(lie, true)) as device, SnmpNetwork() as network:
        assert await value_from(device, network) == 7
        assert len(device.asked) == 3  # who are you; the first question of all; this one


@pytest.mark.parametrize("lie", [forged, plain, elsewhere, other_number])
async def test_lies_alone_are_named(lie):
    async with serve_v3(USER, by_question(lie)) as device:
        assert await code_from(device) == "v3_unproved_answer"


async def test_an_answer_by_community_is_no_answer_to_a_user():
    async with serve_v3(USER, by_question(by_community)) as device:
        assert await code_from(device) == "v3_silent"


async def test_an_unproven_report_alone_is_believed_in_the_end():
    async with serve_v3(USER, by_question(unknown)) as device:
        assert await code_from(device) == "v3_unknown_user"


async def test_a_forged_clock_is_not_remembered():
    """A huge clock without a digest, at first and later: the next client is not misled."""

    def manners(device: V3Device, asked: Asked):
        lie = Stamp(device.engine_id, HUGE, HUGE)
        if not asked.frame.stamp.engine_id:
            return [device.report(asked, UNKNOWN_ENGINE, proven=False, stamp=lie)]
        return [*unproven_time(device, asked), *device.good(asked)]

    async with serve_v3(USER, manners) as device, SnmpNetwork() as network:
        assert await value_from(device, network) == 7
        before = len(device.asked)
        assert await value_from(device, network, known=Opened(Version.V3, 0)) == 7
        (last,) = device.asked[before:]
        assert (last.frame.stamp.boots, last.frame.stamp.time) == (3, 1_000)


async def test_a_second_client_needs_no_introduction():
    async with serve_v3(USER) as device, SnmpNetwork() as network:
        await value_from(device, network)
        before = len(device.asked)
        await value_from(device, network, known=Opened(Version.V3, 0))
        assert len(device.asked) == before + 1


@pytest.mark.parametrize(("boots", "time"), [(4, 0), (3, 9_000), (1, 5)])
async def test_a_clock_that_moved_costs_one_report(boots, time):
    """Also backwards: a printer that was reset, or does not count its starts."""
    async with serve_v3(USER) as device, SnmpNetwork() as network:
        await value_from(device, network)
        device.boots, device.time = boots, time
        before = len(device.asked)
        assert await value_from(device, network, known=Opened(Version.V3, 0)) == 7
        assert len(device.asked) == before + 2


async def test_a_clock_that_never_fits_is_named():
    def late(device, asked):
        return [device.report(asked, NOT_IN_WINDOW, proven=True)]

    async with serve_v3(USER, by_question(late)) as device:
        assert await code_from(device) == "v3_not_in_window"


async def test_an_engine_that_denies_its_own_id_is_named():
    def deny(device, asked):
        return [device.report(asked, UNKNOWN_ENGINE, proven=False)]

    async with serve_v3(USER, by_question(deny)) as device:
        assert await code_from(device) == "v3_unknown_engine"


async def test_another_engine_at_the_same_address_is_met_anew():
    async with serve_v3(USER) as device, SnmpNetwork() as network:
        await value_from(device, network)
        device.engine_id = b"\x80\x00\x1f\x88\x04other"
        assert await value_from(device, network, known=Opened(Version.V3, 0)) == 7


async def test_cloned_engine_ids_do_not_trouble_each_other():
    async with (
        serve_v3(USER) as one,
        serve_v3(USER, address="127.46.0.6") as two,
        SnmpNetwork() as network,
    ):
        two.boots, two.time = 900, 77
        for _ in range(3):
            for device in (one, two):
                assert await value_from(device, network, known=Opened(Version.V3, 0)) == 7
        # The introduction and three questions each: neither moved the other's clock.
        assert (len(one.asked), len(two.asked)) == (4, 4)


async def test_one_name_with_two_passwords_at_once():
    other = V3User("ann", AuthProtocol.SHA256, "another-proof", PrivProtocol.AES128, "another-one")
    async with (
        serve_v3(USER) as one,
        serve_v3(other, address="127.46.0.6") as two,
        SnmpNetwork() as network,
    ):
        for _ in range(2):
            for device, user in ((one, USER), (two, other)):
                client = network.client(device.endpoint, Access((), (Version.V3,), (user,)), QUICK)
                assert (await client.get([NAME]))[NAME].number() == 7


async def test_zeros_in_the_engine_id_are_not_taken_for_the_digest():
    zeros = b"\x80\x00\x1f\x88" + bytes(28)
    async with serve_v3(USER, engine_id=zeros) as device, SnmpNetwork() as network:
        assert await value_from(device, network) == 7


async def test_nothing_of_the_passwords_is_told():
    told = []
    async with serve_v3(USER) as device, SnmpNetwork() as network:
        client = network.client(device.endpoint, ACCESS, QUICK, trace=told.append)
        await client.get([NAME])
        seen = f"{told!r}{client.__dict__!r}{vars(network)!r}{ACCESS!r}{USER!r}"
        usm = network._usms.of(USER)
        seen += f"{usm!r}{usm.keys_at(device.engine_id)!r}"
    assert "proof-of-ann" not in seen
    assert "hides-it-all" not in seen
