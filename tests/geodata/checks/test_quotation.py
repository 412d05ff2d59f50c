"""Tests of finding copied sentences by fingerprints, without the documents."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fixed_records import claim, incident
from hypothesis import given
from hypothesis import strategies as st

from geodata.checks import quotation
from geodata.checks.quotation import FINGERPRINTS, RUN_OF_WORDS, fingerprints, repeated_run
from geodata.checks.validation import validate
from geodata.records.collection import Records
from geodata.records.model import Group

DOCUMENT = (
    "On that morning the market of the old town was as full as it is before every "
    "holiday, and nobody remembered the white lorry near the northern gate afterwards."
)
COPIED = "the market of the old town was as full as it is before every holiday"


@pytest.fixture
def known_document(tmp_path, monkeypatch):
    """Fingerprints of a document of our own in place of those that ship."""
    path = tmp_path / "fingerprints.bin"
    path.write_bytes(b"".join(sorted(mark for _, mark in fingerprints(DOCUMENT))))
    monkeypatch.setattr(quotation, "FINGERPRINTS", path)
    quotation._known.cache_clear()
    yield
    quotation._known.cache_clear()


@pytest.mark.usefixtures("known_document")
@pytest.mark.parametrize(
    "text",
    [
        COPIED,
        f"As was reported, {COPIED}.",
        COPIED.upper(),
        COPIED.replace(" ", " – "),
        COPIED.replace("full", "fúll").replace(" of ", " “of” "),
    ],
)
def test_ten_words_in_a_row_are_found_however_they_are_set(text):
    assert repeated_run(text) == "the market of the old town was as full as"


@pytest.mark.usefixtures("known_document")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "the market of the old town was as full",
        "the market of the old town was as busy as it is before every holiday",
        " ".join(reversed(COPIED.split())),
    ],
)
def test_words_of_our_own_are_not(text):
    assert repeated_run(text) == ""


@pytest.mark.usefixtures("known_document")
@pytest.mark.parametrize("field", ["title", "summary"])
def test_validation_names_the_copied_text(field):
    problems = validate(Records((incident(**{field: COPIED}),)))
    assert [(problem.record, problem.field) for problem in problems] == [("one", field)]
    assert "must not repeat 10 words in a row of a source" in problems[0].message
    assert validate(Records((incident(**{field: COPIED[:35]}),))) == []


@pytest.mark.usefixtures("known_document")
def test_copied_texts_are_named_in_the_order_of_the_fields():
    said = claim("target", COPIED, caveat=COPIED, note=COPIED)
    fields = ["value", "caveat", "note"]
    problems = validate(Records((incident(title=COPIED, summary=COPIED, claims=(said, said)),)))
    copied = [one.field for one in problems if "must not repeat" in one.message]
    assert copied == [
        "title",
        "summary",
        *(f"claims[{at}].{one}" for at in (0, 1) for one in fields),
    ]
    number = claim("fatalities", 3, note=COPIED)
    group = Group(id="group", name="Group", note=COPIED, claims=(number,))
    problems = validate(Records(groups=(group,)))
    copied = [one.field for one in problems if "must not repeat" in one.message]
    assert copied == ["note", "claims[0].note"]


def test_few_letters_may_be_many_words(tmp_path, monkeypatch):
    blessings = "\ufdfa \ufdfa \ufdfa"  # A letter that stands for four words.
    path = tmp_path / "fingerprints.bin"
    path.write_bytes(b"".join(mark for _, mark in fingerprints(blessings)))
    monkeypatch.setattr(quotation, "FINGERPRINTS", path)
    quotation._known.cache_clear()
    assert repeated_run(blessings) == next(run for run, _ in fingerprints(blessings))
    quotation._known.cache_clear()


@given(st.text(st.characters(max_codepoint=127), max_size=quotation._LEAST_LETTERS - 1))
def test_a_short_text_has_no_run(text):
    assert list(fingerprints(text)) == []
    assert len(" ".join("abcdefghij")) == quotation._LEAST_LETTERS


@given(st.lists(st.text("abc", min_size=1), max_size=30))
def test_there_is_a_fingerprint_for_each_run(words):
    marks = list(fingerprints(" ".join(words)))
    assert len(marks) == max(0, len(words) - RUN_OF_WORDS + 1)
    assert [run for run, _ in marks] == [
        " ".join(words[at : at + RUN_OF_WORDS]) for at in range(len(marks))
    ]
    assert all(len(mark) == 5 for _, mark in marks)
    assert len({mark for _, mark in marks}) == len({run for run, _ in marks})


def test_what_ships_is_sorted_and_holds_no_text():
    packed = FINGERPRINTS.read_bytes()
    marks = [packed[at : at + 5] for at in range(0, len(packed), 5)]
    assert len(packed) % 5 == 0
    assert len(marks) > 10_000
    assert all(one < following for one, following in pairwise(marks))
