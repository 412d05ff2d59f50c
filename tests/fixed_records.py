"""Fixed records and hostile texts to test with; for random ones see `strategies`."""

from __future__ import annotations

from typing import Any

from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient

from geodata.records.collection import Records
from geodata.records.model import BaseArea, Claim, Group, Incident, Relation, Source
from geodata.records.vocabulary import (
    NAMING_GROUPS,
    AreaKind,
    AreaStatus,
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

SCRIPTS = (
    "Данғара",
    "داعش خراسان",
    "ولایت خراسان",
    "د خراسان ولایت",
    "ئۇيغۇر",
    "东突厥斯坦",
    "ইসলামিক",
    "इस्लामी",
    "Ισλαμικό",
    "მაზარი",
    "Խորասան",
    "ኢስላማዊ",
    "อิสลาม",
    "이슬람",
    "イスラム",
    "חוראסאן",
    "Kundūz · Şafā’ · O‘zbek",
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><!--",
    "=cmd()",
    "=cmd|'/C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(1)",
    "＝1＋1",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=1",
    "'\tx",
    "  =1",
    "a\r\nb\rc\nd",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "\ufeffmark",
    "a\u0000b",
    "x" * 10_000,
    "😀👨‍👩‍👧 🏴",
    "; ; |a|b|",
    "'; drop table incidents; --",
    "%_\\%",
    "{{7*7}} ${x}",
    '","',
    *SCRIPTS,
)
# What spreadsheets begin a formula with: what OWASP lists, and its full-width forms.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def incident(identifier: str = "one", **fields: Any) -> Incident:
    """An incident with only what a test needs to say."""
    return Incident(
        **{
            "id": identifier,
            "title": "Bombing",
            "event_date": "2020-05-12",
            "event_types": (EventType.BOMBING,),
            **({"geo_precision": "settlement", "radius_km": 5} if fields.get("points") else {}),
            **fields,
        }
    )


def base_area(identifier: str = "area", **fields: Any) -> BaseArea:
    """A base area with only what a test needs to say."""
    return BaseArea(
        **{
            "id": identifier,
            "group": "iskp",
            "level": "district",
            "kind": "stronghold",
            "status": "reported",
            "geo_precision": "district",
            "geometry": {"type": "Point", "coordinates": [70.7, 34.1]},
            "radius_km": 20,
            "last_cited": "2019",
            **fields,
        }
    )


def claim(about: str, value: Any = None, **fields: Any) -> Claim:
    return Claim(about=about, value=value, **{"source": "book", "locator": "page 1", **fields})


def everything() -> Records:
    """One record of each kind with every field set; every hostile text in every text field."""
    every = " ".join(HOSTILE)
    sources = tuple(
        Source(
            id=name,
            title=every,
            author=every,
            publisher=every,
            date="2018-11",
            url="https://example.org/?a=1&b=<2>",
            accessed="2024-01-03",
            licence=every,
            derived_from=derived_from,
            is_document=True,
            may_publish=name != "book",
            note=every,
        )
        for name, derived_from in (("book", ()), ("copy", ("book",)))
    )
    said = tuple(
        Claim(
            about=about,
            value=_value_for(about, every),
            qualifier=Qualifier.AT_LEAST,
            stance=Stance.CLAIMS,
            role=Role.ACTOR if about in NAMING_GROUPS else None,
            by=every,
            source="copy",
            locator=every,
            cites=("book",),
            part=every if about is ClaimAbout.INJURED else "",
            as_of="2015-10~",
            topic=every,
            caveat=every,
            note=every,
        )
        for about in ClaimAbout
    )
    one = Incident(
        id="everything-2024-01-03",
        title=every,
        event_date="2022-04-17/2022-05-03",
        event_types=tuple(EventType),
        status=Status.DISPUTED,
        points=((69.1723456, 34.5281234), (-179.9999999, -89.9999999)),
        place=every,
        admin1=every,
        admin2=every,
        admin1_code="AF.13",
        country="AF",
        other_countries=("TJ", "UZ"),
        geo_precision=GeoPrecision.DISTRICT,
        radius_km=12.345,
        geo_basis=every,
        claims=said,
        casualties_combined=("bare",),
        shares_toll_beyond=True,
        target=every,
        type_of_source=every,
        means=every,
        summary=every,
        related=("bare",),
        upstream={every: every, "empty": ""},
    )
    campaign = incident("bare", record_kind=RecordKind.AGGREGATE, event_date="XXXX")
    area = BaseArea(
        id="area",
        group="iskp",
        place=every,
        admin1=every,
        admin1_code="AF.13",
        country="AF",
        geo_precision=GeoPrecision.PROVINCE,
        radius_km=80.5,
        geo_basis=every,
        claims=said,
        level=GeoPrecision.PROVINCE,
        kind=AreaKind.STRONGHOLD,
        status=AreaStatus.LOST,
        geometry={"type": "Polygon", "coordinates": rectangle(68, 33, 4, is_hollow=True)},
        valid_from="2015~",
        valid_to="2016-23",
        last_cited="2018-11",
        note=every,
    )
    groups = (
        Group(id="parent", name=f"Parent {every}"),
        Group(
            id="iskp",
            name=every,
            short_name=every,
            kind=GroupKind.PARTY,
            aliases=HOSTILE,
            parents=("parent",),
            claims=said,
            note=every,
        ),
    )
    relation = Relation(
        id="relation",
        subject="iskp",
        kind=RelationKind.LED_BY,
        object=every,
        valid_from="2015-01/2015-03-06",
        valid_to="2016-23",
        claims=said,
        note=every,
    )
    return Records((one, campaign), (area, base_area("plain")), groups, sources, (relation,))


def _value_for(about: ClaimAbout, text: str) -> Any:
    if about in (ClaimAbout.ATTRIBUTION, ClaimAbout.INVOLVED):
        return "iskp"
    if about is ClaimAbout.DATE:
        return "2022-04/.."
    numeric = ("fatalities", "injured", "casualties", "arrested", "displaced", "count")
    return 96 if about in numeric else text


def rectangle(west: float, south: float, size: float, *, is_hollow: bool) -> list[Any]:
    rings = [_ring(west, south, size)]
    if is_hollow:
        rings.append(_ring(west + 1, south + 1, size - 2))
    wound = orient(shape({"type": "Polygon", "coordinates": rings}))
    return [[list(position) for position in ring] for ring in mapping(wound)["coordinates"]]


def _ring(west: float, south: float, size: float) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]
