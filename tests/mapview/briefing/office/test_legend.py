"""Native legends: discs stand in them where symbols are near each other."""

from __future__ import annotations

import pytest
from office_files import briefing_of

from mapview.briefing.figure import legend_entries
from mapview.briefing.figure.legend import AREAS, CERTAINTY
from mapview.briefing.office.legend import DISC, RIM, disc_sector, native_entries


@pytest.mark.parametrize(
    ("name", "discs"),
    [("shipped", 1), ("many", 1), ("scripts", 0), ("none", 0)],
)
def test_discs_are_explained_where_there_are_crowds(name: str, discs: int) -> None:
    briefing = briefing_of(name)
    entries = native_entries(briefing)
    assert [one.form for one in entries].count(DISC) == discs
    assert [one for one in entries if one.form != DISC] == legend_entries(briefing)


def test_discs_stand_before_areas() -> None:
    sections = [one.section for one in native_entries(briefing_of("shipped"))]
    forms = [one.form for one in native_entries(briefing_of("shipped"))]
    at = forms.index(DISC)
    assert (sections[at], sections[at + 1]) == (CERTAINTY, AREAS)


def test_sectors_make_a_whole_disc() -> None:
    outlines = [disc_sector(index, 2)[1] for index in range(len(RIM))]
    for one, following in zip(outlines, [*outlines[1:], outlines[0]], strict=True):
        assert one[0] == (0, 0)
        assert one[-1] == pytest.approx(following[1])
