"""Tests of the JSON Schema that ships: it is that of the model, and records obey it."""

from __future__ import annotations

import json

import jsonschema
import pytest
from fixed_records import everything, incident
from hypothesis import given
from strategies import record_sets

from geodata.checks.schema import SCHEMA_PATH, json_schema
from geodata.datasets import shipped_files
from geodata.formats.geojson import parse_geojson, to_collection
from geodata.records.collection import Records
from geodata.records.features import to_feature

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def test_the_shipped_schema_is_that_of_the_model():
    assert json.loads(SCHEMA_PATH.read_text("utf-8")) == json_schema()
    jsonschema.Draft202012Validator.check_schema(json_schema())


@given(record_sets())
def test_what_is_exported_obeys_the_schema(records):
    for stored in (False, True):
        VALIDATOR.validate(json.loads("".join(to_collection(records, stored=stored))))


def test_a_record_with_everything_obeys_the_schema():
    VALIDATOR.validate(json.loads("".join(to_collection(everything()))))


@pytest.mark.parametrize(
    "path", [path for path in shipped_files() if path.suffix == ".geojson"], ids=lambda p: p.name
)
def test_shipped_files_obey_the_schema(path):
    VALIDATOR.validate(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    "changes",
    [
        {"event_types": ["explosion"]},
        {"event_types": []},
        {"title": ""},
        {"country": "AFG"},
        {"status": "done"},
        {"claims": [{"about": "fatalities"}]},
        {"radius_km": -1},
    ],
)
def test_the_schema_and_the_reader_refuse_the_same(changes):
    feature = to_feature(incident(), Records())
    feature["properties"] |= changes
    collection = {"type": "FeatureCollection", "features": [feature]}
    assert parse_geojson(json.dumps(collection)).problems
    assert not VALIDATOR.is_valid(collection)


@pytest.mark.parametrize("member", ["id", "geometry", "properties"])
def test_no_member_of_a_feature_may_be_missing(member):
    feature = to_feature(incident(), Records())
    del feature[member]
    assert not VALIDATOR.is_valid({"type": "FeatureCollection", "features": [feature]})
