"""The table of incidents on slides: every incident once, as far as slides go."""

from __future__ import annotations

from typing import Any

from fixed_records import claim, incident
from pptx import Presentation
from slide_reading import opened, tables_of, text_of, titles_of

from geodata import Filter, Incident, Records, Store
from mapview.briefing.compose import compose
from mapview.briefing.progress import Progress
from mapview.briefing.slides.deck import Deck
from mapview.briefing.slides.listing import MOST_SLIDES, add_listing


def listed(*incidents: Incident, wide: bool = True, folder: Any = None) -> Any:
    """The slides of a table, read again."""
    briefing = compose(Store.of(Records(incidents)), Filter())
    template = None
    if not wide:
        template = folder / "narrow.pptx"
        Presentation().save(template)
    deck = Deck(briefing, template)
    add_listing(deck, briefing, Progress())
    return opened(deck.close())


def cells_of(deck: Any) -> list[list[str]]:
    return [
        [cell.text_frame.text for cell in row.cells]
        for table in tables_of(deck)
        for row in list(table.rows)[1:]
    ]


def test_a_row_says_all_of_an_incident() -> None:
    said = (claim("fatalities", 94), claim("attribution", "iskp", stance="claims"))
    one = incident(
        title="Bombing in Kerman", status="disputed", place="Kerman", country="IR", claims=said
    )
    assert cells_of(listed(one)) == [
        [
            "12 May 2020",
            "Kerman, Iran\nNot on the map",
            "Bombing in Kerman\nbombing; disputed",
            "94",
            "not stated",
            "claimed by iskp",
            "[1]",
        ]
    ]


def test_nothing_found_is_said_without_a_table() -> None:
    deck = listed()
    assert tables_of(deck) == []
    assert "No incident was found." in text_of(deck)


def test_rows_go_over_slides_and_none_is_lost(tmp_path) -> None:
    some = [incident(f"i{n:03}", title=f"Raid {n:03}", event_date="2020") for n in range(60)]
    for wide in (True, False):
        deck = listed(*some, wide=wide, folder=tmp_path)
        assert [row[2].partition("\n")[0] for row in cells_of(deck)] == [one.title for one in some]
        pages = len(tables_of(deck))
        assert 1 < pages < MOST_SLIDES
        assert titles_of(deck)[-1] == f"Incidents, oldest first ({pages} of {pages})"


def test_what_slides_do_not_list_is_counted() -> None:
    long = "A long title of an incident. " * 40
    deck = listed(*(incident(f"i{n:03}", title=long) for n in range(200)))
    shown = len(cells_of(deck))
    assert len(tables_of(deck)) == MOST_SLIDES
    assert f"{200 - shown} further incidents are not listed on slides" in text_of(deck)
