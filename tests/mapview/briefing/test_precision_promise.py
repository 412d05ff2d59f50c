"""The first promise, as a list of cases: what is known only to the country gets no pin, anywhere.

Each precision of a place is held against each thing that may draw or tell of it. None of the cases
asks the code under test what is on the map: that stands here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import geopandas
import pytest
from fixed_records import base_area, incident
from page_reading import packed
from PIL import Image
from slide_reading import opened, tables_of

from geodata import Filter, Records, Store
from geodata.formats.kml import write_kml
from geodata.geodesy import MercatorBox
from geodata.queries.answers import Points
from geodata.records.vocabulary import GeoPrecision
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing
from mapview.briefing.document import write_document
from mapview.briefing.figure.map.names import place_unplaced
from mapview.briefing.figure.map.placement import Obstacles
from mapview.briefing.figure.paper.rect import Rect
from mapview.briefing.figure.scene.gather import gather
from mapview.briefing.figure.scene.projection import fit_view
from mapview.briefing.figure.sheet.frames import with_insets
from mapview.briefing.office.picture import MapPicture
from mapview.briefing.office.words import describe_map
from mapview.briefing.page import write_page
from mapview.briefing.page.data import page_data
from mapview.briefing.page.view import all_places, drawn_provinces, first_view
from mapview.briefing.slides import write_slides
from mapview.briefing.writers import write_briefing
from mapview.cartography.legend import GROUND, LegendEntry
from mapview.layer.payloads import areas_payload, view_payload

IS_DRAWN = {
    "site": True,
    "settlement": True,
    "near settlement": True,
    "district": True,
    "province": True,
    "region": True,
    "not stated": True,
    "country": False,
    "unknown": False,
}
# Far from where a map looks when there is nothing to show.
LON, LAT = -150.0, -17.5
WORLD = MercatorBox(0, 0, 2**31 - 1, 2**31 - 1)


def records_of(precision: str, kind: str) -> Records:
    """Return one record whose place is known so well, with a position as far as it may have one."""
    known = {"geo_precision": precision, "country": "PF", "admin1_code": "PF.03", "radius_km": 9}
    if kind == "incident":
        # A place that is not known at all cannot have a position; the model refuses it.
        points = () if precision == "unknown" else ((LON, LAT),)
        return Records((incident("one", points=points, status="foiled", **known),))
    point = {"type": "Point", "coordinates": [LON, LAT]}
    return Records(base_areas=(base_area("one", geometry=point, **known),))


@cache
def store_of(precision: str, kind: str) -> Store:
    return Store.of(records_of(precision, kind))


@cache
def briefing_of(precision: str, kind: str) -> Briefing:
    return compose(store_of(precision, kind), Filter())


def legend_of(briefing: Briefing) -> tuple[LegendEntry, ...]:
    return tuple(with_insets(gather(briefing), Rect(10, 10, 280, 190), 1.0).contents.legend)


def stand_in(briefing: Briefing) -> Callable[..., MapPicture]:
    """Return a pen that draws nothing: slides and documents only place its picture."""
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG")
    picture = MapPicture(stream.getvalue(), legend_of(briefing))
    return lambda *_, **__: picture


def in_counts(briefing: Briefing) -> bool:
    counts = briefing.counts
    assert counts.placed + counts.off_map == counts.shown
    return bool(counts.placed + counts.areas_drawn)


def in_scope(briefing: Briefing) -> bool:
    return re.search(r"without a known place|not on the map", briefing.scope) is None


def in_columns_of_the_page(briefing: Briefing) -> bool:
    data = page_data(briefing)
    drawn = [*data["points"]["of"], *data["areas"]]
    listed = [*data["incidents"]["placed"], *(one["drawn"] for one in data["area_rows"])]
    assert [bool(one) for one in listed] == [bool(drawn)]
    return bool(drawn)


def in_the_embedded_page(briefing: Briefing) -> bool:
    data = packed(write_page(briefing, embedded=True), "packed-records")
    return bool(data["points"]["x"] or data["areas"])


def in_the_view_of_the_page(briefing: Briefing) -> bool:
    is_fitted = first_view(briefing).whole == (LON, LAT, LON, LAT)
    assert is_fitted == bool(all_places(briefing))
    return is_fitted


def in_the_scene_of_a_figure(briefing: Briefing) -> bool:
    data = gather(briefing)
    return bool(data.incidents or data.areas)


def is_not_counted_at_its_country(briefing: Briefing) -> bool:
    # A count at the country's name is all that a map says of what it cannot place. Base areas are
    # no events; they are in the list alone.
    counted = {one.country: one.events for one in briefing.off_map if one.events}
    assert counted in ({}, {"PF": 1})
    assert list(gather(briefing).unplaced.values()) == (["1 not placed"] if counted else [])
    return not counted if briefing.incidents else bool(briefing.counts.areas_drawn)


def in_the_legend(briefing: Briefing) -> bool:
    return any(one.section != GROUND for one in legend_of(briefing))


def in_the_words_for_a_map(briefing: Briefing) -> bool:
    return "Nothing that was found has a known place" not in describe_map(briefing)


def in_the_table_of_a_document(briefing: Briefing) -> bool:
    document = docx.Document(io.BytesIO(write_document(briefing, stand_in(briefing))))
    words = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("French Polynesia" in one for one in words)
    return not any("Not on the map" in one for one in words)


def in_the_table_of_slides(briefing: Briefing) -> bool:
    (table,) = tables_of(opened(write_slides(briefing, stand_in(briefing))))
    words = [cell.text for row in table.rows for cell in row.cells]
    assert any("French Polynesia" in one for one in words)
    return not any("Not on the map" in one for one in words)


OF_BRIEFINGS = (
    in_counts,
    in_scope,
    in_columns_of_the_page,
    in_the_embedded_page,
    in_the_view_of_the_page,
    in_the_scene_of_a_figure,
    is_not_counted_at_its_country,
    in_the_legend,
    in_the_words_for_a_map,
    in_the_table_of_a_document,
)


def test_each_precision_has_its_cases() -> None:
    assert set(IS_DRAWN) == {str(one) for one in GeoPrecision}


@pytest.mark.parametrize("shows", OF_BRIEFINGS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("kind", ["incident", "base area"])
@pytest.mark.parametrize("precision", IS_DRAWN)
def test_no_briefing_has_a_pin_for_a_country(
    precision: str, kind: str, shows: Callable[[Briefing], bool]
) -> None:
    assert shows(briefing_of(precision, kind)) is IS_DRAWN[precision]


@pytest.mark.parametrize("precision", IS_DRAWN)
def test_no_slide_lists_a_pin_for_a_country(precision: str) -> None:
    assert in_the_table_of_slides(briefing_of(precision, "incident")) is IS_DRAWN[precision]


@pytest.mark.parametrize("precision", IS_DRAWN)
def test_only_a_place_known_to_the_province_shades_it(precision: str) -> None:
    shaded = drawn_provinces(briefing_of(precision, "incident"))
    assert shaded == ({"PF.03"} if precision == "province" else set())


@pytest.mark.parametrize("kind", ["incident", "base area"])
@pytest.mark.parametrize("precision", IS_DRAWN)
def test_the_map_of_the_app_gets_no_pin_for_a_country(precision: str, kind: str) -> None:
    store = store_of(precision, kind)
    answer = store.view(Filter(), 4, WORLD)
    assert isinstance(answer, Points)
    beside = areas_payload(Filter(), store)
    drawn = [*view_payload(answer, store)["id"], *beside["areas"]]
    assert bool(drawn) is IS_DRAWN[precision]
    is_counted = kind == "incident" and not drawn
    assert beside["unplaced"] == ({"PF": [1, 1]} if is_counted else {})


@pytest.mark.parametrize("frame", [(-160.0, -25.0, -140.0, -10.0), (0.0, 40.0, 20.0, 50.0)])
def test_a_count_stands_under_the_name_of_its_country_and_nowhere_else(
    frame: tuple[float, float, float, float],
) -> None:
    """The record's own position, which stands for a country, moves nothing on the sheet."""
    data = gather(briefing_of("country", "incident"))
    west, south, east, north = frame
    view = fit_view([(west, south, 0), (east, north, 0)], Rect(0, 0, 200, 150))
    found = place_unplaced(data.unplaced, view, Obstacles(view.frame), 1)
    if not found:
        assert not view.frame.has(view.point(LON, LAT))
        return
    name, count = found
    assert (name.text, count.text) == ("FRENCH POLYNESIA", "1 not placed")
    assert name.dot is count.dot is None
    assert name.at[0] == count.at[0]
    assert 0 < count.at[1] - name.at[1] < 2 * name.face.mm


@pytest.mark.parametrize("kind", ["incident", "base area"])
@pytest.mark.parametrize("precision", IS_DRAWN)
def test_kml_has_no_pin_for_a_country(precision: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    write_kml(path, records_of(precision, kind))
    text = path.read_text("utf-8")
    assert ("<coordinates>" in text) is IS_DRAWN[precision]
    off_map = {
        "incident": "Events without a known place",
        "base area": "Base areas that are not on the map",
    }
    assert (f"<name>{off_map[kind]} (1)</name>" in text) is not IS_DRAWN[precision]


@pytest.mark.parametrize("kind", ["incident", "base area"])
@pytest.mark.parametrize("ending", ["fgb", "parquet"])
def test_data_say_beside_a_position_that_it_stands_for_a_country(
    ending: str, kind: str, tmp_path: Path
) -> None:
    """Formats for analysts keep what the record says; its precision stands in the same row."""
    path = tmp_path / f"a.{ending}"
    path.write_bytes(write_briefing(briefing_of("country", kind), ending))
    rows = geopandas.read_parquet(path) if ending == "parquet" else geopandas.read_file(path)
    assert list(rows["geo_precision"]) == ["country"]
    assert not rows.geometry.is_empty.any()


@pytest.mark.parametrize("kind", ["incident", "base area"])
def test_no_layer_of_a_geopackage_draws_a_country_as_a_point(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(write_briefing(briefing_of("country", kind), "gpkg"))
    for layer in ("incidents", "base_areas", "footprints"):
        assert geopandas.read_file(path, layer=layer).empty
    rows = geopandas.read_file(path, layer="not_placed")
    assert list(rows["geo_precision"]) == ["country"]
    assert rows["geometry"][0].startswith("POINT (")
