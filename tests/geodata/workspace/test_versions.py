"""What a dataset was stays beside what it is, and can be asked, compared and removed."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fixed_records import base_area, claim, incident
from versioned import FIRST, KABUL, Clock, put

from geodata import Filter, Group, Records, read_records
from geodata.errors import RequestError
from geodata.queries import RecordsCatalogue
from geodata.workspace import (
    Between,
    Changed,
    Dataset,
    Workspace,
    compare_versions,
    open_parts,
    read_all,
    writing,
)

SECOND = FIRST.replace("69.2 | 3", "69.2 | 5")
THIRD = SECOND.replace("2  | 2024-01-04", "3  | 2024-01-05")
OTHERS = "Of groups, their relations and sources, 2 are not as they were."


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    Clock.stop(monkeypatch)
    return Clock


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "work")


def deaths(dataset: Dataset) -> list[tuple[str, object]]:
    records = read_all([dataset.folder], read_records).records
    return [(one.id, claim.value) for one in records.incidents for claim in one.claims
            if claim.about == "fatalities"]  # fmt: skip


def test_what_it_was_is_read_as_before(workspace):
    put(workspace, FIRST)
    put(workspace, SECOND, KABUL + timedelta(days=3))
    dataset = put(workspace, THIRD, KABUL + timedelta(days=9))
    first, second, now = dataset.versions()
    assert deaths(first) == [("own:1", 3), ("own:2", 1)]
    assert deaths(second) == [("own:1", 5), ("own:2", 1)]
    assert deaths(now) == [("own:1", 5), ("own:3", 1)]
    assert [one.name for one in dataset.versions()] == ["own", "own", "own"]
    assert len({one.manifest().version for one in dataset.versions()}) == 3
    assert [one.name for one in workspace.datasets()] == ["own"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-11-02", 3),  # the day on the clock that stood there, not that of Greenwich
        ("2021-11-04", 3),
        ("2021-11-05", 5),
        ("2021-11-30", 5),
    ],
)
def test_a_day_finds_what_was_there_at_its_end(workspace, clock, day, expected):
    put(workspace, FIRST)
    dataset = put(workspace, SECOND, KABUL + timedelta(days=3))
    clock.at = datetime(2021, 12, 1, tzinfo=UTC)
    assert deaths(dataset.as_known(date.fromisoformat(day)))[0] == ("own:1", expected)
    assert deaths(dataset.version_named(day))[0] == ("own:1", expected)


def test_the_last_of_a_day_is_what_was_known_on_it(workspace):
    put(workspace, FIRST)
    dataset = put(workspace, SECOND, KABUL + timedelta(hours=3))
    assert dataset.as_known(date(2021, 11, 2)) == dataset


def test_a_day_before_the_first_or_to_come_is_refused(workspace):
    dataset = put(workspace, FIRST)
    with pytest.raises(
        RequestError, match="known must be a day from 2021-11-02 on: of own nothing"
    ):
        dataset.as_known(date(2021, 11, 1))
    with pytest.raises(RequestError, match="known must not be a day to come, got 2021-11-03"):
        dataset.as_known(date(2021, 11, 3))


def test_the_same_records_again_are_no_other_version(workspace):
    put(workspace, FIRST)
    put(workspace, SECOND, KABUL + timedelta(days=1))
    dataset = put(workspace, SECOND, KABUL + timedelta(days=5))
    assert len(dataset.versions()) == 2
    assert dataset.since == KABUL + timedelta(days=1)


def test_records_that_come_back_are_a_version_again(workspace):
    for days, table in enumerate((FIRST, SECOND, FIRST, SECOND)):
        dataset = put(workspace, table, KABUL + timedelta(days=days))
    assert [deaths(one)[0][1] for one in dataset.versions()] == [3, 5, 3, 5]
    assert dataset.version_named(dataset.versions()[0].manifest().version) == dataset.versions()[2]


def test_each_comes_after_the_one_before_whatever_the_clock_says(workspace):
    put(workspace, FIRST)
    put(workspace, SECOND)
    dataset = put(workspace, THIRD, KABUL - timedelta(days=8))
    assert [deaths(one)[0][1] for one in dataset.versions()] == [3, 5, 5]
    assert sorted(one.since for one in dataset.versions()) == [
        one.since for one in dataset.versions()
    ]


def test_a_version_is_named_by_day_fingerprint_or_now(workspace):
    first = put(workspace, FIRST).manifest().version
    dataset = put(workspace, SECOND, KABUL + timedelta(days=3))
    assert dataset.version_named("now") == dataset
    assert dataset.version_named(first) == dataset.version_named(first[:6])
    assert dataset.version_named(first).manifest().version == first
    for text in ("", "1", "soon", "2021-13-01", "ffffffffffff", "."):
        with pytest.raises(RequestError, match="a version must be a day such as 2026-11-01"):
            dataset.version_named(text)


def test_files_are_shared_and_what_names_persons_is_not_kept(workspace):
    table = FIRST.replace("killed", "victim_name")
    before = put(workspace, table)
    before.file("persons.csv").write_text("id,name\n")
    inode = before.file("details.parquet").stat().st_ino
    dataset = put(workspace, THIRD, KABUL + timedelta(days=3))
    kept = dataset.versions()[0].folder
    assert (kept / "details.parquet").stat().st_ino == inode
    assert sorted(one.name for one in kept.iterdir()) == [
        "base_areas.geojson", "details.parquet", "groups.json", "ids.parquet", "incidents.duckdb",
        "incidents.parquet", "manifest.json", "sources.json",
    ]  # fmt: skip


def test_where_files_cannot_be_shared_they_are_copied(workspace, monkeypatch):
    def no_link(*_: object) -> None:
        raise OSError("no links here")

    put(workspace, FIRST)
    monkeypatch.setattr(os, "link", no_link)
    dataset = put(workspace, SECOND, KABUL + timedelta(days=3))
    assert deaths(dataset.versions()[0]) == [("own:1", 3), ("own:2", 1)]


def test_the_oldest_go_and_others_when_one_says_so(workspace, monkeypatch):
    monkeypatch.setattr(writing, "MOST_VERSIONS", 3)
    for days in range(5):
        table = FIRST.replace("69.2 | 3", f"69.2 | {days}")
        dataset = put(workspace, table, KABUL + timedelta(days=days))
    assert [deaths(one)[0][1] for one in dataset.versions()] == [2, 3, 4]
    assert dataset.prune(1) == 1
    assert [deaths(one)[0][1] for one in dataset.versions()] == [3, 4]
    assert dataset.prune(0) == 1
    assert [deaths(one)[0][1] for one in dataset.versions()] == [4]
    assert dataset.prune(0) == 0
    with pytest.raises(RequestError, match="known must be a day from 2021-11-06 on"):
        dataset.as_known(date(2021, 11, 4))


def test_an_older_dataset_is_as_old_as_its_manifest(workspace):
    dataset = put(workspace, FIRST)
    path = dataset.file("manifest.json")
    path.write_text(path.read_text().replace(KABUL.isoformat(), ""))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert dataset.since.timestamp() == 1_700_000_000
    dataset = put(workspace, SECOND, KABUL + timedelta(days=3))
    assert dataset.versions()[0].since.timestamp() == 1_700_000_000


def test_another_name_takes_them_along(workspace):
    put(workspace, FIRST)
    put(workspace, SECOND, KABUL + timedelta(days=3))
    workspace.rename("own", "other")
    dataset = workspace.get("other")
    assert [one.name for one in dataset.versions()] == ["other", "other"]
    assert deaths(dataset.versions()[0])[0] == ("own:1", 3)


def between(dataset: Dataset, one: int = 0, other: int = -1) -> Between:
    old, new = (
        open_parts([dataset.versions()[at].folder], read_records).catalogue for at in (one, other)
    )
    return compare_versions(old, new)


def test_two_versions_differ_by_what_their_records_say(workspace):
    put(workspace, FIRST)
    dataset = put(workspace, THIRD.replace("Kabul", "Kābul"), KABUL + timedelta(days=3))
    found = between(dataset)
    assert list(found.new) == ["own:3"]
    assert found.new["own:3"].startswith("5 January 2024: ")
    assert list(found.withdrawn) == ["own:2"]
    (changed,) = found.changed
    assert changed.id == "own:1"
    told = {one.what: (one.before, one.now) for one in changed.said}
    assert told["place"] == ("Kabul", "Kābul")
    before, now = told["fatalities"]
    assert before.startswith("3 [“own.csv”")
    assert now.startswith("5 [“own.csv”")
    assert found.words == "1 record is new, 1 changed, 1 was withdrawn; none is the same."
    assert found.to_dict()["changed"][0]["said"][0].keys() == {"what", "before", "now"}


def test_another_row_of_another_file_is_no_other_claim(workspace):
    put(workspace, FIRST)
    one, two = FIRST.strip().splitlines()[1:]
    dataset = put(workspace, FIRST.replace(f"{one}\n{two}", f"{two}\n{one}"), KABUL + timedelta(3))
    assert len(dataset.versions()) == 2
    assert between(dataset).words == "All 2 records are the same."
    both = [read_all([one.folder], read_records).records for one in dataset.versions()]
    lines = [records.incidents_by_id["own:1"].claims[0].locator for records in both]
    assert lines == ["own.csv, line 2", "own.csv, line 3"]


def test_the_other_way_round_new_is_withdrawn(workspace):
    put(workspace, FIRST)
    dataset = put(workspace, THIRD, KABUL + timedelta(days=3))
    there, back = between(dataset), between(dataset, -1, 0)
    assert (there.new, there.withdrawn) == (back.withdrawn, back.new)
    assert [(said.before, said.now) for one in there.changed for said in one.said] == [
        (said.now, said.before) for one in back.changed for said in one.said
    ]


def test_what_came_in_the_place_of_a_claim_stands_beside_it(workspace):
    old = Records(
        incidents=(
            incident(
                "a", claims=(claim("fatalities", 3), claim("injured", 9), claim("target", "x"))
            ),
            incident("b", claims=(claim("fatalities", 3, by="One"), claim("fatalities", 3))),
        ),
        base_areas=(base_area("x"), base_area("y"), base_area("same")),
    )
    new = Records(
        incidents=(
            incident(
                "a", claims=(claim("fatalities", 4), claim("arrested", 1), claim("target", "x"))
            ),
            incident("b", claims=(claim("fatalities", 3), claim("fatalities", 3, by="Two"))),
        ),
        base_areas=(base_area("x", last_cited="2020"), base_area("z"), base_area("same")),
        groups=(Group(id="iskp", name="ISKP"),),
    )
    found = compare_versions(RecordsCatalogue(old), RecordsCatalogue(new))
    told = {one.id: [(said.before, said.now) for said in one.said] for one in found.changed}
    assert told["a"] == [
        ("3 [book, page 1]", "4 [book, page 1]"),
        ("9 [book, page 1]", ""),
        ("", "1 [book, page 1]"),
    ]
    assert told["b"] == [
        ("One: 3 [book, page 1]", ""),
        ("", "Two: 3 [book, page 1]"),
    ]
    assert told["x"] == [("2019", "2020")]
    assert (list(found.new), list(found.withdrawn), found.same) == (["z"], ["y"], 1)
    assert found.words == (
        "1 record is new, 3 changed, 1 was withdrawn; 1 is the same. Of groups, their relations "
        "and sources, 1 is not as it was."
    )


def test_a_toll_that_others_come_to_share_is_told_in_words():
    one = incident("a", claims=(claim("fatalities", 3),))
    new = one.but(casualties_combined=("b",), shares_toll_beyond=True)
    old, now = (RecordsCatalogue(Records((o,))) for o in (one, new))
    (changed,) = compare_versions(old, now).changed
    assert [(said.what, said.before, said.now) for said in changed.said] == [
        ("one toll with", "", "b"), ("one toll with others that are not here", "no", "yes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Between(), "There is no record in either."),
        (Between(same=1), "The one record is the same."),
        (Between(same=1_234), "All 1,234 records are the same."),
        (
            Between({"a": "A", "b": "B"}, [], {"c": "C", "d": "D"}, 7),
            "2 records are new, none changed, 2 were withdrawn; 7 are the same.",
        ),
        (
            Between({}, [Changed("a", "A", ())], {}),
            "No record is new, 1 changed, none was withdrawn; none is the same.",
        ),
        (Between(same=2, others=2), f"All 2 records are the same. {OTHERS}"),
    ],
)
def test_a_difference_is_a_sentence(found, words):
    assert found.words == words


def test_rows_that_were_only_touched_are_the_same(workspace):
    touched = FIRST.replace("killed", "killed | timestamp").replace("| 3\n", "| 3 | 1\n")
    put(workspace, touched.replace("| 1\n2", "| 1\n2").replace("62.2 | 1", "62.2 | 1 | 1"))
    again = touched.replace("| 3 | 1", "| 3 | 2").replace("62.2 | 1", "62.2 | 1 | 2")
    dataset = put(workspace, again, KABUL + timedelta(days=3))
    assert len(dataset.versions()) == 2
    assert between(dataset).words == "All 2 records are the same."


def test_versions_are_opened_side_by_side_and_each_has_its_answers(workspace):
    put(workspace, FIRST)
    dataset = put(workspace, THIRD, KABUL + timedelta(days=3))
    first, now = (open_parts([one.folder], read_records).store() for one in dataset.versions())
    assert first.version != now.version
    assert first.ids(Filter()) == {"own:1", "own:2"}
    assert now.ids(Filter()) == {"own:1", "own:3"}
    assert [one.value for one in first.incident("own:1").claims] == [3]
    assert [one.value for one in now.incident("own:1").claims] == [5]
