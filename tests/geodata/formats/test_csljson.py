"""Tests of CSL-JSON: names, dates as exact as they are known, and text that stays text."""

from __future__ import annotations

import json

import pytest
from fixed_records import HOSTILE, SCRIPTS
from hypothesis import given
from hypothesis import strategies as st
from strategies import source_records

from geodata.formats.csljson import to_csl_json
from geodata.records import Source

# Of those of CSL 1.0.2.
TYPES = {"article-newspaper", "book", "document", "post", "report", "webpage"}
FIELDS = {
    "id", "type", "title", "author", "publisher", "container-title", "issued", "URL", "accessed",
    "language", "note",
}  # fmt: skip


def item(**fields):
    (found,) = json.loads(to_csl_json([Source(**{"id": "a", "title": "T", **fields})]))
    return found


@given(st.lists(source_records, max_size=4))
def test_every_source_is_an_item_that_csl_knows(sources):
    items = json.loads(to_csl_json(sources))
    assert [one["id"] for one in items] == [one.id for one in sources]
    for one, source in zip(items, sources, strict=True):
        assert one["title"] == source.title
        assert one["type"] in TYPES
        assert set(one) <= FIELDS
        for name in one.get("author", ()):
            assert set(name) in ({"literal"}, {"family", "given"})
        for day in (one.get("issued"), one.get("accessed")):
            assert day is None or is_date(day)


def is_date(day):
    """Whether CSL and Zotero read a date: one or two dates of one to three numbers, or words."""
    if "literal" in day:
        return set(day) == {"literal"}
    parts = day["date-parts"]
    return 1 <= len(parts) <= 2 and all(
        1 <= len(one) <= 3 and all(isinstance(number, int) for number in one) for one in parts
    )


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2018-11-02", {"date-parts": [[2018, 11, 2]]}),
        ("2018-11", {"date-parts": [[2018, 11]]}),
        ("2018", {"date-parts": [[2018]]}),
        ("2018-11~", {"date-parts": [[2018, 11]], "circa": True}),
        ("2016-23", {"date-parts": [[2016]], "season": 3}),
        ("2016/2017-03", {"date-parts": [[2016], [2017, 3]]}),
        ("2016-01-05/2016-01-07", {"date-parts": [[2016, 1, 5], [2016, 1, 7]]}),
        ("2016/..", {"literal": "from 2016 on"}),
        ("../2016", {"literal": "by 2016"}),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(date, expected):
    assert item(date=date)["issued"] == item(accessed=date)["accessed"] == expected


def test_no_date_is_no_date():
    assert not {"issued", "accessed"} & item().keys()


@pytest.mark.parametrize(
    ("fields", "kind", "where"),
    [
        ({"url": "https://twitter.com/a/status/1", "publisher": "P"}, "post", "container-title"),
        ({"publisher": "P", "date": "2018-11-02"}, "article-newspaper", "container-title"),
        ({"url": "https://example.org", "publisher": "P"}, "webpage", "container-title"),
        ({"publisher": "P"}, "report", "publisher"),
        ({"publisher": "Oxford University Press"}, "book", "publisher"),
        ({}, "document", ""),
    ],
)
def test_the_kind_follows_from_what_is_known(fields, kind, where):
    found = item(**fields)
    assert found["type"] == kind
    assert found.get(where, "") == fields.get("publisher", "")


def test_persons_and_others():
    assert item(author="Damon Mehl")["author"] == [{"family": "Mehl", "given": "Damon"}]
    assert item(author="Islamic State")["author"] == [{"literal": "Islamic State"}]
    assert "author" not in item()


def test_address_language_licence_and_note():
    found = item(url="https://example.org/a", licence="CC BY 4.0", note="In Tajik.")
    assert found["URL"] == "https://example.org/a"
    assert found["language"] == "tg"
    assert found["note"] == "Licence: CC BY 4.0. In Tajik."
    assert "URL" not in item(url="javascript:alert(1)")


@pytest.mark.parametrize("text", [*HOSTILE, *SCRIPTS])
def test_text_comes_back_as_it_is(text):
    found = item(title=f"x{text}", publisher=f"x{text}", note=f"x{text}")
    assert found["title"] == found["publisher"] == found["note"] == f"x{text}"


def test_no_sources_make_an_empty_list():
    assert json.loads(to_csl_json(())) == []
