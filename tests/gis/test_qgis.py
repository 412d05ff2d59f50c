"""QGIS opens what a pack hands over: layers, looks, time; and draws it as our maps do."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fixed_records import base_area, incident
from PIL import Image
from with_qgis import opened

from geodata import Filter, Store, load
from geodata.records import SYMBOLS, EventType
from geodata.records.collection import Records
from mapview.briefing.compose import compose
from mapview.briefing.pack import write_pack
from mapview.briefing.progress import Progress
from mapview.briefing.writers import write_briefing
from mapview.cartography import DRAWN, KINDS, OTHER, PALETTE
from mapview.cartography.legend import WORDS

pytestmark = pytest.mark.gis

MORE = ("fgb",)
HOSTILE = 'Peter\'s | "car" \\ <b>\n%'
OWN = ("Theft", HOSTILE)
LAYERS = (
    ("Incidents", "MultiPoint"),
    ("Where they were, as far as known", "MultiPolygon"),
    ("Base areas", "Point"),
    ("Where these were", "MultiPolygon"),
    ("Borders", "MultiLineString"),
    ("Lakes", "MultiPolygon"),
    ("Land", "MultiPolygon"),
    *((name, "NoGeometry") for name in ("Not on the map", "Claims", "Groups", "Sources")),
    ("Relations of groups", "NoGeometry"),
    ("About these data", "NoGeometry"),
)


def handed_over(records: Records, folder: Path, query: str = "") -> Path:
    """Write the data of a pack into a folder."""
    briefing = compose(Store.of(records), Filter.from_query(query))

    def make(ending: str, _: str, progress: Progress) -> bytes:
        return write_briefing(briefing, ending, progress=progress)

    left_out = dict.fromkeys(
        (
            "briefing.html", "figure.png", "figure.svg", "figure.pdf", "brief.pdf", "card.png",
            "square.png", "slides.pptx", "document.docx",
        ),
        "not asked for",
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(write_pack(briefing, make, "x", left_out=left_out))) as pack:
        pack.extractall(folder)
    for ending in MORE:
        (folder / f"incidents.{ending}").write_bytes(write_briefing(briefing, ending))
    return folder


def told(folder: Path) -> dict[str, Any]:
    names = ("map.qgz", *(f"incidents.{one}" for one in ("gpkg", "geojson", "fgb", "kmz")))
    return opened(folder, *(folder / one for one in names))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = handed_over(load(), tmp_path_factory.mktemp("shipped"))
    return folder, told(folder)


def made_up() -> Records:
    """Records of each of our symbols, and of two types in the words of a source."""
    types = [(names[0], "", "carried out") for names in SYMBOLS.values()]
    other = str(EventType.OTHER)
    types += [(other, OWN[0], "carried out"), (other, OWN[0], "foiled")]
    types += [(other, OWN[1], "carried out"), ("surrender", OWN[0], "carried out")]
    found = [
        incident(
            f"i{at}",
            event_types=(kind,),
            type_of_source=words,
            status=status,
            event_date=f"20{10 + at}-03-05",
            points=((60.0 + at % 5, 30.0 + at // 5),),
            geo_precision="district",
            radius_km=20,
            country="AF",
        )
        for at, (kind, words, status) in enumerate(types)
    ]
    vague = {"geo_precision": "not stated", "country": "AF", "points": ((64.5, 34.5),)}
    found.append(incident("vague", event_types=("bombing",), event_date="2049-03-05", **vague))
    return Records(tuple(found), (base_area("c", valid_from="2015"),))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = handed_over(made_up(), tmp_path_factory.mktemp("own"))
    return folder, told(folder)


def test_the_project_has_all_layers_with_their_geometry_and_none_is_missing(shipped) -> None:
    project = shipped[1]["map.qgz"]
    assert (project["read"], project["error"], project["missing"]) == (True, "", [])
    assert [(one["name"], one["geometry"]) for one in project["layers"]] == list(LAYERS)
    assert all(one["valid"] for one in project["layers"])
    assert {one["crs"] for one in project["layers"][:7]} == {project["crs"]} == {"EPSG:4326"}
    counts = {one["name"]: one["count"] for one in project["layers"]}
    records = load()
    placed = [one for one in records.incidents if one.is_mappable]
    areas = [one for one in records.base_areas if one.is_mappable]
    assert counts["Incidents"] == len(placed)
    assert counts["Base areas"] == len(areas)
    everything = len(records.incidents) + len(records.base_areas)
    assert counts["Not on the map"] == everything - len(placed) - len(areas)
    names = {one["name"]: one["display"] for one in project["layers"]}
    assert names["Incidents"] == '"record_name"'


def test_the_project_says_what_it_is_and_opens_where_the_map_does(shipped) -> None:
    project = shipped[1]["map.qgz"]
    assert project["title"] == "All incidents and base areas, all dates"
    assert "Borders and names do not imply endorsement." in project["abstract"]
    west, south, east, north = project["extent"]
    # Kandahar and Kabul lie in it.
    assert west < 65.7
    assert south < 31.6
    assert east > 69.2
    assert north > 34.5
    assert project["relations"] == [
        ["Claims", one, True] for one in ("Base areas", "Incidents", "Not on the map")
    ]


def test_time_is_set_up(shipped) -> None:
    project = shipped[1]["map.qgz"]
    for layer in project["layers"][:4]:
        assert layer["temporal"]
        assert [one.count("date_") for one in layer["days"]] == [1, 1]
    first, last = (date.fromisoformat(one[:10]) for one in project["times"])
    spans = [one.span for one in load().incidents if one.is_mappable]
    assert first == min(one.known_start for one in spans if one.known_start)
    assert last == max(one.known_end for one in spans if one.known_end)


def test_each_feature_has_a_look_of_ours(shipped) -> None:
    for name in ("map.qgz", "incidents.gpkg"):
        for layer in shipped[1][name]["layers"]:
            if layer["geometry"] != "NoGeometry":
                assert layer["renderer"] == "categorizedSymbol"
                assert all(len(kinds) == 1 for kinds in layer["kinds"].values())


def test_geojson_and_flatgeobuf_are_points_with_days(shipped) -> None:
    for name in ("incidents.geojson", "incidents.fgb"):
        (layer,) = shipped[1][name]["layers"]
        # All have as many places as the one that has most.
        assert (layer["valid"], layer["geometry"]) == (True, "MultiPoint")
        assert layer["count"] == len(load().incidents) + len(load().base_areas)
    (geojson,) = shipped[1]["incidents.geojson"]["layers"]
    assert geojson["fields"]["date_start"] == "Date"


def test_a_kmz_has_layers_of_points(own) -> None:
    layers = {one["name"]: one for one in own[1]["incidents.kmz"]["layers"]}
    assert all(one["valid"] for one in layers.values())
    assert layers["Bombing (2)"]["geometry"].removesuffix("Z") == "Point"
    assert layers["Bombing (2)"]["count"] == 2


def test_places_of_which_each_record_has_one_are_points(own) -> None:
    for name in ("incidents.geojson", "incidents.fgb"):
        assert [one["geometry"] for one in own[1][name]["layers"]] == ["Point"]


def test_types_of_ours_and_of_a_source_have_their_colours(own) -> None:
    kinds = [*KINDS, DRAWN[OTHER + 1], DRAWN[OTHER + 1], DRAWN[OTHER + 2], KINDS[OTHER]]
    expected = {f"i{at}": kind.color.light for at, kind in enumerate(kinds)}
    expected["vague"] = KINDS[0].color.light
    expected[f"i{len(KINDS) + 1}"] = PALETTE["paper"].light  # Foiled.
    for name in ("map.qgz", "incidents.gpkg"):
        layers = own[1][name]["layers"]
        assert layers[0]["colors"] == expected
        labels = layers[0]["kinds"]
        assert labels[f"i{len(KINDS)}"] == ["Theft"]
        assert labels[f"i{len(KINDS) + 2}"] == [" ".join(HOSTILE.replace("|", " ").split())]
        assert labels[f"i{len(KINDS) + 3}"] == ["Other types"]
        footprints = [one for one in layers if one["geometry"] == "MultiPolygon"]
        inside = {key: one for layer in footprints[:2] for key, one in layer["kinds"].items()}
        assert inside[f"i{len(KINDS)}"] == ["Theft: somewhere in this area"]
        assert inside["vague"] == [WORDS["assumed"]]


def test_the_picture_has_our_colours_and_on_one_day_that_day_alone(own) -> None:
    folder, found = own
    drawn, of_day = found["map.qgz"]["colors"], found["map.qgz"]["colors_of_day"]
    for kind in (*KINDS, DRAWN[OTHER + 1], DRAWN[OTHER + 2]):
        assert drawn.get(kind.color.light, 0) >= 10, kind.id
    assert PALETTE["land"].light in drawn
    assert found["map.qgz"]["days"] == {"-1": [], "0": ["i0"], "1": []}
    # The first record is a bombing, and none of the others is of its day.
    assert of_day.get(KINDS[0].color.light, 0) >= 10
    assert not {one.color.light for one in KINDS[1:]} & of_day.keys()
    with Image.open(folder / "map.qgz.png") as picture:
        assert picture.size == (1000, 700)


def test_a_project_without_records_opens(tmp_path: Path) -> None:
    folder = handed_over(load(), tmp_path, "q=zzzz")
    project = opened(folder, folder / "map.qgz")["map.qgz"]
    assert (project["read"], project["missing"]) == (True, [])
    assert {one["count"] for one in project["layers"][:4]} == {0}
