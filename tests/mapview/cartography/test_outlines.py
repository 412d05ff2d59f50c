from __future__ import annotations

import pytest
from shapely import Polygon

from geodata.errors import FormatError
from mapview.cartography.outlines import symbol_outline
from mapview.cartography.style import KINDS, OWN


@pytest.mark.parametrize("shape", sorted({kind.shape for kind in (*KINDS, *OWN)}))
def test_every_kind_has_an_outline_about_its_middle(shape: str) -> None:
    outline = Polygon(symbol_outline(shape))
    assert outline.is_valid
    assert outline.area > 1
    assert outline.contains(outline.centroid)
    assert all(abs(x) <= 1.3 and abs(y) <= 1.3 for x, y in symbol_outline(shape))


def test_no_two_kinds_look_alike() -> None:
    outlines = [Polygon(symbol_outline(kind.shape)) for kind in (*KINDS, OWN[0])]
    for i, one in enumerate(outlines):
        for other in outlines[i + 1 :]:
            assert one.symmetric_difference(other).area > 0.3


def test_unknown_shape_is_refused() -> None:
    with pytest.raises(FormatError, match=r"shape must be one of burst, circle, .*, got 'heart'"):
        symbol_outline("heart")
