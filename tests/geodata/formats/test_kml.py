"""Tests of KML: valid by the schema, folders, time spans, rings, and balloons that stay text."""

from __future__ import annotations

import html
import io
import re
import zipfile
from html.parser import HTMLParser

import pyogrio
import pytest
import read_back
import shapely
from fastkml import kml as fastkml
from fastkml import validator
from fixed_records import HOSTILE, base_area, claim, everything, incident
from hypothesis import given
from hypothesis import strategies as st
from read_back import KML

from geodata.formats.kml import KmlSymbols, write_kml, write_kmz
from geodata.formats.xmltext import xml_text
from geodata.records.collection import Records
from geodata.records.vocabulary import EventType
from geodata.scope import totals_of

PLACED = {"geo_precision": "settlement", "radius_km": 5}


class Tags(HTMLParser):
    """The tags and the text of a balloon."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert attrs == []
        self.tags.add(tag)

    def handle_comment(self, data):
        pytest.fail(f"a comment in a balloon: {data!r}")

    def handle_data(self, data):
        self.text += data


OFF_MAP = (
    "Events without a known place",
    "Campaigns and counts, listed only",
    "Base areas that are not on the map",
)


def write(tmp_path, *records, **options):
    path = tmp_path / "out.kml"
    given_records = records[0] if isinstance(records[0], Records) else Records.of(records)
    write_kml(path, given_records, **options)
    return path


def folders(path):
    found = read_back.kml_root(path).findall(f"{KML}Document/{KML}Folder")
    return {one.findtext(f"{KML}name"): one.findall(f"{KML}Placemark") for one in found}


def placemark(path, name):
    (found,) = [
        one
        for one in read_back.kml_root(path).iter(f"{KML}Placemark")
        if one.findtext(f"{KML}name") == name
    ]
    return found


@pytest.mark.parametrize("records", [Records(), everything()], ids=["none", "everything"])
def test_it_is_valid_by_the_schema_of_the_standard(records, tmp_path):
    path = write(
        tmp_path, records, about={"title": "x\0y <b>", "n": 3}, colors={"arson": "#102030"}
    )
    assert validator.validate(file_to_validate=path)


def test_the_shipped_records_are_valid_and_open_in_a_kml_library(shipped, tmp_path):
    path = write(tmp_path, shipped, about={"title": "All"})
    assert validator.validate(file_to_validate=path)
    (document,) = fastkml.KML.parse(path).features
    assert document.name == "All"
    *types, areas, events, counts, outside, uncertain, rings = document.features
    assert sum(len(folder.features) for folder in types) == sum(
        one.is_mappable for one in shipped.incidents
    )
    assert [folder.name.partition(" (")[0] for folder in (areas, events, counts, outside)] == [
        "Base areas",
        *OFF_MAP,
    ]
    totals = totals_of(shipped.incidents)
    assert (len(events.features), len(counts.features)) == (totals.unplaced, totals.aggregates)
    assert uncertain.name.startswith("Base areas, not certain for the time (")
    assert len(rings.features) > 20


def test_the_schema_does_find_what_is_wrong(tmp_path):
    path = write(tmp_path, incident())
    path.write_text(path.read_text("utf-8").replace("styleUrl", "styleuri"), "utf-8")
    with pytest.raises(AssertionError, match="styleuri"):
        validator.validate(file_to_validate=path)


def test_folders_are_by_first_type_in_the_order_of_the_vocabulary(tmp_path):
    path = write(
        tmp_path,
        incident("r", title="R", event_types=("raid", "bombing"), points=((60, 30),)),
        incident("b1", title="B1", points=((60, 30),)),
        incident("u", title="U"),
        incident("c", title="C", record_kind="aggregate"),
        incident("b2", title="B2", points=((61, 31),)),
        base_area("a", geometry=None, place="nowhere"),
        base_area("b", place="Achin"),
    )
    found = {name: [one.findtext(f"{KML}name") for one in f] for name, f in folders(path).items()}
    assert list(found.items()) == [
        ("Bombing (2)", ["B1", "B2"]),
        ("Raid (1)", ["R"]),
        ("Base areas (1)", ["iskp: Achin"]),
        ("Events without a known place (1)", ["U"]),
        ("Campaigns and counts, listed only (1)", ["C"]),
        ("Base areas that are not on the map (1)", ["iskp: nowhere"]),
        ("How exactly places are known (1)", ["iskp: Achin: within 20 km"]),
    ]


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("2020-05-12", {"begin": "2020-05-12", "end": "2020-05-12"}),
        ("2020-02", {"begin": "2020-02-01", "end": "2020-02-29"}),
        ("2016-24", {"begin": "2016-12-01", "end": "2017-02-28"}),
        ("2018/..", {"begin": "2018-01-01"}),
        ("../2018-07", {"begin": "2018-07-31", "end": "2018-07-31"}),
        ("XXXX", {}),
    ],
)
def test_time_spans_go_from_the_first_to_the_last_possible_day(date, span, tmp_path):
    path = write(tmp_path, incident(event_date=date), base_area(last_cited="XXXX"))
    element = placemark(path, "Bombing").find(f"{KML}TimeSpan")
    found = {} if element is None else {one.tag.removeprefix(KML): one.text for one in element}
    assert found == span
    assert placemark(path, "iskp").find(f"{KML}TimeSpan") is None


def spans(folder):
    """Return style and ends of each placemark's time."""
    return [
        (one.findtext(f"{KML}styleUrl"), [day.text for day in one.find(f"{KML}TimeSpan")])
        for one in folder
    ]


def test_a_base_area_is_pale_on_days_on_which_it_may_only_have_been_used(tmp_path):
    dated = base_area("a", valid_from="2015-03", valid_to="2016-23", last_cited="2016-09")
    found = folders(write(tmp_path, dated, base_area("b", last_cited="2019")))
    assert spans(found["Base areas (2)"]) == [
        ("#color-6a645b", ["2015-03-31", "2016-09-01"]),
        ("#pale", ["2019-01-01"]),
    ]
    assert spans(found["Base areas, not certain for the time (2)"]) == [
        ("#pale", ["2015-03-01", "2015-03-30"]),
        ("#pale", ["2016-09-02", "2016-11-30"]),
    ]


@pytest.mark.parametrize(
    ("valid_to", "end"), [("", []), ("2018/..", []), ("9999-12-31", ["9999-12-31"])]
)
def test_time_of_a_base_area_ends_where_an_end_is_known(valid_to, end, tmp_path):
    area = base_area("a", valid_from="2015-03", valid_to=valid_to, last_cited="2016-09")
    found = folders(write(tmp_path, area))["Base areas, not certain for the time (2)"]
    assert spans(found)[-1] == ("#pale", ["2016-09-02", *end])


def test_no_shipped_area_is_drawn_in_1994(shipped, tmp_path):
    path = write(tmp_path, shipped)
    drawn = [
        name for name in folders(path) if "Base areas" in name and "not on the map" not in name
    ]
    areas = [one for name in drawn for one in folders(path)[name]]
    begins = [one.findtext(f"{KML}TimeSpan/{KML}begin") for one in areas]
    assert len(begins) > sum(one.is_mappable for one in shipped.base_areas)
    assert min(begins) > "1994-12-31"


def test_gdal_finds_the_places(shipped, tmp_path):
    path = write(tmp_path, shipped)
    wanted = {one.id: sorted(one.points) for one in shipped.incidents if one.is_mappable}
    found = {}
    for layer, _ in pyogrio.list_layers(path):
        frame = pyogrio.read_dataframe(path, layer=layer)
        if "event_types" in frame and not layer.startswith(OFF_MAP):
            places = [sorted(map(tuple, xy)) for xy in map(shapely.get_coordinates, frame.geometry)]
            found |= dict(zip(frame["id"], places, strict=True))
    assert found == wanted
    assert any(len(points) > 1 for points in wanted.values())


def test_outlines_keep_their_holes(everything_records, tmp_path):
    path = write(tmp_path, everything_records)
    frame = pyogrio.read_dataframe(path, layer="Base areas (2)").set_index("id")
    wanted = shapely.geometry.shape(everything_records.base_areas[0].geometry)
    assert frame.geometry["area"].equals(wanted)
    assert len(frame.geometry["area"].interiors) == 1


def test_what_no_map_shows_has_no_geometry(shipped, tmp_path):
    path = write(tmp_path, shipped)
    unplaced = [mark for name, f in folders(path).items() if name.startswith(OFF_MAP) for mark in f]
    drawn = {f"{KML}{name}" for name in ("Point", "Polygon", "MultiGeometry")}
    assert not [one for mark in unplaced for one in mark if one.tag in drawn]
    ids = {read_back.kml_data(mark)["id"] for mark in unplaced}
    assert ids == {one.id for one in shipped.incidents if not one.is_mappable} | {
        one.id for one in shipped.base_areas if one.geometry is None
    }


def test_a_country_is_no_place_for_a_pin(tmp_path):
    one = incident(points=((66, 34),), geo_precision="country", radius_km=600)
    assert list(folders(write(tmp_path, one))) == ["Events without a known place (1)"]


def test_a_shared_toll_is_said_to_be_shared_in_the_balloon(tmp_path):
    fields = {"claims": (claim("fatalities", 56),), "shares_toll_beyond": True}
    some = (
        incident("a", title="A", **fields),
        incident("b", title="B", **fields, casualties_combined=("a",)),
        incident("c", title="C", claims=fields["claims"]),
        incident("d", title="D", shares_toll_beyond=True),
    )
    path = write(tmp_path, *some)
    texts = [placemark(path, one.title).find(f"{KML}description").text for one in some]
    said = "<br>toll shared with"
    assert f"Killed: 56<br>Injured: not stated{said} incidents that are not shown here" in texts[0]
    assert f"{said} other incidents, also with some that are not shown here" in texts[1]
    # Nothing is shared where no figure is given.
    assert said not in texts[2] + texts[3]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_the_balloon(text, tmp_path):
    one = incident(title=text, summary=text, place=text, claims=(claim("other", text, by=text),))
    area = base_area(note=text, place=text, claims=(claim("place", text),))
    path = write(tmp_path, one, area, about={"title": text})
    balloons = [
        element.text
        for element in read_back.kml_root(path).iter(f"{KML}description")
        if element.text
    ]
    assert len(balloons) == 4  # document, incident, area and its ring
    for balloon in balloons:
        read = Tags(balloon)
        assert read.tags <= {"b", "br"}
        assert xml_text(text) in read.text
        assert "$[" not in balloon


def test_no_other_field_is_put_into_a_balloon(tmp_path):
    path = write(tmp_path, incident(summary="$[claims] $[name]"))
    balloon = placemark(path, "Bombing").findtext(f"{KML}description")
    assert "$[" not in balloon
    assert "$[claims] $[name]" in html.unescape(balloon)
    for style in read_back.kml_root(path).iter(f"{KML}Style"):
        assert style.findtext(f"{KML}BalloonStyle/{KML}text") == "$[description]"


def test_balloons_have_a_line_for_each_claim(shipped, tmp_path):
    path = write(tmp_path, shipped)
    kerman = shipped.incidents_by_id["kerman-2024-01-03"]
    lines = placemark(path, kerman.title).findtext(f"{KML}description").split("<br>")
    said = lines[lines.index("<b>Claims</b>") + 1 :]
    assert len(said) == len(kerman.claims)
    assert all(line.startswith("• ") for line in said)
    assert "Killed: 94 to nearly 100" in lines


def test_colours_are_those_of_the_first_type(tmp_path):
    path = write(
        tmp_path,
        incident("a", title="A", event_types=("arson",)),
        incident("r", title="R", event_types=("raid",)),
        base_area(
            place="B", **dict.fromkeys(("valid_from", "valid_to", "last_cited"), "2018-01-01")
        ),
        colors={"arson": "#8c1220", "base area": "#4f6475"},
    )
    root = read_back.kml_root(path)
    styles = {f"#{one.get('id')}": one for one in root.iter(f"{KML}Style")}
    wanted = {"A": "ff20128c", "R": "ff5b646a", "iskp: B": "ff75644f"}
    for name, color in wanted.items():
        style = styles[placemark(path, name).findtext(f"{KML}styleUrl")]
        assert style.findtext(f"{KML}IconStyle/{KML}color") == color
    assert {one.text for one in root.iter(f"{KML}styleUrl")} <= set(styles)


def write_kmz_of(tmp_path, *records, **options):
    """Write records with pictures that say what they are of."""
    symbols = KmlSymbols(
        {"arson": "#8c1220", "own:Theft": "#007551", "base area": "#4f6475"},
        lambda look, detail: f"{look}, {detail}".encode(),
    )
    path = tmp_path / "out.kmz"
    write_kmz(path, Records.of(records), symbols=symbols, **options)
    return path


def pictures(path):
    """What picture each placemark with a place has."""
    root = read_back.kml_root(path)
    styles = {f"#{one.get('id')}": one for one in root.iter(f"{KML}Style")}
    found = {}
    with zipfile.ZipFile(path) as archive:
        for one in root.iter(f"{KML}Placemark"):
            style = styles[one.findtext(f"{KML}styleUrl")]
            href = style.findtext(f"{KML}IconStyle/{KML}Icon/{KML}href")
            color = style.findtext(f"{KML}IconStyle/{KML}color")
            if href:
                picture = archive.read(href).decode()
                found.setdefault(one.findtext(f"{KML}name"), []).append((picture, color))
    return found


def test_a_kmz_has_a_picture_for_each_look_and_outcome_and_nothing_from_elsewhere(tmp_path):
    other = {"event_types": ("other",), "points": ((60, 30),)}
    path = write_kmz_of(
        tmp_path,
        incident("a", title="A", event_types=("arson",), points=((60, 30),)),
        incident("f", title="F", event_types=("arson",), points=((60, 30),), status="foiled"),
        incident("o", title="O", type_of_source="Theft", **other),
        incident("p", title="P", type_of_source="Protest", **other),
        incident("u", title="U"),
        base_area("c", place="B", valid_from="2015"),
    )
    kind = base_area("c").kind
    assert pictures(path) == {
        "A": [("arson, carried out", "ffffffff")],
        "F": [("arson, foiled", "ffffffff")],
        "O": [("own:Theft, carried out", "ffffffff")],
        "P": [("other, carried out", "ffffffff")],
        "iskp: B": [
            (f"base area, {kind}", color) for color in ("ffffffff", "66ffffff", "66ffffff")
        ],
    }
    (tmp_path / "doc.kml").write_bytes(zipfile.ZipFile(path).read("doc.kml"))
    assert validator.validate(file_to_validate=tmp_path / "doc.kml")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["doc.kml", *(f"symbols/{n}.png" for n in range(1, 6))]
        text = archive.read("doc.kml").decode()
    assert re.findall('https?://[^"<]*', text) == ["http://www.opengis.net/kml/2.2"]


def test_symbols_that_look_alike_share_a_picture(tmp_path):
    path = tmp_path / "out.kmz"
    kinds = [incident(one, event_types=(one,), points=((60, 30),)) for one in ("arson", "raid")]
    write_kmz(path, Records.of(kinds), symbols=KmlSymbols({}, lambda look, detail: b"same"))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["doc.kml", "symbols/1.png"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_a_kmz(text, tmp_path):
    one = incident(title=text, type_of_source=text, summary=text, points=((60, 30),))
    path = write_kmz_of(tmp_path, one, about={"title": text})
    assert "symbols/1.png" in zipfile.ZipFile(path).namelist()
    (placed,) = read_back.kml_root(path).iter(f"{KML}Placemark")
    read = Tags(placed.findtext(f"{KML}description"))
    assert read.tags <= {"b", "br"}
    assert xml_text(text) in read.text


def test_every_type_has_a_folder(tmp_path):
    every = [
        incident(f"i{n}", event_types=(one,), points=((60, 30),)) for n, one in enumerate(EventType)
    ]
    names = [name.removesuffix(" (1)") for name in folders(write(tmp_path, *every))]
    assert names == [str(one).capitalize() for one in EventType]


@pytest.mark.parametrize(
    ("precision", "radius", "rings"),
    [
        ("site", 1, 0),
        ("settlement", 5, 0),
        ("near settlement", 8, 2),
        ("district", 20, 2),
        ("province", 80, 2),
        ("region", 300, 2),
        ("region", 1_500, 0),
        ("not stated", None, 2),
        ("country", 600, 0),
        ("district", 0, 0),
    ],
)
def test_rough_places_have_a_ring_around_each(precision, radius, rings, tmp_path):
    one = incident(points=((60, 30), (61, 31)), geo_precision=precision, radius_km=radius)
    found = folders(write(tmp_path, one)).get("How exactly places are known (1)", [])
    assert len([polygon for mark in found for polygon in mark.iter(f"{KML}Polygon")]) == rings


def test_a_ring_that_bounds_nothing_says_so(tmp_path):
    one = incident(points=((60, 30),), geo_precision="not stated", radius_km=None)
    [mark] = folders(write(tmp_path, one))["How exactly places are known (1)"]
    told = "".join(mark.itertext())
    assert mark.find(f"{KML}styleUrl").text == "#assumed"
    assert "the source does not say how exact its point is" in told
    assert "within" not in told
    assert "known to:" not in told


@pytest.mark.parametrize(
    ("lon", "lat", "radius"), [(179.95, -16.8, 60), (-179.9, -16.8, 60), (20, 89.9, 60)]
)
def test_rings_at_the_edge_of_the_world_are_read_as_wide_as_they_are(lon, lat, radius, tmp_path):
    one = incident(points=((lon, lat),), geo_precision="district", radius_km=radius)
    marks = folders(write(tmp_path, one))["How exactly places are known (1)"]
    rings = [ring for mark in marks for ring in mark.iter(f"{KML}coordinates")]
    corners = [[*map(float, pair.split(","))] for one in rings for pair in one.text.split()]
    away = [abs((east - lon + 180) % 360 - 180) for east, _ in corners]
    assert max(north for _, north in corners) <= 90
    assert max(away) < 1 or lat > 89
    assert len(rings) == (1 if lat > 89 else 2)


@given(st.text())
def test_xml_gives_back_what_it_can_hold(text):
    from lxml import etree

    from geodata.formats.xmltext import XmlWriter

    out = io.StringIO()
    writer = XmlWriter(out)
    with writer.element("a", b="c"):
        writer.leaf("d", text)
    root = etree.fromstring(out.getvalue().encode())
    assert (root.get("b"), root.findtext("d")) == ("c", xml_text(text))
    assert xml_text(xml_text(text)) == xml_text(text)
