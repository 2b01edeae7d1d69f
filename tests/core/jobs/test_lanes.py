from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.jobs.lanes import chosen, lanes
from core.schedule.timing import Every
from core.settings import Settings
from tests.support.sample_devices import summaries

NOW = datetime(2028, 2, 29, 12, tzinfo=UTC)
ID = "0b0c5f64-0000-4000-8000-000000000001"


def settings(**values: object) -> Settings:
    return Settings.model_validate(values)


def test_what_is_done_by_itself() -> None:
    made = {lane.name: lane for lane in lanes(Settings(), ID)}
    assert set(made) == {"collect", "discover", "check-in", "renew", "upkeep"}
    reads = made["collect"].timing
    assert isinstance(reads, Every)
    assert reads.seconds == 3600
    due = made["discover"].timing.following(NOW, UTC)
    assert due.weekday() in {1, 3}
    assert timedelta() <= due - due.replace(hour=10, minute=30, second=0) < timedelta(minutes=15)


def test_installations_do_not_ask_at_the_same_moment() -> None:
    phases = {lanes(Settings(), f"installation {n}")[0].timing.phase for n in range(200)}
    assert len(phases) > 150
    assert lanes(Settings(), ID) == lanes(Settings(), ID)


def test_switched_off() -> None:
    assert lanes(settings(schedule={"enabled": False}), ID) == ()
    none = settings(schedule={"search_days": []})
    assert "discover" not in {lane.name for lane in lanes(none, ID)}


def test_every_device_belongs_to_one_lane() -> None:
    first = [s.device for s in summaries(6)]
    devices = [replace(d, segment="Hall" if n % 2 else "Office") for n, d in enumerate(first)]
    wanted = settings(
        discovery={"segments": [{"name": "Hall", "targets": ["10.0.0.1"], "read_every": 15}]},
        schedule={"groups": [{"name": "Kiosk", "devices": [devices[1].key], "read_every": 5}]},
    )
    names = [lane.name for lane in lanes(wanted, ID) if lane.name.startswith("collect")]
    assert names == ["collect", "collect segment Hall", "collect group Kiosk"]
    shares = [chosen(name, wanted, devices) for name in names]
    assert [len(share) for share in shares] == [3, 2, 1]
    assert sorted(key for share in shares for key in share) == sorted(d.key for d in devices)
