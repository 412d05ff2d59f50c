"""How a briefing is gathered: counts that add up, ranges, sources, nothing of the clock."""

from __future__ import annotations

import pytest
from samples import HOSTILE, hostile_records, many_records, typed_records

from geodata import Filter, Records, Store, load
from geodata.datasets import CREDIT
from geodata.errors import RequestError
from geodata.publication.prepare import Coarsening, Publication
from geodata.records.dates import FIRST_DAY
from geodata.scope import describe_kinds
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.progress import Cancelled, Progress


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.of(load())


def test_counts_of_the_shipped_records_add_up(store: Store) -> None:
    briefing = compose(store, Filter())
    counts = briefing.counts
    assert counts.shown == counts.in_all == len(load().incidents) == len(briefing.incidents)
    assert counts.placed == sum(one.is_mappable for one in load().incidents)
    assert counts.placed + counts.unplaced + counts.aggregates == counts.shown
    assert counts.base_areas == len(load().base_areas)
    assert counts.areas_drawn == sum(area.is_mappable for area in load().base_areas)
    assert briefing.scope.startswith(
        f"{counts.events} events: {counts.placed} on the map, {counts.unplaced} without a known "
        f"place; {counts.aggregates} campaigns and counts, listed; {counts.base_areas} base areas"
    )
    assert "of them on the map" in briefing.scope


def test_lines_say_ranges_and_who_says_what(store: Store) -> None:
    briefing = compose(store, Filter.from_query("q=kerman&from=2024-01&to=2024-01"))
    line = next(one for one in briefing.incidents if one.id == "kerman-2024-01-03")
    assert line.killed == "94 to nearly 100"
    assert line.when == "3 January 2024"
    assert line.place == "Kerman, Iran"
    assert line.is_placed
    assert "claimed by Islamic State (Amaq)" in line.responsibility
    accused = "attributed instead to Israel and United States by government of Iran"
    assert accused in line.responsibility
    assert set(line.sources) <= {one.id for one in briefing.sources}


def test_lines_are_in_order_of_time(store: Store) -> None:
    days = [line.start for line in compose(store, Filter()).incidents]
    dated = [day for day in days if day != FIRST_DAY]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [FIRST_DAY] * (len(days) - len(dated)) != []


def test_types_of_sources_keep_their_looks_whatever_is_asked_for() -> None:
    store = Store.of(typed_records(160))
    looks = {one.id: one.kind for one in compose(store, Filter()).incidents}
    assert compose(store, Filter()).own_types == store.own_types == ("Theft", "Fraud x")
    some = compose(store, Filter.from_query("source_type=Fraud x"))
    assert {one.id: one.kind for one in some.incidents}.items() <= looks.items()
    # No word of what was not asked for.
    assert some.own_types == ("", "Fraud x")
    assert compose(store, Filter.from_query("type=raid")).own_types == ()


def test_title_and_note_are_the_authors(store: Store) -> None:
    chosen = Filter.from_query("country=TJ&from=2018")
    plain = compose(store, chosen)
    assert plain.title == plain.words == "All incidents and base areas, from 2018 on, in Tajikistan"
    named = compose(
        store, chosen, BriefingOptions(title="  For\nthe  desk ", note=" First.\nSecond. ")
    )
    assert (named.title, named.note) == ("For the desk", "First.\nSecond.")
    assert named.words == plain.words


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (BriefingOptions(title="x" * 201), "title must have at most 200 characters, got 201"),
        (BriefingOptions(note="x" * 5_001), "note must have at most 5,000 characters, got 5,001"),
        (
            BriefingOptions(credit="x" * 1_001),
            "credit must have at most 1,000 characters, got 1,001",
        ),
        (BriefingOptions(as_of="soon"), "as-of must be an EDTF date, got 'soon'"),
        (BriefingOptions(made="today"), "made must be an EDTF date, got 'today'"),
        (BriefingOptions(contact="x" * 201), "contact must have at most 200 characters, got 201"),
    ],
)
def test_what_cannot_be_is_refused(store: Store, options: BriefingOptions, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        compose(store, Filter(), options)


def test_as_of_is_the_newest_document_unless_given(store: Store) -> None:
    assert compose(store, Filter()).as_of == "Sources up to about 2024"
    assert compose(store, Filter(), BriefingOptions(as_of="2024-06")).as_of == "As of June 2024"
    assert compose(Store.of(many_records(1)), Filter()).as_of == ""


def test_period_is_the_filters_or_that_of_the_incidents(store: Store) -> None:
    assert compose(store, Filter.from_query("from=2018&to=2020")).period == "2018–2020"
    tajikistan = compose(store, Filter.from_query("country=TJ&areas=off"))
    assert tajikistan.period == "1992 – 7 May 2022"  # the civil war is known by its years
    assert compose(store, Filter.from_query("q=zzzz&areas=off")).period == "All dates"


def test_period_of_one_day_is_that_day() -> None:
    assert compose(Store.of(many_records(1)), Filter()).period == "1 January 2000"


def test_period_of_rough_dates_is_no_more_exact_than_they_are(store: Store) -> None:
    assert compose(store, Filter()).period == "1990 – 2024"


def test_sources_are_those_of_the_records_shown(store: Store) -> None:
    briefing = compose(store, Filter.from_query("country=TJ&areas=off"))
    read_in = {claim.source for one in briefing.records.incidents for claim in one.claims}
    assert {one.id for one in briefing.sources} == read_in
    assert not read_in & {one.id for one in briefing.cited}
    assert [one.text for one in briefing.sources] == sorted(
        (one.text for one in briefing.sources), key=str.casefold
    )


@pytest.mark.parametrize("identifier", ["kerman-2024-01-03", "krasnogorsk-2024-03-22"])
def test_no_source_is_listed_that_says_nothing_of_what_is_shown(
    store: Store, identifier: str
) -> None:
    briefing = compose(store, Filter.from_query(f"q={identifier}&areas=off"))
    (shown,) = briefing.records.incidents
    assert {one.id for one in briefing.sources} == set(shown.sources)
    assert {one.id for one in briefing.cited} == set(shown.cited_sources)


def test_a_briefing_is_as_new_as_what_it_rests_on(store: Store) -> None:
    briefing = compose(store, Filter.from_query("q=danghara-2018-07-29&areas=off"))
    assert briefing.as_of == "Sources up to about November 2018"


def test_nothing_found_is_said(store: Store) -> None:
    briefing = compose(store, Filter.from_query("q=zzzz&areas=off"))
    assert briefing.counts.shown == briefing.counts.base_areas == 0
    assert briefing.incidents == briefing.base_areas == briefing.histogram.bins == ()
    assert briefing.sources == ()
    kinds = describe_kinds(briefing.counts.all_events, briefing.counts.all_aggregates)
    assert briefing.scope == f"None of the {kinds} in the record"
    assert compose(Store.of(Records()), Filter()).scope == "No incidents"


def test_areas_fade_by_the_filters_period(store: Store) -> None:
    late = compose(store, Filter.from_query("from=2023")).base_areas
    assert {one.doubt for one in late if one.is_faded} == {
        "not certain for the period",
        "beginning not stated",
    }
    whole = compose(store, Filter()).base_areas
    assert {one.is_faded for one in whole} == {True, False}
    assert all(one.is_faded == (one.validity.certain is None) for one in whole)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_kept_as_text(text: str) -> None:
    records = hostile_records(text)
    briefing = compose(Store.of(records), Filter())
    assert briefing.incidents[0].title == text
    assert text in briefing.incidents[0].responsibility
    assert [one.url for one in briefing.sources if one.id == "s"] == [""]


def test_equal_input_gives_an_equal_briefing(store: Store) -> None:
    assert compose(store, Filter()) == compose(Store.of(load()), Filter())


def test_coarsened_briefing_does_not_name_the_place(store: Store) -> None:
    chosen = Filter.from_query("q=danghara&type=vehicle attack&areas=off")
    options = BriefingOptions(publication=Publication(coarsen=Coarsening.PROVINCE))
    briefing = compose(store, chosen, options)
    [line] = briefing.incidents
    assert briefing.words == "Vehicle attacks, all dates, without base areas"
    assert briefing.title.startswith("Khatlon, 29 July 2018: 4 killed; ")
    assert briefing.changes
    assert (line.place, line.precision_words) == (
        "Khatlon, Tajikistan",
        "known only to the province",
    )
    assert "danghara" not in repr(briefing).casefold()


def test_sources_that_forbid_publication_are_counted() -> None:
    records = hostile_records("plain")
    closed = [
        s.model_copy(update={"may_publish": False}) if s.id == "t" else s for s in records.sources
    ]
    store = Store.of(Records(records.incidents, records.base_areas, records.groups, tuple(closed)))
    open_to_all = compose(store, Filter())
    assert "1 source" in " ".join(open_to_all.changes)
    assert "t" not in {one.id for one in open_to_all.sources}
    licensed = compose(store, Filter(), BriefingOptions(publication=Publication(licensed=True)))
    assert licensed.changes == ()
    assert "t" in {one.id for one in licensed.sources}


def test_rounding_tells_how_far_it_is_and_can_be_stopped() -> None:
    store = Store.of(many_records(300))
    options = BriefingOptions(publication=Publication(coarsen=Coarsening.PROVINCE))
    told: list[str] = []
    progress = Progress(lambda _, words: told.append(words))
    compose(store, Filter(), options, progress)
    assert "Rounding places: 100 of 300 records" in told

    def stop(_: float, words: str) -> None:
        if words.startswith("Rounding places: 100"):
            stopping.cancel()

    stopping = Progress(stop)
    with pytest.raises(Cancelled):
        compose(store, Filter(), options, stopping)


def test_credit_is_that_of_the_records(store: Store) -> None:
    assert compose(store, Filter()).credits[0] == CREDIT
    own = Store.of(many_records(2))
    assert CREDIT not in compose(own, Filter()).credits
    assert compose(own, Filter(), BriefingOptions(credit="The desk")).credits[0] == "The desk"
