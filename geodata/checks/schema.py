"""The JSON Schema of record files, made from the model so that it cannot drift from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from geodata.files import open_atomic
from geodata.records import BASE_AREA, BaseArea, Group, Incident, Relation, Source

__all__ = ["SCHEMA_PATH", "json_schema", "write_schema"]

SCHEMA_PATH = Path(__file__).parents[1] / "data" / "records" / "schema.json"
_REF = "#/$defs/{model}"


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of a FeatureCollection of records."""
    every = (Incident, BaseArea, Group, Source, Relation)
    models: list[Any] = [(one, "validation") for one in every]
    _, generated = models_json_schema(models, ref_template=_REF)
    definitions: dict[str, Any] = generated["$defs"]
    definitions["IncidentFeature"] = _feature(
        definitions["Incident"], "points", ["Point", "MultiPoint"], {}
    )
    definitions["BaseAreaFeature"] = _feature(
        definitions["BaseArea"],
        "geometry",
        # An export has points of one type, and so a single one as several.
        ["Point", "MultiPoint", "Polygon", "MultiPolygon"],
        {"record_kind": {"const": BASE_AREA}},
    )
    del definitions["Incident"], definitions["BaseArea"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mapview records",
        "description": "A GeoJSON FeatureCollection of incidents and base areas. Properties that "
        "follow from claims may stand beside these; they are derived anew on reading.",
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {
                "type": "array",
                "items": {"anyOf": [_reference("IncidentFeature"), _reference("BaseAreaFeature")]},
            },
            "groups": {"type": "array", "items": _reference("Group")},
            "sources": {"type": "array", "items": _reference("Source")},
            "relations": {"type": "array", "items": _reference("Relation")},
        },
        "$defs": definitions,
    }


def _reference(model: str) -> dict[str, str]:
    return {"$ref": _REF.format(model=model)}


def _feature(
    model: dict[str, Any], geometry: str, kinds: list[str], extra: dict[str, Any]
) -> dict[str, Any]:
    """Return the schema of a feature whose properties are the fields of a model."""
    properties = {k: v for k, v in model["properties"].items() if k not in ("id", geometry)}
    required = [k for k in model.get("required", []) if k in properties]
    return {
        "type": "object",
        "description": model.get("description", ""),
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": model["properties"]["id"],
            "geometry": {
                "anyOf": [
                    {"type": "null"},
                    {
                        "type": "object",
                        "required": ["type", "coordinates"],
                        "properties": {"type": {"enum": kinds}, "coordinates": {"type": "array"}},
                    },
                ]
            },
            "properties": {
                "type": "object",
                "required": [*required, *extra],
                "properties": {**properties, **extra},
            },
        },
    }


def write_schema() -> None:
    """Write the schema that ships."""
    with open_atomic(SCHEMA_PATH) as stream:
        stream.write(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    write_schema()
