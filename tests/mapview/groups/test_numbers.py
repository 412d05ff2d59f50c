"""Figures of a group: ranges stay ranges, and those of different people or speakers stay apart."""

from __future__ import annotations

from typing import Any

from geodata import load
from geodata.records import Claim
from mapview.groups.numbers import number_series
from mapview.lines import SourceLine


def cite(identifier: str) -> SourceLine:
    return SourceLine(identifier, identifier)


def said(value: int, **how: Any) -> Claim:
    return Claim(**{"about": "count", "source": "s", "part": "members", **how}, value=value)


def lines(*claims: Claim) -> list[str]:
    (series,) = number_series(claims, cite)
    return [f"{one.value} | {one.as_of} | {one.by}" for one in series.lines]


def test_the_two_ends_that_one_account_gives_are_one_range():
    ends = said(2000, qualifier="at most"), said(1300, qualifier="at least")
    assert lines(*ends) == ["1,300 to 2,000 | time not stated | the document"]
    about = said(1100, qualifier="about"), said(1000, qualifier="about")
    assert lines(*about) == ["about 1,000 to 1,100 | time not stated | the document"]


def test_figures_of_different_speakers_are_never_one():
    two = said(2000, qualifier="at most", by="A"), said(1300, qualifier="at least", by="B")
    assert lines(*two) == [
        "at least 1,300 | time not stated | B",
        "at most 2,000 | time not stated | A",
    ]


def test_figures_of_different_people_are_series_of_their_own():
    series = number_series([said(5), said(7, part="support personnel")], cite)
    assert [(one.heading, len(one.lines)) for one in series] == [
        ("Members", 1),
        ("Support personnel", 1),
    ]


def test_a_series_goes_by_time_and_those_without_come_last():
    three = said(3), said(2, as_of="2015-10"), said(1, as_of="2015-01")
    assert [one.split(" | ")[0] for one in lines(*three)] == ["1", "2", "3"]


def test_figures_of_one_time_that_differ_are_marked_and_others_are_not():
    (series,) = number_series(
        [said(1, as_of="2015"), said(2, as_of="2015"), said(3, as_of="2016")], cite
    )
    assert [one.differs for one in series.lines] == [True, True, False]


def test_every_shipped_figure_of_a_group_is_told_with_its_source_and_caveat():
    records = load()
    for group in records.groups:
        told = [one for series in number_series(group.claims, cite) for one in series.lines]
        for claim in group.claims:
            if claim.about == "count" and not claim.topic:
                fitting = [
                    one
                    for one in told
                    if f"{claim.value:,}" in one.value and claim.locator == one.locator
                ]
                assert fitting
                assert all(claim.caveat in one.note and claim.note in one.note for one in fitting)
                assert all(one.source.id == claim.source for one in fitting)
