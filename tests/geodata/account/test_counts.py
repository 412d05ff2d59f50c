"""What the counts hold to: which document is the newest, which base areas are on the map."""

from __future__ import annotations

import pytest
from fixed_records import base_area

from geodata.account.counts import coverage, newest_document
from geodata.records.collection import Records
from geodata.records.model import Source


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        ((), ""),
        (("",), ""),
        (("2023", "2024-03"), "2024-03"),
        # The whole of 2024 reaches further than its March, whatever their letters say.
        (("2024-03", "2024"), "2024"),
        (("2015~", "2014-12-31"), "2015~"),
        (("199X", "1998-05"), "199X"),
        # A date that is not known is none of a newest document.
        (("XXXX", "2023", "2019/.."), "2023"),
        (("XXXX",), ""),
    ],
)
def test_the_newest_document_is_that_which_may_be_latest(dates, newest):
    documents = [
        Source(id=f"s{index}", title="T", date=day, is_document=True)
        for index, day in enumerate(dates)
    ]
    cited = Source(id="cited", title="T", date="2030")
    assert newest_document([*documents, cited]) == newest


def test_a_base_area_known_to_the_country_is_not_on_the_map():
    point = {"type": "Point", "coordinates": [69.0, 34.0]}
    areas = (
        base_area("a", geometry=point, radius_km=5, geo_precision="district"),
        base_area("b", geometry=point, radius_km=400, geo_precision="country"),
        base_area("c", geometry=None, radius_km=None, geo_precision="country"),
    )
    facts = coverage(Records(base_areas=areas))
    assert facts.areas_placed == 1
    assert [(one.label, one.number) for one in facts.areas_unplaced] == [
        ("only the country is given", 2)
    ]
