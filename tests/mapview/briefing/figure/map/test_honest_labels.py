"""No label of a figure of the shipped records names the wrong mark, at sizes that desks use."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.figure.draw import PLANS
from mapview.briefing.figure.map.labelling import Labelling
from mapview.briefing.figure.map.remarks import Remark
from mapview.briefing.figure.paper.canvas import Canvas, drawing
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene import Symbol, gather
from mapview.briefing.figure.sheet.maps import draw_maps
from mapview.briefing.figure.sizes import sheet_of
from mapview.briefing.progress import Progress

SIZES = {
    "A4": ("297x210mm", ""),
    "1080x1080": ("1080x1080px", ""),
    "A4 without areas": ("297x210mm", "areas=off"),
    "1200x630": ("1200x630px", ""),
    "180x130": ("180x130mm", ""),
    "small": ("600x400px", ""),
    **{
        name: (name, "areas=off")
        for name in ("brief", "card", "square", "column", "a0", "slide", "half", "a4-portrait")
    },
}
# No more marks than these go without a name; a change that leaves out more is no gain.
NAMELESS = {
    "A4": 6, "1080x1080": 5, "A4 without areas": 0, "1200x630": 8, "180x130": 15, "small": 15,
    "brief": 5, "card": 4, "square": 7, "column": 5, "a0": 0, "slide": 0, "half": 10,
    "a4-portrait": 2,
}  # fmt: skip
MOST_LED_MM = 8
APART_MM = 1.6


def gap(box: Rect, symbol: Symbol) -> float:
    beside = max(box.left - symbol.x, 0, symbol.x - box.right)
    below = max(box.top - symbol.y, 0, symbol.y - box.bottom)
    return math.hypot(beside, below) - symbol.r


@pytest.mark.parametrize("sheet", SIZES)
def test_every_label_is_nearest_to_its_own_mark(
    sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[list[Symbol], Labelling]] = []
    place = Labelling.of

    def watched(symbols: list[Symbol], *others: object) -> Labelling:
        drawn.append((symbols, place(symbols, *others)))  # type: ignore[arg-type]
        return drawn[-1][1]

    monkeypatch.setattr(Labelling, "of", watched)
    written: list[str] = []
    say = Remark.draw
    write = Canvas.text

    def told(canvas: Canvas, at: object, words: str, *others: object, **how: object) -> None:
        written.append(words)
        write(canvas, at, words, *others, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "text", told)
    remarks: list[Rect] = []
    monkeypatch.setattr(
        Remark, "draw", lambda one, canvas: (remarks.append(one.box), say(one, canvas))
    )
    text, query = SIZES[sheet]
    briefing = compose(Store.of(load()), Filter.from_query(query), BriefingOptions())
    laid = sheet_of(text)
    with drawing():
        plan = PLANS[laid.composition](briefing, gather(briefing), laid.size)
        frames = plan.frames
        # Cards have tried several sizes of letters.
        drawn.clear()
        draw_maps(Canvas(plan.size, "svg"), frames, "", Progress())
    # Where what is said of marks needs a place, a map is labelled anew.
    drawn = list({id(symbols): (symbols, found) for symbols, found in drawn}.values())
    assert len(drawn) == len(frames.views)
    for symbols, labelling in drawn:
        for label in labelling.placed:
            by_distance = sorted(symbols, key=lambda one: gap(label.box, one))
            words = [words for words, _ in labelling.lines[label.index]]
            assert gap(label.box, by_distance[0]) <= MOST_LED_MM, words
            # What stands in a box has a line to its mark; a name has its place alone.
            own = labelling.symbols[label.index]
            is_led = label.index in labelling.boxed and label.leader is not None
            is_apart = gap(label.box, by_distance[0]) >= APART_MM
            assert own is by_distance[0] or (is_led and is_apart), words
            assert label.leader is None or math.dist(*label.leader) <= MOST_LED_MM
        for one, other in combinations(symbols, 2):
            assert math.dist((one.x, one.y), (other.x, other.y)) >= one.r + other.r - 0.05
        for one in symbols:
            assert len({place.province or place.country for place in one.places}) == 1
    # What is said of marks covers none of their names.
    assert not any(
        one.box.overlaps(remark)
        for _, labelling in drawn
        for one in labelling.placed
        for remark in remarks
    )
    called = {one for _, labelling in drawn for one in labelling.called}
    named = {
        labelling.symbols[one.index].places[0].id
        for _, labelling in drawn
        for one in labelling.placed
        if labelling.symbols[one.index].is_single
    }
    places = frames.scene.data.incidents
    seen = {place.id for view in frames.views for _, _, place in view.holding(places)}
    # What the headline speaks of, and the highest figures, come first, with their tolls.
    highest = set(briefing.highlights) & seen
    assert highest <= named
    assert called == highest
    # No disc of a card goes without one.
    if frames.is_plain:
        named_marks = [
            labelling.symbols[one.index] for _, labelling in drawn for one in labelling.placed
        ]
        assert all(one in named_marks or one.is_single for symbols, _ in drawn for one in symbols)
    nameless = sum(len(symbols) - len(labelling.placed) for symbols, labelling in drawn)
    assert nameless <= NAMELESS[sheet]
    if frames.is_plain:
        return
    said = [one for one in written if "no name on this sheet" in one]
    assert [one.split()[0] for one in said] == ([str(nameless)] if nameless else [])
