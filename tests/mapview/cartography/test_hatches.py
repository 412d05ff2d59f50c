"""Lines of a hatch fill what they should, and those of neighbours line up."""

from __future__ import annotations

import pytest
import shapely

from mapview.cartography.hatches import hatch_lines


@pytest.mark.parametrize("angle", [0, 15, 45, 90, 135])
def test_lines_are_parallel_evenly_apart_and_inside(angle: int) -> None:
    shape = shapely.Point(3, 4).buffer(20)
    parts = shapely.get_parts(hatch_lines(shape, angle, 5))
    assert len(parts) == 8
    assert shape.buffer(1e-9).contains(shapely.MultiLineString(list(parts)))
    turned = [shapely.affinity.rotate(part, -angle, origin=(0, 0)).bounds for part in parts]
    assert all(top == pytest.approx(bottom) for _, top, _, bottom in turned)
    rows = sorted(top / 5 for _, top, _, _ in turned)
    assert rows == pytest.approx([round(row) for row in rows], abs=1e-9)


def test_lines_of_neighbours_line_up() -> None:
    both = hatch_lines(shapely.box(-10, 0, 10, 20), 45, 6)
    halves = [hatch_lines(shapely.box(*box), 45, 6) for box in ((-10, 0, 0, 20), (0, 0, 10, 20))]
    assert both.length == pytest.approx(sum(half.length for half in halves))


def test_nothing_has_no_lines() -> None:
    assert hatch_lines(shapely.Polygon(), 45, 6).is_empty
    assert hatch_lines(shapely.box(1, 1, 2, 2), 0, 6).is_empty
