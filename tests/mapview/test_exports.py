"""Exports: what they say of themselves, their names, and that they can be read back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HOSTILE, hostile_records

from geodata import Filter, Records, Store, load, read_records
from geodata.datasets import CREDIT
from mapview.exports import EXPORTS, about_export, export_name


@pytest.fixture(scope="module")
def shipped() -> Store:
    return Store(load())


def text_of(ending: str, store: Store, chosen: Filter) -> str:
    return "".join(EXPORTS[ending].pieces(store, chosen))


def test_kinds_are_named_by_their_ending() -> None:
    assert {name: kind.ending for name, kind in EXPORTS.items()} == {
        "geojson": "geojson",
        "csv": "csv",
    }


def test_export_says_what_is_in_it(shipped: Store) -> None:
    chosen = Filter.from_query("country=IR&from=2022&to=2024")
    collection = json.loads(text_of("geojson", shipped, chosen))
    about = collection["mapview"]
    assert about == about_export(shipped, chosen)
    assert about["title"] == "All incidents and base areas, 2022–2024, in Iran"
    assert Filter.from_query(about["filter"]) == chosen
    assert about["data_version"] == load().version
    assert about["credit"] == CREDIT
    incidents = [f for f in collection["features"] if f["properties"]["record_kind"] != "base area"]
    assert about["incidents"] == len(incidents) > 1
    assert about["incidents_in_all"] == len(load().incidents)
    assert about["incidents_not_placed"] == sum(f["geometry"] is None for f in incidents)
    assert "crs" not in collection


@pytest.mark.parametrize("ending", EXPORTS)
@pytest.mark.parametrize("query", ["", "type=bombing", "group=iskp&areas=off", "q=zzzz&areas=off"])
def test_export_read_back_gives_the_same_records(
    ending: str, query: str, shipped: Store, tmp_path: Path
) -> None:
    chosen = Filter.from_query(query)
    file = tmp_path / f"out.{ending}"
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(EXPORTS[ending].pieces(shipped, chosen))
    result = read_records([file])
    wanted = shipped.select(chosen)
    assert result.problems == ()
    assert result.records.incidents == wanted.incidents
    assert result.records.base_areas == wanted.base_areas
    if ending == "geojson":
        assert result.records == wanted
    assert bool(wanted.incidents) == (query != "q=zzzz&areas=off")


def test_csv_begins_with_its_mark_once(shipped: Store) -> None:
    text = text_of("csv", shipped, Filter())
    assert text.startswith("\ufeffid,")
    assert text.count("\ufeff") == 1


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("ending", EXPORTS)
def test_hostile_text_comes_back_as_it_was(ending: str, text: str, tmp_path: Path) -> None:
    records = hostile_records(text)
    content = text_of(ending, Store(records), Filter())
    file = tmp_path / f"out.{ending}"
    file.write_text(content, encoding="utf-8", newline="")
    result = read_records([file])
    assert result.problems == ()
    assert result.records.incidents == records.incidents
    assert result.records.base_areas == records.base_areas
    if ending == "csv":
        rows = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]


@given(st.text(max_size=200), st.sampled_from(sorted(EXPORTS)))
def test_export_name_is_a_plain_file_name(text: str, ending: str) -> None:
    name = export_name(Filter(text=text, groups=(text.replace("\0", ""),)), EXPORTS[ending])
    assert re.fullmatch(rf"incidents(-[A-Za-z0-9]+)*-*([A-Za-z0-9]+)?\.{ending}", name) or re.match(
        r"incidents-[A-Za-z0-9-]+\.", name
    )
    assert len(name) < 110


def test_export_of_nothing_is_whole() -> None:
    empty = Store(Records())
    assert json.loads(text_of("geojson", empty, Filter()))["features"] == []
    assert len(text_of("csv", empty, Filter()).splitlines()) == 1
    assert export_name(Filter(), EXPORTS["csv"]) == "incidents.csv"
