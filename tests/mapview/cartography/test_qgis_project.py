"""Tests of the project for QGIS; `tests/gis` opens one in QGIS itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from fixed_records import HOSTILE, base_area, incident
from lxml import etree

from geodata.records import Records
from mapview.cartography import QgisFiles, ground_package, qgis_project, world

FILES = QgisFiles("incidents.gpkg", "ground.gpkg")


def project(records=None, **options):
    said = {"title": "T", "description": "D", **options}
    return etree.fromstring(qgis_project(records or Records(), FILES, **said))


def placed(*points, date="2020-05-01", name="one"):
    return incident(name, event_date=date, points=points, country="AF")


def test_sources_are_relative_and_nothing_leads_elsewhere():
    found = project(Records((placed((69.2, 34.5)),), (base_area("c"),)))
    sources = {one.text for one in found.iter("datasource")}
    assert sources == {one.get("source") for one in found.iter("layer-tree-layer")}
    tables = {one.split("|")[0] for one in sources}
    assert tables == {"./incidents.gpkg", "./ground.gpkg"}
    text = etree.tostring(found, encoding="unicode")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert found.find("properties/Paths/Absolute").text == "false"


def test_layers_of_tree_and_list_are_the_same_and_have_ids_that_are_kept():
    found = project()
    ids = [one.find("id").text for one in found.iter("maplayer")]
    assert [one.get("id") for one in found.iter("layer-tree-layer")] == ids
    assert all(len(one) > 10 for one in ids)
    named = [
        one.get(side) for one in found.iter("relation") for side in one.attrib if "Layer" in side
    ]
    assert named
    assert set(named) <= set(ids)


def test_base_areas_are_drawn_only_where_there_is_nothing_else():
    def is_drawn(records):
        groups = project(records).iter("layer-tree-group")
        return next(one.get("checked") for one in groups if one.get("name") == "Base areas")

    assert is_drawn(Records((placed((69.2, 34.5)),), (base_area("c"),))) == "Qt::Unchecked"
    assert is_drawn(Records((), (base_area("c"),))) == "Qt::Checked"


def test_an_outline_has_a_layer_where_there_is_one():
    outline = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    names = lambda found: [one.text for one in found.iter("layername")]  # noqa: E731
    assert "Outlines in sources" not in names(project(Records((), (base_area("c"),))))
    assert "Outlines in sources" in names(project(Records((), (base_area("c", geometry=outline),))))


@pytest.mark.parametrize("title", HOSTILE)
def test_words_stay_words(title):
    found = project(title=title, description=title)
    assert len(found.findall("title")) == 1
    assert len(found) == len(project())
    if title.isprintable():
        assert found.find("title").text == found.find("projectMetadata/abstract").text == title


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        (("1990", "2024"), "y"),
        (("2021-01-01", "2024-12-31"), "mon"),
        (("2024-01-03", "2024-02-01"), "d"),
    ],
)
def test_time_is_played_in_some_dozens_of_steps(days, unit):
    records = Records(tuple(placed((69.2, 34.5), date=day, name=day) for day in days))
    settings = project(records).find("ProjectTimeSettings")
    assert settings.get("timeStepUnit") == unit
    start, end = (one.text for one in settings.find("TemporalRange"))
    assert (start[:4], end[:4]) == (days[0][:4], days[1][:4])


def test_without_days_there_is_no_time():
    assert project().find("ProjectTimeSettings") is None
    assert (
        project(Records((placed((69.2, 34.5), date="../.."),))).find("ProjectTimeSettings") is None
    )


def sides(found):
    extent = found.find("ProjectViewSettings/DefaultViewExtent")
    canvas = [float(one.text) for one in found.find("mapcanvas/extent")]
    told = [float(extent.get(one)) for one in ("xmin", "ymin", "xmax", "ymax")]
    assert told == canvas
    return told


def test_it_shows_what_was_asked_for_or_where_most_is():
    records = Records((placed((69.0, 34.0), (70.0, 35.0)),))
    assert sides(project(records)) == [68.5, 33.5, 70.5, 35.5]
    assert sides(project(records, extent=(1.0, 2.0, 3.0, 4.0))) == [1, 2, 3, 4]
    around = sides(project(Records((placed((179.5, 0.0), (-179.5, 0.0)),))))
    assert around[0] < -179.5
    assert around[2] > 179.5
    assert sides(project())[0] <= -180


def test_the_ground_is_all_of_the_world_each_layer_of_one_geometry(tmp_path):
    path = tmp_path / "ground.gpkg"
    path.write_bytes(ground_package())
    assert ground_package() == path.read_bytes()
    with closing(sqlite3.connect(path)) as file:
        types = dict(
            file.execute("select table_name, geometry_type_name from gpkg_geometry_columns")
        )
        counts = dict(file.execute("select kind, count(*) from lines group by kind"))
        land = file.execute("select count(*) from land").fetchone()[0]
    assert types == {"land": "MULTIPOLYGON", "lakes": "MULTIPOLYGON", "lines": "MULTILINESTRING"}
    assert land == len(world().land)
    assert counts["disputed"] == len(world().disputed)
    assert counts["border"] == len(world().borders)
    assert set(counts) == {"border", "disputed", "province"}
