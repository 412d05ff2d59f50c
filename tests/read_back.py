"""Reads exports back with libraries that did not write them, as plain rows and as claims.

KML is read by lxml, GeoPackage by SQLite, GeoParquet by DuckDB, FlatGeobuf by the Rust library of
the format's authors, XLSX by Calamine. Claims are found by the id of what they are claims of.
"""

from __future__ import annotations

import html
import json
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyogrio
from geoarrow.rust.io import read_flatgeobuf
from lxml import etree
from python_calamine import CalamineWorkbook

from geodata.records.collection import Records
from geodata.records.model import Claim

KML = "{http://www.opengis.net/kml/2.2}"

Row = dict[str, Any]
Claims = dict[str, list[Claim]]


def claims_in(records: Records) -> Claims:
    """The claims that records hold, those of groups and relations among them."""
    members = (
        *records.incidents, *records.base_areas, *records.groups, *records.relations
    )  # fmt: skip
    return {one.id: list(one.claims) for one in members if one.claims}


def in_file_order(records: Records) -> Records:
    """The same records as GeoJSON and GeoPackage list them: what has a place first."""
    members = {name: getattr(records, name) for name in ("groups", "sources", "relations")}
    return Records.of(records.placed_first, **members)


def kml_root(path: Path) -> etree._Element:
    """The root of a KML, or of that in a KMZ."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return etree.fromstring(archive.read("doc.kml"))
    return etree.parse(path).getroot()


def kml_data(element: etree._Element) -> Row:
    """The values under an element's own ExtendedData."""
    found = element.findall(f"{KML}ExtendedData/{KML}Data")
    return {one.get("name"): one.findtext(f"{KML}value") for one in found}


def kml_records(path: Path) -> list[Row]:
    """The placemarks that are records; rings have no data."""
    placemarks = kml_root(path).iter(f"{KML}Placemark")
    return [row for row in map(kml_data, placemarks) if row]


def kml_claims(path: Path) -> Claims:
    rows = [(row["id"], json.loads(row.get("claims", "[]"))) for row in kml_records(path)]
    document = kml_data(kml_root(path).find(f"{KML}Document"))
    for named in ("groups", "relations"):
        members = json.loads(document.get(named) or "[]")
        rows += [(one["id"], one.get("claims", [])) for one in members]
    return {name: [Claim(**claim) for claim in claims] for name, claims in rows if claims}


def gpkg_rows(path: Path, table: str) -> list[Row]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f'select * from "{table}"')]  # noqa: S608


def gpkg_claims(path: Path) -> Claims:
    rows = gpkg_rows(path, "claims")
    positions = [(row["record_id"], row["position"]) for row in rows]
    assert len(set(positions)) == len(positions)
    for row in rows:
        row["cites"] = json.loads(row["cites"] or "[]")
    return _by_record(rows)


def parquet_rows(path: Path, columns: str = "*") -> list[Row]:
    with closing(duckdb.connect()) as connection:
        relation = connection.sql(f"select {columns} from read_parquet('{path}')")  # noqa: S608
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def parquet_claims(path: Path) -> Claims:
    rows = parquet_rows(path, "id, claims")
    members = parquet_members(path)
    found = {row["id"]: [_claim(one) for one in row["claims"]] for row in rows if row["claims"]}
    named = [*members["groups"], *members["relations"]]
    said = {one["id"]: one.get("claims", []) for one in named}
    return found | {
        name: [Claim(**one) for one in claims] for name, claims in said.items() if claims
    }


def parquet_members(path: Path) -> Row:
    """What stands in the file's metadata under `mapview`."""
    with closing(duckdb.connect()) as connection:
        query = f"select key, value from parquet_kv_metadata('{path}')"  # noqa: S608
        found = dict(connection.sql(query).fetchall())
    return dict(json.loads(found[b"mapview"]))


def fgb_rows(path: Path) -> list[Row]:
    rows: list[Row] = pa.table(read_flatgeobuf(path)).to_pylist()
    return rows


def fgb_claims(path: Path) -> Claims:
    rows = [(row["id"], json.loads(row["claims"] or "[]")) for row in fgb_rows(path)]
    metadata = pyogrio.read_info(path)["layer_metadata"] or {}
    members = json.loads(metadata.get("mapview", "{}"))
    named = [*members.get("groups", []), *members.get("relations", [])]
    rows += [(one["id"], one.get("claims", [])) for one in named]
    return {name: [Claim(**claim) for claim in claims] for name, claims in rows if claims}


def xlsx_rows(path: Path, sheet: str) -> list[Row]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] if rows else []


def xlsx_claims(path: Path) -> Claims:
    names = {
        "About": "about",
        "Qualifier": "qualifier",
        "Stance": "stance",
        "Role": "role",
        "Said by": "by",
        "Caveat": "caveat",
        "Part counted": "part",
        "As of": "as_of",
        "Topic": "topic",
        "Where in it": "locator",
        "Note": "note",
        "Source id": "source",
        "Record id": "record_id",
        "Number": "position",
    }
    rows = []
    for row in xlsx_rows(path, "Claims"):
        value = row["Group id"] or row["Value"]
        whole = isinstance(value, float) and value.is_integer()
        rows.append(
            {
                **{name: row[heading] for heading, name in names.items()},
                "value": str(int(value) if whole else value),
                "number": value if isinstance(value, float) else None,
                "cites": [one for one in row["Sources behind"].split("; ") if one],
            }
        )
    return _by_record(rows)


def _by_record(rows: Iterable[Row]) -> Claims:
    found: Claims = defaultdict(list)
    for row in sorted(rows, key=lambda one: one["position"]):
        found[row["record_id"]].append(_claim(row))
    return dict(found)


def _claim(row: Mapping[str, Any]) -> Claim:
    fields = {name: row[name] for name in Claim.model_fields if row[name] not in (None, "")}
    if row["number"] is not None:
        number = float(fields["value"])
        fields["value"] = number if "." in fields["value"] else int(number)
    return Claim(**fields)


CLAIMS: dict[str, Callable[[Path], Claims]] = {
    "fgb": fgb_claims,
    "gpkg": gpkg_claims,
    "kml": kml_claims,
    "kmz": kml_claims,
    "parquet": parquet_claims,
    "xlsx": xlsx_claims,
}


def _joined(facts: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in facts:
        key = name.casefold().replace(" ", "_")
        found[key] = f"{found[key]}\n{value}" if key in found else value
    return found


def _kml_about(path: Path) -> dict[str, str]:
    text = kml_root(path).findtext(f"{KML}Document/{KML}description")
    lines = [html.unescape(line).partition(": ") for line in text.split("<br>") if line]
    return _joined((name, value) for name, _, value in lines)


def _xlsx_about(path: Path) -> dict[str, str]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("About").to_python()
    until = [row[0] for row in rows].index("How to read the figures")
    return _joined((name, value) for name, value in rows[:until] if name)


def _parquet_about(path: Path) -> dict[str, str]:
    return {
        name: "\n".join(value) if isinstance(value, list) else str(value)
        for name, value in parquet_members(path)["about"].items()
    }


def _fgb_about(path: Path) -> dict[str, str]:
    found = pyogrio.read_info(path)["layer_metadata"] or {}
    return {name.casefold(): value for name, value in found.items() if name != "mapview"}


ABOUT: dict[str, Callable[[Path], dict[str, str]]] = {
    "fgb": _fgb_about,
    "gpkg": lambda path: _joined((row["name"], row["value"]) for row in gpkg_rows(path, "about")),
    "kml": _kml_about,
    "kmz": _kml_about,
    "parquet": _parquet_about,
    "xlsx": _xlsx_about,
}


def _two_tables(read: Callable[[Path, str], list[Row]], *tables: str, key: str) -> Any:
    return lambda path: [row[key] for table in tables for row in read(path, table)]


IDS: dict[str, Callable[[Path], list[str]]] = {
    "fgb": lambda path: [row["id"] for row in fgb_rows(path)],
    "gpkg": lambda path: [
        row["id"]
        for table, _ in pyogrio.list_layers(path)
        if table in ("incidents", "base_areas", "base_area_outlines", "not_placed")
        for row in gpkg_rows(path, table)
    ],
    "kml": lambda path: [row["id"] for row in kml_records(path)],
    "kmz": lambda path: [row["id"] for row in kml_records(path)],
    "parquet": lambda path: [row["id"] for row in parquet_rows(path, "id")],
    "xlsx": _two_tables(xlsx_rows, "Incidents", "Base areas", key="Id"),
}
