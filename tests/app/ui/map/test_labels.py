"""Labels never collide."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.map.labels import Box, Ground, Wish, beside, place_labels, place_patiently

ROOM = Box(0, 0, 800, 600)
_spots = st.tuples(st.floats(0, 800), st.floats(0, 600))
_sizes = st.tuples(st.floats(5, 130), st.floats(8, 30))
_wishes = st.lists(st.tuples(_spots, _sizes, st.floats(-180, 180)), max_size=60)


def wish(key: str, x: float, y: float, width: float = 60, height: float = 14) -> Wish:
    return Wish(key, x, y, 16, 0, width, height)


@settings(deadline=None, max_examples=60)
@given(_wishes)
def test_no_label_covers_another_or_a_node(drawn: list[tuple]) -> None:
    wishes = [
        Wish(str(i), x, y, 12, outward, width, height)
        for i, ((x, y), (width, height), outward) in enumerate(drawn)
    ]
    nodes = [Box(w.x - 12, w.y - 12, 24, 24) for w in wishes]
    placed = place_labels(wishes, nodes, ROOM)
    boxes = list(placed.values())
    for i, one in enumerate(boxes):
        assert one.inside(ROOM)
        assert not any(one.overlaps(other) for other in boxes[i + 1 :])
        assert not any(one.overlaps(node) for node in nodes)


@settings(deadline=None)
@given(st.floats(-360, 360), _sizes)
def test_a_label_touches_its_node_and_never_covers_it(angle: float, size: tuple) -> None:
    width, height = size
    box = beside(Wish("a", 100, 100, 16, 0, width, height), angle)
    assert not box.overlaps(Box(84, 84, 32, 32))
    assert box.overlaps(Box(79, 79, 42, 42))


def test_outward_is_the_first_choice() -> None:
    placed = place_labels([wish("a", 100, 100)], [], ROOM)
    assert placed["a"].x == 120


def test_the_important_ones_come_first_and_the_rest_gives_way() -> None:
    crowd = [wish("first", 100, 100), *(wish(f"n{i}", 100, 100) for i in range(30))]
    placed = place_labels(crowd, [Box(84, 84, 32, 32)], ROOM)
    assert "first" in placed
    assert len(placed) < len(crowd)


def test_a_second_wish_counts_only_where_the_first_failed() -> None:
    outside = wish("a", 5000, 5000)
    inside = wish("a", 100, 100)
    assert place_labels([outside, inside], [], ROOM)["a"].x == 120
    assert len(place_labels([inside, wish("a", 400, 400)], [], ROOM)) == 1


def test_what_merely_touches_does_not_overlap() -> None:
    ground = Ground([Box(0, 0, 10, 10)])
    assert ground.is_free(Box(10, 0, 10, 10))
    assert not ground.is_free(Box(9, 9, 10, 10))


def test_who_found_no_place_comes_first_at_the_next_try() -> None:
    room = Box(0, 0, 300, 60)
    pinned = Wish("pinned", 100, 30, 16, 0, 60, 14, turns=(0,))
    easy = Wish("easy", 100, 30, 16, 0, 60, 14, turns=(0, 180))
    assert set(place_labels([easy, pinned], [], room)) == {"easy"}
    assert set(place_patiently([easy, pinned], [], room, tries=1)) == {"easy", "pinned"}


def test_the_chosen_one_is_never_given_up_for_others() -> None:
    room = Box(0, 0, 300, 60)
    chosen = Wish("chosen", 100, 30, 16, 0, 120, 40, turns=(0,))
    others = [Wish(f"o{n}", 130 + 60 * n, 30, 4, 90, 40, 14, turns=(0,)) for n in range(3)]
    placed = place_patiently([*others, chosen], [], room, tries=4, first="chosen")
    assert "chosen" in placed


def test_a_label_stays_where_it_was_if_it_can() -> None:
    kept = Box(100, 130, 60, 14)
    one = Wish("a", 100, 100, 16, 0, 60, 14, kept=kept)
    assert place_labels([one], [], ROOM)["a"] == kept
    assert place_labels([one], [kept], ROOM)["a"] != kept


def test_the_chosen_one_is_named_even_where_all_is_taken() -> None:
    everywhere = [Box(0, 0, ROOM.width, ROOM.height)]
    assert set(place_patiently([wish("a", 100, 100)], everywhere, ROOM, 0)) == set()
    assert set(place_patiently([wish("a", 100, 100)], everywhere, ROOM, 0, "a")) == {"a"}
