"""Who stands where: the same after every start, and nobody moves for a newcomer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.map.places import ArcId, Resident, RingLayout

Spots = dict[str, tuple[float, float]]


def resident(number: int, segment: str = "s0", hops: int | None = 0, day: int = 1) -> Resident:
    return Resident(f"k{number:03}", segment, hops, f"2026-01-{day:02}T08:00:00Z")


def filled(*residents: Resident, approved: tuple[str, ...] = ()) -> RingLayout:
    layout = RingLayout()
    layout.set_approved(approved)
    for one in residents:
        layout.put(one)
    layout.arrange()
    return layout


def arcs(layout: RingLayout) -> list[ArcId]:
    return [(sector.name, sector.hops) for sector in layout.sectors]


def everything(layout: RingLayout) -> Spots:
    return {k: at for arc in arcs(layout) for k, at in layout.positions(arc).items()}


_people = st.lists(
    st.builds(
        resident,
        st.integers(0, 60),
        st.sampled_from(["s0", "s1", "s2", "s3", "s4"]),
        st.sampled_from([0, 1, 2, None]),
        st.integers(1, 28),
    ),
    max_size=60,
    unique_by=lambda one: one.key,
)


@settings(deadline=None, max_examples=60)
@given(_people, st.randoms(use_true_random=False))
def test_the_order_of_coming_in_does_not_matter(people: list[Resident], dice: object) -> None:
    once = filled(*people, approved=("s1", "s0"))
    mixed = list(people)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    later = RingLayout()
    later.set_approved(("s1", "s0"))
    for one in mixed:
        later.put(one)
        later.arrange()
    later.arrange()
    assert everything(later) == everything(once)
    assert later.rings == once.rings


@settings(deadline=None, max_examples=40)
@given(_people)
def test_everybody_has_a_place_of_their_own(people: list[Resident]) -> None:
    spots = everything(filled(*people))
    assert set(spots) == {one.key for one in people}
    assert len(set(spots.values())) == len(people)


@settings(deadline=None, max_examples=40)
@given(_people)
def test_what_is_said_to_have_moved_is_all_that_has(people: list[Resident]) -> None:
    layout, before = RingLayout(), {}
    for one in people:
        layout.put(one)
        moved = layout.arrange()
        after = {arc: layout.positions(arc) for arc in arcs(layout)}
        elsewhere = {
            arc
            for arc, spots in after.items()
            if any(at != before.get(arc, {}).get(key) for key, at in spots.items())
        }
        assert elsewhere <= moved
        before = after


def test_a_newcomer_moves_nobody() -> None:
    layout = filled(*(resident(n, day=1) for n in range(40)))
    before = everything(layout)
    layout.put(resident(99, day=2))
    layout.arrange()
    after = everything(layout)
    assert {key: after[key] for key in before} == before


def test_a_new_segment_among_three_moves_nobody() -> None:
    people = [resident(n, f"s{n % 3}") for n in range(12)]
    layout = filled(*people, approved=("s0", "s1", "s2"))
    before = everything(layout)
    layout.set_approved(("s0", "s1", "s2", "s3"))
    layout.put(resident(50, "s3", day=9))
    layout.arrange()
    after = everything(layout)
    assert {key: after[key] for key in before} == before


def test_a_place_let_go_is_taken_again_and_nobody_closes_up() -> None:
    layout = filled(*(resident(n) for n in range(5)))
    before = everything(layout)
    layout.remove("k002")
    layout.arrange()
    assert everything(layout) == {k: at for k, at in before.items() if k != "k002"}
    layout.put(resident(9, day=2))
    layout.arrange()
    assert everything(layout)["k009"] == before["k002"]


def test_rings_are_there_when_needed_the_unknown_one_outermost() -> None:
    layout = filled(resident(1, "a", 2), resident(2, "b", None), resident(3, "c", 0))
    assert [ring.hops for ring in layout.rings] == [0, 2, None]
    radii = [ring.radius for ring in layout.rings]
    assert radii == sorted(radii)
    layout.remove("k001")
    layout.arrange()
    assert [ring.hops for ring in layout.rings] == [0, None]


def test_rows_of_a_ring_never_reach_the_next_one() -> None:
    layout = filled(*(resident(n) for n in range(60)), resident(99, "b", 1))
    near, far = layout.rings
    assert near.radius < near.reach < far.radius


def test_a_segment_has_an_arc_for_each_distance_in_one_direction() -> None:
    layout = filled(resident(1, hops=1), resident(2, hops=2), resident(3, hops=None))
    assert arcs(layout) == [("s0", 1), ("s0", 2)]
    assert layout.arc_of("k003") == ("s0", 1)
    near, far = layout.sectors
    assert near.middle == far.middle


def test_a_search_tells_the_distance_of_a_segment_without_printers() -> None:
    layout = filled(approved=("s0", "s1"))
    assert [ring.hops for ring in layout.rings] == [None]
    layout.add_segment("s0", 3)
    layout.arrange()
    assert arcs(layout) == [("s0", 3), ("s1", None)]
    layout.put(resident(1, "s0", 2))
    layout.arrange()
    assert arcs(layout) == [("s0", 2), ("s1", None)]


def test_a_printer_that_tells_its_distance_moves_there() -> None:
    layout = filled(resident(1, hops=None))
    layout.put(resident(1, hops=4))
    assert layout.arrange() == {("s0", 4)}
    assert arcs(layout) == [("s0", 4)]
    assert (layout.count(("s0", 4)), layout.count(("s0", None))) == (1, 0)


def test_approved_segments_come_first_then_who_was_seen_first() -> None:
    layout = filled(resident(1, "late", day=9), resident(2, "early", day=2), approved=("mine",))
    assert layout.segments == ("mine", "early", "late")


def test_empty_segments_go_unless_they_are_approved_or_searched() -> None:
    layout = filled(resident(1, "lived"))
    for name in ("x", "y"):
        layout.add_segment(name)
    layout.set_approved(("mine",), keep={"x"})
    layout.arrange()
    assert layout.segments == ("mine", "lived", "x")


def test_it_says_when_rows_stand_close() -> None:
    assert not filled(*(resident(n) for n in range(20))).tight
    assert filled(*(resident(n) for n in range(60))).tight
