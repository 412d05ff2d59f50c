"""Tests of BibTeX: what is written is read again by another library, hostile text included."""

from __future__ import annotations

import unicodedata

import pytest
from fixed_records import HOSTILE, SCRIPTS
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string
from strategies import source_records

from geodata.formats.bibtex import to_bibtex, write_bibtex
from geodata.records.collection import Records
from geodata.records.model import Source

_LETTERS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{letter}": letter for letter in "&%$#_"},
}


def read(sources) -> BibliographyData:
    return parse_string(to_bibtex(sources), "bibtex")


def entry(**fields):
    (found,) = read([Source(**{"id": "a", "title": "T", **fields})]).entries.values()
    return found


def as_read(field: str) -> str:
    """Return the text that a field means to TeX."""
    assert field.startswith("{")
    assert field.endswith("}")
    text, rest = "", field[1:-1]
    while rest:
        command = next((one for one in _LETTERS if rest.startswith(one)), "")
        assert command or rest[0] not in "\\{}&%$#_~^"
        text += _LETTERS.get(command, rest[0])
        rest = rest[len(command) or 1 :]
    return text


def as_written(text: str) -> str:
    """Return a text as one line without control characters, which BibTeX cannot hold."""
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())


@given(st.lists(source_records, max_size=4))
def test_titles_and_names_come_back_as_they_were(sources):
    entries = list(read(sources).entries.values())
    assert len(entries) == len(sources)
    for one, source in zip(entries, sources, strict=True):
        assert as_read(one.fields["title"]) == as_written(source.title)
        if as_written(source.publisher):
            kept = {"organization", "journal", "institution"} & set(one.fields)
            assert as_read(one.fields[kept.pop()]) == as_written(source.publisher)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_its_field(text):
    every = dict.fromkeys(("title", "author", "publisher", "licence", "note"), f"}}}}, {text} {{")
    found = read([Source(id="a", **every), Source(id="b", title="After")])
    assert list(found.entries) == ["a", "b"]
    assert as_read(found.entries["a"].fields["title"]) == as_written(every["title"])
    assert set(found.entries["a"].fields) == {"title", "institution", "note"}


@pytest.mark.parametrize(
    "text", ["{", "}", "}}", "{{", "\\", "\\}", "a\\", "50 % & more", '"', "@x"]
)
def test_braces_and_signs_are_harmless(text):
    assert as_read(entry(title=text).fields["title"]) == text


@pytest.mark.parametrize("text", SCRIPTS)
def test_other_scripts_stay_letters(text):
    assert text in to_bibtex([Source(id="a", title=text)])
    assert as_read(entry(title=text).fields["title"]) == text


def test_an_organisation_is_one_name():
    (person,) = entry(author="Ministry of Defence and Army of Iran, Tehran").persons["author"]
    assert as_read(str(person)) == "Ministry of Defence and Army of Iran, Tehran"


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Damon Mehl", "{Mehl, Damon}"),
        ("Thomas Gibbons-Neff; Mujib Mashal", "{Gibbons-Neff, Thomas and Mashal, Mujib}"),
        ("Islamic State", "{{Islamic State}}"),
        ("@moiafghanistan", "{{@moiafghanistan}}"),
        ("Smith and Sons", "{{Smith and Sons}}"),
    ],
)
def test_persons_are_sorted_by_their_family_and_institutions_stay_whole(author, written):
    assert f"author = {written}\n" in to_bibtex([Source(id="a", title="T", author=author)])
    known = 2 if ";" in author else 1
    assert len(entry(author=author).persons["author"]) == known


def test_a_language_that_is_known_is_told():
    assert entry(note="In Tajik.").fields["language"] == "tg"
    assert "language" not in entry(note="Signed in Tajikistan.").fields


def test_keys_differ_also_without_capitals():
    sources = [Source(id=one, title=one) for one in ("Book", "book", "book-2", "BOOK", "1:a.b_c")]
    found = read(sources)
    assert list(found.entries) == ["Book", "book-2", "book-2-2", "BOOK-3", "1:a.b_c"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"url": "https://example.org/a", "publisher": "P", "date": "2018-11-02"}, "online"),
        ({"url": "javascript:alert(1)", "publisher": "P", "date": "2018-11-02"}, "article"),
        ({"publisher": "P", "date": "2018-11"}, "report"),
        ({"publisher": "P"}, "report"),
        ({"publisher": "C. Hurst & Co.", "date": "2018-08"}, "book"),
        ({"author": "A", "date": "2018-11-02"}, "misc"),
        ({}, "misc"),
    ],
)
def test_the_kind_follows_from_what_is_known(fields, kind):
    assert entry(**fields).type == kind


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/a_b%20c?x=1&y=~z#p", "https://example.org/a_b%20c?x=1&y=~z#p"),
        (" https://example.org/}{\\ x ", "https://example.org/%7D%7B%5C%20x"),
        ("https://example.org/Данғара", "https://example.org/%D0%94%D0%B0%D0%BD%D2%93%D0%B0%D1%80%D0%B0"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)  # fmt: skip
def test_only_web_addresses_are_written_and_cannot_break_out(url, written):
    assert entry(url=url).fields.get("url") == written


@pytest.mark.parametrize(
    ("date", "year", "month", "day"),
    [
        ("2018-11-02", "2018", "November", "2"),
        ("2018-11~", "2018", "November", None),
        ("2018", "2018", None, None),
        ("2016-23", "2016", None, None),
        ("2016/2017", "2017", None, None),
        ("2016/..", "2016", None, None),
        ("../2016", "2016", None, None),
        ("XXXX", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(date, year, month, day):
    fields = entry(date=date).fields
    assert [fields.get(name) for name in ("year", "month", "day")] == [year, month, day]


def test_what_has_no_field_of_its_own_is_in_the_note():
    found = entry(date="2018-11~", accessed="2020~", licence="CC BY-SA 4.0", note="In Tajik.")
    assert as_read(found.fields["note"]) == (
        "Date: about November 2018. Accessed: about 2020. Licence: CC BY-SA 4.0. In Tajik"
    )
    assert entry(accessed="2020-03-26").fields["urldate"] == "2020-03-26"


def test_shipped_sources_are_all_there(shipped, tmp_path):
    write_bibtex(tmp_path / "sources.bib", shipped)
    text = (tmp_path / "sources.bib").read_text("utf-8")
    found = parse_string(text, "bibtex")
    assert list(found.entries) == [source.id for source in shipped.sources]
    for source in shipped.sources:
        assert as_read(found.entries[source.id].fields["title"]) == source.title
    write_bibtex(tmp_path / "again.bib", shipped)
    assert (tmp_path / "again.bib").read_bytes() == (tmp_path / "sources.bib").read_bytes()


def test_no_sources_make_an_empty_file(tmp_path):
    write_bibtex(tmp_path / "none.bib", Records())
    assert (tmp_path / "none.bib").read_bytes() == b""
    assert to_bibtex(()) == ""
