"""Tests of files that broke something once: what is read of each, what is told, and that it ends.

The files stand in `tests/corpus/hostile`; `expected.json` says how many records each gives, and how
each problem and each note begins, as a pattern.
"""

from __future__ import annotations

import json
import re
import time

import pytest
from corpora import CORPUS, all_hostile
from read_back import in_file_order

from geodata.errors import FormatError
from geodata.formats.registry import FORMATS, read_records
from geodata.records.reading import ReadResult

FOLDER = CORPUS / "hostile"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
every_file = pytest.mark.parametrize("name", EXPECTED)


def read(name: str) -> ReadResult:
    start = time.process_time()
    result = read_records([FOLDER / name])
    assert time.process_time() - start < 5
    return result


def assert_told(told, patterns, name):
    lines = [str(one) for one in told]
    assert len(lines) == len(patterns), lines
    for line, pattern in zip(lines, patterns, strict=True):
        assert re.match(rf"{re.escape(name)}:? {pattern}", line), (line, pattern)
        assert line.isprintable()
        assert len(line) < 400


def test_every_file_of_the_corpus_is_expected():
    there = {path.name for path in FOLDER.iterdir()} - {"expected.json"}
    assert there == EXPECTED.keys()


@every_file
def test_good_records_are_read_and_the_rest_is_told(name):
    result = read(name)
    found = (*result.records.incidents, *result.records.base_areas)
    assert len(found) == EXPECTED[name]["records"]
    assert_told(result.problems, EXPECTED[name]["problems"], name)
    assert_told(result.notes, EXPECTED[name]["notes"], name)


def test_what_was_read_can_be_written_in_every_format(tmp_path):
    records = all_hostile(EXPECTED)
    found = (*records.incidents, *records.base_areas)
    assert len(found) == sum(one["records"] for one in EXPECTED.values())
    assert records.version
    for ending, one in FORMATS.items():
        if one.is_written:
            path = tmp_path / f"out.{ending}"
            one.save(path, records)
            if one.read:
                again = read_records([path]).records
                wanted = records if ending == "csv" else in_file_order(records)
                assert again.incidents == wanted.incidents
                assert again.base_areas == wanted.base_areas


@pytest.mark.parametrize("start", ["[", '{"a":', '{"type":"FeatureCollection","features":['])
@pytest.mark.parametrize(
    "name", ["x.geojson", "x.json", "groups.json", "sources-x.json", "relations.json"]
)
def test_no_nesting_is_too_deep(start, name, tmp_path):
    path = tmp_path / name
    path.write_text(start * 100_000)
    with pytest.raises(FormatError, match="must be JSON, got"):
        read_records([path])


@pytest.mark.parametrize("depth", [200, 700, 900])
@pytest.mark.parametrize("where", ["properties", "geometry", "groups", "sources", "relations"])
def test_nesting_that_json_allows_takes_no_other_record_with_it(where, depth, tmp_path):
    deep = "[" * depth + "]" * depth
    properties = '{"title": "T", "event_date": "2020", "event_types": ["raid"]}'
    good = f'{{"id": "good", "properties": {properties}}}'
    parts = {
        "properties": f'"features": [{{"id": "bad", "properties": {{"title": {deep}}}}}, {good}]',
        "geometry": '"features": [{"id": "bad", "properties": {"record_kind": "base area"}, '
        f'"geometry": {{"type": "Polygon", "coordinates": {deep}}}}}, {good}]',
    }
    text = parts.get(where, f'"features": [{good}], "{where}": [{{"id": {deep}}}]')
    path = tmp_path / "x.geojson"
    path.write_text(f'{{"type": "FeatureCollection", {text}}}')
    result = read_records([path])
    assert [one.id for one in result.records.incidents] == ["good"]
    assert result.problems
    assert all(len(str(one)) < 400 for one in result.problems)
