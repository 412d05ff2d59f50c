"""Tests of what a filter asks of the table: cases at the edges of a period and for each field."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import pytest
from fixed_records import claim, incident
from plain_loop import wanted

from geodata.queries.expressions import filtered
from geodata.queries.filters import DateMatch, Filter
from geodata.queries.table import to_table
from geodata.records.collection import Records
from geodata.records.dates import FIRST_DAY, LAST_DAY, parse_date
from geodata.records.model import Group

# Each kind of date that a source may give.
DATES = (
    "2022-10-15",
    "2022-10",
    "2022-22",
    "2022-24",
    "2022",
    "2022~",
    "2022-04-17/2022-05-03",
    "2022-04/2022-05",
    "2022/..",
    "../2022",
    "XXXX",
)
RECORDS = Records(tuple(incident(f"one-{n}", event_date=text) for n, text in enumerate(DATES)))
EDGES = sorted(
    {
        edge + timedelta(days)
        for text in DATES
        for edge in (parse_date(text).start, parse_date(text).end)
        if edge not in (FIRST_DAY, LAST_DAY)
        for days in (-1, 0, 1)
    }
)


def found(records: Records, chosen: Filter) -> set[str]:
    rows = filtered(chosen, ibis.memtable(to_table(records)), lambda name: [name])
    return set(rows.id.to_pyarrow().to_pylist())


@pytest.fixture(scope="module")
def table():
    return ibis.memtable(to_table(RECORDS))


# A month, whose days may be 1 to 31 October, and a period that begins or ends about it.
@pytest.mark.parametrize(
    ("day", "from_possible", "from_certain", "to_possible", "to_certain"),
    [
        ("2022-09-30", True, True, False, False),
        ("2022-10-01", True, True, True, False),
        ("2022-10-02", True, False, True, False),
        ("2022-10-30", True, False, True, False),
        ("2022-10-31", True, False, True, True),
        ("2022-11-01", False, False, True, True),
    ],
)
def test_a_month_about_the_edges_of_a_period(
    day, from_possible, from_certain, to_possible, to_certain
):
    edge, month = date.fromisoformat(day), Records((incident(event_date="2022-10"),))

    def is_found(**period: date) -> list[bool]:
        return [bool(found(month, Filter(**period, date_match=match))) for match in DateMatch]

    assert is_found(start=edge) == [from_possible, from_certain]
    assert is_found(end=edge) == [to_possible, to_certain]


@pytest.mark.parametrize("match", DateMatch)
@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_every_kind_of_date_about_both_edges_of_a_period(table, edge, match):
    periods = (
        {"start": edge},
        {"end": edge},
        {"start": edge, "end": edge},
        {"start": edge, "end": edge + timedelta(31)},
    )
    for period in periods:
        chosen = Filter(**period, date_match=match)
        rows = filtered(chosen, table, lambda name: [name])
        expected = {one.id for one in wanted(RECORDS, chosen)}
        assert set(rows.id.to_pyarrow().to_pylist()) == expected, period


def test_periods_tell_certain_from_possible_at_both_edges():
    """The cases above are worth something: both answers differ, at either edge."""
    for name in ("start", "end"):
        differing = [
            edge
            for edge in EDGES
            if wanted(RECORDS, Filter(**{name: edge}))
            != wanted(RECORDS, Filter(**{name: edge}, date_match=DateMatch.CERTAIN))
        ]
        assert len(differing) > len(EDGES) // 2


GROUPS = (Group(id="iskp", name="Khorasan Province", short_name="IS-KP", aliases=("Wilayat",)),)
LINKED = claim("attribution", "iskp", stance="claims")


@pytest.mark.parametrize(
    ("word", "fields"),
    [
        ("lighthouse", {"identifier": "lighthouse-2020"}),
        ("lighthouse", {"title": "At the lighthouse"}),
        ("lighthouse", {"summary": "Near the old lighthouse."}),
        ("lighthouse", {"place": "Lighthouse"}),
        ("lighthouse", {"admin2": "Lighthouse"}),
        ("lighthouse", {"admin1": "Lighthouse"}),
        ("lighthouse", {"target": "a lighthouse"}),
        ("lighthouse", {"means": "a lighthouse's lamp"}),
        ("suicide", {"event_types": ("raid", "suicide bombing")}),
        ("khorasan", {"claims": (LINKED,)}),
        ("is-kp", {"claims": (LINKED,)}),
        ("wilayat", {"claims": (LINKED,)}),
        ("nobody", {"claims": (claim("involved", "nobody"),)}),
    ],
)
def test_a_search_looks_into_every_field(word, fields):
    identifier = fields.pop("identifier", "sought")
    records = Records((incident(identifier, **fields), incident("other")), groups=GROUPS)
    assert found(records, Filter(text=word.upper())) == {identifier}
    assert found(records, Filter(text="zzz")) == set()
