"""Records made for the tests of the map and the page: many harmless ones, and hostile ones."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from geodata import BaseArea, Claim, Group, Incident, Records, Source
from geodata.formats.geojson import write_geojson
from geodata.records.vocabulary import EventType

WORLD = f"0,0,{2**31 - 1},{2**31 - 1}"

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)> ' onmouseover=alert(1) x='",
    "closing": "</script></style></article></textarea>--><!--",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;",
    "formula": "=cmd()|' /C calc'!A0",
    "right to left": "\u202egnp.exe\u202c \u200f\u2067אבג\u2069",
    "long": "A" * 10_000,
    "markdown": "[x](javascript:alert(1)) ![y](https://example.org/z.png) **b** # h",
    "letters with meaning": ":material/home: $x^2$ :red[x] ~~s~~ `c` :smile: \\n",
    "template": "{{ 7 * 7 }} {% raw %} {{'alert'}} ${7*7}",
    "lines": "one\ntwo\r\nthree\tfour\u2028five",
    "sql": "'; drop table incidents; --",
}
# As many of them as a title takes, and all of them.
HOSTILE_TITLE = " ".join(HOSTILE[key] for key in ("attribute", "closing", "template", "formula"))
HOSTILE_NOTE = "\n".join(text[:2_000] for text in HOSTILE.values())


def hostile_records(text: str, mark: str = "") -> Records:
    """Return two incidents and a base area with a text in every field that takes any text.

    Args:
        text: The text.
        mark: Put behind every id, so that records of several texts can stand together.
    """
    g, s, t = (f"{one}{mark}" for one in "gst")
    claims = (
        Claim(about="occurrence", stance="doubts", by=text, source=s, locator=text, note=text),
        Claim(about="fatalities", value=3, by=text, source=s, locator=text, cites=(t,)),
        Claim(about="fatalities", value=9, part=text, source=t, locator=text),
        Claim(about="attribution", value=g, stance="claims", by=text, source=s, locator=text),
        Claim(about="involved", value=text, source=f"unlisted{mark}", locator=text),
        Claim(about="target", value=text, source=s, locator=text),
        Claim(about="other", value=text, qualifier="about", source=s, locator=text, note=text),
    )
    incident = Incident(
        id=f"hostile{mark}",
        title=text,
        event_date="2020-05",
        event_types=("bombing", "arson"),
        status="disputed",
        points=((69.0, 34.0),),
        place=text,
        admin1=text,
        admin2=text,
        country="AF",
        geo_precision="district",
        radius_km=10,
        geo_basis=text,
        target=text,
        means=text,
        summary=text,
        claims=claims,
        related=(f"hostile-too{mark}",),
        casualties_combined=(f"hostile-too{mark}",),
        shares_toll_beyond=True,
        upstream={"row": text},
    )
    area = BaseArea(
        id=f"hostile-area{mark}",
        group=g,
        level="district",
        kind="stronghold",
        status="reported",
        geometry={"type": "Point", "coordinates": [69.0, 34.0]},
        place=text,
        admin1=text,
        country="AF",
        geo_precision="district",
        radius_km=10,
        geo_basis=text,
        last_cited="2021",
        note=text,
        claims=claims,
    )
    group = Group(id=g, name=text, short_name=text, aliases=(text, "بمب"), note=text)
    unsafe = Source(id=s, title=text, author=text, publisher=text, url="javascript:alert(1)")
    address = 'https://example.org/"><script>alert(1)</script>'
    linked = Source(id=t, title=text, url=address, licence=text, note=text)
    other = incident.model_copy(
        update={"id": f"hostile-too{mark}", "points": (), "related": (f"hostile{mark}",)},
    )
    return Records((incident, other), (area,), (group,), (unsafe, linked))


@cache
def all_hostile_records() -> Records:
    """Return the records of every hostile text, all at one place; the ids end in its number."""
    texts = enumerate(HOSTILE.values())
    return Records.merge([hostile_records(text, f"-{number}") for number, text in texts])


@cache
def many_records(count: int) -> Records:
    """Return incidents on a grid of 0.2° over 60–70° E, from 30° N on, with types in turn."""
    types = tuple(EventType)
    return Records(
        tuple(
            Incident(
                id=f"made-{index:05}",
                title=f"Made {index}",
                event_date=f"{2000 + index % 20}-01-01",
                event_types=(types[index % len(types)],),
                points=((60 + index % 50 * 0.2, 30 + index // 50 * 0.2),),
                country="AF",
                geo_precision="settlement",
                radius_km=2,
            )
            for index in range(count)
        )
    )


def typed_records(count: int) -> Records:
    """Return the same, of types that are ours, or have words of their source, or both."""
    kinds = (("other", "Theft"), ("bombing", "Theft"), ("other", "Fraud|x"), ("raid", ""))
    kinds = (*kinds, ("other", ""), ("other", "Theft"), ("other", "Fraud|x"), ("other", "Theft"))
    incidents = many_records(count).incidents
    # One of many is of a type that is too rare to stand for itself.
    words = ["Rare" if at % 300 == 4 else kinds[at % 8][1] for at in range(count)]
    return Records(
        tuple(
            one.model_copy(
                update={"event_types": (EventType(kinds[at % 8][0]),), "type_of_source": word}
            )
            for at, (one, word) in enumerate(zip(incidents, words, strict=True))
        )
    )


def write_records(path: Path, records: Records) -> Path:
    """Write records as one GeoJSON file and return its path."""
    write_geojson(path, records, stored=True)
    return path


class Tags(HTMLParser):
    """Gathers the tags, attributes and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def values(self, name: str) -> list[str]:
        return [value for one, value in self.attributes if one == name]
