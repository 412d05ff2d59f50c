"""How many incidents a rounded one may be, measured against somebody who joins them again."""

from __future__ import annotations

import re

import pytest

from geodata import Claim, Filter, Incident, Records, Source
from geodata.errors import RequestError
from geodata.publication.prepare import Coarsening, Publication, prepare, tellable_filter
from geodata.publication.risk import Risk, Veil, measure, veiled
from geodata.records import parse_date

PROVINCE = Coarsening.PROVINCE


def incident(one_id: str, day: str, killed: int = 3, **more: object) -> Incident:
    claims = (
        Claim(about="fatalities", value=killed, source="s", locator=f"paragraph {len(one_id)}"),
        Claim(about="date", value=day, source="s", locator="paragraph 2"),
    )
    fields = {"id": one_id, "title": one_id, "event_date": day, "event_types": ["bombing"]}
    return Incident.model_validate({**fields, "country": "IR", "claims": claims, **more})


def records_of(*incidents: Incident) -> Records:
    return Records(incidents, sources=(Source(id="s", title="A report"),))


# The same but for the day, and the same but for the month.
DAYS = records_of(incident("a", "2024-01-03"), incident("bb", "2024-01-09"))
MONTHS = records_of(incident("a", "2024-01-03"), incident("bb", "2024-05-09"))


def found_again(before: Records, after: Records) -> list[int]:
    """Join rounded incidents with the records as they were, by what an outsider has of both."""

    def fits(one: Incident, told: Incident) -> bool:
        spans = one.span, told.span
        return (
            (one.country, one.other_countries) == (told.country, told.other_countries)
            and one.event_types == told.event_types
            and spans[1].start <= spans[0].start <= spans[0].end <= spans[1].end
        )

    return [sum(fits(one, told) for one in before.incidents) for told in after.incidents]


@pytest.mark.parametrize("publication", [
    Publication(coarsen=Coarsening.DISTRICT),
    Publication(coarsen=PROVINCE),
    Publication(coarsen=PROVINCE, confidential=True),
])  # fmt: skip
def test_an_adversary_finds_no_more_than_is_said(
    shipped: Records, publication: Publication
) -> None:
    prepared = prepare(shipped, publication)
    risk = measure(prepared.records)
    matches = found_again(shipped, prepared.records)
    assert len(matches) == risk.total == len(shipped.incidents)
    # Each fits at least the incident that it is, and what fits one alone is counted as such.
    assert min(matches) >= 1
    assert matches.count(1) <= risk.unique_in_short <= risk.unique
    assert matches.count(1) > risk.total / 2
    assert prepared.changes[-1] == risk.sentence
    assert f"{risk.unique_in_short} of {risk.total} incidents" in risk.sentence


def test_who_joins_knows_an_incident_by_the_toll_that_it_shares() -> None:
    one, other, third = (incident(name, "2024-01-03", title="A") for name in "abc")
    alike = measure(records_of(one, other))
    assert (alike.unique, alike.smallest) == (0, 2)
    for told in (
        {"casualties_combined": ("c",)}, {"shares_toll_beyond": True}, {"related": ("c",)},
    ):  # fmt: skip
        by_it = measure(records_of(one.but(**told), other, third))
        assert (by_it.unique, by_it.smallest) == (1, 1)
    # With whom it does is hidden, since ids are new.
    same = (one.but(casualties_combined=("c",)), other.but(casualties_combined=("d",)))
    assert measure(records_of(*same)).smallest == 2
    left_out = Publication(coarsen=PROVINCE, min_k=2)
    with pytest.raises(RequestError, match="1 of 3 are like no other"):
        prepare(records_of(one.but(casualties_combined=("x",)), other, third), left_out)


@pytest.mark.parametrize(
    ("count", "share"),
    [(0, "0 %"), (1, "under 1 %"), (930, "93 %"), (999, "over 99 %"), (1_000, "100 %")],
)
def test_a_share_is_neither_all_nor_none_where_it_is_nearly_so(count: int, share: str) -> None:
    told = Risk(total=1_000, unique=count, smallest=1, unique_in_short=500).sentence
    assert f"{count:,} of 1,000 incidents ({share}) again" in told


def test_rounding_dates_makes_incidents_alike(shipped: Records) -> None:
    plain = measure(prepare(shipped, Publication(coarsen=PROVINCE)).records)
    rounded = measure(prepare(shipped, Publication(coarsen=PROVINCE, confidential=True)).records)
    assert rounded.unique_in_short < plain.unique_in_short


@pytest.mark.parametrize(
    ("records", "veil", "date"), [(DAYS, Veil.MONTHS, "2024-01"), (MONTHS, Veil.YEARS, "2024")]
)
def test_no_more_is_hidden_than_is_needed(records: Records, veil: Veil, date: str) -> None:
    publication = Publication(coarsen=PROVINCE, confidential=True, min_k=2)
    prepared = prepare(records, publication)
    assert [one.event_date for one in prepared.records.incidents] == [date, date]
    assert veil.sentence in prepared.changes
    risk = measure(prepared.records)
    assert (risk.smallest, risk.unique) == (2, 0)
    text = prepared.records.incidents[0].model_dump_json()
    assert "paragraph" not in text
    assert not re.search(r"2024-\d\d-\d\d", text)


def test_what_is_alike_already_keeps_its_dates_and_paragraphs() -> None:
    alike = records_of(incident("a", "2024-01-03"), incident("b", "2024-01-03"))
    prepared = prepare(alike, Publication(coarsen=PROVINCE, confidential=True, min_k=2))
    assert {one.event_date for one in prepared.records.incidents} == {"2024-01-03"}
    assert {one.claims[0].locator for one in prepared.records.incidents} == {"paragraph 1"}


def test_below_a_chosen_k_nothing_goes_out() -> None:
    with pytest.raises(RequestError, match=r"at least 2 .* got 1; 2 of 2 .* try it with confid"):
        prepare(DAYS, Publication(coarsen=PROVINCE, min_k=2))
    with pytest.raises(RequestError, match=r"at least 3 by all that is told of it, got 2"):
        prepare(DAYS, Publication(coarsen=PROVINCE, confidential=True, min_k=3))
    nothing = prepare(Records(), Publication(coarsen=PROVINCE, min_k=3))
    assert nothing.changes[-1] == "Measured: nothing was rounded that could be found again."
    for asked in ({"confidential": True}, {"min_k": 2}):
        with pytest.raises(RequestError, match="must be given with coarsen"):
            Publication(**asked)  # type: ignore[arg-type]
    with pytest.raises(RequestError, match="min-k must be at least 0, got -1"):
        Publication(coarsen=PROVINCE, min_k=-1)


@pytest.mark.parametrize(
    ("date", "months", "years"),
    [
        ("2024-01-03", "2024-01", "2024"),
        ("2024-01", "2024-01", "2024"),
        ("2016-23", "2016-23", "2016"),
        ("2015~", "2015~", "2015~"),
        ("2022-04-17/2022-05-03", "2022-04/2022-05", "2022"),
        ("2022-04-17/2022-04-19", "2022-04", "2022"),
        ("2021-12-31/..", "2021-12/..", "2021/.."),
        ("XXXX", "XXXX", "XXXX"),
    ],
)
def test_dates_are_rounded_and_stay_dates(date: str, months: str, years: str) -> None:
    one = records_of(incident("a", date))
    for veil, text in ((Veil.LOCATORS, date), (Veil.MONTHS, months), (Veil.YEARS, years)):
        [told] = veiled(one, veil).incidents
        assert (told.event_date, told.claims[1].value) == (text, text)
        before, after = parse_date(date), parse_date(text)
        assert after.start <= before.start
        assert before.end <= after.end


def test_a_period_tells_no_date_that_is_rounded() -> None:
    chosen = Filter.from_query("country=IR&from=2024-01-03&to=2024-01-03")
    publication = Publication(coarsen=PROVINCE, confidential=True)
    assert tellable_filter(chosen, publication).to_query() == "country=IR"
