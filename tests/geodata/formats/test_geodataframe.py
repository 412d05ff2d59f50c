"""Tests of incidents as a GeoDataFrame."""

from __future__ import annotations

import geopandas

from geodata.formats.geodataframe import to_geodataframe
from geodata.records.collection import Records
from geodata.records.features import to_feature


def test_a_geodataframe_has_a_row_for_each_incident(everything_records):
    frame = to_geodataframe(everything_records)
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert frame.crs.to_epsg() == 4326
    assert list(frame["id"]) == ["everything-2024-01-03", "bare"]
    assert frame.geometry.iloc[0].geom_type == "MultiPoint"
    assert frame.geometry.iloc[0].geoms[0].coords[0] == (69.1723456, 34.5281234)
    assert frame.geometry.iloc[1] is None
    feature = to_feature(everything_records.incidents[0], everything_records)
    for name, value in feature["properties"].items():
        assert frame[name].iloc[0] == value, name


def test_no_incidents_make_an_empty_geodataframe():
    frame = to_geodataframe(Records())
    assert len(frame) == 0
    assert frame.crs.to_epsg() == 4326
