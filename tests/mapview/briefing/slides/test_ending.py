"""The last slides: timeline, sources as far as slides go, and how to read it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fixed_records import claim, incident
from slide_reading import opened, text_of, titles_of

from geodata import Filter, Incident, Records, Source, Store
from mapview.briefing.compose import compose
from mapview.briefing.slides.deck import Deck
from mapview.briefing.slides.ending import (
    MOST_SOURCE_SLIDES,
    add_reading,
    add_sources,
    add_timeline,
)


def ending(*incidents: Incident, sources: Sequence[Source] = ()) -> Any:
    briefing = compose(Store.of(Records(incidents, sources=tuple(sources))), Filter())
    deck = Deck(briefing, None)
    add_timeline(deck, briefing)
    add_sources(deck, briefing)
    add_reading(deck, briefing)
    return opened(deck.close())


def test_what_is_not_there_is_said() -> None:
    deck = ending()
    assert titles_of(deck)[:2] == ["Timeline", "Sources"]
    assert "No incident of this briefing has a date" in text_of(deck)
    assert "No source is cited." in text_of(deck)


def test_sources_have_the_numbers_of_the_table_and_what_they_name_follows() -> None:
    one = incident(claims=(claim("fatalities", 3, source="a", cites=("b",)),))
    deck = ending(one, sources=(Source(id="a", title="Read"), Source(id="b", title="Behind it")))
    said = text_of(deck)
    assert said.index("[1]") < said.index("Read")
    assert said.index("Sources that these documents name") < said.index("Behind it")
    assert "[2]" not in said


def test_sources_beyond_the_slides_are_counted() -> None:
    titles = [f"Source {number:03} " + "with a long title " * 9 for number in range(200)]
    sources = [Source(id=f"s{n}", title=title) for n, title in enumerate(titles)]
    said = [claim("other", "x", source=one.id) for one in sources]
    deck = ending(incident(claims=tuple(said)), sources=sources)
    shown = [title for title in titles if title[:10] in text_of(deck)]
    assert [title for title in titles_of(deck) if title.startswith("Sources")] == [
        f"Sources ({n} of {MOST_SOURCE_SLIDES})" for n in range(1, MOST_SOURCE_SLIDES + 1)
    ]
    assert f"{200 - len(shown)} more are in the data" in text_of(deck)
