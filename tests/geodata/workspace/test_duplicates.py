"""Pairs that may be of one event, with what speaks for it; and linked ones as one event."""

from __future__ import annotations

import pytest

from geodata import Store
from geodata.errors import FormatError
from geodata.queries import Filter
from geodata.records import Claim, ClaimAbout, Incident, ReadResult, Records, Source
from geodata.tongue import speaking
from geodata.workspace import Links, Workspace, as_linked, find_pairs, link_records, read_links


def record(identifier: str, **more) -> Incident:
    dataset = identifier.partition(":")[0]
    killed = more.pop("killed", 3)
    claims = [Claim(about=ClaimAbout.EVENT_TYPE, value="x", source=dataset, locator="line 2")]
    if killed is not None:
        claims += [Claim(about=ClaimAbout.FATALITIES, value=killed, source=dataset, locator="l. 2")]
    given = {
        "title": "Bombing, Kabul", "event_date": "2024-01-03", "event_types": ("bombing",),
        "points": ((69.2, 34.5),), "geo_precision": "settlement", "radius_km": 5, "place": "Kabul",
        **more,
    }  # fmt: skip
    return Incident(id=identifier, claims=tuple(claims), **given)


def keys(*records: Incident) -> list[tuple[str, str]]:
    return [one.key for one in find_pairs(records)]


def test_the_same_event_in_two_datasets_is_found_with_its_reasons():
    found = find_pairs([record("a:1"), record("b:9", points=((69.25, 34.52),), killed=4)])
    assert [one.key for one in found] == [("a:1", "b:9")]
    reasons = " ".join(found[0].reasons)
    for words in ("5.1 km apart, known within 5 and 5 km", "the same date, 3 January 2024",
                  "both bombing", "killed: 3 and 4"):  # fmt: skip
        assert words in reasons
    assert 0.6 < found[0].score < 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ru", ("расстояние 5,1 км, место известно в пределах 5 и 5 км",
                "одна дата, 3 января 2024", "вид обоих: взрыв", "погибшие: 3 и 4",
                "слова сходны на 100 %")),
        ("fa", ("فاصله ۵٫۱ کیلومتر، مکان معلوم در حد ۵ و ۵ کیلومتر",
                "همان تاریخ، ۳ ژانویهٔ ۲۰۲۴ (۱۳ دی ۱۴۰۲)",
                "نوع هر دو: بمب‌گذاری", "کشته‌شدگان: ۳ و ۴", "شباهت واژه‌ها ۱۰۰٪")),
    ],
)  # fmt: skip
def test_reasons_are_said_in_the_language_that_is_spoken(code, words):
    with speaking(code):
        found = find_pairs([record("a:1"), record("b:9", points=((69.25, 34.52),), killed=4)])
    assert found[0].reasons == words


@pytest.mark.parametrize(
    ("radii", "words"),
    [
        ((5, None), "one known within 5 km, of the other it is not stated"),
        ((None, None), "of neither is stated how exactly"),
    ],
)
def test_a_place_that_nobody_says_how_exact_is_compared_and_said_so(radii, words):
    known = [{} if km else {"geo_precision": "not stated", "radius_km": None} for km in radii]
    second = record("b:9", points=((69.25, 34.52),), killed=4, **known[1])
    found = find_pairs([record("a:1", **known[0]), second])
    assert f"5.1 km apart, {words}" in " ".join(found[0].reasons)


@pytest.mark.parametrize(
    "other",
    [
        {"points": ((69.6, 34.5),)},
        {"event_date": "2024-01-05"},
        {"event_types": ("arrest",)},
        {"killed": 40},
        {"geo_precision": "country", "points": ()},
        {"event_date": "2024"},
        {"record_kind": "aggregate", "points": ()},
    ],
    ids=["far", "later", "type", "toll", "no place", "a year", "a count"],
)
def test_what_speaks_against_it_makes_no_pair(other):
    assert keys(record("a:1"), record("b:9", **other)) == []


@pytest.mark.parametrize(
    "other",
    [
        {"event_date": "2024-01"},
        {"event_date": "2024-01-02/2024-01-04"},
        {"points": ((69.5, 34.5),), "radius_km": 25, "geo_precision": "district"},
        {"killed": None},
        {"event_types": ("attack",)},
    ],
    ids=["month", "days", "district", "no toll", "vague"],
)
def test_what_is_known_less_well_may_be_the_same(other):
    assert keys(record("a:1"), record("b:9", **other)) == [("a:1", "b:9")]


def test_dates_and_places_meet_over_the_edges_of_squares():
    east, west = {"points": ((179.99, 0.01),)}, {"points": ((-179.99, -0.01),)}
    assert keys(record("a:1", **east), record("b:9", **west)) == [("a:1", "b:9")]


def test_within_a_dataset_words_must_be_alike():
    two = [record("a:1", summary="A car bomb at a bank."), record("a:2", title="Mine, west road")]
    assert keys(*two) == []
    assert keys(record("a:1"), record("a:2")) == [("a:1", "a:2")]


def test_pairs_of_which_it_was_said_what_they_are_come_no_more():
    two = [record("a:1"), record("b:9")]
    links = Links().part("b:9", "a:1")
    assert find_pairs(two, apart=links.different) == []


def linked(*records: Incident, restricted: str = "") -> Records:
    sources = tuple(Source(id=name, title=name, may_publish=name != restricted) for name in "abc")
    links = Links().link("a:1", "b:9")
    return link_records(Records(incidents=records, sources=sources), links)


def test_linked_records_are_one_event_with_several_sources_and_counted_once():
    third = record("c:1", event_date="2020-01-01", related=("b:9",))
    kept = linked(record("a:1"), record("b:9", killed=4, radius_km=6, place="Kabul city"), third)
    assert [one.id for one in kept.incidents] == ["a:1", "c:1"]
    one = kept.incidents[0]
    assert one.sources == ("a", "b")
    values = {(str(claim.about), claim.value, claim.source) for claim in one.claims}
    assert {("fatalities", 3, "a"), ("fatalities", 4, "b"), ("place", "Kabul city", "b")} <= values
    assert kept.incidents[1].related == ("a:1",)
    toll = Store.of(kept).toll(Filter(), ClaimAbout.FATALITIES)
    assert (toll.everybody.low, toll.everybody.high) == (6, 7)
    assert toll.everybody.incidents.possible == 2


def test_a_toll_that_one_of_the_linked_records_shares_is_shared_by_both():
    third = record("c:1", event_date="2020-01-01", casualties_combined=("b:9",))
    shared = record("b:9", casualties_combined=("c:1",), shares_toll_beyond=True)
    one, other = linked(record("a:1"), shared, third).incidents
    assert (one.id, one.casualties_combined, one.shares_toll_beyond) == ("a:1", ("c:1",), True)
    assert (other.casualties_combined, other.shares_toll_beyond) == (("a:1",), False)


def test_the_place_is_that_of_who_knows_it_best_and_may_be_published():
    coarse = record("a:1", geo_precision="district", radius_km=25)
    assert [one.id for one in linked(coarse, record("b:9")).incidents] == ["b:9"]
    kept = linked(coarse, record("b:9"), restricted="b")
    assert [one.id for one in kept.incidents] == ["a:1"]


def test_a_link_of_a_record_that_is_not_there_changes_nothing():
    alone = Records(incidents=(record("a:1"),))
    assert link_records(alone, Links().link("a:1", "b:9")) is alone


def test_what_was_said_is_kept_in_the_workspace(tmp_path):
    workspace = Workspace(tmp_path)
    assert read_links(workspace) == Links()
    Links().link("b:9", "a:1").part("c:1", "a:1").save(workspace)
    assert read_links(workspace) == Links(frozenset({("a:1", "b:9")}), frozenset({("a:1", "c:1")}))
    result = ReadResult(Records(incidents=(record("a:1"), record("b:9"))))
    assert len(as_linked(result, workspace).records.incidents) == 1
    assert workspace.datasets() == []
    (tmp_path / "links.json").write_text('{"same": [["a"]]}')
    with pytest.raises(FormatError, match="pairs of ids"):
        read_links(workspace)
