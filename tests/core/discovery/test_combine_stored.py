"""What a search tells, in the store: one printer stays one device, whatever was told first."""

from __future__ import annotations

import pytest

from core.discovery.gathered import Gathered
from core.model.evidence import Finding
from tests.support.evidence import dns_sd, ipp, scope_of, snmp, wsd
from tests.support.stored import at, opened

A, B = "127.30.0.5", "127.30.0.6"
U1 = "4509a320-00a0-008f-00b6-0017c8000001"
W1 = "16a65700-007c-1000-bb49-0017c8000001"
SCOPE = scope_of()


def told(*steps):
    """Give what a search tells when evidence comes in these steps."""
    gathered = Gathered(SCOPE)
    for step in steps:
        if isinstance(step, Finding):
            yield from gathered.found(step)
        else:
            gathered.saw(step)
            for address in step.addresses:
                yield from gathered.around(address)
    yield from gathered.news(one for one in gathered.everything() if isinstance(one, Finding))


SNMP = snmp(A, vendor="Kyocera", model="ECOSYS P3155dn", serial="VXY1", mac="00:17:c8:00:00:01")
ANNOUNCED = dns_sd(A, ty="Kyocera ECOSYS P3155dn", UUID=U1)
ANSWERED = ipp(A, model="Kyocera ECOSYS P3155dn", uuid=U1)
WORD = wsd(A, uuid=W1)


@pytest.mark.parametrize(
    "steps",
    [
        (SNMP, ANNOUNCED, ANSWERED, WORD),
        (ANNOUNCED, WORD, ANSWERED, SNMP),
        (WORD, SNMP, ANSWERED, ANNOUNCED),
        (ANNOUNCED, SNMP),
        (ANNOUNCED, WORD),
        (ANSWERED, SNMP, WORD),
    ],
    ids=lambda steps: " ".join(getattr(s, "source", "snmp") for s in steps),
)
async def test_one_printer_is_one_device(tmp_path, steps):
    async with opened(tmp_path) as store:
        for second, finding in enumerate(told(*steps)):
            await store.save_finding(finding, at(second))
        (row,) = (await store.devices()).items
    sources = {str(evidence.source) for evidence in row.device.evidence}
    assert sources == {str(getattr(step, "source", "snmp")) for step in steps}


async def test_three_queues_are_three_devices(tmp_path):
    queues = [dns_sd(A, name=f"q{n}", UUID=U1[:-1] + str(n)) for n in range(3)]
    async with opened(tmp_path) as store:
        for second, finding in enumerate(told(*queues)):
            await store.save_finding(finding, at(second))
        assert len((await store.devices()).items) == 3


def test_whoever_announces_too_much_is_not_listened_to_any_longer(monkeypatch):
    monkeypatch.setattr("core.discovery.gathered._MOST", 100)
    gathered = Gathered(SCOPE)
    for n in range(200):
        gathered.saw(dns_sd(A, name=f"n{n}"))
    assert len(gathered.everything()) == 64  # at one address
    assert gathered.saw(dns_sd(A, B, name="one more")) is not None
    seen = [gathered.saw(wsd(f"127.30.0.{n}", uuid=None)) for n in range(100, 200)]
    assert len([one for one in seen if one is not None]) == 35  # in all
