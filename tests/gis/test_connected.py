"""QGIS connects to a server by OGC API - Features, filters, goes through time, and draws."""

from __future__ import annotations

from typing import Any

import pytest
from served import Server
from with_qgis import connected

from geodata import load

pytestmark = pytest.mark.gis


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("connected")
    with Server(log=folder / "log.txt") as server:
        found = connected(folder, f"{server.url}ogc")
    assert "Traceback" not in (folder / "log.txt").read_text("utf-8")
    return found


def test_each_record_is_there_with_its_place_and_days(told: dict[str, Any]) -> None:
    records = load()
    for name, ours in (("incidents", records.incidents), ("base_areas", records.base_areas)):
        layer = told[name]
        assert (layer["valid"], layer["error"], layer["crs"]) == (True, "", "EPSG:4326")
        # What is on no map is not in a layer of points.
        assert layer["ids"] == sorted(one.id for one in ours if one.is_mappable)
    fields = told["incidents"]["fields"]
    assert (fields["date_start"], fields["date_end"]) == ("Date", "Date")
    assert (fields["fatalities_low"], fields["radius_km"]) == ("Integer", "Real")


def test_what_lies_within_a_view_is_asked_for(told: dict[str, Any]) -> None:
    assert told["within"] == [
        "Attack on the Shah Cheragh shrine in Shiraz, August 2023",
        "Bombings at a commemoration in Kerman",
        "Shooting at the Shah Cheragh shrine in Shiraz, October 2022",
    ]


def test_a_filter_of_the_layer_holds(told: dict[str, Any]) -> None:
    assert told["is_filtered"]
    assert told["only"] == ["IR"]


def test_a_year_is_drawn_alone(told: dict[str, Any]) -> None:
    assert 0 < told["drawn_of_year"] < told["drawn"] / 2
