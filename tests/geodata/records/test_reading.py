"""Tests of what reading gives: results put together."""

from __future__ import annotations

from fixed_records import base_area, incident

from geodata.errors import Problem
from geodata.records.collection import Records
from geodata.records.reading import ReadResult

WRONG = Problem("x", "title", "title must be given, got none", "a.csv")


def test_results_are_put_together_in_order():
    one = ReadResult(Records((incident("one"),)), (WRONG,))
    other = ReadResult(Records((incident("other"),), (base_area("area"),)))
    both = ReadResult.merge([one, other])
    assert [record.id for record in both.records.incidents] == ["one", "other"]
    assert [record.id for record in both.records.base_areas] == ["area"]
    assert both.problems == (WRONG,)
    assert ReadResult.merge([]) == ReadResult(Records())


def test_of_an_id_used_again_the_first_is_kept_and_the_second_is_a_problem():
    parts = [ReadResult(Records((incident("one", title=title),))) for title in "ab"]
    parts.append(ReadResult(Records(base_areas=(base_area("one"),))))
    result = ReadResult.merge(parts)
    assert [one.title for one in result.records.incidents] == ["a"]
    again = "one id: id must be unique, got one again"
    assert [str(one) for one in result.problems] == [again, again]


def test_who_is_said_to_share_a_toll_names_the_others_and_it_is_noted_once():
    some = [incident("a", casualties_combined=("b", "c")), incident("b"), incident("c")]
    read = ReadResult(Records(tuple(some)), (WRONG,), (WRONG,))
    found = read.with_links_back()
    assert [one.casualties_combined for one in found.records.incidents] == [
        ("b", "c"),
        ("a",),
        ("a",),
    ]
    assert found.problems == (WRONG,)
    (_, note) = found.notes
    assert str(note) == (
        "a casualties_combined: casualties_combined must hold both ways, got 'b' without a link "
        "back; read as if it had one, and 1 more likewise"
    )
    assert found.with_links_back() is found
