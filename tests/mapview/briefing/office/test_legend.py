"""Parts of the legend that slides and documents draw alike."""

from __future__ import annotations

import pytest

from mapview.briefing.office.legend import RIM, disc_sector


def test_sectors_make_a_whole_disc() -> None:
    outlines = [disc_sector(index, 2)[1] for index in range(len(RIM))]
    for one, following in zip(outlines, [*outlines[1:], outlines[0]], strict=True):
        assert one[0] == (0, 0)
        assert one[-1] == pytest.approx(following[1])
