from __future__ import annotations

from dataclasses import replace

import pytest
from figure_parts import incident

from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.clusters import MapData
from mapview.briefing.figure.sheet.frames import beside_legend, with_insets, without_insets

PART = Rect(10, 20, 250, 180)
FAR = [(2.35, 48.86), (-74.0, 40.7), (151.2, -33.9)]


def data_of(far: int) -> MapData:
    home = [incident((67.0 + i, 34.5), id=f"i{i}") for i in range(5)]
    return MapData((*home, *(incident(at, id=f"f{at}") for at in FAR[:far])), ())


def test_without_far_places_the_main_map_has_everything() -> None:
    frames = with_insets(data_of(0), PART, 1)
    assert (frames.main, frames.insets) == (PART, ())


@pytest.mark.parametrize("far", [1, 2, 3])
@pytest.mark.parametrize("part", [PART, Rect(10, 20, 160, 250), Rect(0, 0, 300, 90)])
def test_insets_stand_beside_the_map_and_each_other(far: int, part: Rect) -> None:
    frames = with_insets(data_of(far), part, 1)
    assert len(frames.insets) == len(frames.scene.insets) == far
    boxes = [frames.main, *frames.insets]
    assert all(part.grown(1e-6).encloses(box) for box in boxes)
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
    assert min(frames.main.width, frames.main.height) > 50
    assert len(frames.views) == far + 1


def test_the_longest_title_that_fits_stands_over_its_inset() -> None:
    frames = with_insets(data_of(1), PART, 1)
    [(words, (x, y))] = frames.titles
    [inset] = frames.insets
    assert words == "Kabul, Afghanistan"
    assert (x, inset.top - y) == (inset.left, pytest.approx(1.2))
    tight = replace(frames, insets=(inset._replace(right=inset.left + 12),))
    assert [words for words, _ in tight.titles] == ["Kabul"]
    narrow = replace(frames, insets=(inset._replace(right=inset.left + 7),))
    assert [words for words, _ in narrow.titles] == ["Ka…"]


def test_insets_stand_where_they_leave_the_main_map_largest() -> None:
    part, paris = Rect(0, 0, 200, 200), incident(FAR[0], id="far")
    upright = [incident((67.0, 30.0 + i), id=f"i{i}") for i in range(9)]
    across = [incident((63.0 + i, 34.0), id=f"i{i}") for i in range(9)]
    beside = with_insets(MapData((*upright, paris), ()), part, 1)
    below = with_insets(MapData((*across, paris), ()), part, 1)
    assert beside.insets[0].left > beside.main.right
    assert below.insets[0].top > below.main.bottom


def test_a_part_too_small_for_insets_has_the_main_map_alone() -> None:
    part = Rect(0, 0, 60, 60)
    frames = with_insets(data_of(3), part, 1)
    assert (frames.main, frames.insets, frames.scene.insets) == (part, (), ())


def test_what_has_no_inset_is_not_seen() -> None:
    frames = without_insets(data_of(1), PART, 1)
    assert [one.id for one in frames.scene.unseen(frames.views).incidents] == [f"f{FAR[0]}"]
    frames = with_insets(data_of(1), PART, 1)
    assert frames.scene.unseen(frames.views).weight == 0


def test_few_insets_may_stand_under_the_legend() -> None:
    frames = with_insets(data_of(2), PART, 1)
    column = Rect(255, 20, 300, 200)
    moved = beside_legend(frames, PART, column)
    assert moved is not None
    assert moved.main == PART
    assert all(column.encloses(one) for one in moved.insets)
    assert not moved.insets[0].overlaps(moved.insets[1])
    assert beside_legend(frames, PART, Rect(255, 150, 300, 200)) is None
    assert beside_legend(with_insets(data_of(3), PART, 1), PART, column) is None
    assert beside_legend(with_insets(data_of(0), PART, 1), PART, column) is None
