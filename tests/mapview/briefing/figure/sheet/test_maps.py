from __future__ import annotations

from typing import Any

import pytest
from figure_parts import Pen, incident

from mapview.briefing.figure.map.remarks import Unsaid
from mapview.briefing.figure.paper.fonts import Face, width_mm
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.clusters import MapData
from mapview.briefing.figure.sheet import maps
from mapview.briefing.figure.sheet.frames import with_insets
from mapview.briefing.figure.sheet.maps import draw_maps
from mapview.briefing.progress import Progress

HOME = [incident((67.0 + i, 34.5), id=f"i{i}") for i in range(5)]
PARIS = incident((2.35, 48.86), id="paris", name="Paris", country="FR")


def drawn(*places: object, message: str = "") -> Pen:
    pen = Pen()
    frames = with_insets(MapData(places, ()), Rect(10, 20, 250, 180), 1)  # type: ignore[arg-type]
    draw_maps(pen, frames, message, Progress())
    return pen


def test_an_inset_has_its_title_over_it() -> None:
    pen = drawn(*HOME, PARIS)
    [(x, y)] = [at for words, at in pen.texts if words == "Paris, France"]
    [inset, main] = [one.shape.bounds for one in pen.lines("rule")]
    assert x == inset[0]
    assert main[3] < y < inset[1]


def test_a_title_that_is_too_long_is_said_in_fewer_words() -> None:
    names = ["Saint-Quentin-en-Yvelines", "Villeneuve-Saint-Georges"]
    far = [incident((2.0 + i, 48.0), id=name, name=name) for i, name in enumerate(names)]
    pen = drawn(*HOME, *far)
    widest = max(Rect(*one.shape.bounds).width for one in pen.lines("rule")[:-1])
    title = next(words for words in pen.words if words.startswith("Afghanistan"))
    assert width_mm(title, Face(9, bold=True)) <= widest


def test_only_a_map_without_insets_has_a_locator() -> None:
    near = [incident((69.1 + 0.01 * i, 34.5), id=f"i{i}") for i in range(2)]
    assert drawn(*near).lines("alert")
    assert not drawn(*near, PARIS).lines("alert")


def test_a_message_stands_on_the_main_map() -> None:
    assert "No incident was found." in drawn(message="No incident was found.").words


def test_insets_share_the_scale_of_discs_and_only_an_enlargement_is_outlined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn_maps: list[tuple[Any, ...]] = []

    def note(*given: Any) -> Unsaid:
        drawn_maps.append(given)
        return Unsaid(1, 0)

    monkeypatch.setattr(maps, "draw_map", note)
    crowd = [incident((69 + 0.11 * i, 34.5), id=f"c{i}", name=f"Town {i}") for i in range(9)]
    apart = [incident(at, id=f"a{at}") for at in ((60.0, 40.0), (62.0, 32.0))]
    drawn(*crowd, *apart, PARIS)
    (_, enlarged, _, first, none), (*_, second, nothing), (_, main, _, style, outlines) = drawn_maps
    assert [one.equals(main.outline_of(enlarged)) for one in outlines] == [True]
    assert none == nothing == []
    assert first == second
    assert style.most == 1 < first.most
    assert style.insets == Unsaid(2, 0)


def test_an_inset_for_far_places_leaves_the_others_to_the_main_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[list[str]] = []

    def note(_: Any, view: Any, data: MapData, *others: Any) -> Unsaid:
        shown.append([one.id for _, _, one in view.holding(data.incidents)])
        return Unsaid()

    monkeypatch.setattr(maps, "draw_map", note)
    drawn(*HOME, PARIS, incident((139.7, 35.7), id="tokyo", name="Tokyo", country="JP"))
    *insets, main = shown
    assert set(main) == {one.id for one in HOME}
    assert not set(main) & {one for inset in insets for one in inset}
