"""Our own exports are known by what is in them and nothing of a record is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata import load, read_records
from geodata.formats.registry import FORMATS
from geodata.importing import Settings
from geodata.records import Records
from geodata.workspace import Workspace, begin_file, build, open_parts, read_all
from geodata.workspace.adding import Adding


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
    named = {one.id for one in shipped.groups}
    if ending != "csv":  # It has no place for groups and sources.
        assert {one.id for one in kept.groups} <= named
        cited = {id_ for one in shipped.incidents for id_ in one.sources}
        assert cited <= {one.id for one in kept.sources}


def test_kml_of_ours_gives_each_incident_once_and_no_ring(shipped, tmp_path):
    path = tmp_path / "x.kml"
    FORMATS["kml"].save(path, shipped, {"title": "x"})
    importing, result = imported(path, tmp_path)
    assert len(result.records.incidents) == len(shipped.incidents)
    # Those that are not certain are drawn twice.
    assert importing.account.skipped["base area"] >= len(shipped.base_areas)


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


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
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
