"""Call-outs: they stand within 8 mm of their symbol, and lose lines rather than stand elsewhere."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from mapview.briefing.figure.map.clearing import clear_named
from mapview.briefing.figure.map.labelling import Labelling, obstacles_of
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.briefing.figure.scene.stacks import stack_symbols

PLACE = IncidentPlace(
    id="a", lon=0, lat=0, kind=1, status=0, form="point", radius_km=0, province="", name="Kerman",
    country="IR", date="2024-01-03", killed=94, is_certain=True,
)  # fmt: skip
SAYS = ("94 killed (One)", "nearly 100 killed (Two)", "96 killed (Three)")

# Around a symbol on three sides, in mm: where its name stood, it would seem that of another one.
RING = ((-4.5, 0.0), (4.5, 0.0), (-3.4, 4.0), (3.4, 4.0), (0.0, 5.0), (-3.2, -5.5), (8.5, -3.5))


def labelling(frame: Rect, *places: tuple[float, float, IncidentPlace]) -> Labelling:
    symbols, _ = stack_symbols(places, 1.75)
    return Labelling.of(symbols, obstacles_of(symbols, frame, 1.0), 1.0)


def words(found: Labelling, index: int = 0) -> list[str]:
    return [line for line, _ in found.lines[found.placed[index].index]]


def test_a_callout_says_its_lines_beside_its_symbol() -> None:
    found = labelling(Rect(0, 0, 200, 100), (100, 50, replace(PLACE, says=SAYS)))
    assert words(found) == ["Kerman", "3 Jan 2024", *SAYS]


def test_a_callout_without_room_loses_lines() -> None:
    found = labelling(Rect(0, 0, 60, 14), (8, 7, replace(PLACE, says=SAYS)))
    assert words(found)[:2] == ["Kerman", "3 Jan 2024"]
    assert len(words(found)) < 2 + len(SAYS)


@pytest.mark.parametrize("apart", [1.0, 5.0, 40.0])
def test_a_callout_is_never_part_of_a_disc_nor_far_from_its_symbol(apart: float) -> None:
    others = [
        (100 + apart * math.cos(turn), 50 + apart * math.sin(turn), replace(PLACE, id=f"b{turn}"))
        for turn in range(6)
    ]
    found = labelling(
        Rect(0, 0, 200, 100), (100, 50, replace(PLACE, is_focus=True, says=SAYS)), *others
    )
    [symbol] = [one for one in found.symbols if any(place.says for place in one.places)]
    assert symbol.is_single
    [own] = [one for one in found.placed if found.symbols[one.index] is symbol]
    assert found.called == {"a"}
    assert own.leader is None or math.dist(*own.leader) <= 8


def crowd(apart: float, count: int) -> list[tuple[float, float, IncidentPlace]]:
    """Neighbours of other provinces around a place, each beside the next."""
    turns = [math.tau * turn / count for turn in range(count)]
    return [
        (100 + apart * math.cos(one), 50 + apart * math.sin(one), replace(PLACE, id=f"b{one}"))
        for one in turns
    ]


def test_others_move_a_little_where_a_call_out_has_no_way_out() -> None:
    frame, own = Rect(0, 0, 200, 100), (100.0, 50.0, replace(PLACE, says=SAYS[:1]))
    others = [
        (x, y, replace(one, province=f"p{at}", killed=0))
        for at, (x, y, one) in enumerate(crowd(4.2, 7))
    ]
    symbols, _ = stack_symbols([own, *others], 1.75)
    stuck = Labelling.of(symbols, obstacles_of(symbols, frame, 1.0), 1.0)
    assert not stuck.called
    cleared = clear_named(symbols, frame, 1.0)
    found = Labelling.of(cleared, obstacles_of(cleared, frame, 1.0), 1.0)
    assert found.called == {"a"}
    for before, after in zip(symbols, cleared, strict=True):
        assert before.places == after.places
        assert math.dist((before.x, before.y), (after.x, after.y)) <= 4
        if before.places[0].says:
            assert before == after
    # Where there is room nothing moves.
    assert clear_named(cleared, frame, 1.0) == cleared


def test_a_large_disc_is_led_from_a_box_where_its_name_has_no_room() -> None:
    disc = [(100.0, 50.0, replace(PLACE, id=f"d{i}", killed=0)) for i in range(6)]
    others = [
        (x, y, replace(one, province=f"p{at}", killed=0))
        for at, (x, y, one) in enumerate(crowd(7.5, 6))
    ]
    frame = Rect(0, 0, 200, 100)
    symbols = clear_named(stack_symbols([*disc, *others], 1.75)[0], frame, 1.0)
    found = Labelling.of(symbols, obstacles_of(symbols, frame, 1.0), 1.0)
    [own] = [one for one in found.placed if not found.symbols[one.index].is_single]
    assert own.index in found.boxed
    assert own.leader is not None
    assert math.dist(*own.leader) <= 8


def test_a_callout_among_others_stands_off_and_its_line_leads_to_its_symbol() -> None:
    others = [(100 + x, 50 + y, replace(PLACE, id=f"b{x}{y}", killed=0)) for x, y in RING]
    found = labelling(Rect(0, 0, 200, 100), (100, 50, replace(PLACE, says=SAYS[:1])), *others)
    [own] = [one for one in found.placed if found.symbols[one.index].places[0].id == "a"]
    assert found.called == {"a"}
    assert own.leader is not None
    symbol = found.symbols[own.index]
    assert math.dist(own.leader[0], (symbol.x, symbol.y)) == pytest.approx(symbol.r)
    assert math.dist(*own.leader) <= 8


def test_a_disc_says_its_province_alone_where_places_in_it_has_no_room() -> None:
    nangarhar = replace(PLACE, province="AF.18", country="AF", says=())
    two = [replace(nangarhar, id=one, name=one) for one in "ab"]
    said = [
        words(labelling(Rect(0, 0, 44, high), *((6.0, high / 2, one) for one in two)))
        for high in (30, 8)
    ]
    assert said[0] == ["Places in", "Nangarhar", "2024"]
    assert said[1] == ["Nangarhar"]


def test_a_mark_among_others_is_led_from_a_box_where_its_name_has_no_room() -> None:
    plain = replace(PLACE, killed=0)
    others = [(100 + x, 50 + y, replace(plain, id=f"b{x}{y}", name="Bam")) for x, y in RING]
    found = labelling(Rect(0, 0, 200, 100), (100, 50, plain), *others)
    [own] = [one for one in found.placed if found.symbols[one.index].places[0].id == "a"]
    assert own.index in found.boxed
    assert own.leader is not None
    assert math.dist(*own.leader) <= 8
    assert [line for line, _ in found.lines[own.index]] == ["Kerman"]
    # Nobody's toll is said there.
    assert not found.called
