from __future__ import annotations

from core.model.action import Origin
from core.model.segment import Segment
from core.settings import SegmentSettings, Settings, describe


def test_every_setting_is_declared_with_text_and_who_may_change_it() -> None:
    keys = {key.path: key for key in describe(Settings)}
    assert set(keys) == {
        "discovery.manage_new",
        "discovery.segments",
        "privacy.addresses",
        "privacy.macs",
        "privacy.hostnames",
        "privacy.locations",
        "privacy.segments",
        "privacy.hidden",
        "secrets.backend",
        "collection.timeout",
        "collection.retries",
        "collection.concurrency",
        "collection.offline_after",
        "collection.stale_after",
        "schedule.enabled",
        "schedule.read_every",
        "schedule.groups",
        "schedule.search_days",
        "schedule.search_at",
        "schedule.deliver_from",
        "schedule.deliver_until",
        "schedule.check_in_every",
        "schedule.outbox_megabytes",
    }
    for key in keys.values():
        assert key.text.endswith(".")
        assert key.changed_by
        assert key.type
    assert keys["collection.retries"].default == Settings().collection.retries


def test_the_hub_can_search_in_approved_segments_only() -> None:
    allowed = {key.path for key in describe(Settings) if Origin.HUB in key.changed_by}
    assert "discovery.segments" not in allowed
    assert "collection.timeout" in allowed


def test_a_segment_has_the_defaults_of_the_model() -> None:
    assert SegmentSettings(name="a", targets=("b",)).as_segment() == Segment("a", ("b",))
    assert {field.description for field in SegmentSettings.model_fields.values()} - {None}


def test_version_three_is_never_on_by_itself() -> None:
    segment = SegmentSettings(name="hall", targets=("127.47.0.1",))
    assert segment.as_segment().versions == ("2c", "1")
