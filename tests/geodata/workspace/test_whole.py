"""Our own exports are known by what is in them and nothing of a record is lost on the way."""

from __future__ import annotations

import gzip
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fixed_records import base_area, incident

from geodata import load, read_records
from geodata.formats.registry import FORMATS
from geodata.importing import Settings
from geodata.reading import Refused, open_file
from geodata.records import ReadResult, Records, to_area_feature, to_feature
from geodata.workspace import Workspace, begin_file, build, open_parts, read_all
from geodata.workspace.adding import Adding
from geodata.workspace.whole import read_whole


@pytest.fixture(scope="module")
def shipped() -> Records:
    records = load()
    some = records.subset(incidents=records.incidents[:25], base_areas=records.base_areas[:6])
    return Records(some.incidents, some.base_areas, some.groups, some.sources)


def imported(path: Path, tmp_path: Path):
    workspace = Workspace(tmp_path / "work")
    importing = begin_file(path, Settings(), "own")
    built = build(workspace, "own", importing, [path])
    assert built is not None
    return importing, read_all([built[0].folder], read_records)


@pytest.mark.parametrize("ending", ["geojson", "csv", "gpkg", "parquet", "fgb"])
def test_what_was_written_with_ours_comes_back_equal(ending, shipped, tmp_path):
    path = tmp_path / "no-ending-of-ours"
    FORMATS[ending].save(tmp_path / f"x.{ending}", shipped, {"title": "x"})
    (tmp_path / f"x.{ending}").rename(path)
    importing, result = imported(path, tmp_path)
    assert importing.form.startswith("Mapview's own export (")
    assert result.problems == ()
    account = importing.account
    assert (account.rows, account.rejected) == (31, 0)
    kept = result.records
    by_id = {one.id: one for one in (*kept.incidents, *kept.base_areas)}
    for one in (*shipped.incidents, *shipped.base_areas):
        assert by_id[one.id] == one
    assert {one.id for one in kept.groups} <= {one.id for one in shipped.groups}
    if ending != "csv":
        assert set(kept.groups) == set(shipped.groups)
        assert set(kept.sources) == set(shipped.sources)


# All that a feature of the GeoJSON export has and that another format cannot give back. A CSV has
# groups by name and sources by id; short names, titles and publishers are in words for people.
LOST = {"csv": {"attribution_text", "sources", "cited_sources"}}
MEMBERS_LOST = {"csv": {"groups", "sources", "relations"}}
WRITTEN = [one.ending for one in FORMATS.values() if one.is_written]


def properties(records: Records) -> dict[str, Any]:
    features = [to_feature(one, records) for one in records.incidents]
    features += [to_area_feature(one, records) for one in records.base_areas]
    return {
        one["id"]: {**one["properties"], "geometry as written": one["geometry"]}
        for one in features
    }  # fmt: skip


@pytest.mark.parametrize("ending", WRITTEN)
def test_every_field_of_the_shipped_records_comes_back(ending, tmp_path):
    records = load()
    path = tmp_path / f"x.{ending}"
    FORMATS[ending].save(path, records, {"title": "x"})
    importing, result = imported(path, tmp_path)
    assert (result.problems, importing.notes) == ((), ())
    wanted, found = properties(records), properties(result.records)
    assert found.keys() == wanted.keys()
    other = {
        name
        for identifier, fields in wanted.items()
        for name in {*fields, *found[identifier]}
        if fields.get(name) != found[identifier].get(name)
    }
    assert other == LOST.get(ending, set())
    lost = {
        name
        for name in ("groups", "sources", "relations")
        if set(getattr(records, name)) != set(getattr(result.records, name))
    }
    assert lost == MEMBERS_LOST.get(ending, set())
    if ending == "csv":
        names = records.groups_by_id
        assert result.records.groups
        assert [one.name for one in result.records.groups] == [
            names[one.id].name for one in result.records.groups
        ]


@pytest.mark.parametrize("ending", WRITTEN)
def test_a_file_of_ours_asks_nothing(ending, tmp_path):
    path = tmp_path / f"x.{ending}"
    FORMATS[ending].save(path, load(), {"title": "x"})
    importing = begin_file(path, Settings(), "own")
    assert importing.form.startswith("Mapview's own export (")
    assert [one for _, plan in importing.sheets for one in plan.questions] == []


@pytest.mark.parametrize("ending", ["csv", "geojson", "gpkg", "kml", "xlsx"])
def test_a_packed_file_of_ours_is_one_of_ours(ending, tmp_path):
    path, few = tmp_path / f"x.{ending}", load()
    few = few.subset(incidents=few.incidents[:3], base_areas=few.base_areas[:2])
    FORMATS[ending].save(path, few, {"title": "x"})
    packed = [tmp_path / f"x.{ending}.gz", tmp_path / "y.zip"]
    packed[0].write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(packed[1], "w") as archive:
        archive.write(path, f"in/x.{ending}")
        archive.writestr("README.txt", "What it is.")
    plain = read_whole(path, open_file(path))
    assert plain.records.incidents
    if ending == "xlsx":
        with pytest.raises(Refused, match="an archive packed once more"):
            open_file(packed.pop(0))
    for one in packed:
        found = read_whole(one, open_file(one))
        assert found is not None
        assert found.records.incidents == plain.records.incidents
        assert found.records.base_areas == plain.records.base_areas


def as_written(path: Path, shipped: Records) -> None:
    FORMATS["kml"].save(path, shipped, {"title": "x"})


def as_kmz(path: Path, shipped: Records) -> None:
    as_written(path.with_suffix(".kml"), shipped)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path.with_suffix(".kml"), "doc.kml")
        archive.writestr("icons/1.png", b"\x89PNG")


def as_google_earth_saves_it(path: Path, shipped: Records) -> None:
    """It gives placemarks ids of its own and calls styles otherwise."""
    as_written(path, shipped)
    text = path.read_text("utf-8")
    assert text.count("<Placemark>") > len(shipped.incidents)
    numbers = itertools.count(1)
    text = re.sub("<Placemark>", lambda _: f'<Placemark id="0F{next(numbers)}">', text)
    path.write_text(text.replace("#color-", "#sn_color-").replace("#ring", "#msn_1"), "utf-8")


def as_a_copy_without_groups(path: Path, shipped: Records) -> None:
    as_written(path, shipped)
    text = path.read_text("utf-8")
    # The first is of the document; placemarks have their own.
    text, count = re.subn("<ExtendedData>.*?</ExtendedData>", "", text, count=1, flags=re.DOTALL)
    assert count == 1
    assert '<Data name="groups">' not in text
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    "write", [as_written, as_kmz, as_google_earth_saves_it, as_a_copy_without_groups]
)
def test_kml_of_ours_comes_back_equal(write, shipped, tmp_path):
    path = tmp_path / "x.bin"
    write(path, shipped)
    importing, result = imported(path, tmp_path)
    assert importing.form == f"Mapview's own export ({'KMZ' if write is as_kmz else 'KML'})"
    # Rings, and areas that are drawn again where they are not certain, are no records.
    assert importing.account.skipped == {}
    assert (result.problems, importing.notes) == ((), ())
    kept = result.records
    wanted = sorted((*shipped.incidents, *shipped.base_areas), key=lambda one: one.id)
    assert sorted((*kept.incidents, *kept.base_areas), key=lambda one: one.id) == wanted
    if write is as_a_copy_without_groups:
        cited = {one for record in shipped.incidents for one in record.sources}
        assert cited <= {one.id for one in kept.sources}
    else:
        assert set(kept.groups) == set(shipped.groups)
        assert set(kept.sources) == set(shipped.sources)


def test_kml_with_several_places_outlines_and_no_claims_comes_back_equal(tmp_path):
    outline = [[[60, 30], [61, 30], [61, 31], [60, 30]]]
    other = [[[65, 30], [66, 30], [66, 31], [65, 30]]]
    outlines = {"type": "MultiPolygon", "coordinates": [outline, other]}
    records = Records(
        (
            incident(id="a", points=((69.2, 34.5), (66.4, 31.0)), claims=()),
            incident(id="b", points=((66.0, 33.0),), geo_precision="country", claims=()),
        ),
        (base_area(geometry=outlines, claims=()),),
    )
    as_written(tmp_path / "x.kml", records)
    importing, result = imported(tmp_path / "x.kml", tmp_path)
    assert importing.form == "Mapview's own export (KML)"
    assert sorted(result.records.incidents, key=lambda one: one.id) == list(records.incidents)
    assert result.records.base_areas == records.base_areas


def test_kml_of_ours_has_more_groups_than_one_text_holds(shipped, tmp_path, monkeypatch):
    monkeypatch.setattr("geodata.formats.kml.writing._AT_ONCE", 7)
    as_written(tmp_path / "x.kml", shipped)
    assert (tmp_path / "x.kml").read_text("utf-8").count('<Data name="groups">') > 1
    _, result = imported(tmp_path / "x.kml", tmp_path)
    assert set(result.records.groups) == set(shipped.groups)
    assert set(result.records.sources) == set(shipped.sources)


def test_a_placemark_that_somebody_added_is_told(shipped, tmp_path):
    path = tmp_path / "x.kml"
    as_written(path, shipped)
    added = "<Placemark><name>Mine</name><Point><coordinates>1,2</coordinates></Point></Placemark>"
    text = path.read_text("utf-8")
    path.write_text(text.replace("</Document>", f"{added}</Document>"), "utf-8")
    importing, result = imported(path, tmp_path)
    assert [str(one) for one in importing.notes] == [
        "x.kml: a placemark must have the data of a record, got 1 without; left out"
    ]
    assert len(result.records.incidents) == len(shipped.incidents)


def test_a_table_that_only_looks_like_ours_is_read_as_a_table(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text(
        "id,event_date,title,event_types,latitude,longitude,fatalities_best,Source\n"
        "1,2024-01-03,Raid,raid,34.5,69.2,3,A paper\n"
    )
    importing, result = imported(path, tmp_path)
    assert importing.form == "CSV, commas, UTF-8"
    (one,) = result.records.incidents
    assert {claim.value for claim in one.claims} == {3}
    assert one.points == ((69.2, 34.5),)


def test_damage_in_one_of_ours_costs_its_record_and_is_counted(shipped, tmp_path):
    path = tmp_path / "x.fgb"
    FORMATS["fgb"].save(path, shipped, {"title": "x"})
    whole = path.read_bytes()
    assert whole.count(b'"about":"fatalities"') > 1
    path.write_bytes(whole.replace(b'"about":"fatalities"', b'"about";"fatalities"', 1))
    importing, result = imported(path, tmp_path)
    account = importing.account
    assert (account.rows, account.accepted, account.rejected) == (31, 30, 1)
    assert len(result.records.incidents) + len(result.records.base_areas) == 30


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "kml", "parquet", "fgb"])
def test_how_groups_relate_is_kept(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{ending}"
    FORMATS[ending].save(path, load(), {"title": "x"})
    importing, result = imported(path, tmp_path)
    assert result.records.relations == load().relations
    dataset = Workspace(tmp_path / "work").get("own")
    assert Adding(dataset, result, importing).evidence.relations == load().relations


def test_records_with_ids_of_their_own_are_found_in_columns(
    shipped: Records, tmp_path: Path
) -> None:
    path = tmp_path / "x.geojson"
    FORMATS["geojson"].save(path, shipped, {"title": "x"})
    imported(path, tmp_path)
    folder = tmp_path / "work" / "own"
    alone = open_parts([folder], read_records)
    assert alone.datasets
    store = alone.store()
    for one in shipped.incidents:
        assert store.incident(one.id) == one
    # What has the same ids is asked together, each record once.
    twice = open_parts([folder, path], read_records)
    assert not twice.datasets
    assert twice.count == alone.count


def test_a_toll_that_one_side_says_is_shared_is_imported_as_that_of_both(tmp_path):
    path = tmp_path / "own.geojson"
    some = (incident("a", casualties_combined=("b",)), incident("b"))
    FORMATS["geojson"].save(path, Records(some), {"title": "x"})
    importing, result = imported(path, tmp_path)
    assert [one.casualties_combined for one in result.records.incidents] == [("b",), ("a",)]
    (note,) = importing.notes
    assert note.startswith("a casualties_combined: ")
    assert note.endswith("got 'b' without a link back; read as if it had one")
    # What it comes from goes on saying it of one side alone, as `validate` tells.
    assert read_records([path]).records.links_lacking == {"b": ("a",)}


def test_rows_that_are_added_share_a_toll_with_what_they_name(tmp_path):
    path = tmp_path / "own.geojson"
    some = (incident("a", casualties_combined=("b",)), incident("c", casualties_combined=("b",)))
    FORMATS["geojson"].save(path, Records(some[:1]), {"title": "x"})
    imported(path, tmp_path)
    before = ReadResult(Records((*some[1:], incident("b")), (base_area("area"),)))
    adding = Adding(
        Workspace(tmp_path / "work").get("own"), before, begin_file(path, Settings(), "own")
    )
    found = list(adding.records())
    assert [one.id for one in found] == ["c", "b", "area", "a"]
    assert found[1].casualties_combined == ("c", "a")
