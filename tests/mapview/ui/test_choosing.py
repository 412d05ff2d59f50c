"""Choosing an incident makes the map go there, if it is on the map."""

from __future__ import annotations

import pytest
from fixed_records import incident
from page_parts import Open, press, told_to_map

from geodata import Filter, Store, load
from geodata.records.vocabulary import GeoPrecision
from mapview.ui.choosing import destination

KERMAN = "kerman-2024-01-03"


def test_choosing_makes_the_map_go_there(open_page: Open) -> None:
    page = press(open_page("q=kerman"), f"choose_{KERMAN}")
    told = told_to_map(page)
    lon, lat = load().incidents_by_id[KERMAN].points[0]
    assert told["selected"] == KERMAN
    assert (told["go"]["lon"], told["go"]["lat"]) == (lon, lat)


def test_choosing_an_unplaced_incident_leaves_the_map_where_it_is(open_page: Open) -> None:
    row = next(one for one in Store.of(load()).table(Filter(), limit=12) if not one.is_mappable)
    page = press(open_page(), f"choose_{row.id}")
    assert told_to_map(page)["selected"] == row.id
    assert told_to_map(page)["go"] is None


@pytest.mark.parametrize("precision", GeoPrecision)
def test_the_map_goes_nowhere_for_what_is_known_only_to_the_country(precision: str) -> None:
    points = () if precision == "unknown" else ((70.0, 34.0),)
    one = incident(points=points, geo_precision=precision, radius_km=5)
    goes = precision not in ("country", "unknown")
    there = {"lon": 70.0, "lat": 34.0, "zoom": 7, "id": one.id}
    assert destination(one) == (there if goes else None)


def test_the_map_goes_nowhere_for_an_unknown_incident() -> None:
    assert destination(None) is None
