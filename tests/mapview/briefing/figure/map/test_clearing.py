"""Room for call-outs and discs: no one that moves aside takes that of a call-out."""

from __future__ import annotations

from dataclasses import replace

from mapview.briefing.figure.map.clearing import clear_named
from mapview.briefing.figure.map.labelling import label_of, obstacles_of
from mapview.briefing.figure.map.placement import least_unsaid
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.briefing.figure.scene.stacks import Symbol, stack_symbols

PLACE = IncidentPlace(
    id="a", lon=0, lat=0, kind=1, status=0, form="point", radius_km=0, province="", name="Kerman",
    country="IR", date="2024-01-03", killed=94, is_certain=True,
)  # fmt: skip
SAYS = ("94 killed (One)",)


def unsaid(symbols: list[Symbol], frame: Rect, *taken: Rect) -> int:
    """Return what the call-out leaves unsaid where it stands before all other names."""
    [own] = [one for one in symbols if one.places[0].says]
    label = label_of(own, 1.0)
    assert label is not None
    obstacles = obstacles_of(symbols, frame, 1.0)
    for box in taken:
        obstacles.add(box)
    return least_unsaid(label, obstacles)


def test_no_mark_makes_way_for_a_disc_into_the_room_of_a_call_out() -> None:
    frame, disc = Rect(0, 0, 60, 20), replace(PLACE, province="d", killed=0)
    others = ((43, 9), (30, 4), (47, 13), (26, 13), (47, 6), (41, 10), (46, 8), (50, 16))
    placed = [
        (27.0, 15.0, replace(PLACE, says=SAYS)),
        *((36.0, 10.0, replace(disc, id=f"d{i}")) for i in range(6)),
        *((*at, replace(PLACE, id=f"b{at}", province=f"p{at}", killed=0)) for at in others),
    ]
    symbols, _ = stack_symbols(placed, 1.75)
    assert unsaid(symbols, frame) == 0
    cleared = clear_named(symbols, frame, 1.0)
    assert unsaid(cleared, frame) == 0


def test_a_call_out_is_promised_no_room_under_the_scale_bar() -> None:
    frame, bar = Rect(0, 0, 70, 22), Rect(1, 11, 28, 21)
    others = ((59, 11.2), (58.1, 8.7), (30.5, 4.5), (62.4, 16.4), (57.3, 19.4))
    placed = [
        (31.5, 13.2, replace(PLACE, says=SAYS)),
        *((*at, replace(PLACE, id=f"b{at}", province=f"p{at}", killed=0)) for at in others),
    ]
    symbols, _ = stack_symbols(placed, 1.75)
    assert unsaid(clear_named(symbols, frame, 1.0), frame, bar) > 0
    cleared = clear_named(symbols, frame, 1.0, [bar])
    assert unsaid(cleared, frame, bar) == 0
    assert not any(bar.overlaps(Rect.around((one.x, one.y), 1, 1)) for one in cleared)
