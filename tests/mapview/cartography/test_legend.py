"""Legends say what is on a map and nothing else, in one order and with one set of words."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest

from mapview.cartography.legend import (
    AREAS,
    BRIEF,
    CERTAINTY,
    GROUND,
    INCIDENTS,
    STANDING,
    TYPES,
    WORDS,
    Form,
    LegendEntry,
    Present,
    every_entry,
    legend_entries,
    legend_to_json,
)
from mapview.cartography.style import KINDS, OTHER, STATUSES


def test_every_form_has_words_a_place_in_the_order_and_a_section() -> None:
    assert set(WORDS) == set(get_args(Form)) - {"symbol", "hollow"}
    entries = every_entry()
    assert {one.form for one in entries} == set(get_args(Form))
    assert {one.kind for one in entries if one.form == "symbol"} == set(range(len(KINDS)))
    hollow = {one.status for one in entries if one.form == "hollow"}
    assert hollow == {index for index, one in enumerate(STATUSES) if one.hollow}
    sections = [one.section for one in entries]
    assert list(dict.fromkeys(sections)) == [INCIDENTS, CERTAINTY, AREAS, STANDING, GROUND]
    order = {section: index for index, section in enumerate(dict.fromkeys(sections))}
    assert all(order[one] <= order[other] for one, other in pairwise(sections))


def test_no_two_entries_say_the_same_and_each_is_one_short_sentence() -> None:
    labels = [one.label for one in every_entry()]
    assert len(set(labels)) == len(labels)
    assert all(label[0].isupper() and label[-1] not in ". " for label in labels)
    assert all(len(label) < 75 for label in labels)


def test_few_words_are_fewer() -> None:
    for one in every_entry():
        assert len(one.brief) <= len(one.label)
    assert set(BRIEF) <= set(WORDS)
    hollow = [one.brief for one in every_entry() if one.form == "hollow"]
    assert hollow == [one.id.capitalize() for one in STATUSES if one.hollow]


def test_nothing_present_needs_no_legend() -> None:
    assert legend_entries(Present()) == []


@pytest.mark.parametrize(
    ("present", "wanted"),
    [
        (Present(kinds={3, 0}), [("symbol", KINDS[0].label), ("symbol", KINDS[3].label)]),
        (Present(statuses={0: 5}), []),
        (Present(statuses={1: 5}), [("hollow", "Hollow: foiled")]),
        (Present(forms={"point": 1, "ring": 4}), [("ring", WORDS["ring"])]),
        (Present(forms={"border": 1}), [("border", "Disputed border")]),
        (
            Present(forms={"bounds": 1, "ring": 4}),
            [("bounds", WORDS["bounds"]), ("ring", WORDS["ring"])],
        ),
        (Present(groups=[("G", 7)]), [("hatch", "G")]),
        (
            Present(forms={"faded": 1, "edge": 1}, groups=[("G", 7), ("H", 2)]),
            [("hatch", "G"), ("hatch", "H"), ("edge", WORDS["edge"]), ("faded", WORDS["faded"])],
        ),
    ],
)
def test_only_what_is_present_is_explained(present: Present, wanted: list[tuple[str, str]]) -> None:
    assert [(one.form, one.label) for one in legend_entries(present)] == wanted


def test_types_of_sources_come_first_in_their_own_words() -> None:
    first = len(KINDS)
    present = Present(
        kinds={OTHER, first + 1, 0}, own=("Fraud", "Theft"), forms={"discs": 1, "areadisc": 1}
    )
    assert [(one.section, one.label, one.kind) for one in legend_entries(present)] == [
        (TYPES, "Theft", first + 1),
        (TYPES, "Other types", OTHER),
        (INCIDENTS, KINDS[0].label, 0),
        (INCIDENTS, WORDS["discs"], first + 1),
        (INCIDENTS, WORDS["areadisc"], first + 1),
    ]


def test_entries_show_what_is_on_the_map() -> None:
    circles = ((2, 3.0), (9, 5.0))
    entries = legend_entries(
        Present(
            statuses={2: 6},
            forms={"ring": 4, "discs": 1, "edge": 1},
            groups=[("G", 7), ("H", 2)],
            circles=circles,
        )
    )
    by_form = {one.form: one for one in entries if one.label != "H"}
    assert by_form["hollow"] == LegendEntry(
        CERTAINTY, "hollow", "Hollow with “?”: disputed, sources disagree", kind=6, status=2
    )
    assert by_form["ring"].kind == 4
    assert by_form["discs"].circles == circles
    assert (by_form["hatch"].hatch, by_form["edge"].hatch) == (7, 7)


def test_scripts_are_handed_every_entry() -> None:
    assert [(one["section"], one["words"]) for one in legend_to_json()] == [
        (one.section, one.label) for one in every_entry()
    ]
