"""OGC API – Features, asked as a GIS asks: follows links, reads what is said, turns pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cql2
import pytest
from fixed_records import base_area, claim, incident
from samples import many_records

from geodata import Filter, Records, load
from geodata.records import Source
from mapview.data import current_store
from mapview.settings import SETTINGS
from mapview.web.ogc.asked import KEYS, MOST_FEATURES, Asked

INCIDENTS = "/ogc/collections/incidents/items"
AREAS = "/ogc/collections/base_areas/items"
CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
PLACED = {one.id for one in load().incidents if one.is_mappable}


def get(client: Any, address: str, **parameters: Any) -> Any:
    answer = client.get(address, params=parameters or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(client: Any, address: str = INCIDENTS, **parameters: Any) -> set[str]:
    page = get(client, address, **{"limit": MOST_FEATURES, **parameters})
    assert page["numberMatched"] == page["numberReturned"] == len(page["features"])
    return {one["id"] for one in page["features"]}


def links(document: Any) -> dict[str, str]:
    return {one["rel"]: one["href"] for one in document["links"]}


def refusal(client: Any, address: str = INCIDENTS, **parameters: Any) -> str:
    answer = client.get(address, params=parameters)
    assert answer.status_code == 400, answer.text
    assert list(answer.json()) == ["error"]
    return str(answer.json()["error"])


def test_everything_is_found_from_the_landing_page(client: Any) -> None:
    start = get(client, "/ogc")
    assert start == get(client, "/ogc/")
    assert "CC BY 4.0" in start["attribution"]
    for address in links(start).values():
        assert client.get(address).status_code == 200
    found = get(client, links(start)["data"])["collections"]
    assert [one["id"] for one in found] == list(KEYS)
    for one in found:
        west, south, east, north = one["extent"]["spatial"]["bbox"][0]
        assert one == get(client, links(one)["self"])
        page = get(client, links(one)["items"], limit=MOST_FEATURES)
        assert page["numberMatched"] == len(page["features"]) > 20
        inside = ids(client, links(one)["items"], bbox=f"{west},{south},{east},{north}")
        assert inside == {feature["id"] for feature in page["features"]}
        feature = page["features"][0]
        alone = get(client, f"{links(one)['items']}/{feature['id']}")
        assert {**alone, "links": None} == {**feature, "links": None}
        assert {"id", "geometry", "properties", "type"} < alone.keys()


def test_links_name_the_server_as_whoever_asks_reaches_it(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTINGS["base_path"].variable, "/map")
    page = get(client, f"/map{INCIDENTS}", limit=1)
    assert {one["href"].partition("/ogc")[0] for one in page["links"]} == {"http://localhost/map"}
    assert client.get(links(page)["next"]).status_code == 200


def test_all_parameters_are_described_and_no_other_is_taken(client: Any) -> None:
    answer = client.get("/ogc/api")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = answer.json()
    assert document["openapi"].startswith("3.0.")
    assert document["servers"] == [{"url": "http://localhost/ogc"}]
    for name, keys in KEYS.items():
        asked = document["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        described = {one["name"]: one for one in asked}
        assert {"bbox", "datetime", "limit", "offset", "filter", "v", *keys} <= described.keys()
        assert described["limit"]["schema"]["maximum"] == MOST_FEATURES
        text = refusal(client, f"/ogc/collections/{name}/items", f="country=AF")
        assert "got 'f'" in text
        assert all(one in text for one in described)
    for path in document["paths"]:
        if "{" not in path:
            assert client.get(f"/ogc{path}").status_code == 200
    assert "must not stand in this address" in refusal(client, "/ogc", limit=1)


def test_the_core_is_declared_where_every_feature_has_a_date(
    client: Any, use_records: Callable[[Records], None]
) -> None:
    assert CORE in get(client, "/ogc/conformance")["conformsTo"]
    use_records(Records((incident(points=((1.0, 2.0),), event_date="XXXX", country="AF"),)))
    assert ids(client) == {"one"}
    assert ids(client, datetime="2000-01-01/..") == set()
    conforms = get(client, "/ogc/conformance")["conformsTo"]
    assert CORE not in conforms
    assert len(conforms) == 2


def test_pages_visit_each_feature_once(client: Any) -> None:
    for address, expected in ((INCIDENTS, PLACED), (AREAS, ids(client, AREAS))):
        seen: list[str] = []
        page = get(client, address, limit=7)
        while page:
            assert page["numberMatched"] == len(expected)
            seen += [one["id"] for one in page["features"]]
            after = links(page).get("next")
            if "prev" in links(page):
                assert "next" in links(get(client, links(page)["prev"]))
            page = get(client, after) if after else None
        assert len(seen) == len(expected)
        assert set(seen) == expected
    assert "next" not in links(get(client, INCIDENTS, offset=10**6))


def test_no_more_than_a_page_is_read(
    client: Any, use_records: Callable[[Records], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_records(many_records(300))
    store = current_store()
    read: list[int] = []
    incidents = store.incidents
    monkeypatch.setattr(store, "incidents", lambda some: read.append(len(some)) or incidents(some))
    for name in ("select", "everything", "batches", "ids"):
        monkeypatch.setattr(store, name, None)
    assert get(client, INCIDENTS)["numberReturned"] == 100
    assert get(client, INCIDENTS, offset=290, bbox="-180,-90,180,90")["numberReturned"] == 10
    assert read == [100, 10]
    assert Asked.of([("limit", "99999")], ()).limit == MOST_FEATURES


def test_pages_of_other_data_are_not_put_together(
    client: Any, use_records: Callable[[Records], None]
) -> None:
    page = client.get(INCIDENTS, params={"limit": 1})
    again = client.get(
        INCIDENTS, params={"limit": 1}, headers={"If-None-Match": page.headers["etag"]}
    )
    assert again.status_code == 304
    use_records(many_records(20))
    assert client.get(links(page.json())["next"]).status_code == 409


@pytest.fixture
def around_the_line(use_records: Callable[[Records], None]) -> None:
    def placed(name: str, *points: tuple[float, float], **fields: Any) -> Any:
        return incident(name, points=points, country="FJ", **fields)

    outline = [[[-179.0, -20.0], [-170.0, -20.0], [-179.0, -10.0], [-179.0, -20.0]]]
    use_records(
        Records(
            (
                placed("west", (179.5, -17.0), event_date="2018-07"),
                placed("east", (-179.5, -17.0), event_date="2019-01-05"),
                placed("both", (10.0, 10.0), (-178.0, -17.0), event_date="2016/2020"),
                placed("far", (20.0, 10.0), event_date="2018-07-31/.."),
                incident("nowhere", country="FJ"),
            ),
            (base_area("area", geometry={"type": "Polygon", "coordinates": outline}),),
        )
    )


@pytest.mark.usefixtures("around_the_line")
def test_a_box_finds_what_is_drawn_in_it_also_across_the_date_line(client: Any) -> None:
    assert ids(client) == {"west", "east", "both", "far"}
    assert ids(client, bbox="179,-20,-179,-10") == {"west", "east"}
    assert ids(client, bbox="179,-20,0,-177,-10,0") == {"west", "east", "both"}
    assert ids(client, bbox="5,5,15,15") == {"both"}
    # A place that is known to within 5 km may lie there, but its point does not.
    assert ids(client, bbox="20.01,10,21,11") == set()
    assert ids(client, bounds="20.01,10,21,11") == {"far"}
    assert ids(client, AREAS, bbox="170,-20,-178,-10") == {"area"}
    # Within the box around the area, but not in it.
    assert ids(client, AREAS, bbox="-172,-12,-171,-11") == set()
    kinds = {one["geometry"]["type"] for one in get(client, INCIDENTS)["features"]}
    assert kinds == {"MultiPoint"}


TIMES = {
    "2018-07-29": {"west", "both"},
    "2018-07-31T23:59:00Z": {"west", "both", "far"},
    "2018-08-01/2019-01-04": {"both", "far"},
    "2019-01-05T00:00:00+05:00/..": {"east", "both", "far"},
    "../2018-06-30": {"both"},
    "/2018-07-01": {"west", "both"},
    "2021-01-01/": {"far"},
    "../2015-12-31": set(),
}


@pytest.mark.parametrize("period", TIMES)
@pytest.mark.usefixtures("around_the_line")
def test_a_time_finds_what_may_have_been_then(period: str, client: Any) -> None:
    assert ids(client, datetime=period) == TIMES[period]


@pytest.mark.usefixtures("around_the_line")
def test_what_certainly_was_then_is_asked_for_with_when(client: Any) -> None:
    assert ids(client, datetime="2018-01-01/2018-12-31", when="certain") == {"west"}


CONDITIONS = {
    "type = 'bombing'": "type=bombing",
    "type IN ('bombing', 'raid') AND country IN ('AF', 'TJ', 'IR')":
        "type=bombing&type=raid&country=AF&country=TJ&country=IR",
    "group = 'iskp' AND role IN ('actor', 'accused')": "group=iskp&role=actor&role=accused",
    "fatalities_high >= 10 AND fatalities_low <= 200": "deaths_min=10&deaths_max=200",
    "injured_high >= 100": "injured_min=100",
    "status = 'foiled' and attribution in ('claimed', 'attributed')":
        "status=foiled&attribution=claimed&attribution=attributed",
    "id IN ('kerman-2024-01-03', 'o''brien (or not)')":
        "record=kerman-2024-01-03&record=o'brien (or not)",
    "(T_INTERSECTS(datetime, INTERVAL('2018-01-01', '..')))": "from=2018-01-01",
    "T_INTERSECTS(datetime, INTERVAL('..', '2018-12-31'))": "to=2018-12-31",
    "T_INTERSECTS(datetime, DATE('2018-07-29'))": "from=2018-07-29&to=2018-07-29",
    "T_INTERSECTS(datetime, TIMESTAMP('2018-07-29T10:00:00Z'))": "from=2018-07-29&to=2018-07-29",
}  # fmt: skip


@pytest.mark.parametrize("text", CONDITIONS)
def test_conditions_find_what_the_filter_finds(text: str, client: Any) -> None:
    expected = current_store().ids(Filter.from_query(CONDITIONS[text])) & PLACED
    more = {"filter-lang": "cql2-text"}
    assert ids(client, filter=text, **more) == expected
    assert ids(client, filter=text) < PLACED


def test_conditions_go_with_parameters_and_boxes(client: Any) -> None:
    box = "60,30,70,40"
    text = f"S_INTERSECTS(geometry, BBOX({box}))"
    assert ids(client, filter=text) == ids(client, bbox=box)
    assert ids(client, AREAS, filter=text) == ids(client, AREAS, bbox=box)
    together = ids(client, filter="country = 'AF'", type="bombing", datetime="2018-01-01/..")
    assert together == ids(client, type="bombing", country="AF", datetime="2018-01-01/..")
    assert together


@pytest.mark.parametrize(
    "text",
    [
        "country = 'AF' OR country = 'TJ'", "NOT country = 'AF'", "country <> 'AF'", "country =",
        "title = 'Bombing'", "country LIKE 'A%'", "fatalities_high > 3", "fatalities_high >= 1.5",
        "fatalities_high <= 3", "deaths = 1 + 2", "country = 'AF' AND country = 'TJ'", "TRUE",
        "S_WITHIN(geometry, BBOX(1,2,3,4))", "S_INTERSECTS(geometry, POINT(1 2))", "country IN ()",
        "T_AFTER(datetime, DATE('2018-01-01'))", "T_INTERSECTS(datetime, DATE('2018-02-30'))",
        "country IS NULL", "country = 3", "type = 'nonsense'", "role = 'x'", "country = ''",
        "S_INTERSECTS(geometry, BBOX(1,2,3,400))", "T_INTERSECTS(datetime, INTERVAL('..','..'))",
        "(" * 5_000 + "a = 1" + ")" * 5_000, "(" * 900 + "a = 1" + ")" * 900,
        "a = " + "-" * 1_900 + "1", "a=" + "b=" * 900 + "1", "a = '\\'' AND " + "(" * 900,
        "not " * 400 + "a=1", "country", "'", "'\\'", "''", "' INTERVAL('", "1e309",
        "fatalities_high >= 1e400", "S_INTERSECTS(geometry, BBOX(1,2,3,1e309))",
        "datetime = DATE('2018-01-01')",
    ],
)  # fmt: skip
def test_what_a_filter_cannot_say_is_refused_with_a_sentence(text: str, client: Any) -> None:
    answer = refusal(client, filter=text)
    assert " must " in answer
    assert len(answer) < 600


@pytest.mark.parametrize(
    "text",
    [
        "(" * 40, "country IN (" * 20, "id BETWEEN (" * 20, "id = ')' AND (" * 20,
        "'" + "(" * 1_900 + "'",
        "id = '\\' AND " + "id = ')' AND (" * 10, 'id = ")" AND (' * 20,
    ],
)  # fmt: skip
def test_what_would_take_the_parser_for_ever_does_not_reach_it(
    text: str, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cql2, "parse_text", lambda _: pytest.fail("the parser was asked"))
    assert "brackets within each other" in refusal(client, filter=text)


def test_brackets_that_programs_put_around_conditions_are_read(client: Any) -> None:
    text = "((((type IN ('bombing', 'raid'))) AND (country = 'AF')))"
    assert ids(client, filter=text) == ids(
        client, filter="type IN ('bombing','raid')", country="AF"
    )
    # A text may have any number of them, if it closes them.
    assert not ids(client, filter="id IN ('" + "(a) " * 40 + "')")


ASKED_WRONGLY: list[tuple[str, dict[str, Any], str]] = [
    (INCIDENTS, {"bbox": "1,2,3"}, "bbox must be west,south,east,north"),
    (INCIDENTS, {"bbox": "1,2,nan,4"}, "bbox must have longitudes within 180"),
    (INCIDENTS, {"bbox": "1,20,3,10"}, "south first"),
    (INCIDENTS, {"bbox": ["1,2,3,4", "5,6,7,8"]}, "bbox must be given once"),
    (INCIDENTS, {"datetime": "2018"}, "datetime must be a day"),
    (INCIDENTS, {"datetime": "../.."}, "datetime must be a day"),
    (INCIDENTS, {"datetime": "2018-02-30"}, "datetime must be a day"),
    (INCIDENTS, {"datetime": "2018-01-01/2018-02-01/2018-03-01"}, "datetime must be a day"),
    (INCIDENTS, {"datetime": "2018-01-01T25:00:00Z"}, "datetime must be a day"),
    (INCIDENTS, {"datetime": "2019-01-01/2018-01-01"}, "must not end before it begins"),
    (INCIDENTS, {"limit": 0}, "limit must be at least 1"),
    (INCIDENTS, {"limit": "-1"}, "limit must be a whole number"),
    (INCIDENTS, {"offset": "x"}, "offset must be a whole number"),
    (INCIDENTS, {"country": ""}, "country must have a value"),
    (INCIDENTS, {"country": "Tajikistan"}, "country must be an ISO 3166-1"),
    (INCIDENTS, {"from": "2018"}, "a parameter must be one of"),
    (INCIDENTS, {"filter": "country = 'AF'", "country": "TJ"}, "country must be asked for once"),
    (INCIDENTS, {"filter": "country = 'AF'", "filter-lang": "cql2-json"}, "must be cql2-text"),
    (AREAS, {"type": "bombing"}, "a parameter must be one of"),
    (AREAS, {"filter": "type = 'bombing'"}, "filter must ask for what these features have"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "parameters", "words"), ASKED_WRONGLY)
def test_what_cannot_be_understood_is_a_sentence(
    address: str, parameters: dict[str, Any], words: str, client: Any
) -> None:
    assert words in refusal(client, address, **parameters)


def test_what_is_not_there_is_a_sentence(client: Any) -> None:
    for path in ("/ogc/x", "/ogc/collections/x", "/ogc/collections/x/items", f"{INCIDENTS}/x"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert list(answer.json()) == ["error"]
    unplaced = next(one.id for one in load().incidents if not one.is_mappable)
    assert client.get(f"{INCIDENTS}/{unplaced}").status_code == 404


@pytest.fixture
def restricted(use_records: Callable[[Records], None]) -> None:
    hidden = claim("fatalities", 41, source="closed", note="Nowhere-to-be-read")
    point = ((69.0, 34.0),)
    use_records(
        Records(
            (
                incident("shown", points=point, claims=(claim("fatalities", 4), hidden)),
                incident("hidden", points=point, claims=(hidden,)),
            ),
            sources=(Source(id="closed", title="Closed", may_publish=False),),
        )
    )


@pytest.mark.usefixtures("restricted")
def test_what_may_not_be_published_is_left_out_as_in_exports(client: Any) -> None:
    assert ids(client) == {"shown"}
    assert ids(client, deaths_min=40) == set()
    assert "Nowhere-to-be-read" not in client.get(INCIDENTS).text
    assert client.get(f"{INCIDENTS}/hidden").status_code == 404
    about = get(client, "/ogc/collections/incidents")["description"]
    assert "1 source whose licence forbids publication was left out" in about
    export = client.get("/api/incidents.geojson").json()
    assert [one["properties"] for one in export["features"]] == [
        one["properties"] for one in get(client, INCIDENTS)["features"]
    ]
