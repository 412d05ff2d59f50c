"""A dataset of millions of made-up incidents, written column by column."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from synthetic import NOTE, joined, make_groups, make_table

from geodata import Incident, Records, Source
from geodata.formats.kept.blocks import feature_block
from geodata.formats.kept.keeping import SCHEMA as KEPT
from geodata.formats.kept.keeping import FeatureBlock, FeatureWriter, Witness
from geodata.queries.columns import EVENT_TYPES, PRECISIONS, STATUSES
from geodata.records import PARTY_COLUMNS, symbol_of
from geodata.workspace.columnar import ROWS_A_GROUP, write_database, write_ids
from geodata.workspace.folder import DETAILS, FEATURES, INCIDENTS, LAYOUT, MANIFEST, Manifest

__all__ = ["SHARED_VARIABLE", "dataset_folder", "made_up", "write_dataset"]

# A folder in which all benchmarks of a run find the datasets that one of them has made.
SHARED_VARIABLE = "MAPVIEW_BENCHMARK_DATA"


def dataset_folder(count: int, scratch: Path) -> Path:
    """Return where a dataset of so many incidents is, or will be.

    Args:
        count: How many incidents.
        scratch: Where all of them are, unless `SHARED_VARIABLE` names a folder.
    """
    return Path(os.environ.get(SHARED_VARIABLE) or scratch) / f"made-{count}"


def made_up(count: int, scratch: Path) -> Path:
    """Return a dataset of so many incidents, made now unless another benchmark has made it."""
    folder = dataset_folder(count, scratch)
    if not folder.exists():
        write_dataset(folder, count)
    return folder


def write_dataset(folder: Path, count: int, *, seed: int = 2015) -> None:
    """Write a dataset of millions of incidents at once, as an import would have it.

    It is there once it is whole: whoever makes it may be ended.
    """
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    _write(part, count, seed)
    part.rename(folder)


def _write(folder: Path, count: int, seed: int) -> None:
    table = make_table(count, seed=seed)
    pq.write_table(table, folder / INCIDENTS, compression="zstd")
    write_database(folder)
    # In the order of a file, which is not that of the map.
    order = np.random.default_rng(seed).permutation(count)
    context = Records(groups=make_groups(), sources=(Source(id="made-up", title="Made-up"),))
    version, ids = f"rows{count}", []
    features = FeatureWriter(folder / FEATURES, folder)
    with pq.ParquetWriter(
        folder / DETAILS, _DETAIL, compression="zstd", use_dictionary=False
    ) as details:
        for at in range(0, count, _MADE_AT_ONCE):
            rows = table.take(order[at : at + _MADE_AT_ONCE])
            texts = _as_json(rows)
            made = as_features(rows)
            if not at:
                _check(made, texts, context)
            details.write_table(
                pa.table([rows["id"], texts], schema=_DETAIL), row_group_size=ROWS_A_GROUP
            )
            features.add(FeatureBlock(made, Witness.of((), (), (), context)))
            ids.append(rows["id"])
    write_ids(folder, pa.chunked_array([one for some in ids for one in some.chunks]))
    for name in ("groups", "sources"):
        members = [one.model_dump(mode="json") for one in getattr(context, name)]
        (folder / f"{name}.json").write_text(json.dumps(members), encoding="utf-8")
    if not features.close(version, context):
        raise OSError("features must be kept, for which a gigabyte of the disk must be left")
    manifest = Manifest(
        "made-up", version=version, layout=LAYOUT, incidents=count, prefix="made-up:"
    )
    (folder / MANIFEST).write_text(manifest.to_text(), encoding="utf-8")


_DETAIL = pa.schema([("id", pa.string()), ("record", pa.string())])
_MADE_AT_ONCE = 100_000
_CHECKED = 200


def _check(made: pa.Table, texts: Any, context: Records) -> None:
    """See that features are those that an import would have made of the same records."""
    some = [Incident.model_validate_json(one) for one in texts[:_CHECKED].to_pylist()]
    if not feature_block(some, context).rows.equals(made.slice(0, _CHECKED)):
        raise AssertionError("features of the benchmark must be those of its records")


def as_features(rows: pa.Table) -> pa.Table:
    """Return rows as the features and lines of the records that `_as_json` gives."""
    rows = rows.combine_chunks()
    text = {name: rows[name].combine_chunks() for name in ("id", "title", "place", "country")}
    types = rows["main_type"].combine_chunks()

    def code(name: str, words: Sequence[str]) -> Any:
        return pa.array([str(one) for one in words]).take(rows[name].combine_chunks())

    def real(name: str) -> Any:
        plain = rows[name].combine_chunks().cast(pa.string())
        return pc.if_else(pc.match_substring(plain, "."), plain, joined(plain, ".0"))

    def length(name: str) -> Any:
        return rows[name].combine_chunks().cast(pa.string())

    low, high = length("fatalities_low"), length("fatalities_high")
    toll = pc.if_else(pc.equal(low, high), low, joined(low, " to at least ", high))
    main, status = code("main_type", EVENT_TYPES), code("status", STATUSES)
    symbol = pa.array([symbol_of([one]) for one in EVENT_TYPES]).take(types)
    precision, radius = code("place_precision", PRECISIONS), real("radius_km")
    day, lon, lat = rows["event_date"].combine_chunks(), real("lon"), real("lat")
    plain_lon, plain_lat = length("lon"), length("lat")
    place = ('{"type":"Point","coordinates":[', lon, ",", lat, "]}")
    where = '"source":"made-up","locator":"made-up.csv, line 1"'
    claims = (
        '[{"about":"fatalities","value":', low, f',{where}}},{{"about":"fatalities","value":', high,
        ',"qualifier":"at least",', where, "}]",
    )  # fmt: skip
    upstream = (
        '{"notes":"', NOTE * 4, '","lon":"', plain_lon, '","lat":"', plain_lat, '"}',
    )  # fmt: skip
    nobody = "".join(f'"{ids}":[],"{names}":[],' for ids, names in PARTY_COLUMNS.values())
    nothing = "".join(
        f'"{one}_low":null,"{one}_high":null,"{one}_best":null,"{one}_text":"not stated",'
        for one in ("injured", "casualties")
    )
    feature = joined(
        ',\n{"type":"Feature","id":"', text["id"], '","geometry":', *place,
        ',"properties":{"title":"', text["title"], '","record_kind":"event","event_date":"', day,
        '","date_start":"', day, '","date_end":"', day,
        '","time_precision":"day","event_types":["', main, '"],"symbol":"', symbol,
        '","status":"', status, '","fatalities_low":', low, ',"fatalities_high":', high,
        ',"fatalities_best":', low, ',"fatalities_text":"', toll, '",', nothing, nobody,
        '"attribution":"unattributed","attribution_text":"no claim about responsibility",',
        '"place":"', text["place"], '","admin1":"","admin1_code":"","country":"', text["country"],
        '","geo_precision":"', precision, '","radius_km":', radius,
        ',"geo_basis":"drawn at random","upstream":', *upstream,
        ',"type_of_source":"","admin2":"","other_countries":[],"casualties_combined":[],',
        '"shares_toll_beyond":false,"target":"","means":"","summary":"', NOTE,
        '","related":[],"claims":', *claims,
        ',"sources":[{"id":"made-up","title":"Made-up"}],"cited_sources":[]}}',
    )  # fmt: skip
    told = "[“Made-up”, made-up.csv, line 1]"
    quoted = [pc.replace_substring(joined(*one), '"', '""') for one in (place, claims, upstream)]
    line = joined(
        text["id"], ",event,", text["title"], ",", day, ",", day, ",", day, ",day,", main, ",,",
        symbol, ",", status, ",unattributed,no claim about responsibility,",
        "," * 2 * len(PARTY_COLUMNS), low, ",", high, ",", low, ",", toll,
        ",,,,not stated,,,,not stated,,,", text["place"], ",,,,", text["country"], ",,",
        lon, ",", lat, ",", precision, ",", radius, ",drawn at random,,,", f'"{NOTE}"',
        "," * 10, '"fatalities: ', low, f" {told}; fatalities: at least ", high, f' {told}",',
        "Made-up,", '"', quoted[0], '","', quoted[1], '","', quoted[2], '"\r\n',
    )  # fmt: skip
    count = rows.num_rows
    ends = pa.array(np.arange(count + 1), pa.int32())
    values = [sorted({*both}) for both in zip(low.to_pylist(), high.to_pylist(), strict=True)]
    return pa.table(
        [
            text["id"], rows["is_mappable"].combine_chunks(),
            *(pa.ListArray.from_arrays(ends, rows[one].combine_chunks()) for one in ("lon", "lat")),
            pa.array(values, pa.list_(pa.string())),
            pa.ListArray.from_arrays(ends, pa.array(["made-up"] * count)),
            feature.cast(pa.large_string()), line.cast(pa.large_string()),
        ],
        schema=KEPT,
    )  # fmt: skip


def _as_json(rows: pa.Table) -> Any:
    """Return rows as the JSON of records that give the same columns, near enough."""

    def code(name: str, words: Sequence[str]) -> Any:
        return pa.array([str(one) for one in words]).take(rows[name].combine_chunks())

    def number(name: str) -> Any:
        return rows[name].combine_chunks().cast(pa.string())

    where = '"source":"made-up","locator":"made-up.csv, line 1"'
    return joined(
        '{"id":"', rows["id"], '","place":"', rows["place"], '","country":"', rows["country"],
        '","geo_precision":"', code("place_precision", PRECISIONS), '","radius_km":',
        number("radius_km"), ',"geo_basis":"drawn at random","claims":[{"about":"fatalities",',
        '"value":', number("fatalities_low"), f',{where}}},{{"about":"fatalities","value":',
        number("fatalities_high"), ',"qualifier":"at least",', where, '}],"upstream":{"notes":"',
        NOTE * 4, '","lon":"', number("lon"), '","lat":"', number("lat"), '"},"title":"',
        rows["title"], '","event_date":"', rows["event_date"], '","event_types":["',
        code("main_type", EVENT_TYPES), '"],"status":"', code("status", STATUSES),
        '","points":[[', number("lon"), ",", number("lat"), ']],"summary":"', NOTE, '"}',
    )  # fmt: skip
