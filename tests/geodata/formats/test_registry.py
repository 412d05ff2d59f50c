"""Tests of the table of formats: what is read, what is written, and what is neither."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from fixed_records import incident
from read_back import in_file_order

from geodata.errors import FormatError
from geodata.formats.csv import write_csv
from geodata.formats.geojson import write_geojson
from geodata.formats.kml import KmlSymbols
from geodata.formats.registry import FORMATS, read_records
from geodata.records.collection import Records

ONE = Records((incident("one"),))


def test_formats_are_found_by_their_ending():
    assert all(ending == one.ending for ending, one in FORMATS.items())
    for name in ("label", "media_type"):
        assert len({getattr(one, name) for one in FORMATS.values()}) == len(FORMATS)


def test_every_format_is_read_or_written_and_written_in_one_way():
    assert [ending for ending, one in FORMATS.items() if one.read] == [
        "geojson",
        "json",
        "csv",
        "xlsx",
        "gpkg",
    ]
    for one in FORMATS.values():
        assert one.read or one.is_written
        assert not (one.texts and one.write)


@pytest.mark.parametrize("ending", [one.ending for one in FORMATS.values() if one.is_written])
def test_what_is_written_and_read_comes_back(ending, tmp_path):
    content = b"".join(FORMATS[ending].pieces(ONE, {"title": "One"}))
    assert content
    file = tmp_path / f"records.{ending}"
    file.write_bytes(content)
    if FORMATS[ending].read:
        assert read_records([file]).records == ONE
    else:
        with pytest.raises(
            FormatError,
            match=r"must end in \.geojson, \.json, \.csv, \.xlsx or \.gpkg, got records",
        ):
            read_records([file])


def test_a_format_that_is_only_read_cannot_be_written():
    with pytest.raises(FormatError, match="can be written must be named, got json"):
        FORMATS["json"].pieces(ONE, {})


def test_looks_are_handed_to_the_formats_that_have_any():
    looks = {
        "colors": {"bombing": "#123456"},
        "symbols": KmlSymbols({"bombing": "#123456"}, lambda look, status: b"a picture"),
        "styles": {"incidents": "<qgis/>"},
    }
    for one in FORMATS.values():
        if one.is_written:
            plain, dressed = (b"".join(f.pieces(ONE, {})) for f in (one, one.dressed(looks)))
            assert (plain != dressed) is (one.ending in ("kml", "kmz", "gpkg")) is bool(one.look)
    assert b"ff563412" in b"".join(FORMATS["kml"].dressed(looks).pieces(ONE, {}))
    placed = Records((incident(points=((60, 30),)),))
    assert b"a picture" in b"".join(FORMATS["kmz"].dressed(looks).pieces(placed, {}))
    assert b"<qgis/>" in b"".join(FORMATS["gpkg"].dressed(looks).pieces(ONE, {}))


def test_files_of_every_kind_are_read_together(tmp_path, everything_records):
    whole = everything_records
    write_geojson(tmp_path / "areas.geojson", Records(base_areas=whole.base_areas))
    write_csv(tmp_path / "incidents.csv", Records(whole.incidents))
    for name in ("groups", "sources", "relations"):
        dumped = [one.model_dump(mode="json") for one in getattr(whole, name)]
        (tmp_path / f"{name}.json").write_text(json.dumps(dumped), "utf-8")
    result = read_records(sorted(tmp_path.iterdir()))
    assert result.problems == ()
    areas = in_file_order(whole).base_areas
    assert result.records == replace(whole, base_areas=areas)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "records.txt",
            "",
            "a record file must end in .geojson, .json, .csv, .xlsx or .gpkg, got records.txt",
        ),
        ("groups.json", "{", "groups.json must be JSON"),
        ("none.geojson", None, "must be a readable file"),
        ("other.json", "[]", "other.json must be a GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, text, message):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(FormatError, match=message):
        read_records([tmp_path / name])


def test_a_list_must_be_a_list(tmp_path):
    (tmp_path / "groups.json").write_text('{"id": "a", "name": "A"}')
    problems = read_records([tmp_path / "groups.json"]).problems
    assert [str(one) for one in problems] == [
        "groups.json groups: groups must be a list, got {'id': 'a', 'name': 'A'}"
    ]
