"""Made-up incidents for measuring: the same seed gives the same records.

Nothing here describes anything that happened. Three in ten incidents share the coordinates of a
town's centre, as in real data, because that is what makes clusters and stacks hard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata import Claim, Group, Incident, Records, Source
from geodata.formats.geojson import write_geojson
from geodata.geodesy import WORLD_BITS
from geodata.queries.belonging import Belongings
from geodata.queries.columns import (
    ATTRIBUTIONS,
    EVENT_TYPES,
    PRECISIONS,
    SCHEMA,
    STATUSES,
    to_list_text,
)
from geodata.queries.table import morton_order
from geodata.records import Mark
from geodata.records.names import normalise
from geodata.records.vocabulary import ClaimAbout, GeoPrecision, Qualifier, Stance

__all__ = [
    "FIRST_DAY",
    "NOTE",
    "YEARS",
    "joined",
    "make_groups",
    "make_records",
    "make_table",
    "write_records",
]

FIRST_DAY = date(2015, 1, 1)
YEARS = 10
_DAYS = 3_653

# Name, country, lon, lat: where records without a better place are put.
_TOWNS = (
    ("Kabul", "AF", 69.1723, 34.5289),
    ("Jalalabad", "AF", 70.4515, 34.4265),
    ("Kandahar", "AF", 65.7101, 31.6133),
    ("Kunduz", "AF", 68.8573, 36.7289),
    ("Herat", "AF", 62.1997, 34.3482),
    ("Mazar-e Sharif", "AF", 67.1109, 36.7090),
    ("Peshawar", "PK", 71.5785, 34.0080),
    ("Quetta", "PK", 66.9983, 30.1841),
    ("Miran Shah", "PK", 70.0727, 33.0007),
    ("Karachi", "PK", 67.0104, 24.8608),
    ("Kerman", "IR", 57.0679, 30.2839),
    ("Shiraz", "IR", 52.5388, 29.6036),
    ("Zahedan", "IR", 60.8629, 29.4963),
    ("Dushanbe", "TJ", 68.7791, 38.5358),
    ("Khorugh", "TJ", 71.5561, 37.4897),
    ("Termez", "UZ", 67.2783, 37.2242),
    ("Tashkent", "UZ", 69.2163, 41.2647),
    ("Samarkand", "UZ", 66.9597, 39.6542),
)
_TOWN_WEIGHTS = np.array([12, 9, 7, 5, 5, 4, 8, 6, 5, 5, 3, 2, 3, 2, 2, 1, 1, 1], dtype=float)
_SHARED = 0.30

# Type by type as in `EVENT_TYPES`: bombings and assaults are common, prison breaks are rare.
_TYPE_WEIGHTS = np.array(
    [22, 8, 20, 2, 1, 1, 5, 6, 1, 8, 2, 6, 5, 4, 6, 2, 2, 0.5, 0.5, 1, 1], dtype=float
)
_STATUS_WEIGHTS = np.array([90, 7, 3], dtype=float)
_ATTRIBUTION_WEIGHTS = np.array([30, 40, 8, 22], dtype=float)
# From site to country: what sources say of a place is seldom exact.
_PRECISION_WEIGHTS = np.array([15, 40, 10, 20, 8, 2, 5], dtype=float)
_RADIUS_KM = (0.5, 3.0, 10.0, 30.0, 120.0, 250.0, 600.0)
_KM_A_DEGREE = 111.195
_GROUPS = 40
_PARENTS = 5
_WORDS = ("market", "convoy", "school", "checkpoint", "bazaar", "office", "mosque", "bridge")
NOTE = "A made-up note as long as the summaries that people write, about what was hit and how. "


class _Draws:
    """One column for each property, drawn for all records at once."""

    def __init__(self, count: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.town = rng.choice(len(_TOWNS), count, p=_TOWN_WEIGHTS / _TOWN_WEIGHTS.sum())
        self.shared = rng.random(count) < _SHARED
        lon, lat = (np.array([town[axis] for town in _TOWNS])[self.town] for axis in (2, 3))
        self.lon = np.where(self.shared, lon, lon + rng.normal(0, 1.2, count)).round(5)
        self.lat = np.where(self.shared, lat, lat + rng.normal(0, 0.9, count)).round(5)
        self.precision = _choose(rng, _PRECISION_WEIGHTS, count)
        self.main_type = _choose(rng, _TYPE_WEIGHTS, count)
        self.second_type = np.where(
            rng.random(count) < 0.15, _choose(rng, _TYPE_WEIGHTS, count), self.main_type
        )
        self.status = _choose(rng, _STATUS_WEIGHTS, count)
        self.attribution = _choose(rng, _ATTRIBUTION_WEIGHTS, count)
        self.group = np.minimum(rng.geometric(0.12, count) - 1, _GROUPS - 1)
        self.day = rng.integers(0, _DAYS, count)
        self.has_day = rng.random(count) < 0.85
        self.killed = np.minimum(rng.geometric(0.25, count) - 1, 150)
        self.killed_more = self.killed + rng.integers(0, 4, count)
        self.word = rng.integers(0, len(_WORDS), count)


def _choose(rng: np.random.Generator, weights: Any, count: int) -> Any:
    return rng.choice(len(weights), count, p=weights / weights.sum())


def group_id(number: int) -> str:
    """Return the id of a made-up group."""
    return f"group-{number:02d}"


def make_groups() -> tuple[Group, ...]:
    """Return the made-up groups; all but the first few belong to one of those."""
    return tuple(
        Group(
            id=group_id(number),
            name=f"Made-up Group {number}",
            short_name=f"MG{number}",
            parents=() if number < _PARENTS else (group_id(number % _PARENTS),),
        )
        for number in range(_GROUPS)
    )


def make_records(count: int, *, seed: int = 2015) -> Records:
    """Return valid records with claims and sources, for thousands of incidents.

    Args:
        count: How many incidents.
        seed: The same seed gives the same records.
    """
    draws = _Draws(count, seed)
    sources = tuple(
        Source(id=f"source-{n}", title=f"Made-up report {n}", is_document=True) for n in range(20)
    )
    incidents = tuple(_incident(draws, row) for row in range(count))
    return Records(incidents=incidents, groups=make_groups(), sources=sources)


def write_records(path: Path, count: int, *, seed: int = 2015) -> Records:
    """Write made-up records as GeoJSON and return them."""
    records = make_records(count, seed=seed)
    write_geojson(path, records)
    return records


def _incident(draws: _Draws, row: int) -> Incident:
    name, country, _, _ = _TOWNS[draws.town[row]]
    precision = PRECISIONS[draws.precision[row]]
    types = dict.fromkeys((draws.main_type[row], draws.second_type[row]))
    day = (FIRST_DAY + timedelta(days=int(draws.day[row]))).isoformat()
    return Incident(
        id=f"made-up-{row}",
        title=f"Made-up attack on a {_WORDS[draws.word[row]]} near {name} ({row})",
        event_date=day if draws.has_day[row] else day[:7],
        event_types=tuple(EVENT_TYPES[code] for code in types),
        status=STATUSES[draws.status[row]],
        points=((float(draws.lon[row]), float(draws.lat[row])),),
        place=name,
        country=country,
        geo_precision=precision,
        geo_basis="drawn at random",
        radius_km=_RADIUS_KM[draws.precision[row]],
        summary=NOTE,
        claims=tuple(_claims(draws, row)),
    )


def _claims(draws: _Draws, row: int) -> Sequence[Claim]:
    source, other = f"source-{row % 20}", f"source-{(row + 7) % 20}"
    low, high = int(draws.killed[row]), int(draws.killed_more[row])
    claims = [
        Claim(about=ClaimAbout.FATALITIES, value=low, source=source, locator="paragraph 2"),
        Claim(
            about=ClaimAbout.FATALITIES,
            value=high,
            qualifier=Qualifier.AT_LEAST,
            source=other,
            locator="page 4",
        ),
    ]
    group = group_id(int(draws.group[row]))
    stances = (
        (Stance.CLAIMS,),
        (Stance.ASSIGNS,),
        (Stance.ASSIGNS, Stance.DENIES),
        (),
    )[draws.attribution[row]]
    claims += [
        Claim(
            about=ClaimAbout.ATTRIBUTION,
            value=group,
            stance=stance,
            by=f"Made-up party {party}",
            source=source,
            locator="paragraph 3",
        )
        for party, stance in enumerate(stances)
    ]
    return claims


def make_table(count: int, *, seed: int = 2015) -> pa.Table:
    """Return rows in `geodata.queries.columns.SCHEMA` at once, for millions of incidents.

    Args:
        count: How many incidents, each with one place.
        seed: The same seed gives the same rows.
    """
    draws = _Draws(count, seed)
    table = pa.table({**_numbers(draws, count), **_texts(draws, count)}).select(SCHEMA.names)
    table = table.cast(SCHEMA)
    return table.take(morton_order(table["x"], table["y"]))


def _numbers(draws: _Draws, count: int) -> dict[str, Any]:
    first = np.datetime64(FIRST_DAY) + draws.day.astype("timedelta64[D]")
    month = first.astype("datetime64[M]")
    start = np.where(draws.has_day, first, month.astype("datetime64[D]"))
    last_of_month = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    x, y = _project(draws.lon, draws.lat)
    radius = np.array(_RADIUS_KM)[draws.precision]
    up = radius / _KM_A_DEGREE
    bits = (1 << draws.main_type.astype(np.int64)) | (1 << draws.second_type.astype(np.int64))
    return {
        "is_first": np.ones(count, dtype=bool),
        "is_mappable": draws.precision < GeoPrecision.COUNTRY.rank,
        "is_event": np.ones(count, dtype=bool),
        "date_start": pa.array(start.astype("datetime64[D]")),
        "date_end": pa.array(np.where(draws.has_day, first, last_of_month)),
        "has_start": pa.array(np.ones(count, dtype=bool)),
        "has_end": pa.array(np.ones(count, dtype=bool)),
        "main_type": draws.main_type,
        "type_bits": bits,
        "status": draws.status,
        "attribution": draws.attribution,
        "place_precision": draws.precision,
        "radius_km": radius,
        "fatalities_low": draws.killed,
        "fatalities_high": draws.killed_more,
        "injured_low": draws.killed_more * 2,
        "injured_high": draws.killed_more * 2,
        "casualties_low": pa.nulls(count, pa.int64()),
        "casualties_high": pa.nulls(count, pa.int64()),
        # The higher figure is "at least" so many.
        "fatalities_marks": np.where(draws.killed_more > draws.killed, int(Mark.OPEN), 0),
        "injured_marks": np.zeros(count, dtype=np.int32),
        "casualties_marks": np.zeros(count, dtype=np.int32),
        "toll_alone": np.ones(count, dtype=bool),
        "shares_toll": np.zeros(count, dtype=bool),
        "south": draws.lat - up,
        "north": draws.lat + up,
        "reach": up / np.cos(np.radians(draws.lat)),
        "lon": draws.lon,
        "lat": draws.lat,
        "x": x,
        "y": y,
    }


def _project(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Do what `geodata.geodesy.project` does, for whole columns."""
    side = 1 << WORLD_BITS
    phi = np.radians(lat)
    north = (1 - np.log(np.tan(phi) + 1 / np.cos(phi)) / np.pi) / 2
    return ((lon + 180) / 360 * side).astype(np.int64), (north * side).astype(np.int64)


def _texts(draws: _Draws, count: int) -> dict[str, Any]:
    number = pa.array(np.arange(count)).cast(pa.string())
    town = pa.array([name for name, *_ in _TOWNS]).take(pa.array(draws.town))
    country = pa.array([code for _, code, *_ in _TOWNS]).take(pa.array(draws.town))
    word = pa.array(_WORDS).take(pa.array(draws.word))
    no_group = draws.attribution == len(ATTRIBUTIONS) - 1
    belongings = Belongings(Records(groups=make_groups()))
    actors = [[f"actor:{group_id(n)}"] for n in range(_GROUPS)]
    above = [[f"actor:{one}" for one in belongings.of(group_id(n))] for n in range(_GROUPS)]
    parties, throughout = (
        pc.if_else(pa.array(no_group), "", pa.array(texts).take(pa.array(draws.group)))
        for texts in (list(map(to_list_text, keys)) for keys in (actors, above))
    )
    identifier = joined("made-up:", number)
    title = joined("Made-up attack on a ", word, " near ", town, " (", number, ")")
    day = pa.array(np.datetime64(FIRST_DAY) + draws.day.astype("timedelta64[D]")).cast(pa.string())
    killed = pa.array(draws.killed).cast(pa.string())
    words = ("made up ", number, " attack on a ", word, " near ", town, " ", normalise(NOTE))
    return {
        "id": identifier,
        "title": title,
        "event_date": day,
        "place": town,
        "province": pa.nulls(count, pa.string()),
        "country": country,
        "countries": joined("|", country, "|"),
        "parties": parties,
        "found_throughout": throughout,
        "found_at_times": pa.array([""] * count),
        "fatalities_text": killed,
        "injured_text": pa.array(draws.killed_more * 2).cast(pa.string()),
        "casualties_text": pa.array([""] * count),
        "source_types": pa.array([""] * count),
        "search": pc.utf8_lower(joined(*words)),
    }


def joined(*parts: Any) -> Any:
    """Return columns and texts row by row behind one another."""
    return pc.binary_join_element_wise(*parts, "")
