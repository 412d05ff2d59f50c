"""Hypothesis strategies for records, filters and texts; for fixed ones see `fixed_records`."""

from __future__ import annotations

from datetime import date
from functools import cache
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


# What is drawn again and again is put together once: that takes longer than to draw from it.
_abouts = st.sampled_from(ClaimAbout)
_stances = st.none() | st.sampled_from(Stance)
_roles = st.none() | st.sampled_from(Role)
_qualifiers = st.none() | st.sampled_from(Qualifier)
_figures = st.integers(0, 500) | st.just(2.5)
_large_figures = st.integers(0, 10**9 - 1)
_other_values = st.none() | texts | st.integers(-(10**6), 10**6)
_parts = st.just("") | st.sampled_from(("soldiers", "civilians"))
_topics = st.just("") | st.sampled_from(("Founding", "Strength"))
_some_texts = st.just("") | texts
_some_dates = st.just("") | edtf_texts
_dates_or_none = edtf_texts | st.just("")
_some_countries = countries | st.just("")
_some_radii = st.none() | radii
_two_ids = st.lists(identifiers, max_size=2)
_two_countries = st.lists(countries, max_size=2)
_three_positions = st.lists(positions, max_size=3)
_event_types = st.lists(st.sampled_from(EventType), min_size=1, max_size=3)
_provinces = st.sampled_from(("", "AF.13", "IR.29"))
_upstream = st.dictionaries(texts, texts, max_size=2)
_kinds = st.sampled_from(RecordKind)
_precisions = st.sampled_from(GeoPrecision)
_statuses = st.sampled_from(Status)


@st.composite
def claims(
    draw: st.DrawFn,
    sources: st.SearchStrategy[str] = identifiers,
    groups: st.SearchStrategy[str] = texts,
) -> Claim:
    about = draw(_abouts)
    stance = draw(_stances)
    role = None
    if about in (
        ClaimAbout.FATALITIES,
        ClaimAbout.INJURED,
        ClaimAbout.CASUALTIES,
        ClaimAbout.COUNT,
    ):
        value: Any = draw(_figures)
    elif about in (ClaimAbout.ARRESTED, ClaimAbout.DISPLACED):
        value = draw(_large_figures)
    elif about in (ClaimAbout.ATTRIBUTION, ClaimAbout.INVOLVED):
        value = draw(groups)
        stance = stance or Stance.ASSIGNS
        role = draw(_roles) if value else None
    elif about is ClaimAbout.DATE:
        value = draw(edtf_texts)
    else:
        value = draw(_other_values)
    return Claim(
        about=about,
        value=value,
        stance=stance,
        role=role,
        qualifier=draw(_qualifiers),
        by=draw(texts),
        source=draw(sources),
        locator=draw(texts),
        cites=draw(_two_ids if sources is identifiers else st.lists(sources, max_size=2)),
        part=draw(_parts),
        as_of=draw(_some_dates),
        topic=draw(_topics),
        caveat=draw(_some_texts),
        note=draw(texts),
    )


_four_claims = st.lists(claims(), max_size=4)
_two_claims = st.lists(claims(), max_size=2)


@st.composite
def incidents(
    draw: st.DrawFn,
    ids: st.SearchStrategy[str] = identifiers,
    some_claims: st.SearchStrategy[Claim] | None = None,
) -> Incident:
    kind = draw(_kinds)
    precision = draw(_precisions)
    is_placed = kind is RecordKind.EVENT and precision is not GeoPrecision.UNKNOWN
    points = draw(_three_positions) if is_placed else []
    return Incident(
        id=draw(ids),
        title=draw(titles),
        record_kind=kind,
        event_date=draw(edtf_texts),
        event_types=draw(_event_types),
        status=draw(_statuses),
        points=points,
        place=draw(texts),
        admin1=draw(texts),
        admin2=draw(texts),
        admin1_code=draw(_provinces),
        country=draw(_some_countries),
        other_countries=draw(_two_countries),
        geo_precision=precision,
        radius_km=draw(radii) if points else draw(_some_radii),
        geo_basis=draw(texts),
        claims=draw(_four_claims if some_claims is None else st.lists(some_claims, max_size=4)),
        casualties_combined=draw(_two_ids),
        shares_toll_beyond=precision.rank % 2 == 1,
        target=draw(texts),
        type_of_source=draw(texts),
        means=draw(texts),
        summary=draw(texts),
        related=draw(_two_ids),
        upstream=draw(_upstream),
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


_outlines = st.none() | outlines()
_area_kinds = st.sampled_from(AreaKind)
_area_statuses = st.sampled_from(AreaStatus)


@st.composite
def base_areas(draw: st.DrawFn, ids: st.SearchStrategy[str] = identifiers) -> BaseArea:
    geometry = draw(_outlines)
    return BaseArea(
        id=draw(ids),
        group=draw(identifiers),
        place=draw(texts),
        admin1=draw(texts),
        country=draw(_some_countries),
        geo_precision=draw(_precisions),
        radius_km=draw(radii) if geometry else None,
        geo_basis=draw(texts),
        claims=draw(_two_claims),
        level=draw(_precisions),
        kind=draw(_area_kinds),
        status=draw(_area_statuses),
        geometry=geometry,
        valid_from=draw(_dates_or_none),
        valid_to=draw(_dates_or_none),
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


_four_ids = st.lists(identifiers, max_size=4, unique=True)
_two_groups = st.lists(group_records, max_size=2, unique_by=lambda one: one.id)
_two_sources = st.lists(source_records, max_size=2, unique_by=lambda one: one.id)
_two_relations = st.lists(relation_records, max_size=2, unique_by=lambda one: one.id)


@st.composite
def record_sets(draw: st.DrawFn) -> Records:
    """Incidents, base areas, groups, sources and relations, each id used once."""
    ids = draw(_four_ids)
    cut = draw(st.integers(0, len(ids)))
    return Records(
        incidents=tuple(draw(incidents(ids=st.just(one))) for one in ids[:cut]),
        base_areas=tuple(draw(base_areas(ids=st.just(one))) for one in ids[cut:]),
        groups=tuple(draw(_two_groups)),
        sources=tuple(draw(_two_sources)),
        relations=tuple(draw(_two_relations)),
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


@cache
def _some(choices: Any) -> st.SearchStrategy[list[Any]]:
    return st.just([]) | st.lists(st.sampled_from(choices), max_size=4)


@st.composite
def bounds(draw: st.DrawFn) -> tuple[float, float, float, float]:
    """West, south, east, north; west above east, across 180°, as often as not."""
    south, north = sorted((draw(lats), draw(lats)))
    return draw(lons), south, draw(lons), north
