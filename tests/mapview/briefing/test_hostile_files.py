"""All files of the corpus of hostile ones become briefings."""

from __future__ import annotations

import pytest
from corpora import all_hostile

from geodata import Filter, Store
from mapview.briefing.compose import compose
from mapview.briefing.writers import write_briefing

POLES = "pole-and-antimeridian"
NAMES = ("hostile-addresses", "days-and-times", "lone-surrogates", POLES)


@pytest.mark.parametrize(
    ("names", "ending"),
    # A map of the poles alone is another one than that of all, and slides and documents draw both.
    [(NAMES, "html"), (NAMES, "pptx"), (NAMES, "docx"), ((POLES,), "pptx")],
)
def test_odd_records_are_written(names: tuple[str, ...], ending: str) -> None:
    records = all_hostile(f"{name}.geojson" for name in names)
    assert len(records.incidents) == (14 if names == NAMES else 4)
    assert write_briefing(compose(Store.of(records), Filter()), ending)
