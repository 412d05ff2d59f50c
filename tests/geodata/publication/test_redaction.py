"""Tests of claims without text: nothing unknown stays, and the figures still add up."""

from __future__ import annotations

import pytest
from fixed_records import HOSTILE, claim
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims, texts

from geodata.publication.redaction import RESERVATION, UNNAMED, _national_words, redact_claims
from geodata.records.collection import Records
from geodata.records.derive import derive_toll
from geodata.records.disagreement import FIGURES
from geodata.records.model import Group
from geodata.records.parties import attribution
from geodata.records.vocabulary import ClaimAbout
from geodata.tongue import speaking

GROUPS = Records(
    groups=(
        Group(id="iskp", name="Islamic State – Khorasan Province", aliases=("IS-KP", "داعش")),
        Group(id="police", name="Afghan National Police"),
    )
)
HIDDEN = "Qal'eh-ye Now"
some_claims = st.lists(claims(sources=st.sampled_from(("a", "b"))), max_size=6)


def redacted(*found):
    return redact_claims(found, GROUPS)


@given(some_claims)
def test_tolls_and_attribution_stay_as_they_were(found):
    after = redact_claims(found, GROUPS)
    for about in (ClaimAbout.FATALITIES, ClaimAbout.INJURED, ClaimAbout.ARRESTED):
        before, told = derive_toll(found, about), derive_toll(after, about)
        assert (told.low, told.high, told.best) == (before.low, before.high, before.best)
        assert len(told.apart) == len(before.apart)
    assert attribution(after) == attribution(found)


@given(some_claims)
def test_every_source_stays_heard(found):
    after = redact_claims(found, GROUPS)
    assert {one.source for one in after} == {one.source for one in found}


@given(some_claims)
def test_doing_it_twice_changes_nothing_more(found):
    once = redact_claims(found, GROUPS)
    assert redact_claims(once, GROUPS) == once


@given(some_claims)
def test_places_of_a_source_stay_apart(found):
    after = redact_claims(found, GROUPS)
    kinds = [(one.source, one.about, one.qualifier, one.stance) for one in found]
    for one in after:
        same = {two.locator for two in found if two.source == one.source}
        assert kinds.count((one.source, one.about, one.qualifier, one.stance))
        assert len({two.locator for two in after if two.source == one.source}) <= len(same)


@pytest.mark.parametrize("text", [*HOSTILE, HIDDEN])
def test_no_text_that_is_not_on_a_list_stays(text):
    found = [
        claim(about, 3 if about in FIGURES else "2024" if about == "date" else text,
              stance="denies", by=text, locator=text, note=text, part=text, topic=text,
              caveat=text, cites=("secret",))
        for about in ClaimAbout
    ]  # fmt: skip
    after = redacted(*found)
    assert {one.about for one in after}.isdisjoint({"place", "target", "means", "outcome", "other"})
    for one in after:
        assert one.by in (UNNAMED, "داعش")
        assert one.value in (None, 3, "2024")
        assert one.locator == "passage"
        assert (one.part, one.topic) == ("of part 1", "topic 1")
        assert (one.caveat, one.note, one.cites) == (RESERVATION, "", ())


def test_figures_dates_groups_and_event_types_stay():
    found = (
        claim("fatalities", 94, qualifier="nearly"),
        claim("date", "2024-01-03"),
        claim("attribution", "iskp", stance="claims", role="actor"),
        claim("target", "police", role="target"),
        claim("count", 200, as_of="2013"),
        claim("event type", "suicide bombing"),
        claim("occurrence", None, stance="assigns"),
    )
    assert redacted(*found) == found


def test_a_party_that_is_not_listed_stays_a_party_without_its_name():
    (after,) = redacted(claim("attribution", HIDDEN, stance="denies"))
    assert (after.value, after.stance) == (None, "denies")


def test_a_source_that_only_named_the_place_stays_without_what_it_said():
    after = redacted(
        claim("fatalities", 3, source="a"),
        claim("place", HIDDEN, source="a"),
        claim("place", HIDDEN, source="b", locator="page 2"),
        claim("other", HIDDEN, source="b"),
    )
    assert [(one.about, one.value, one.source) for one in after] == [
        ("fatalities", 3, "a"),
        ("place", None, "b"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("iskp", "iskp"),
        ("IS–KP", "IS–KP"),
        ("داعش", "داعش"),
        ("IS-KP (in Qal'eh-ye Now)", "IS-KP"),
        ("IS-KP, in a video from Qal'eh-ye Now", "IS-KP"),
        ("government of Iran", "government of Iran"),
        ("Iranian Ministry of Intelligence", "Iranian Ministry of Intelligence"),
        ("Russia’s Ministry of Defence", "Russia’s Ministry of Defence"),
        ("Afghan and Uzbek officials", "Afghan and Uzbek officials"),
        ("a provincial official", "a provincial official"),
        ("governor of Kerman", UNNAMED),
        ("the surviving attacker of Danghara, in his confession", UNNAMED),
        ("police of Qal'eh-ye Now", UNNAMED),
        ("Iran 30.2832 57.0788", UNNAMED),
        ("— ()", UNNAMED),
        (UNNAMED, UNNAMED),
    ],
)
def test_who_says_it_stays_where_it_is_a_group_or_an_office(text, told):
    (after,) = redacted(claim("fatalities", 3, by=text))
    assert after.by == told


@pytest.mark.parametrize("code", ["ru", "fa"])
def test_what_is_kept_of_countries_does_not_hang_on_who_asked_first(code):
    _national_words.cache_clear()
    with speaking(code):
        first = _national_words()
    _national_words.cache_clear()
    assert _national_words() == first
    assert first.search("iranian officials")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("paragraph 3, notes 14, 15", "paragraph 3, notes 14, 15"),
        ("pp. 12–14, table 2 [b]", "pp. 12–14, table 2 [b]"),
        ("section “The fall of Darzab”, paragraph 2", "section “…”, paragraph 2"),
        ("section “Iran’s “Axis” of Kerman”, paragraph 2", "section “…”, paragraph 2"),
        ('section "Darzab", line 4', "section “…”, line 4"),
        ("Darzab, paragraph 2", "passage"),
        ("page of Kerman", "passage"),
        ("دانلود 3", "passage"),
        ("12", "12"),
        ("57.07, 30.28", "passage"),
        ("page 570788", "passage"),
    ],
)
def test_a_locator_stays_where_it_only_counts(text, told):
    (after,) = redacted(claim("fatalities", 3, locator=text))
    assert after.locator == told


def test_sections_without_their_headings_stay_different():
    headings = ("section “A”, paragraph 1", "section “B”, paragraph 1", "section “A”, paragraph 1")
    after = redacted(*(claim("fatalities", 3, locator=text) for text in headings))
    assert [one.locator for one in after] == [
        "section “…”, paragraph 1",
        "section “…”, paragraph 1 (2)",
        "section “…”, paragraph 1",
    ]


@given(st.lists(texts, max_size=6))
def test_different_parts_stay_different(parts):
    after = redact_claims([claim("injured", 1, part=part) for part in parts], Records())
    pairs = {(part, one.part) for part, one in zip(parts, after, strict=True)}
    assert len(pairs) == len(set(parts)) == len({told for _, told in pairs})
    assert all(bool(part) == bool(told) for part, told in pairs)
