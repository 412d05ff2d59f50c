"""Hypothesis strategies for records, filters and texts; for fixed ones see `fixed_records`."""

from __future__ import annotations

from datetime import date
from typing import Any

from fixed_records import HOSTILE, rectangle
from hypothesis import strategies as st

from geodata.queries.filters import DateMatch, Filter
from geodata.records.collection import Records
from geodata.records.dates import parse_date
from geodata.records.model import BaseArea, Claim, Group, Incident, Relation, Source
from geodata.records.vocabulary import (
    AreaKind,
    AreaStatus,
    Attribution,
    ClaimAbout,
    EventType,
    GeoPrecision,
    GroupKind,
    Qualifier,
    RecordKind,
    RelationKind,
    Role,
    Stance,
    Status,
)
from geodata.shapes import Shape

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
titles = texts.filter(bool)
identifiers = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,20}", fullmatch=True)
countries = st.sampled_from(("AF", "IR", "TJ", "UZ", "PK", "RU"))
# Half of all dates lie within three years, so that those of records cross the edges of periods.
days = st.dates(date(2018, 1, 1), date(2020, 12, 31)) | st.dates(
    date(1979, 1, 1), date(2030, 12, 31)
)
# Exports keep seven decimals, so only such coordinates can come back as they were.
lons = st.integers(-1_800_000_000, 1_800_000_000).map(lambda n: n / 10**7)
lats = st.integers(-900_000_000, 900_000_000).map(lambda n: n / 10**7)
shapes = st.builds(
    lambda lon, lat, km: Shape(((lon, lat),), km), lons, lats, st.integers(1, 4_000).map(float)
) | st.sampled_from(
    [
        Shape(((60.0, 28.0), (76.0, 28.0), (70.0, 40.0))),
        Shape(((40.0, 10.0), (75.0, 20.0), (58.0, 30.0), (75.0, 40.0), (40.0, 40.0))),
        Shape(((170.0, -30.0), (190.0, -30.0), (190.0, 60.0), (170.0, 60.0))),
    ]
)
positions = st.tuples(lons, lats)
radii = st.integers(0, 20_038_000).map(lambda n: n / 1000)


def _simple_dates() -> st.SearchStrategy[str]:
    years = (st.integers(2018, 2020) | st.integers(1000, 9999)).map(lambda year: f"{year:04}")
    months = st.tuples(years, st.integers(1, 12)).map(lambda one: f"{one[0]}-{one[1]:02}")
    seasons = st.tuples(years, st.integers(21, 24)).map(lambda one: f"{one[0]}-{one[1]}")
    return st.one_of(days.map(date.isoformat), years, months, seasons)


def _interval(pair: tuple[str, str]) -> str:
    first, last = sorted(pair, key=lambda text: parse_date(text).start)
    return f"{first}/{last}"


simple_dates = _simple_dates()
edtf_texts = st.one_of(
    simple_dates,
    st.tuples(simple_dates, st.sampled_from("~?%")).map("".join),
    st.tuples(simple_dates, simple_dates).map(_interval),
    simple_dates.map(lambda text: f"{text}/.."),
    simple_dates.map(lambda text: f"../{text}"),
    st.just("XXXX"),
)


@st.composite
def claims(
    draw: st.DrawFn,
    sources: st.SearchStrategy[str] = identifiers,
    groups: st.SearchStrategy[str] = texts,
) -> Claim:
    about = draw(st.sampled_from(ClaimAbout))
    stance = draw(st.none() | st.sampled_from(Stance))
    role = None
    if about in (
        ClaimAbout.FATALITIES,
        ClaimAbout.INJURED,
        ClaimAbout.CASUALTIES,
        ClaimAbout.COUNT,
    ):
        value: Any = draw(st.integers(0, 500) | st.just(2.5))
    elif about in (ClaimAbout.ARRESTED, ClaimAbout.DISPLACED):
        value = draw(st.integers(0, 10**9 - 1))
    elif about in (ClaimAbout.ATTRIBUTION, ClaimAbout.INVOLVED):
        value = draw(groups)
        stance = stance or Stance.ASSIGNS
        role = draw(st.none() | st.sampled_from(Role)) if value else None
    elif about is ClaimAbout.DATE:
        value = draw(edtf_texts)
    else:
        value = draw(st.none() | texts | st.integers(-(10**6), 10**6))
    return Claim(
        about=about,
        value=value,
        stance=stance,
        role=role,
        qualifier=draw(st.none() | st.sampled_from(Qualifier)),
        by=draw(texts),
        source=draw(sources),
        locator=draw(texts),
        cites=draw(st.lists(sources, max_size=2)),
        part=draw(st.just("") | st.sampled_from(("soldiers", "civilians"))),
        as_of=draw(st.just("") | edtf_texts),
        topic=draw(st.just("") | st.sampled_from(("Founding", "Strength"))),
        caveat=draw(st.just("") | texts),
        note=draw(texts),
    )


@st.composite
def incidents(
    draw: st.DrawFn,
    ids: st.SearchStrategy[str] = identifiers,
    some_claims: st.SearchStrategy[Claim] | None = None,
) -> Incident:
    kind = draw(st.sampled_from(RecordKind))
    precision = draw(st.sampled_from(GeoPrecision))
    is_placed = kind is RecordKind.EVENT and precision is not GeoPrecision.UNKNOWN
    points = draw(st.lists(positions, max_size=3)) if is_placed else []
    return Incident(
        id=draw(ids),
        title=draw(titles),
        record_kind=kind,
        event_date=draw(edtf_texts),
        event_types=draw(st.lists(st.sampled_from(EventType), min_size=1, max_size=3)),
        status=draw(st.sampled_from(Status)),
        points=points,
        place=draw(texts),
        admin1=draw(texts),
        admin2=draw(texts),
        admin1_code=draw(st.sampled_from(("", "AF.13", "IR.29"))),
        country=draw(countries | st.just("")),
        other_countries=draw(st.lists(countries, max_size=2)),
        geo_precision=precision,
        radius_km=draw(radii) if points else draw(st.none() | radii),
        geo_basis=draw(texts),
        claims=draw(st.lists(claims() if some_claims is None else some_claims, max_size=4)),
        casualties_combined=draw(st.lists(identifiers, max_size=2)),
        target=draw(texts),
        type_of_source=draw(texts),
        means=draw(texts),
        summary=draw(texts),
        related=draw(st.lists(identifiers, max_size=2)),
        upstream=draw(st.dictionaries(texts, texts, max_size=2)),
    )


@st.composite
def outlines(draw: st.DrawFn) -> dict[str, Any]:
    """A Point, or rectangles with and without a hole, wound as RFC 7946 asks."""
    west, south = draw(st.integers(-180, 170)), draw(st.integers(-90, 80))
    size = draw(st.integers(4, 10))
    if draw(st.booleans()):
        return {"type": "Point", "coordinates": [float(west), float(south)]}
    parts = [rectangle(west, south, size, is_hollow=draw(st.booleans()))]
    if draw(st.booleans()) and west > -170:
        parts.append(rectangle(west - 8, south, 4, is_hollow=False))
        return {"type": "MultiPolygon", "coordinates": parts}
    return {"type": "Polygon", "coordinates": parts[0]}


@st.composite
def base_areas(draw: st.DrawFn, ids: st.SearchStrategy[str] = identifiers) -> BaseArea:
    geometry = draw(st.none() | outlines())
    return BaseArea(
        id=draw(ids),
        group=draw(identifiers),
        place=draw(texts),
        admin1=draw(texts),
        country=draw(countries | st.just("")),
        geo_precision=draw(st.sampled_from(GeoPrecision)),
        radius_km=draw(radii) if geometry else None,
        geo_basis=draw(texts),
        claims=draw(st.lists(claims(), max_size=2)),
        level=draw(st.sampled_from(GeoPrecision)),
        kind=draw(st.sampled_from(AreaKind)),
        status=draw(st.sampled_from(AreaStatus)),
        geometry=geometry,
        valid_from=draw(edtf_texts | st.just("")),
        valid_to=draw(edtf_texts | st.just("")),
        last_cited=draw(edtf_texts),
        note=draw(texts),
    )


group_records = st.builds(
    Group,
    id=identifiers,
    name=titles,
    short_name=texts,
    kind=st.sampled_from(GroupKind),
    aliases=st.lists(texts, max_size=3),
    parents=st.lists(identifiers, max_size=2),
    claims=st.lists(claims(), max_size=1),
    note=texts,
)
source_records = st.builds(
    Source,
    id=identifiers,
    title=titles,
    author=texts,
    publisher=texts,
    date=edtf_texts | st.just(""),
    url=texts,
    accessed=edtf_texts | st.just(""),
    licence=texts,
    derived_from=st.lists(identifiers, max_size=2),
    is_document=st.booleans(),
    may_publish=st.booleans(),
    note=texts,
)


relation_records = st.builds(
    Relation,
    id=identifiers,
    subject=st.just("iskp"),
    kind=st.sampled_from(RelationKind),
    object=titles.filter(lambda text: text != "iskp"),
    valid_from=simple_dates | st.just(""),
    valid_to=simple_dates.map(lambda text: f"{text}/..") | st.just(""),
    claims=st.lists(claims(), max_size=1),
    note=texts,
)


@st.composite
def record_sets(draw: st.DrawFn) -> Records:
    """Incidents, base areas, groups, sources and relations, each id used once."""
    ids = draw(st.lists(identifiers, max_size=4, unique=True))
    cut = draw(st.integers(0, len(ids)))
    return Records(
        incidents=tuple(draw(incidents(ids=st.just(one))) for one in ids[:cut]),
        base_areas=tuple(draw(base_areas(ids=st.just(one))) for one in ids[cut:]),
        groups=tuple(draw(st.lists(group_records, max_size=2, unique_by=lambda one: one.id))),
        sources=tuple(draw(st.lists(source_records, max_size=2, unique_by=lambda one: one.id))),
        relations=tuple(draw(st.lists(relation_records, max_size=2, unique_by=lambda one: one.id))),
    )


@st.composite
def filters(
    draw: st.DrawFn,
    groups: st.SearchStrategy[str] = texts,
    words: st.SearchStrategy[str] = texts,
) -> Filter:
    start, end = sorted((draw(days), draw(days)))
    low, high = sorted((draw(st.integers(0, 300)), draw(st.integers(0, 300))))
    return Filter(
        start=draw(st.sampled_from((None, start))),
        end=draw(st.sampled_from((None, end))),
        date_match=draw(st.sampled_from(DateMatch)),
        event_types=tuple(draw(_some(EventType))),
        source_types=tuple(draw(st.just([]) | st.lists(words, max_size=2))),
        groups=tuple(draw(st.just([]) | st.lists(groups, max_size=2))),
        roles=tuple(draw(_some(Role))),
        countries=tuple(draw(st.just([]) | st.lists(countries, max_size=3))),
        statuses=tuple(draw(_some(Status))),
        attributions=tuple(draw(_some(Attribution))),
        ids=tuple(draw(st.just([]) | st.lists(words, max_size=2))),
        least_precision=draw(st.none() | st.sampled_from(GeoPrecision)),
        fatalities_min=draw(st.sampled_from((None, None, low))),
        fatalities_max=draw(st.sampled_from((None, None, high))),
        injured_min=draw(st.sampled_from((None, None, low))),
        text=draw(st.just("") | words),
        bounds=draw(st.none() | bounds()),
        within=draw(st.none() | shapes),
        base_areas=draw(st.booleans()),
    )


def _some(choices: Any) -> st.SearchStrategy[list[Any]]:
    return st.just([]) | st.lists(st.sampled_from(choices), max_size=4)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[float, float, float, float]:
    """West, south, east, north; west above east, across 180°, as often as not."""
    south, north = sorted((draw(lats), draw(lats)))
    return draw(lons), south, draw(lons), north
