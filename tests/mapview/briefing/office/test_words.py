"""What slides and documents say beside the records: places, references, and the map in words."""

from __future__ import annotations

import pytest
from fixed_records import base_area, claim, incident

from geodata import Filter, Records, Store
from geodata.records.model import Source
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing
from mapview.briefing.office.words import (
    describe_map,
    numbers_of,
    place_remark,
    reading_notes,
    references,
    site_of,
)

KABUL = ((69.17, 34.53),)


def briefing(*records: object, **parts: object) -> Briefing:
    return compose(Store.of(Records.of(records)), Filter(**parts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "remark"),
    [
        ({"points": KABUL, "geo_precision": "settlement"}, ""),
        ({"points": KABUL, "geo_precision": "site"}, ""),
        ({"points": KABUL, "geo_precision": "province"}, "known only to the province"),
        ({"geo_precision": "settlement"}, "not on the map"),
        ({"geo_precision": "province"}, "known only to the province; not on the map"),
        ({"points": KABUL, "geo_precision": "country"}, "not on the map"),
        ({"geo_precision": "unknown"}, "not on the map"),
    ],
)
def test_a_place_says_how_well_it_is_known(fields: dict[str, object], remark: str) -> None:
    [line] = briefing(incident(**{"radius_km": 5, **fields})).incidents
    assert place_remark(line) == remark


def test_documents_are_referred_to_by_their_numbers() -> None:
    said = (claim("fatalities", 3, source="b"), claim("fatalities", 4, source="a"))
    sources = (Source(id="a", title="A book"), Source(id="b", title="B book"))
    records = Records((incident(claims=said),), sources=sources)
    numbers = numbers_of(compose(Store.of(records), Filter()))
    assert numbers == {"a": 1, "b": 2}
    assert references(("b", "a", "b", "gone"), numbers) == "[1], [2]"
    assert references((), numbers) == ""


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.org/a?b", "example.org"),
        ("http://localhost:8501/", "localhost"),
        ("http://[", ""),
        ("no address", ""),
    ],
)
def test_a_site_is_named_by_its_host(url: str, site: str) -> None:
    assert site_of(url) == site


def test_a_map_is_told_by_kinds_and_countries() -> None:
    codes = ("AF", "AF", "IR", "TJ", "UZ", "PK", "RU", "TR", "SY")
    some = [incident(f"i{n}", points=KABUL, country=code) for n, code in enumerate(codes)]
    said = describe_map(briefing(*some, incident("nowhere")))
    assert "Kinds: Bombing 9." in said
    assert "Where: Afghanistan (2), Iran (1), " in said
    assert said.endswith(", 2 more countries.")


def test_a_map_of_base_areas_alone_is_told_by_theirs() -> None:
    assert "Where: Afghanistan (1)." in describe_map(briefing(base_area(country="AF")))
    assert describe_map(briefing(incident())) == (
        "Map. Nothing that was found can be placed on it."
    )


def test_what_was_changed_is_always_said() -> None:
    notes = {one.heading: one.notes for one in reading_notes(briefing(incident()))}
    assert notes["Changes for publication"] == (
        "Nothing was coarsened or left out for publication.",
    )
    assert any("Data version" in note for note in notes["Data and map"])
