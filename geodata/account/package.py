"""What the shipped records are, for programs: a Frictionless data package and schema.org's words.

`python -m geodata.account.package` writes both beside the records; `make data` does.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from geodata.account.counts import coverage
from geodata.datasets import CREDIT, RECORDS_DIR, load
from geodata.files import open_atomic
from geodata.records import Records, Source, cite, safe_url

__all__ = ["DATASET", "PACKAGE", "data_package", "main", "schema_org"]

PACKAGE = "datapackage.json"
DATASET = "dataset.jsonld"
_TITLE = "Mapview records"
_ABOUT = (
    "Documented incidents and base areas of groups as sets of sourced claims: who says what, in "
    "which document and where in it. Only what those documents tell is recorded; nothing is "
    "complete for a group, a country or a year, and tolls overlap."
)
_LICENCE = ("CC-BY-4.0", "Creative Commons Attribution 4.0 International")
_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
_WHAT = {
    "incidents.geojson": "Incidents with their claims",
    "base_areas.geojson": "Base areas of groups with their claims",
    "groups.json": "Groups, states and forces that claims name",
    "sources.json": "Documents that claims were read in, and sources that these cite",
    "relations.json": "How groups stood to each other, and who led them",
    "schema.json": "JSON Schema of all of them",
}
_TYPES = {
    "geojson": "application/geo+json", "json": "application/json",
}  # fmt: skip


def data_package(records: Records, folder: Path = RECORDS_DIR) -> dict[str, Any]:
    """Return the description of the record files as a data package (Data Package, version 2).

    Args:
        records: What the files hold.
        folder: Where they are.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "mapview-records",
        "title": _TITLE,
        "description": f"{_ABOUT} Credit: {CREDIT}",
        "version": records.version,
        "licenses": [{"name": _LICENCE[0], "title": _LICENCE[1], "path": _LICENCE_URL}],
        "contributors": [{"title": "Mapview contributors", "roles": ["compiler"]}],
        "sources": [_source(one) for one in _documents(records)],
        "resources": [_resource(folder / name, title) for name, title in _WHAT.items()],
    }


def schema_org(records: Records) -> dict[str, Any]:
    """Return the same in the words of schema.org, as JSON-LD."""
    facts = coverage(records)
    period = {"temporalCoverage": f"{facts.first}/{facts.last}"} if facts.first else {}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": _TITLE,
        "description": _ABOUT,
        "version": records.version,
        "license": _LICENCE_URL,
        "creditText": CREDIT,
        "creator": {"@type": "Organization", "name": "Mapview contributors"},
        "isAccessibleForFree": True,
        **period,
        "spatialCoverage": [{"@type": "Place", "name": name} for name in facts.countries],
        "isBasedOn": [
            {"@type": "CreativeWork", "name": cite(one), **({"url": url} if url else {})}
            for one in _documents(records)
            for url in [safe_url(one.url)]
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": title,
                "contentUrl": name,
                "encodingFormat": _TYPES[name.rpartition(".")[2]],
            }
            for name, title in _WHAT.items()
        ],
    }


def _documents(records: Records) -> list[Source]:
    return [one for one in records.sources if one.is_document]


def _source(one: Source) -> dict[str, str]:
    url = safe_url(one.url)
    return {"title": cite(one), **({"path": url} if url else {})}


def _resource(path: Path, title: str) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": path.name.replace(".", "-").replace("_", "-"),
        "title": title,
        "path": path.name,
        "mediatype": _TYPES[path.suffix.removeprefix(".")],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def main(folder: Path = RECORDS_DIR) -> None:
    """Write both for the shipped records."""
    records = load()
    for name, told in ((PACKAGE, data_package(records)), (DATASET, schema_org(records))):
        with open_atomic(folder / name) as stream:
            stream.write(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n")


if __name__ == "__main__":
    main()
