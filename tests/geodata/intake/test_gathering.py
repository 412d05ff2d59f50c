"""Tests of what is taken from a file: good records, problems, and notes once a file."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_loop import random_records

from geodata.formats.geojson import to_collection
from geodata.intake import gathering
from geodata.intake.gathering import Intake
from geodata.records import DERIVED, Incident


def feature(number: int, **properties: Any) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "geometry": None,
        "properties": {"title": "T", "event_date": "2020", "event_types": ["raid"], **properties},
    }


def nested(depth: int) -> list[Any]:
    deep: list[Any] = []
    for _ in range(depth):
        deep = [deep]
    return deep


def test_what_is_not_understood_is_told_once():
    intake = Intake("in.geojson")
    for number in range(1_000):
        intake.take(feature(number, remark="x", once=1) if number else feature(0, remark="x"), "")
    result = intake.result()
    assert len(result.records.incidents) == 1_000
    assert result.problems == ()
    rule = "a name must be that of a field, got another in"
    assert [str(note) for note in result.notes] == [
        f"in.geojson remark: {rule} 1,000 records; kept under upstream",
        f"in.geojson once: {rule} 999 records; kept under upstream",
    ]


def test_a_symbol_that_is_no_text_is_kept():
    intake = Intake()
    intake.take(feature(1, symbol=["armed"]), "")
    (one,) = intake.result().records.incidents
    assert one.upstream == {"symbol": '["armed"]'}


@pytest.mark.parametrize("upstream", [5, ["a"], "7"])
def test_what_is_kept_beside_an_upstream_that_is_none_is_a_problem(upstream: Any) -> None:
    intake = Intake()
    intake.take(feature(1, upstream=upstream, remark="x"), "")
    result = intake.result()
    assert result.records.incidents == ()
    assert [(one.record, one.field) for one in result.problems] == [("a1", "upstream")]


def test_many_names_are_told_in_few_lines():
    intake = Intake()
    for number in range(500):
        intake.take(feature(number, **{f"name_{number}": 1}), "")
    notes = intake.result().notes
    assert len(notes) == 31
    assert "got 470 others more" in str(notes[-1])


def test_one_bad_record_leaves_the_others():
    intake = Intake("f")
    bad = [
        None,
        7,
        {"properties": None},
        feature(1, event_date="soon"),
        feature(2, remark=nested(50_000)),
        feature(3, claims=nested(50_000)),
        {**feature(4), "geometry": {"type": "Polygon", "coordinates": nested(50_000)}},
        feature(5, title="\ud800"),
        feature(6, remark="\ud800"),
        feature(7, **{"\ud800": "x"}),
        feature(8, claims="[{"),
    ]
    for number, one in enumerate((*bad, feature(99))):
        intake.take(one, f"features[{number}]")
    result = intake.result()
    assert [one.id for one in result.records.incidents] == ["a99"]
    assert {problem.record for problem in result.problems} == {
        "features[0]", "features[1]", "features[2]", *(f"a{n}" for n in range(1, 9)),
    }  # fmt: skip
    assert all(len(str(problem)) < 600 for problem in result.problems)
    assert result.notes == ()


def test_groups_sources_and_relations_are_read_as_records_are():
    intake = Intake("f")
    intake.take_members(
        "groups",
        [
            {"id": "a", "name": "A", "aliases": '["b"]', "colour": "red", "note": None},
            {"id": 12, "name": "B", "parents": "a; c"},
            {"id": "c", "name": "\ud800"},
            {"id": "d", "name": nested(50_000)},
            "e",
        ],
    )
    intake.take_members("sources", [{"id": "s", "title": "S", "is_document": 1, "may_publish": 0}])
    intake.take_members("relations", {})
    result = intake.result()
    first, second = result.records.groups
    assert (first.aliases, second.id, second.parents) == (("b",), "12", ("a", "c"))
    (source,) = result.records.sources
    assert (source.is_document, source.may_publish) == (True, False)
    assert [problem.record for problem in result.problems] == ["c", "d", "groups[4]", "relations"]
    assert [str(note) for note in result.notes] == [
        "f groups.colour: a name must be that of a field, got another in 1 record; left out"
    ]


def test_heights_and_lost_claims_are_told_once():
    intake = Intake()
    place = {"type": "Point", "coordinates": [69, 34, 1_800]}
    for number in range(3):
        one = feature(number, sources=["book"], geo_precision="settlement", radius_km=5)
        intake.take({**one, "geometry": place}, "")
    notes = [str(note) for note in intake.result().notes]
    assert "a place must have two coordinates, got heights in 3 records; they were left" in notes[0]
    assert "claims must come with their records, got 3 records without" in notes[1]


EXPORTED = json.loads("".join(to_collection(random_records(30))))["features"]
STORED = json.loads("".join(to_collection(random_records(30), stored=True)))["features"]
ODD = [
    *(None, "", 0, 0.0, -0.0, False, True, 1, 2.5, float("nan"), [], {}, [None], {"a": None}),
    *("x", " x ", "12,5", "12.5", "1_000", "2021/05/04 00:00:00+00", " 2021-05-04", "2021-05"),
    *("base area", "event", "armed", "a; b", "(2:a,b)", '["raid"]', "{}", "raid", ["raid", "raid"]),
    *([[1, 2, 3]], [[1, 2], [1, 2]], [1, 2], ["1", "2"], {"type": "Point", "coordinates": [1, 2]}),
    {"type": "Point", "coordinates": [1, 2, 3]},
    {"type": "MultiPoint", "coordinates": []},
    {"type": "MultiPoint", "coordinates": [[1, 2], [1, 2, 5]]},
    {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]},
    "POINT (1 2)",
    [{"about": "fatalities", "value": 4, "source": "s", "by": None}],
    [{"about": "fatalities", "value": 4, "source": "s", "cites": "a; b"}],
    '[{"about": "fatalities", "value": 4, "source": "s"}]',
]
PROPERTIES = sorted({
    *(Incident.model_fields.keys() | DERIVED),
    *("Event date", "TITLE", "lon", "lat", "x", "claims_text", "fid", "remark", "ID"),
})  # fmt: skip


def of_each(features: list[Any]) -> Any:
    intake = Intake("f")
    for at, one in enumerate(features):
        intake.take(one, f"features[{at}]")
    return intake.result()


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Take features as if none stood as our own do."""

    def take(features: list[Any]) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(gathering, "own_fields", lambda _: None)
            return of_each(features)

    return take


@pytest.mark.parametrize("features", [EXPORTED, STORED])
def test_what_stands_as_our_own_is_taken_at_once(
    features: list[Any], monkeypatch: pytest.MonkeyPatch, plainly: Any
) -> None:
    expected = plainly(features)
    asked = []
    understand = gathering.understand

    def noted(feature: Any, **options: Any) -> Any:
        asked.append(feature)
        return understand(feature, **options)

    monkeypatch.setattr(gathering, "understand", noted)
    assert of_each(features) == expected
    assert len(expected.records.incidents) > len(asked)
    for one in asked:
        properties = one["properties"]
        assert properties["record_kind"] == "base area" or not properties.get("claims")


@given(data=st.data())
def test_what_stands_otherwise_is_taken_as_ever(data: st.DataObject) -> None:
    feature = deepcopy(data.draw(st.sampled_from(EXPORTED + STORED)))
    for _ in range(data.draw(st.integers(1, 3))):
        value = deepcopy(data.draw(st.sampled_from(ODD)))
        name = data.draw(st.sampled_from([*PROPERTIES, "a member", "an id", "geometry", "claim"]))
        if name in ("a member", "an id", "geometry"):
            feature[{"a member": "more", "an id": "id"}.get(name, name)] = value
        elif name == "claim" and isinstance(feature["properties"].get("claims"), list):
            for claim in feature["properties"]["claims"][:1]:
                if isinstance(claim, dict):
                    claim[data.draw(st.sampled_from(("about", "value", "by", "cites", "on")))] = (
                        value
                    )
        else:
            feature["properties"][name] = value
    found = of_each([feature])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "own_fields", lambda _: None)
        expected = of_each([feature])
    assert found == expected
    # 1 is 1.0, and what is given twice is once.
    assert [one.model_dump_json() for one in found.records.incidents] == [
        one.model_dump_json() for one in expected.records.incidents
    ]
