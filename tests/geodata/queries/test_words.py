"""Tests of plain English: a filter as a sentence."""

from __future__ import annotations

import pytest
from fixed_records import HOSTILE
from hypothesis import given
from strategies import filters

from geodata.queries.filters import Filter
from geodata.queries.words import describe_filter
from geodata.records.collection import Records
from geodata.records.describe import group_label
from geodata.records.model import Group
from geodata.records.words import country_name, plural

GROUPS = Records(
    groups=(
        Group(id="iskp", name="Islamic State – Khorasan Province", short_name="IS-KP"),
        Group(id="houthis", name="Houthis", aliases=("Ansarullah",)),
        Group(id="jamaat-ansarullah", name="Jamaat Ansarullah", aliases=("Ansarullah",)),
    )
)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            (
                "type=bombing&type=rocket attack&from=2018&to=2024&attribution=claimed"
                "&attribution=attributed&group=iskp"
            ),
            (
                "Bombings and rocket attacks, 2018–2024, attribution attributed or claimed, "
                "in which IS-KP is actor or target"
            ),
        ),
        ("", "All incidents and base areas, all dates"),
        ("areas=off", "All incidents, all dates"),
        ("type=arson", "Arson, all dates"),
        ("type=plot&areas=off", "Plots, all dates, without base areas"),
        ("status=foiled&status=disputed", "Disputed or foiled incidents, all dates"),
        ("status=foiled&type=bombing", "Foiled bombings, all dates"),
        ("from=2020&to=2020", "All incidents and base areas, 2020"),
        ("from=2020-05-12&to=2021", "All incidents and base areas, 12 May 2020 – 31 December 2021"),
        ("from=2024-01&to=2024-01", "All incidents and base areas, January 2024"),
        ("from=2015&to=2024-06", "All incidents and base areas, January 2015 – June 2024"),
        ("from=2020", "All incidents and base areas, from 2020 on"),
        ("from=2020-05", "All incidents and base areas, from 1 May 2020 on"),
        ("to=2020", "All incidents and base areas, until 2020"),
        ("to=2020-05-12", "All incidents and base areas, until 12 May 2020"),
        ("from=2020&to=2020&when=certain", "All incidents and base areas, certainly within 2020"),
        (
            "country=TJ&country=AF",
            ("All incidents and base areas, all dates, in Afghanistan or Tajikistan"),
        ),
        (
            "group=Ansarullah",
            (
                "All incidents and base areas, all dates, "
                "in which Houthis or Jamaat Ansarullah is actor or target"
            ),
        ),
        ("attribution=contested", "All incidents and base areas, all dates, attribution contested"),
        (
            "attribution=contested&group=iskp",
            (
                "All incidents and base areas, all dates, attribution contested, "
                "in which IS-KP is actor or target"
            ),
        ),
        (
            "group=iskp&role=accused&areas=off",
            "All incidents, all dates, in which IS-KP is accused",
        ),
        (
            "group=iskp&role=target&role=accused&role=other&areas=off",
            "All incidents, all dates, in which IS-KP is accused, target or named otherwise",
        ),
        (
            "group=iskp&role=any&areas=off",
            "All incidents, all dates, in which IS-KP is named in any role",
        ),
        (
            "group=iskp&when=certain&areas=off",
            "All incidents, all dates, in which IS-KP is actor or target, only what certainly fits",
        ),
        (
            "bounds=1,2,3,4&when=certain&areas=off",
            "All incidents, all dates, certainly within 1° to 3° E, 2° to 4° N",
        ),
        ("role=cleared&areas=off", "All incidents, all dates, in which somebody is cleared"),
        ("role=any&areas=off", "All incidents, all dates, in which somebody is named in any role"),
        ("deaths_min=5", "All incidents and base areas, all dates, at least 5 killed"),
        ("deaths_max=0", "All incidents and base areas, all dates, at most 0 killed"),
        ("deaths_min=5&deaths_max=9", "All incidents and base areas, all dates, 5 to 9 killed"),
        ("injured_min=5", "All incidents and base areas, all dates, at least 5 injured"),
        ("q=mosque", "All incidents and base areas, all dates, with “mosque”"),
        (
            "precision=district",
            ("All incidents and base areas, all dates, place known at least to: district"),
        ),
    ],
)
def test_a_filter_reads_as_a_sentence(query, sentence):
    assert describe_filter(Filter.from_query(query), GROUPS) == sentence


@given(filters())
def test_every_part_of_a_filter_is_said(chosen):
    sentence = describe_filter(chosen, GROUPS)
    assert sentence[0] == sentence[0].upper()
    assert chosen.text in sentence
    for group in chosen.groups:
        assert all(group_label(one, GROUPS) in sentence for one in GROUPS.resolve_groups(group))
    for code in chosen.countries:
        assert country_name(code) in sentence
    for year in (chosen.start, chosen.end):
        assert year is None or str(year.year) in sentence
    for event_type in chosen.event_types:
        assert plural(event_type) in sentence.lower()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_others_stays_as_it_is(text):
    chosen = Filter(text=text, groups=(text,))
    sentence = describe_filter(chosen, Records())
    assert f"with “{chosen.text}”" in sentence
    assert text.strip() in sentence
