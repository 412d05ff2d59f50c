"""Tests of JSON: features however they are kept, arrays of objects wherever they stand."""

from __future__ import annotations

import json
import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading import BadRow, Limits, Refused, Row, Sheet, open_file


@pytest.fixture
def opened(tmp_path):
    def write(value: object, **limits: int) -> list[Sheet]:
        path = tmp_path / "x"
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        path.write_bytes(raw)
        return open_file(path, limits=Limits(**limits))

    return write


def feature(geometry: object = None, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


POINT = {"type": "Point", "coordinates": [69.2, 34.5, 1800]}
AREA = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def test_features_of_any_kind_in_one_file(opened):
    features = [
        feature(POINT, name="a", **{"addr:city": "Kabul"}),
        feature(AREA, name="b", n=2),
        feature(None, name="c"),
        feature({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}),
    ]
    (sheet,) = opened({"type": "FeatureCollection", "features": features})
    rows = list(sheet.rows())
    assert sheet.columns == ("name", "addr:city", "n")
    assert sheet.has_geometry
    assert [one.cells for one in rows[:2]] == [("a", "Kabul", None), ("b", None, 2)]
    assert [one.geometry and one.geometry.geom_type for one in rows] == [
        "Point",
        "Polygon",
        None,
        "LineString",
    ]
    assert rows[0].geometry.equals(shapely.Point(69.2, 34.5))
    assert not rows[0].geometry.has_z


def test_one_feature_one_geometry_and_one_a_line(opened):
    assert [one.cells for one in opened(feature(POINT, a=1))[0].rows()] == [(1,)]
    (alone,) = opened(AREA)
    assert next(alone.rows()).geometry.area == 0.5
    lines = [json.dumps(feature(POINT, n=n)) for n in range(4)]
    lines[2] = lines[2][:40]
    (sheet,) = opened("\n".join(lines).encode())
    assert [type(one) for one in sheet.rows()] == [Row, Row, BadRow, Row]
    (marked,) = opened("".join(f"\x1e{one}\n" for one in lines[:2]).encode())
    assert len(list(marked.rows())) == 2


def test_ids_of_features_are_a_column(opened):
    features = [{**feature(n=1), "id": 7}, {**feature(n=2), "id": "node/2"}]
    (sheet,) = opened({"type": "FeatureCollection", "features": features})
    assert sheet.columns == ("n", "id")
    assert [one.cells[1] for one in sheet.rows()] == [7, "node/2"]
    (both,) = opened([{**feature(id="x"), "id": 7}])
    assert dict(zip(both.columns, next(both.rows()).cells, strict=True)) == {
        "id": "x",
        "feature id": 7,
    }


def test_other_coordinate_systems_become_degrees(opened):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    place = {"type": "Point", "coordinates": [7_703_308.76, 4_096_245.29]}
    collection = {"type": "FeatureCollection", "crs": crs, "features": [feature(place)]}
    collection["features"][0]["properties"] = {"a": 1}
    (sheet,) = opened(collection)
    found = next(sheet.rows()).geometry
    assert math.isclose(found.x, 69.2, abs_tol=0.01)
    assert math.isclose(found.y, 34.5, abs_tol=0.02)
    crs["properties"]["name"] = "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert next(opened(collection)[0].rows()).geometry.x > 1e6
    crs["properties"]["name"] = "EPSG:999999"
    with pytest.raises(Refused, match="coordinate system 'EPSG:999999', which is unknown"):
        opened(collection)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": ["x", 2]},
        {"type": "Point", "coordinates": [1]},
        {"type": "Point", "coordinates": [None, 2]},
        {"type": "Ball", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": [[[0, 0]]]},
        {"type": "Polygon", "coordinates": 5},
        {"coordinates": [1, 2]},
        "POINT (1 2)",
        [1, 2],
    ],
)
def test_a_geometry_that_is_none_is_kept_as_written(opened, geometry):
    (sheet,) = opened([feature(geometry, a=1), feature(POINT, a=2)])
    first, second = sheet.rows()
    assert sheet.columns == ("a", "geometry as written")
    assert first.geometry is None
    assert json.loads(first.cells[1]) == geometry
    assert second.geometry is not None


def test_an_empty_geometry_is_none(opened):
    (sheet,) = opened([feature({"type": "Point", "coordinates": []}, a=1), feature(POINT, a=2)])
    assert sheet.columns == ("a",)
    assert [one.geometry is None for one in sheet.rows()] == [True, False]


def test_an_array_as_bellingcat_publishes_it(opened):
    record = {
        "id": "CIV0001",
        "date": "03/01/2022",
        "latitude": "49.8",
        "longitude": "36.2",
        "sources": [{"id": "s1", "path": "https://example.org/1"}],
        "filters": ["Residential", "School"],
        "place": {"name": "Kharkiv", "in": {"code": "UA"}},
    }
    (sheet,) = opened([record, {"id": "CIV0002", "graphic": True}])
    row = dict(zip(sheet.columns, next(sheet.rows()).cells, strict=True))
    assert row["latitude"] == "49.8"
    assert json.loads(row["sources"]) == record["sources"]
    assert row["filters"] == "Residential; School"
    assert (row["place.name"], row["place.in.code"]) == ("Kharkiv", "UA")
    assert row["graphic"] is None
    assert not sheet.has_geometry


def test_objects_that_hold_arrays(opened):
    answer = {"status": 200, "data": [{"a": 1}], "meta": {"sites": [{"b": 2}], "n": [1, 2]}}
    sheets = opened(answer)
    assert [(one.name, one.columns) for one in sheets] == [("data", ("a",)), ("meta.sites", ("b",))]
    assert [one.cells for one in sheets[1].rows()] == [(2,)]


def test_features_come_before_lists_beside_them(opened):
    sheets = opened({"groups": [{"g": 1}], "features": [feature(POINT, a=1)]})
    assert [(one.name, one.columns) for one in sheets] == [("", ("a",)), ("groups", ("g",))]


def test_features_of_esri(opened):
    (sheet,) = opened(
        {
            "spatialReference": {"wkid": 102100, "latestWkid": 3857},
            "features": [
                {"attributes": {"Name": "a"}, "geometry": {"x": 111_319.49, "y": 0}},
                {"attributes": {"Name": "b"}, "geometry": {"rings": [[[0, 0], [9, 0], [9, 9]]]}},
            ],
        }
    )
    first, second = sheet.rows()
    assert math.isclose(first.geometry.x, 1, abs_tol=1e-4)
    assert second.geometry.geom_type == "Polygon"
    assert sheet.columns == ("Name",)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'[{"a":NaN},{"a":Infinity}]', [None, "inf"]),
        (b'[{"a":18446744073709551616}]', ["18446744073709551616"]),
        (b'[{"a":1e400}]', ["inf"]),
        (b'[{"a":"\\ud83d"}]', ["\ufffd"]),
        (b'[{"a":"x\ny"}]', ["x\ny"]),
        (b'\xef\xbb\xbf[{"a":"\xc3\xa9"}]', ["é"]),
        ('[{"a":"é"}]'.encode("utf-16"), ["é"]),
        (b'[{"a":"caf\xe9"}]', ["café"]),
        (b'[{"a":[]},{"a":{}},{"a":[1,"x"]},{"a":["x;y"]}]', ["[]", "{}", '[1,"x"]', '["x;y"]']),
    ],
)
def test_values_that_json_or_its_writers_know(opened, raw, expected):
    (sheet,) = opened(raw)
    assert [one.cells[0] for one in sheet.rows()] == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'[{"a":1},{"a":2},{"a":', [1, 2, "broken_json"]),
        (b'[{"a":1},{"a" 2},{"a":3}]', [1, "broken_json", 3]),
        (b'{"features":[{"a":1},{"a":2},{"a":"x', [1, 2, "broken_json"]),
        (b'{"features":[{"a":1},{"a":2}', [1, 2, "broken_json"]),
        (b'[{"a":1} {"a":2}]', [1, "broken_json"]),
        (b'[{"a":1},7,{"a":2}]', [1, "no_object", 2]),
        (b'[{"a":1},{"a":%s},{"a":3}]' % (b"9" * 5000), [1, "broken_json", 3]),
        (b'[{"a":1},%s,{"a":3}]' % (b"[" * 100_000 + b"]" * 100_000), [1, "nested_too_deeply", 3]),
        (b'[{"a":1},{"a":%s}]' % (b"[" * 300 + b"]" * 300), [1, "nested_too_deeply"]),
        (b'[{"a":1},{"a":"%s"}]' % (b"x" * 6_000_000), [1, "cell_too_long"]),
    ],
)
def test_what_is_broken_costs_its_record(opened, raw, expected):
    (sheet,) = opened(raw)
    rows = list(sheet.rows())
    assert [one.rule if isinstance(one, BadRow) else one.cells[0] for one in rows] == expected
    assert [one.number for one in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"type": "Topology", "objects": {}}, "is damaged: Failed to read TopoJSON"),
        ({"type": "FeatureCollection", "features": []}, "is GeoJSON without any feature"),
        ([1, 2], "whose lists hold no objects"),
        ({"a": 1}, "is JSON without a list of records"),
        ([], "is JSON without a list of records"),
    ],
)
def test_json_without_records_is_refused(opened, value, what):
    with pytest.raises(Refused, match=what):
        opened(value)


def test_records_of_too_many_names_are_refused(opened):
    with pytest.raises(Refused, match="more than 50 names in all"):
        opened([{f"c{n}": 1} for n in range(60)], columns=50)


SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd"), max_size=9),
)
RECORDS = st.lists(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), SCALAR, min_size=1, max_size=4),
    min_size=1,
    max_size=8,
)


@given(RECORDS, st.sampled_from([None, 1]), st.booleans())
def test_records_read_are_records_written(tmp_path_factory, records, indent, ensure_ascii):
    path = tmp_path_factory.mktemp("rows") / "x"
    features = [feature(None, **one) for one in records]
    for value in (records, {"x": records}, {"type": "FeatureCollection", "features": features}):
        path.write_text(json.dumps(value, indent=indent, ensure_ascii=ensure_ascii), "utf-8")
        (sheet,) = open_file(path)
        rows = [dict(zip(sheet.columns, one.cells, strict=True)) for one in sheet.rows()]
        names = {name for one in records for name in one}
        assert rows == [{name: one.get(name) for name in names} for one in records]
