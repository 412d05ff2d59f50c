"""Asks the routes over HTTP: views, records, exports, errors, and the map's own files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fixed_records import incident
from route_answers import ADDRESSES, sentence
from samples import HOSTILE, WORLD, Tags, hostile_records, many_records

from geodata import Filter, Incident, Records, load, read_records
from geodata.geodesy import project
from geodata.queries.store import MOST_POINTS
from geodata.records.dates import parse_date
from mapview.cartography.style import KINDS
from mapview.data import current_store

KERMAN = "kerman-2024-01-03"
SIDE = 2**31


def view(client: Any, f: str = "", *, z: str = "5", b: str = WORLD) -> Any:
    return client.get("/api/view", params={"z": z, "b": b, "f": f})


def test_view_answers_every_place_that_can_be_drawn(client: Any) -> None:
    answer = view(client)
    drawn = [one for one in load().incidents if one.is_mappable]
    payload = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert payload["mode"] == "points"
    assert payload["version"] == load().version
    assert payload["total"] == sum(len(one.points) for one in drawn) > 20
    assert set(payload["id"]) == {one.id for one in drawn}
    columns = {name: value for name, value in payload.items() if isinstance(value, list)}
    assert {len(column) for column in columns.values()} == {payload["total"]}
    at = payload["id"].index(KERMAN)
    lon, lat = load().incidents_by_id[KERMAN].points[0]
    assert (payload["x"][at], payload["y"][at]) == project(lon, lat)
    assert KINDS[payload["kind"][at]].id == "bombing"


def test_counts_are_answered_with_what_is_certain_and_what_is_possible(client: Any) -> None:
    answer = client.get("/api/counts", params={"f": "from=2015&to=2015&group=iskp"})
    payload = answer.json()
    chosen = Filter.from_query("from=2015&to=2015&group=iskp")
    totals = current_store().totals(chosen)
    assert payload["incidents"] == {"certain": totals.certain, "possible": totals.shown}
    assert 0 < totals.certain < totals.shown
    assert payload["in_all"] == totals.in_all
    assert payload["version"] == current_store().version
    actors = current_store().facets(chosen)["role"]["actor"]
    assert payload["choices"]["role"]["actor"] == actors._asdict()
    assert payload["bars"][0].keys() == {"start", "end", "certain", "possible"}
    assert payload["far_from_bars"] == []
    again = client.get("/api/counts", params={"f": "nonsense=1"})
    assert again.status_code == 422


def test_tolls_are_answered_within_bounds_and_different_people_apart(client: Any) -> None:
    payload = client.get("/api/tolls", params={"f": "country=AF"}).json()
    toll = current_store().toll(Filter.from_query("country=AF"))
    killed = payload["tolls"]["fatalities"]
    assert (killed["low"], killed["high"]) == (toll.everybody.low, toll.everybody.high)
    assert killed["low"] < killed["high"]
    assert killed["words"] == toll.words
    assert killed["incidents_without_figure"]["possible"] > 0
    assert killed["not_added"]["possible"] > 0
    assert {one["people"] for one in killed["apart"]} >= {"IS-KP fighters", "civilians"}
    assert set(payload["tolls"]) == {"fatalities", "injured", "casualties"}


def test_view_answers_what_the_filter_wants(client: Any) -> None:
    payload = view(client, "type=vehicle attack&from=2017&to=2018").json()
    wanted = {
        one.id
        for one in load().incidents
        if "vehicle attack" in one.event_types
        and one.is_mappable
        and one.span.start.year <= 2018
        and one.span.end.year >= 2017
    }
    assert {"stockholm-2017-04-07", "danghara-2018-07-29"} <= wanted
    assert set(payload["id"]) == wanted


def test_view_answers_what_lies_in_the_box(client: Any) -> None:
    x, y = project(*load().incidents_by_id[KERMAN].points[0])
    inside = view(client, b=f"{x},{y},{x},{y}").json()
    assert set(inside["id"]) >= {KERMAN}
    assert set(zip(inside["x"], inside["y"], strict=True)) == {(x, y)}
    assert KERMAN not in view(client, b=f"{x + 1},0,{SIDE},{SIDE}").json()["id"]


def test_view_takes_a_box_that_reaches_beyond_the_world(client: Any) -> None:
    beyond = view(client, b=f"-{SIDE},-{SIDE},{2 * SIDE},{2 * SIDE}").json()
    assert beyond["id"] == view(client).json()["id"]


class TestManyRecords:
    @pytest.fixture(autouse=True)
    def many(self, use_files: Callable[..., None], many_file: Path) -> None:
        use_files(many_file)

    def test_become_clusters(self, client: Any) -> None:
        payload = view(client, z="3").json()
        assert payload["mode"] == "clusters"
        assert sum(payload["n"]) == payload["total"] == 2_500 > MOST_POINTS
        assert [sum(counts) for counts in payload["kinds"]] == payload["n"]
        assert {len(counts) for counts in payload["kinds"]} == {len(KINDS)}
        cells = {
            (x >> payload["cell"], y >> payload["cell"])
            for x, y in zip(payload["x"], payload["y"], strict=True)
        }
        assert len(cells) == len(payload["n"]) > 1

    def test_become_smaller_clusters_when_nearer(self, client: Any) -> None:
        far, near = (view(client, z=z).json() for z in ("2", "6"))
        assert near["mode"] == far["mode"] == "clusters"
        assert len(near["n"]) > len(far["n"])
        assert far["cell"] - near["cell"] == 4

    def test_are_points_in_a_small_box(self, client: Any) -> None:
        (west, north), (east, south) = project(60, 32.1), project(62.1, 30)
        payload = view(client, b=f"{west},{north},{east},{south}").json()
        assert payload["mode"] == "points"
        assert payload["total"] == 11 * 11

    def test_are_points_under_a_narrow_filter(self, client: Any) -> None:
        payload = view(client, "type=bombing").json()
        assert payload["mode"] == "points"
        bombings = [i for i in many_records(2_500).incidents if "bombing" in i.event_types]
        assert payload["total"] == len(bombings)

    def test_export_whole(self, client: Any) -> None:
        assert len(client.get("/api/incidents.geojson").json()["features"]) == 2_500


def test_list_answers_a_stack_newest_first(
    use_records: Callable[[Records], None], client: Any
) -> None:
    one = many_records(1).incidents[0]
    stack = [
        one.model_copy(update={"id": f"s{i:03}", "event_date": f"{1900 + i}"}) for i in range(130)
    ]
    use_records(Records(tuple(stack)))
    x, y = project(*one.points[0])
    payload = client.get("/api/list", params={"b": f"{x},{y},{x},{y}", "f": "from=1905"}).json()
    assert payload["id"] == [f"s{i:03}" for i in range(129, 29, -1)]
    assert payload["more"] == [25, 25]
    assert payload["date"][0] == "2029"


def test_areas_answers_what_is_valid(client: Any) -> None:
    areas = client.get("/api/areas").json()["areas"]
    assert {area["id"] for area in areas} <= {area.id for area in load().base_areas}
    assert len(areas) > 3
    assert client.get("/api/areas", params={"f": "areas=off"}).json()["areas"] == []
    begun = [area for area in load().base_areas if area.valid_from]
    first = {area.id: parse_date(area.valid_from).start.year for area in begun}
    assert first
    for year in set(first.values()):
        before = client.get("/api/areas", params={"f": f"to={year - 1}"}).json()["areas"]
        late = {name for name, start in first.items() if start >= year}
        assert late.isdisjoint(area["id"] for area in before)


def test_unchanged_answer_is_not_sent_nor_asked_for_again(client: Any) -> None:
    first = view(client, "type=bombing")
    asked = current_store().view.cache_info()
    again = client.get(first.request.url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert current_store().view.cache_info() == asked
    view(client, "type=bombing")
    assert current_store().view.cache_info() != asked


def test_count_answers_incidents_and_not_places(
    client: Any, use_records: Callable[..., None]
) -> None:
    many = incident("many", points=[(60, 30), (61, 30), (-179, 0)])
    use_records(Records(incidents=(many, incident("one", points=[(179, 0)]), incident("none"))))
    sides = [f"{SIDE - SIDE // 100},0,{SIDE},{SIDE}", f"0,0,{SIDE // 100},{SIDE}"]
    answers = [
        client.get("/api/within", params={"b": boxes}).json() for boxes in (WORLD, sides, sides[:1])
    ]
    assert answers == [{"inside": [n, n], "placed": [2, 2]} for n in (2, 2, 1)]
    three = client.get("/api/within", params={"b": [WORLD] * 3})
    assert sentence(three, 422) == "b must be given once to 2 times, got 3 of it"


@pytest.mark.parametrize(
    "path", [f"/api/view?z=4&b={WORLD}&", f"/api/list?b={WORLD}&", "/api/areas?"]
)
def test_mark_of_an_answer_follows_filter_and_records(
    path: str, client: Any, use_records: Callable[[Records], None]
) -> None:
    def mark(f: str) -> str:
        answer = client.get(f"{path}{urlencode({'f': f})}")
        return str(answer.headers["etag"])

    shipped = mark("")
    assert mark("") == shipped != mark("type=arson")
    use_records(many_records(3))
    assert mark("") != shipped


BAD = {
    "no zoom": ("/api/view", {"b": WORLD}, "z must be given, got nothing"),
    "zoom in words": ("/api/view", {"z": "five", "b": WORLD}, "z must be a whole number"),
    "zoom below 0": ("/api/view", {"z": "-1", "b": WORLD}, "got '-1'"),
    "zoom too deep": ("/api/view", {"z": "23", "b": WORLD}, "z must be within [0, 22], got 23"),
    "broken zoom": ("/api/view", {"z": "5.5", "b": WORLD}, "got '5.5'"),
    "zoom in other digits": ("/api/view", {"z": "٥", "b": WORLD}, "z must be"),
    "empty zoom": ("/api/view", {"z": "", "b": WORLD}, "z must be"),
    "hostile zoom": ("/api/view", {"z": "<script>" * 99, "b": WORLD}, "z must be"),
    "no box": ("/api/view", {"z": "5"}, "b must be given, got nothing"),
    "short box": ("/api/view", {"z": "5", "b": "1,2,3"}, "b must be x0,y0,x1,y1"),
    "broken box": ("/api/view", {"z": "5", "b": "0,0,1.5,2"}, "b must be x0,y0,x1,y1"),
    "huge box": ("/api/view", {"z": "5", "b": f"0,0,1,{10**13}"}, "b must be x0,y0,x1,y1"),
    "hostile box": ("/api/view", {"z": "5", "b": "1;drop,2,3,4" * 99}, "b must be x0,y0,x1,y1"),
    "swapped x": ("/api/view", {"z": "5", "b": "9,0,1,9"}, "x0 <= x1 and y0 <= y1, got 9,0,1,9"),
    "swapped y": ("/api/view", {"z": "5", "b": "0,9,9,1"}, "x0 <= x1 and y0 <= y1, got 0,9,9,1"),
    "list without box": ("/api/list", {}, "b must be given, got nothing"),
}

# What has parameters of its own says which.
_OTHERS = ("/api/data", "/api/oembed", "/api/nothing", "/api/v1")
# An embed says of its own parameters what they must be, and own files are asked for by name.
ASKED = [
    one for one in ADDRESSES.values() if one.startswith("/api/") and not one.startswith(_OTHERS)
]


@pytest.mark.parametrize("address", ASKED)
def test_what_would_be_passed_over_is_refused(address: str, client: Any) -> None:
    text = sentence(client.get(f"{address}{'&' if '?' in address else '?'}country=AF"), 422)
    assert "where f holds the filter, got 'country'" in text


BAD_FILTERS = {
    "color=red": "a filter key must be one of from, to",
    "from=2018-02-30": "from must be a date",
    "to=yesterday": "to must be a date",
    "from=2020&to=2019": "to must not be before from",
    "when=maybe": "when must be one of possible, certain, got 'maybe'",
    "type=picnic": "type must be one of",
    "status=<script>": "status must be one of",
    "attribution=x": "attribution must be one of",
    "precision=exact": "precision must be one of",
    "country=Tajikistan": "country must be an ISO 3166-1 alpha-2 code, got 'TAJIKISTAN'",
    "deaths_min=-3": "deaths_min must be a whole number",
    "deaths_min=9&deaths_max=3": "deaths_max must not be below deaths_min",
    "bounds=1,2,3": "bounds must be west,south,east,north",
    "bounds=nan,0,1,1": "bounds must have longitudes",
    "bounds=1e400,0,1,1": "bounds must have longitudes",
    "bounds=0,50,1,40": "bounds must have south below north",
    "areas=maybe": "areas must be on or off",
    "from=2018&from=2019": "from must be given once",
    "q=" + "x" * 201: "q must have at most 200 characters",
    "&".join(["type=arson"] * 501): "a filter must have at most 500 values",
}


@pytest.mark.parametrize(("path", "query", "words"), BAD.values(), ids=BAD)
def test_bad_parameter_gets_a_sentence(
    path: str, query: dict[str, str], words: str, client: Any
) -> None:
    text = sentence(client.get(path, params=query), 422)
    assert words in text
    assert " must " in text
    assert ", got " in text


@pytest.mark.parametrize(
    "path",
    [
        f"/api/view?z=5&b={WORLD}",
        "/api/areas",
        f"/api/list?b={WORLD}",
        f"/api/within?b={WORLD}",
        "/api/incidents.csv",
        "/api/incidents.gpkg",
    ],
)
@pytest.mark.parametrize("f", BAD_FILTERS)
def test_bad_filter_gets_a_sentence(path: str, f: str, client: Any) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}{urlencode({'f': f})}")
    assert BAD_FILTERS[f] in sentence(answer, 422)


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "a\\b", "%", "_", "\U0001f600", "\x01\x7f", "a\x00b"]
)
@pytest.mark.parametrize("key", ["q", "group"])
def test_hostile_filter_text_finds_nothing_and_breaks_nothing(
    key: str, text: str, client: Any
) -> None:
    # Letters of no word are no condition, so the search text gets one that no record has.
    f = f"{key}={quote(text[:150])}+zqxj"
    answer = view(client, f)
    assert answer.status_code == 200
    assert answer.json()["total"] == 0
    assert current_store().totals.__wrapped__(Filter()).shown == len(load().incidents)


def test_incident_is_whole(client: Any) -> None:
    answer = client.get(f"/api/incidents/{KERMAN}")
    assert answer.headers["content-type"] == "application/geo+json"
    feature = answer.json()
    kerman = load().incidents_by_id[KERMAN]
    assert feature["id"] == KERMAN
    assert len(feature["properties"]["claims"]) == len(kerman.claims) > 3
    assert [s["id"] for s in feature["properties"]["sources"]] == list(kerman.sources)


@pytest.mark.parametrize(
    "identifier",
    [
        "nobody",
        KERMAN.upper(),
        "' or 1=1 --",
        "../../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "a/b/c",
        "\x00",
        KERMAN + "\x00",
        "{{7*7}}",
        "",
        *(text for name, text in HOSTILE.items() if name != "lines"),
    ],
)
def test_unknown_incident_is_not_found(identifier: str, client: Any) -> None:
    answer = client.get("/api/incidents/" + quote(identifier, safe=""))
    text = sentence(answer, 404)
    assert "id must be that of an incident" in text


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/view/", "/api/<b>", "/api/a/b"])
def test_unknown_api_path_is_not_found(path: str, client: Any) -> None:
    assert sentence(client.get(path), 404).startswith("there is no /api/")


def test_routes_only_read(client: Any) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/api/view").status_code == 405


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_record_stays_text_in_every_answer(
    text: str, use_records: Callable[[Records], None], client: Any, tmp_path: Path
) -> None:
    records = hostile_records(text)
    use_records(records)
    assert view(client).json()["title"] == [text]
    assert client.get("/api/areas").json()["areas"][0]["group_name"] == text
    listed = client.get("/api/list", params={"b": WORLD}).json()
    assert listed["title"] == [text]
    feature = client.get("/api/incidents/hostile").json()
    assert feature["properties"]["summary"] == text
    exported = client.get("/api/incidents.geojson").json()
    titles = [f["properties"].get("title") for f in exported["features"]]
    assert sorted(titles, key=str) == sorted([text, text, None], key=str)
    table = tmp_path / "incidents.csv"
    table.write_bytes(client.get("/api/incidents.csv").content)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.DictReader(stream) for cell in row.values()]
    # Marks that keep formulas out go when it is read again.
    assert text in {one.title for one in read_records([table]).records.incidents}
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_incident_text_never_becomes_a_page(client: Any) -> None:
    answer = client.get("/api/incidents/" + quote("<script>alert(1)</script>", safe=""))
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json()["error"], str)
    assert "script" in Tags(answer.text).tags  # the reason for the two headers below
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_store_and_route_give_the_same_incident(client: Any) -> None:
    for one in load().incidents:
        feature = client.get(f"/api/incidents/{one.id}").json()
        assert feature["properties"]["title"] == one.title
    assert isinstance(load().incidents[0], Incident)
