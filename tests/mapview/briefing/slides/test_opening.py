"""The first slides: what the briefing is, and what is known in short."""

from __future__ import annotations

from functools import cache

import pytest
from office_files import briefing_of, slides_of
from slide_reading import opened

from geodata import Filter, Store, load
from geodata.tongue import speaking
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.slides.deck import Deck
from mapview.briefing.slides.opening import add_opening


@cache
def written() -> bytes:
    return slides_of(briefing_of("shipped"))


@pytest.mark.parametrize("code", ["en", "ru", "fa", "tg", "ar", "fr"])
def test_a_long_title_leaves_room_for_what_the_first_slide_must_say(code: str) -> None:
    with speaking(code):
        options = BriefingOptions(title="Attacks, and all that is said of them, " * 5)
        briefing = compose(Store.of(load()), Filter.from_query("areas=off"), options)
        deck = Deck(briefing, None)
        add_opening(deck, briefing)
        first = opened(deck.close()).slides[0]
        texts = " ".join(one.text_frame.text for one in first.shapes if one.has_text_frame)
        assert briefing.version in texts
        assert briefing.as_of in texts
        for _, numbers in briefing.unplaced:
            assert numbers in texts


def test_first_slide_says_what_the_briefing_is() -> None:
    briefing, deck = briefing_of("shipped"), opened(written())
    said = "\n".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame)
    for text in ("All of it", briefing.period, briefing.words, briefing.scope, briefing.as_of):
        assert text in said
    assert said.index("All of it") < said.index(briefing.finding) < said.index(briefing.period)
    assert briefing.version in said
    assert said.endswith("Note by the author\nOne.\nTwo.")


def test_first_slide_has_what_was_found_as_its_title_and_the_filter_below() -> None:
    briefing = compose(Store.of(load()), Filter.from_query("country=TJ"))
    deck = Deck(briefing, None)
    add_opening(deck, briefing)
    first = opened(deck.close()).slides[0]
    assert first.shapes.title.text_frame.text == "Danghara District, 29 July 2018: 4 killed"
    said = "\n".join(one.text_frame.text for one in first.shapes if one.has_text_frame)
    assert said.index(briefing.first) < said.index(f"{briefing.second}.")
    assert (
        said.index(f"{briefing.second}.")
        < said.index(briefing.words)
        == said.rindex(briefing.words)
    )


def test_second_slide_says_what_is_known_in_short() -> None:
    briefing, deck = briefing_of("shipped"), opened(written())
    slide = deck.slides[1]
    assert slide.shapes.title.text_frame.text == "In short"
    said = "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
    assert briefing.messages
    for text in briefing.messages:
        assert text in said
