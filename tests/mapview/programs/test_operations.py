"""What programs ask: a hundred questions with known answers, bounds, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fixed_records import claim, incident

from geodata import Records, Store, load
from geodata.errors import RequestError
from mapview.programs import OPERATIONS, NotFoundError

QUESTIONS = json.loads((Path(__file__).parents[2] / "corpus" / "questions.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def shipped() -> Store:
    return Store.of(load())


def ask(store: Store, name: str, **given: Any) -> dict[str, Any]:
    return OPERATIONS[name].ask(store, given.items())


def holds(expected: Any, answer: Any) -> bool:
    """Whether an answer has all that is expected; a list may have more, unless none is expected."""
    if isinstance(expected, dict):
        return isinstance(answer, dict) and all(
            name in answer and holds(one, answer[name]) for name, one in expected.items()
        )
    if isinstance(expected, list) and expected:
        return isinstance(answer, list) and all(
            any(holds(one, other) for other in answer) for one in expected
        )
    return bool(expected == answer)


def test_there_are_a_hundred_questions() -> None:
    assert len({json.dumps(one) for one in QUESTIONS}) >= 100


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: one["question"])
def test_a_question_has_its_known_answer(asked: dict[str, Any], shipped: Store) -> None:
    operation = OPERATIONS[asked["ask"]]
    if "refused" in asked:
        with pytest.raises(RequestError, match=asked["refused"]):
            operation.ask(shipped, asked["arguments"].items())
        return
    answer = operation.ask(shipped, asked["arguments"].items())
    assert holds(asked["answer"], answer), answer
    assert answer["data_version"] == shipped.version


def test_a_toll_that_incidents_share_is_told_as_shared_in_lists_too(shipped: Store) -> None:
    found = ask(shipped, "find_incidents", order="most_killed", **{"from": "2020", "to": "2020"})
    shared = {one["id"]: one["shares_its_toll_with"] for one in found["incidents"]}
    assert shared["kabul-2020-05-12"] == ["kuz-kunar-2020-05-12"]
    assert shared["kuz-kunar-2020-05-12"] == ["kabul-2020-05-12"]
    assert shared["kabul-2020-11-02"] == []


def test_a_toll_shared_with_what_is_not_there_is_told_as_shared() -> None:
    def told(**fields: Any) -> tuple[list[str], bool]:
        figures = (claim("fatalities", 56),)
        one, other = (incident(name, claims=figures) for name in ("a", "c"))
        store = Store.of(Records((one.but(**fields), other)))
        found = ask(store, "get_incident", id="a")
        return found["shares_its_toll_with"], found["shares_its_toll_beyond"]

    assert told() == ([], False)
    assert told(casualties_combined=("c",)) == (["c"], False)
    assert told(casualties_combined=("b",)) == ([], True)
    assert told(casualties_combined=("c",), shares_toll_beyond=True) == (["c"], True)


def test_a_place_known_to_an_area_is_a_circle_and_never_a_bare_point(shipped: Store) -> None:
    offset: int | None = 0
    seen = set()
    while offset is not None:
        answer = ask(shipped, "find_incidents", limit=100, offset=offset)
        for one in answer["incidents"]:
            place = one["place"]
            seen.add(place["known_to"])
            if place["known_to"] in ("country", "unknown"):
                assert place["within"] == []
            elif place["known_to"] != "site":
                assert all(circle["radius_km"] > 0 for circle in place["within"])
        offset = answer["next_offset"]
    assert {"country", "province", "settlement"} <= seen


def test_pages_give_each_incident_once(shipped: Store) -> None:
    ids = []
    for offset in range(0, 200, 40):
        answer = ask(shipped, "find_incidents", limit=40, offset=offset, order="oldest")
        ids += [one["id"] for one in answer["incidents"]]
    assert len(ids) == len(set(ids)) == shipped.all_incidents
    assert answer["next_offset"] is None


def test_what_only_may_fit_says_so(shipped: Store) -> None:
    answer = ask(shipped, "find_incidents", country="TJ", **{"from": "1994", "to": "1994"})
    assert answer["incidents_found"] == {"certain": 0, "possible": 1}
    assert [one["fits"] for one in answer["incidents"]] == ["possibly"]
    period = {"from": "1994", "to": "1994"}
    certain = ask(shipped, "find_incidents", country="TJ", when="certain", **period)
    assert certain["incidents"] == []


@pytest.mark.parametrize("by", ["year", "type", "country", "status", "attribution"])
def test_counts_are_those_of_the_filter_with_that_value(by: str, shipped: Store) -> None:
    counts = ask(shipped, "count_incidents", by=by, q="kabul")["counts"]
    assert counts
    for value, count in counts.items():
        given = {"from": value, "to": value} if by == "year" else {by: value}
        found = ask(shipped, "find_incidents", q="kabul", limit=1, **given)
        assert found["incidents_found"] == count


def test_figures_of_different_people_stay_apart() -> None:
    police = claim("fatalities", 4, part="police")
    leaders = claim("fatalities", 7, part="leaders", source="paper")
    some = incident("a", claims=(police, leaders))
    store = Store.of(Records((some,)))
    killed = ask(store, "get_incident", id="a")["tolls"]["killed"]
    assert (killed["low"], killed["high"]) == (None, None)
    assert killed["different_people"] == [
        {"people": "police", "low": 4, "high": 4}, {"people": "leaders", "low": 7, "high": 7},
    ]  # fmt: skip
    summed = ask(store, "add_up_tolls")
    assert (summed["low"], summed["high"]) == (None, None)
    assert summed["words"].startswith("counted apart:")


def test_no_figure_is_not_zero() -> None:
    store = Store.of(Records((incident("a"),)))
    assert ask(store, "get_incident", id="a")["tolls"] == {}
    summed = ask(store, "add_up_tolls")
    assert summed["words"] == "no figure of killed; 1 has no figure"
    assert (summed["low"], summed["high"]) == (None, None)


def test_a_figure_of_some_people_says_whom_it_counts() -> None:
    store = Store.of(Records((incident("a", claims=(claim("fatalities", 4, part="police"),)),)))
    killed = ask(store, "get_incident", id="a")["tolls"]["killed"]
    assert (killed["low"], killed["people"]) == (4, "police")


def test_no_year_is_lost_however_far_years_lie_apart() -> None:
    days = ("1700-01-01", "1750/2020", "1900-02", "1960-02", "2024-01-02", "9999-01-02", "XXXX")
    found = [incident(f"a{number}", event_date=day) for number, day in enumerate(days)]
    store = Store.of(Records(tuple(found)))
    answer = ask(store, "count_incidents", by="year")
    assert {"1900", "1960", "2024", "9999"} <= set(answer["counts"])
    assert len(answer["counts"]) == 150
    assert answer["years_left_out"] == {"first": 1700, "last": 1872}
    assert "Earlier years are left out" in answer["note"]
    rest = ask(store, "count_incidents", by="year", **{"from": "1700", "to": "1800"})
    assert rest["counts"]["1700"] == {"certain": 1, "possible": 1}
    assert "years_left_out" not in rest


def test_a_year_that_is_counted_in_part_says_so(shipped: Store) -> None:
    words = "only the days in the period of the filter count"
    assert words not in ask(shipped, "count_incidents", by="year")["note"]
    answer = ask(shipped, "count_incidents", by="year", **{"from": "2016-06-15"})
    assert words in answer["note"]
    whole = ask(shipped, "count_incidents", by="year", **{"from": "2016"})
    assert answer["counts"]["2016"]["certain"] < whole["counts"]["2016"]["certain"]


def test_an_incident_in_no_known_country_is_told_of() -> None:
    answer = ask(Store.of(Records((incident("a"),))), "count_incidents", by="country")
    assert (answer["incidents_found"]["possible"], answer["counts"]) == (1, {})
    assert "without any in none" in answer["note"]


def test_a_base_area_is_certain_only_for_a_period_that_was_asked(shipped: Store) -> None:
    whole = ask(shipped, "find_base_areas", limit=1)["base_areas"][0]
    asked = ask(shipped, "find_base_areas", limit=1, **{"from": "2020", "to": "2020"})
    assert "certain_for_the_period" not in whole
    assert asked["base_areas"][0]["certain_for_the_period"] is False
    assert ask(shipped, "find_base_areas", limit=0)["next_offset"] is None


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("find_incidents", {"limit": 101}, "limit must be a whole number up to 100"),
        ("find_incidents", {"limit": "-1"}, "limit must be"),
        ("find_incidents", {"limit": [1, 2]}, "limit must be given once"),
        ("find_incidents", {"order": "worst"}, "order must be one of newest"),
        ("find_incidents", {"areas": "off"}, "must be one of from"),
        ("find_incidents", {"q": {"a": 1}}, "q must be a text"),
        ("find_incidents", {"q": " "}, "q must have a value"),
        ("find_incidents", {"type": "earthquake"}, "type"),
        ("count_incidents", {}, "by must be given"),
        ("get_incident", {}, "id must be given"),
        ("about", {"q": "a"}, "must be one of known"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    name: str, given: dict[str, Any], words: str, shipped: Store
) -> None:
    with pytest.raises(RequestError, match=words):
        ask(shipped, name, **given)


@pytest.mark.parametrize("name", ["get_incident", "get_group", "get_base_area"])
def test_an_id_of_nothing_is_not_found(name: str, shipped: Store) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        ask(shipped, name, id="nowhere")


def test_every_base_area_and_group_can_be_told(shipped: Store) -> None:
    for area in shipped.context.base_areas[::7]:
        answer = ask(shipped, "get_base_area", id=area.id)
        assert answer["claims"]
        assert answer["group"] == area.group
    for group in shipped.context.groups[::7]:
        assert ask(shipped, "get_group", id=group.id)["id"] == group.id
