"""Tests of who wrote a source: what is clearly a person is one, all else is one name."""

from __future__ import annotations

import pytest
from fixed_records import HOSTILE, SCRIPTS

from geodata.formats.authors import Author, authors_of, institutions_of, language_of
from geodata.records import Group, Source


def authors(text, **options):
    return authors_of(Source(id="a", title="T", author=text), **options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Damon Mehl", [("Mehl", "Damon")]),
        ("Peter  van der Berg", [("van der Berg", "Peter")]),
        ("J. R. R. Tolkien", [("Tolkien", "J. R. R.")]),
        ("Étienne O’Brien-Şahin", [("O’Brien-Şahin", "Étienne")]),
        ("A. Berg; B. Tal", [("Berg", "A."), ("Tal", "B.")]),
        ("Anna Berg, Ben Tal, and Carl Ost", [("Berg", "Anna"), ("Tal", "Ben"), ("Ost", "Carl")]),
        ("Anna Berg and Ben Tal", [("Berg", "Anna"), ("Tal", "Ben")]),
    ],
)
def test_persons(text, expected):
    assert authors(text) == tuple(Author(*one) for one in expected)


@pytest.mark.parametrize(
    "text",
    [
        "Ministry of Defence and Army of Iran, Tehran",
        "Human Rights Watch",
        "Armed Conflict Location & Event Data (ACLED)",
        "Sundberg, Ralph, and Erik Melander 2013; Uppsala Conflict Data Program",
        "@handle",
        "Mansur",
        "Abu Usama Noraki",
        "BBC Monitoring",
        "Anna Berg; Human Rights Watch",
        "the desk",
        *SCRIPTS,
    ],
)
def test_what_is_not_clearly_a_person_is_one_name(text):
    assert authors(text) == (Author(text),)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_letter_is_lost(text):
    told = " ".join(part for one in authors(text) for part in (one.given, one.family) if part)
    assert told == " ".join(text.split())


def test_names_of_the_record_are_no_persons():
    group = Group(id="ja", name="Jamaat Ansarullah", aliases=("Jamaati Ansor",))
    sources = [Source(id="b", title="T", publisher="Dawn Herald")]
    known = institutions_of(sources, [group])
    for text in ("Jamaat Ansarullah", "Jamaati Ansor", "Dawn Herald"):
        assert authors(text)[0].given
        assert authors(text, institutions=known) == (Author(text),)
    assert authors("Damon Mehl", institutions=known)[0].given == "Damon"


def test_no_author_is_none():
    assert authors("") == authors("  ") == ()


@pytest.mark.parametrize(
    ("note", "language"),
    [
        ("In Tajik.", "tg"),
        ("Only the address is given. In Swedish; reworded.", "sv"),
        ("In Dari", "fa-AF"),
        ("Printed in Russian cities.", ""),
        ("In Russian cities.", ""),
        ("", ""),
    ],
)
def test_a_language_is_known_only_where_it_is_said(note, language):
    assert language_of(Source(id="a", title="T", note=note)) == language


def test_shipped_authors_are_told_apart(shipped):
    known = institutions_of(shipped.sources, shipped.groups)
    found = {one.author: authors_of(one, known) for one in shipped.sources if one.author}
    whole = {text for text, names in found.items() if not names[0].given and text[0] != "@"}
    assert whole == {
        "Abu Usama Noraki", "Associated Press", "Islamic State", "Jamaat Ansarullah", "Mansur",
    }  # fmt: skip
    assert not [text for text, names in found.items() if text[0] == "@" and names[0].given]
