from __future__ import annotations

import pytest
from figure_parts import Pen

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.paper.fonts import width_mm
from mapview.briefing.figure.sheet.heading import draw_heading, set_heading

NOTE = "Read with care. " * 40


def briefing_of(query: str = "", **options: str) -> Briefing:
    return compose(Store.of(load()), Filter.from_query(query), BriefingOptions(**options))


@pytest.mark.parametrize("width", [80, 140, 260])
def test_a_heading_says_title_period_filter_and_counts(width: float) -> None:
    briefing = briefing_of("country=TJ", title="What happened")
    heading = set_heading(briefing, (10, 10), width, 1)
    said = " ".join([*heading.title, *(words for words, _ in heading.lines)])
    for one in (briefing.title, briefing.period, briefing.words, briefing.scope_of_map):
        assert one in said
    assert all(width_mm(words, face) <= width for words, face in heading.lines)


def test_the_filter_is_not_said_twice_where_it_is_the_title() -> None:
    briefing = briefing_of("country=TJ")
    lines = [words for words, _ in set_heading(briefing, (10, 10), 260, 1).lines]
    assert briefing.title == briefing.words
    assert lines[0] == briefing.period


def test_a_title_that_would_be_cut_off_gives_way_to_the_short_one() -> None:
    briefing = briefing_of("country=TJ&from=2018-07&to=2018-07&areas=off")
    wide, small = (" ".join(set_heading(briefing, (10, 10), w, 1).title) for w in (400, 170))
    assert wide == briefing.title
    assert small == briefing.short_title
    assert small.startswith("Danghara District, 29 July 2018: ")


def test_a_brief_heading_has_less_of_the_note() -> None:
    briefing = briefing_of("country=TJ", note=NOTE)
    long, brief = (set_heading(briefing, (10, 10), 200, 1, brief=one) for one in (False, True))
    assert long.note is not None
    assert brief.note is not None
    assert [len(long.note.rows[0]), len(brief.note.rows[0])] == [4, 2]
    assert long.bottom > brief.bottom


def test_a_heading_ends_where_it_says() -> None:
    heading = set_heading(briefing_of("country=TJ", note=NOTE), (10, 10), 200, 1)
    pen = Pen()
    draw_heading(pen, heading)
    rows = [y for words, (_, y) in pen.texts if words]
    assert rows == sorted(rows)
    assert heading.bottom - 5 < rows[-1] < heading.bottom + 1
