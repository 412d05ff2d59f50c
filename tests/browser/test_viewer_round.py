"""What the empty viewer shows of an export is what Python says of the records in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest
from browser.dropped import Viewer, columns, details, given, said
from fixed_records import everything
from playwright.sync_api import Page, expect

import geodata
from geodata import Filter, Records, Store
from geodata.formats.registry import FORMATS
from mapview.briefing.compose import compose
from mapview.briefing.page.data import page_data

# In a CSV nothing is said of groups and sources but their names and ids.
WHOLE = ("geojson", "kml", "kmz", "xlsx", "gpkg", "parquet", "fgb")
DATES = ("", "2015~", "2016-23", "2022-04-17/2022-05-03", "[2016, 2018-05]", "2018/..", "XXXX")
ROUNDS = 8
MEMBERS = ("incidents", "base_areas", "groups", "sources", "relations")
# What is drawn and told without what only lists of groups and sources know.
IN_A_TABLE = (
    *("id", "title", "when", "place", "killed", "injured", "responsibility", "placed", "status"),
    *("known", "start", "end", "country_codes", "what", "kind", "precision", "together"),
    *("least_killed", "most_killed", "most_injured", "attribution", "source_type"),
)


PLAIN = "“Quoted”, O‘zbek; ۱۲۳ داعش خراسان"


def plainly(value: Any) -> Any:
    """Return the same with texts that each format carries: not all have all control characters."""
    if isinstance(value, dict):
        return {name: plainly(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plainly(one) for one in value]
    return PLAIN if isinstance(value, str) and "<script>" in value else value


@cache
def full_records() -> dict[str, Sequence[Any]]:
    """Return records that have all fields, by what they are."""
    full = everything()
    return {
        name: [type(one).model_validate(plainly(one.model_dump(mode="json"))) for one in some]
        for name in MEMBERS
        for some in [getattr(full, name)]
    }


@cache
def made() -> Records:
    """Return more than a thousand records: what ships and what has all fields, again and again."""
    shipped, full = geodata.load(), full_records()
    incidents, areas = [], []
    for number in range(ROUNDS):
        for place, one in enumerate((*shipped.incidents, *full["incidents"])):
            date = DATES[(number + place) % len(DATES)] or one.event_date
            incidents.append(one.but(id=f"{one.id}.{number}", event_date=date, related=()))
        some = (*shipped.base_areas, *full["base_areas"])[number::ROUNDS]
        areas += [one.model_copy(update={"id": f"{one.id}.{number}"}) for one in some]
    members = {}
    for name in MEMBERS[2:]:
        known = {one.id for one in getattr(shipped, name)}
        more = [one for one in full[name] if one.id not in known]
        members[name] = (*getattr(shipped, name), *more)
    return Records.of((*incidents, *areas), **members)


def of_python(records: Records) -> dict[str, Any]:
    """What the offline page is given of records."""
    found: dict[str, Any] = json.loads(json.dumps(page_data(compose(Store.of(records), Filter()))))
    for name in ("version", "block"):
        del found[name]
    found["circles"]["reach"] = [round(one, 9) for one in found["circles"]["reach"]]
    return found


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return of_python(made())


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    folder = tmp_path_factory.mktemp("made")

    def get(ending: str) -> bytes:
        path = folder / f"made.{ending}"
        if not path.exists():
            FORMATS[ending].save(path, made())
        return path.read_bytes()

    return get


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What is said of each record by the first format, and so by all others."""
    return {}


def sources(page: Page) -> list[str]:
    return page.locator("#source-list li").all_inner_texts()


@pytest.mark.parametrize("ending", WHOLE)
def test_a_thousand_records_come_back_from_each_export_as_python_has_them(
    viewer: Viewer,
    saved: Callable[[str], bytes],
    expected: dict[str, Any],
    told: dict[str, Any],
    ending: str,
) -> None:
    page = viewer(given(f"made.{ending}", saved(ending)))
    found = columns(page)
    assert found.keys() == expected.keys()
    # Named, as a difference between megabytes takes minutes to show.
    assert [name for name, value in expected.items() if found[name] != value] == []
    assert said(page).startswith(f"{len(made().incidents) + len(made().base_areas):,} rows")
    assert len(found["area_rows"]) == len(made().base_areas) > 100
    said_of, listed = details(page), sources(page)
    assert len(said_of) == len(made().incidents) + len(made().base_areas)
    first = told.setdefault("details", said_of)
    assert [one for one, other in zip(said_of, first, strict=True) if one != other][:1] == []
    assert listed == told.setdefault("sources", listed)


def test_a_table_says_what_it_has_not(
    viewer: Viewer, saved: Callable[[str], bytes], expected: dict[str, Any]
) -> None:
    page = viewer(given("made.csv", saved("csv")))
    found = columns(page)
    incidents = expected["incidents"]
    assert [one for one in IN_A_TABLE if found["incidents"][one] != incidents[one]] == []
    assert [one for one in ("points", "circles", "period") if found[one] != expected[one]] == []
    areas = [
        [(one["id"], one["drawn"], one["box"]) for one in some["area_rows"]]
        for some in (found, expected)
    ]
    assert areas[0] == areas[1]
    expect(page.locator("#about-notes")).to_contain_text(
        "A table has no list of sources and groups"
    )
