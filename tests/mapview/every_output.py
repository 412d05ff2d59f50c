"""Reads what every output says of each incident, as labelled texts, by its id or title."""

from __future__ import annotations

import csv
import html
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import docx
from page_reading import packed
from read_back import KML, fgb_rows, gpkg_rows, kml_data, kml_root, parquet_rows, xlsx_rows
from slide_reading import opened, tables_of

from mapview.briefing.content import Briefing
from mapview.briefing.document import write_document
from mapview.briefing.office import MapPicture
from mapview.briefing.page import write_page
from mapview.briefing.slides import write_slides
from mapview.exports import EXPORTS

# What is said of an incident: pairs of where it stands (column, heading) and the text.
Said = dict[str, list[tuple[str, str]]]

# The least picture: the words beside it are what is read here.
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da63fcff"
    "1f0002eb01f5c5d3d8b90000000049454e44ae426082"
)


def _no_map(width: float, height: float, *, dpi: float) -> MapPicture:
    del width, height, dpi
    return MapPicture(_DOT, ())


def _plain(value: Any) -> Iterable[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _plain(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _plain(one)


def _rows(rows: Iterable[Mapping[str, Any]], key: str = "id") -> Said:
    return {
        str(row[key]): [
            (name, text) for name, value in row.items() for text in _plain(value) if name != key
        ]
        for row in rows
    }


def _with_claims(said: Said, claims: Iterable[Mapping[str, Any]], key: str) -> Said:
    """Add the claims, which have a table of their own."""
    for row in claims:
        if row[key] in said:
            said[row[key]] += [
                (f"claim: {name}", text) for name, text in _rows([row], key)[row[key]]
            ]
    return said


def _geojson(path: Path) -> Said:
    features = json.loads(path.read_text("utf-8"))["features"]
    return _rows({**one["properties"], "id": one["id"]} for one in features)


def _csv(path: Path) -> Said:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return _rows(list(csv.DictReader(stream)))


def _kml(path: Path) -> Said:
    said: Said = {}
    for placemark in kml_root(path).iter(f"{KML}Placemark"):
        data = kml_data(placemark)
        if data:
            balloon = html.unescape(placemark.findtext(f"{KML}description") or "").split("<br>")
            lines = [line.partition(": ") for line in balloon]
            said[data["id"]] = [
                *((name, text) for name, text in data.items() if text and name != "id"),
                *((f"balloon: {name if text else ''}", text or name) for name, _, text in lines),
            ]
    return said


_DATA: Mapping[str, Callable[[Path], Said]] = {
    "geojson": _geojson,
    "csv": _csv,
    "kml": _kml,
    "kmz": _kml,
    "fgb": lambda path: _rows(fgb_rows(path)),
    "gpkg": lambda path: _with_claims(
        _rows([*gpkg_rows(path, "incidents"), *gpkg_rows(path, "not_placed")]),
        gpkg_rows(path, "claims"),
        "record_id",
    ),
    "parquet": lambda path: _rows(parquet_rows(path)),
    "xlsx": lambda path: _with_claims(
        _rows(xlsx_rows(path, "Incidents"), "Id"), xlsx_rows(path, "Claims"), "Record id"
    ),
}


def _page(briefing: Briefing) -> Said:
    page = write_page(briefing)
    data = packed(page, "packed-records")["incidents"]
    details = packed(page, "packed-details-0")
    said: Said = defaultdict(list)
    for at, identifier in enumerate(data["id"]):
        said[identifier] = [(name, str(values[at])) for name, values in data.items()]
        said[identifier] += _of_detail(details[at])
    return said


def _of_detail(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(name, text) for name, text in detail.get("facts", ())]
    for group in detail.get("claims", ()):
        for claim in group["claims"]:
            text = " ".join(str(claim.get(name, "")) for name in ("by", "stance", "value", "note"))
            found.append((f"claim: {group['heading']}", text))
    others = ("title", "when", "badges", "tolls", "combined", "summary", "related")
    return found + [(name, text) for name in others for text in _plain(detail.get(name))]


def _app(briefing: Briefing) -> Said:
    said: Said = {}
    for line in briefing.incidents:
        detail = asdict(briefing.detail(line.id))
        for group in detail["claim_groups"]:
            for claim in group["claims"]:
                claim["cites"] = claim["source"] = ""
        plain = {**detail, "claims": detail.pop("claim_groups"), "when": detail["place"]}
        said[line.id] = _of_detail(plain)
    return said


def _document(briefing: Briefing) -> Said:
    document = docx.Document(_stream(write_document(briefing, _no_map)))
    rows = [
        [cell.text for cell in row.cells]
        for table in document.tables
        if [cell.text for cell in table.rows[0].cells][:3] == ["Date", "Place", "What"]
        for row in table.rows
    ]
    return _by_title(rows, briefing)


def _slides(briefing: Briefing) -> Said:
    deck = opened(write_slides(briefing, _no_map))
    rows = [
        [cell.text for cell in row.cells]
        for table in tables_of(deck)
        for row in table.rows
        if len(row.cells) == len(_COLUMNS)
    ]
    return _by_title([list(_COLUMNS), *rows], briefing)


_COLUMNS = ("Date", "Place", "What", "Killed", "Injured", "Responsibility", "Sources")


def _by_title(rows: list[list[str]], briefing: Briefing) -> Said:
    ids = {(line.when, line.title): line.id for line in briefing.incidents}
    found = {}
    for row in rows:
        identifier = ids.get((row[0], row[2].splitlines()[0]))
        if identifier:
            found[identifier] = list(zip(_COLUMNS, row, strict=True))
    return found


def _stream(content: bytes) -> Any:
    import io

    return io.BytesIO(content)


_BRIEFINGS: Mapping[str, Callable[[Briefing], Said]] = {
    "app": _app,
    "docx": _document,
    "html": _page,
    "pptx": _slides,
}

OUTPUTS = (*_DATA, *_BRIEFINGS)
# Outputs that say a row of each incident and no more.
TABLES = ("docx", "pptx")


def said_of_incidents(output: str, briefing: Briefing, folder: Path) -> Said:
    """Everything that an output says of each incident, by its id.

    Args:
        output: One of `OUTPUTS`.
        briefing: What it is made of.
        folder: Where a file may be written.
    """
    if output in _BRIEFINGS:
        return _BRIEFINGS[output](briefing)
    path = folder / f"records.{output}"
    path.write_bytes(b"".join(EXPORTS[output].pieces(briefing.records, briefing.about)))
    return _DATA[output](path)
