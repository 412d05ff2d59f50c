"""The routes that a stage is answered by: what they say, and how they refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from route_answers import sentence
from samples import HOSTILE, hostile_records

from geodata import Filter, Store, load
from mapview.data import current_store
from mapview.web import stage

KERMAN = "kerman-2024-01-03"


def get(client: Any, name: str, **values: object) -> dict[str, Any]:
    answer = client.get(f"/api/{name}", params=values)
    assert answer.status_code == 200, answer.text
    payload: dict[str, Any] = answer.json()
    return payload


def test_few_records_are_sent_as_columns_packed_where_that_is_taken(client: Any) -> None:
    packed = client.get("/api/stage", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/stage", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.json() == plain.json()
    assert plain.json()["incidents"]["id"].count(KERMAN) == 1
    assert len(plain.json()["incidents"]["id"]) == len(load().incidents)
    assert plain.json()["version"] == load().version


def test_many_records_are_asked_for_answer_by_answer(
    client: Any,
    use_files: Callable[..., None],
    many_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stage, "MOST_IN_BROWSER", 1_000)
    use_files(many_file)
    begun = get(client, "stage")
    assert begun["incidents"] is None
    assert begun["shortest_step"] == "month"
    assert len(str(begun)) < 20_000
    assert get(client, "summary", f="")["totals"]["events"] == 2_500


@pytest.mark.parametrize(("most", "is_made"), [(2_000_000, True), (2_000, False)])
def test_points_are_held_and_titles_sorted_of_many_records_before_anybody_asks(
    most: int,
    is_made: bool,  # noqa: FBT001
    use_files: Callable[..., None],
    many_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stage, "MOST_IN_BROWSER", 1_000)
    monkeypatch.setattr(stage, "_MOST_MADE_AHEAD", most)
    use_files(many_file)
    asked = []
    whole = Store.sorted_ids

    def noted(store: Store, chosen: Filter, column: str, **how: Any) -> Any:
        asked.append(column)
        return whole(store, chosen, column, **how)

    monkeypatch.setattr(Store, "sorted_ids", noted)
    monkeypatch.setattr(Store, "hold_points", lambda _: asked.append("points"))
    stage.prepare_stage()
    assert asked == (["points", "title"] if is_made else [])


def test_summary_counts_certain_and_possible(client: Any) -> None:
    text = "from=2015&to=2015&group=iskp"
    found, known = get(client, "summary", f=text), get(client, "stage")
    totals = current_store().totals(Filter.from_query(text))
    assert found["totals"] == vars(totals)
    assert found["totals"]["uncertain_events"] > 0
    iskp = found["facets"]["group"][known["groups"].index("iskp")]
    assert iskp == [totals.certain, totals.shown]
    assert set(found["facets"]) == {
        *("type", "source_type", "group", "role", "country", "status", "attribution", "precision"),
    }


def test_areas_are_counted_and_listed_alike(client: Any) -> None:
    for text in ("", "group=iskp&from=2016", "areas=off"):
        rows = get(client, "area-rows", f=text)["areas"]
        counted = get(client, "summary", f=text)["areas"]
        assert counted == {"count": len(rows), "drawn": sum(one["drawn"] for one in rows)}
        views = Store.of(load()).areas(Filter.from_query(text))
        assert [one["id"] for one in rows] == [view.area.id for view in views]
        assert [one["faded"] for one in rows] == [view.is_faded for view in views]


def test_rows_come_in_parts_that_make_the_whole(client: Any) -> None:
    whole = get(client, "rows", f="country=IR", sort="-killed", offset=0, limit=5_000)
    parts = [
        get(client, "rows", f="country=IR", sort="-killed", offset=start, limit=3)
        for start in range(0, whole["total"], 3)
    ]
    assert [row for part in parts for row in part["rows"]] == whole["rows"]
    assert {part["total"] for part in parts} == {len(whole["rows"])}
    columns = get(client, "stage")["incidents"]
    killed = dict(zip(columns["id"], columns["most_killed"], strict=True))
    most = [-1 if killed[row["id"]] is None else killed[row["id"]] for row in whole["rows"]]
    assert most == sorted(most, reverse=True)
    assert len(most) > 5
    placed, unplaced = (
        get(client, "rows", f="", which=which, offset=0, limit=5_000)["rows"]
        for which in ("placed", "unplaced")
    )
    assert {row["placed"] for row in placed} == {1}
    assert {row["placed"] for row in unplaced} == {0}
    assert len(placed) + len(unplaced) == len(load().incidents)


def test_what_is_told_of_a_record(client: Any) -> None:
    told = get(client, "told", id=KERMAN)
    text = str(told["detail"])
    assert all(figure in text for figure in ("94", "96", "nearly 100"))
    assert told["place"] == list(load().incidents_by_id[KERMAN].points[0])
    assert told["sources"]
    drawn = next(view.area for view in current_store().areas(Filter()) if view.area.is_mappable)
    assert len(get(client, "told", area=drawn.id)["place"]) == 2
    for values in ({"id": "nobody"}, {"area": "nobody"}):
        assert get(client, "told", **values) == {"detail": None}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_told_as_it_is(
    text: str, client: Any, use_records: Callable[..., None]
) -> None:
    use_records(hostile_records(text))
    answer = client.get("/api/told", params={"id": "hostile"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["detail"]["title"] == text


def test_sums_and_the_part_of_the_map_follow_the_filter(client: Any) -> None:
    all_of_them, some = (get(client, "said", f=one)["sentences"] for one in ("", "country=IR"))
    assert all_of_them
    assert all_of_them != some
    near = get(client, "extent", f="country=IR")["near"]
    assert near[0] > 40
    assert get(client, "extent", f="q=no+such+word")["near"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("summary?f=type%3Dpicnic", "type must be one of"),
        ("spreads?f=from%3Dsoon", "from must be a date"),
        ("rows?limit=5", "offset must be given"),
        ("rows?offset=0", "limit must be given"),
        ("rows?offset=0&limit=5001", "limit must be a whole number within 0 and 5,000"),
        ("rows?offset=-1&limit=5", "offset must be a whole number"),
        ("rows?offset=٣&limit=5", "offset must be a whole number"),
        ("rows?offset=0&limit=5&sort=colour", "sort must be start, title,"),
        ("rows?offset=0&limit=5&which=some", "which must be one of all, placed, unplaced"),
        ("said?which=some", "which must be one of"),
        ("told", "either id or area must be given"),
        ("told?id=a&area=b", "either id or area must be given"),
    ],
)
def test_what_makes_no_sense_is_refused(address: str, words: str, client: Any) -> None:
    assert words in sentence(client.get(f"/api/{address}"), 422)


@pytest.mark.parametrize(
    "name", ["stage", "summary", "spreads", "rows?offset=0&limit=1", "area-rows", "extent", "said"]
)
def test_each_is_asked_once_and_never_of_other_data(name: str, client: Any) -> None:
    address = f"/api/{name}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    mark = "&" if "?" in name else "?"
    assert "the data have changed" in sentence(client.get(f"{address}{mark}v=0000"), 409)


def test_places_of_the_gazetteer_are_found_in_any_script(client: Any) -> None:
    found = get(client, "places", q="Кабул")["places"]
    assert (found[0]["name"], found[0]["country"]) == ("Kabul", "Afghanistan")
    assert found[0]["precision"] == "settlement"
    assert found[0]["radius_km"] > 0
    assert len(get(client, "places", q="san")["places"]) == 8
    assert get(client, "places", q="")["places"] == []


def test_what_is_typed_has_a_length_and_a_name(client: Any) -> None:
    assert client.get("/api/places", params={"q": "x" * 100}).status_code == 200
    long = client.get("/api/places", params={"q": "x" * 101})
    assert "at most 100 characters, got 101" in sentence(long, 422)
    assert "q must be given" in sentence(client.get("/api/places"), 422)
    assert client.get("/api/places", params={"q": "a", "v": "0" * 12}).status_code == 409
    elsewhere = {"Origin": "http://elsewhere.example"}
    assert client.get("/api/places", params={"q": "kabul"}, headers=elsewhere).status_code == 403


def test_answers_are_in_the_language_that_is_asked_for(client: Any) -> None:
    def asked(address: str, **more: str) -> Any:
        return client.get(address, params=more).json()

    first, persian, again = (asked("/api/stage", **more) for more in ({}, {"lang": "fa"}, {}))
    assert "Tajikistan" in first["country_names"]
    assert "تاجیکستان" in persian["country_names"]
    assert again == first
    # What is asked for has one text in every language.
    assert persian["types"] == first["types"]
    kerman = asked("/api/told", id="kerman-2024-01-03", lang="ru")["detail"]
    assert kerman["when"] == "3 января 2024 · Керман, Иран"
    assert kerman["title"] == "Bombings at a commemoration in Kerman"
    assert kerman["tolls"][0] == ["Погибшие", "94 – почти 100"]
    # What did not happen is set apart from what it is as the language sets it apart.
    arabic = asked("/api/rows", f="status=foiled", offset="0", limit="9", sort="-start", lang="ar")
    assert arabic["rows"]
    assert all("؛ أُحبط" in row["what"] for row in arabic["rows"])
    said = asked("/api/said", f="country=IR", which="unplaced", lang="ru")["sentences"]
    assert all(re.search("[а-я]", one) for one in said)
    refused = client.get("/api/told", params={"id": "kerman-2024-01-03", "lang": "xx"})
    assert refused.status_code == 422
    assert "lang must be one of" in refused.json()["error"]
