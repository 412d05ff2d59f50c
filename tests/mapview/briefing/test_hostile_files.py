"""Every file of the corpus of hostile ones becomes a briefing, or a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata import Filter, Store, read_records
from mapview.briefing.compose import compose
from mapview.briefing.writers import write_briefing

FOLDER = Path(__file__).parents[2] / "corpus" / "hostile"


@pytest.mark.parametrize("ending", ["html", "pptx", "docx"])
@pytest.mark.parametrize(
    "name", ["hostile-addresses", "days-and-times", "lone-surrogates", "pole-and-antimeridian"]
)
def test_odd_records_are_written(name: str, ending: str) -> None:
    store = Store.of(read_records([FOLDER / f"{name}.geojson"]).records)
    assert write_briefing(compose(store, Filter()), ending)
