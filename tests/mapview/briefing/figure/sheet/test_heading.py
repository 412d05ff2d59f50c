from __future__ import annotations

import pytest
from figure_parts import Pen

from geodata import Filter, Store, load
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.draw import draw_figure
from mapview.briefing.figure.paper.fonts import width_mm
from mapview.briefing.figure.sheet.heading import draw_heading, set_heading
from mapview.briefing.figure.sizes import SHEETS

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


def lines_of(briefing: Briefing, width: float = 260) -> list[str]:
    return [words for words, _ in set_heading(briefing, (10, 10), width, 1).lines]


def test_what_was_found_is_said_under_the_filter_and_nothing_twice() -> None:
    briefing = briefing_of("country=AF&from=2022")
    found, counts = lines_of(briefing)
    assert briefing.title == briefing.words
    assert f"{briefing.words}: {found[0].lower()}{found[1:]}" == briefing.headline
    assert found.endswith("the figures given add up to at least 1 killed")
    assert counts == briefing.scope_of_map
    assert (
        briefing_of("country=IR&from=2022").scope_of_map
        == lines_of(briefing_of("country=IR&from=2022"))[-1]
    )
    assert found not in lines_of(briefing, 80)


def test_a_short_finding_is_the_headline_and_the_filter_stands_under_it() -> None:
    briefing = briefing_of("areas=off")
    heading = set_heading(briefing, (10, 10), 260, 1)
    assert heading.title == ("The figures given add up to at least 938 killed",)
    second, subject, counts = [words for words, _ in heading.lines]
    assert second == f"{briefing.second}."
    assert (subject, counts) == (briefing.subject, briefing.scope_of_map)
    # Who gave a title has it.
    own = briefing_of("areas=off", title="What happened")
    assert set_heading(own, (10, 10), 260, 1).title == ("What happened",)


def test_a_small_sheet_has_the_finding_as_its_title_and_no_room_for_more_figures() -> None:
    briefing = briefing_of("areas=off")
    heading = set_heading(briefing, (10, 10), 160, 1)
    assert heading.title == (briefing.first,)
    assert [words for words, _ in heading.lines] == [briefing.subject, briefing.scope_of_map]
    # That no other has a figure must be said wherever one has.
    one = briefing_of("country=TJ&areas=off")
    for width in (90, 160, 260):
        heading = set_heading(one, (10, 10), width, 1)
        assert " ".join(heading.title) == "Danghara District, 29 July 2018: 4 killed"
        lines = " ".join(words for words, _ in heading.lines)
        assert lines.startswith(f"No other event has a figure of killed. {one.subject} ")


@pytest.mark.parametrize("layout", ["a4", "a4-portrait", "half"])
def test_every_sheet_says_what_was_found(layout: str) -> None:
    briefing, sheet = briefing_of("areas=off"), SHEETS[layout]
    drawing = draw_figure(briefing, "svg", size=sheet.size, composition=sheet.composition)
    assert b"The figures given add up to at least 938 killed" in drawing


def test_a_title_of_ones_own_has_the_headline_under_it_and_one_incident_has_it_as_its_title() -> (
    None
):
    one = "record=kerman-2024-01-03"
    own = briefing_of(one, title="What is known")
    assert " ".join(lines_of(own)).startswith(own.headline)
    plain = briefing_of(one)
    assert plain.title == plain.headline
    assert lines_of(plain)[0] == plain.subject


def test_a_title_that_would_be_cut_off_gives_way_to_the_short_one() -> None:
    briefing = briefing_of("country=TJ&from=2018-07&to=2018-07&areas=off")
    wide, small = (" ".join(set_heading(briefing, (10, 10), w, 1).title) for w in (400, 170))
    assert wide == briefing.title
    assert small == briefing.short_title
    assert small.startswith("Danghara District, 29 July 2018: ")


def test_who_is_said_to_have_done_it_is_not_lost_with_the_rest_of_a_title() -> None:
    briefing = briefing_of("country=TJ&from=2018-07&to=2018-07&areas=off")
    heading = set_heading(briefing, (10, 10), 210, 1.05)
    assert " ".join(heading.title) == briefing.short_title
    assert " ".join(words for words, _ in heading.lines).startswith(briefing.who)


def test_what_was_found_and_when_stay_where_a_title_is_cut_off() -> None:
    types = "arrest arson attack battle bombing plot raid shelling surrender threat airstrike"
    query = "&".join(f"type={one}" for one in types.split())
    query += "".join(f"&country={one}" for one in ("AF", "IR", "KG", "KZ", "PK", "TJ", "TM", "UZ"))
    many = briefing_of(f"{query}&from=2018&to=2019")
    heading = set_heading(many, (10, 10), 205, 1)
    assert heading.title[-1].endswith("…")
    lines = " ".join(words for words, _ in heading.lines)
    assert many.headline.removeprefix(f"{many.words}: ").split(";")[0] in lines
    assert many.period in " ".join((*heading.title, lines))
    own = briefing_of("record=kerman-2024-01-03", title="What is known so far " * 9)
    cut = set_heading(own, (10, 10), 205, 1)
    assert cut.title[-1].endswith("…")
    assert " ".join(words for words, _ in cut.lines).startswith(own.headline)


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
