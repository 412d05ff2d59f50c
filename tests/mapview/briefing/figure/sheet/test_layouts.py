"""Small sheets: fewer words, or an error that names the least size."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from geodata import Filter, Store, load
from geodata.errors import FormatError, RequestError
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.draw import draw_figure
from mapview.briefing.figure.paper import drawing
from mapview.briefing.figure.scene import gather
from mapview.briefing.figure.sheet import full_plan
from mapview.briefing.figure.sizes import SHEETS, Size
from mapview.cartography.style import KINDS, PALETTE

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return compose(
        Store.of(load()),
        Filter(),
        BriefingOptions(title="What happened", note="Read with care. " * 30),
    )


def said_on(briefing: Briefing, size: Size) -> str:
    svg = ET.fromstring(draw_figure(briefing, "svg", size=size))  # noqa: S314 - our own
    return " ".join(node.text or "" for node in svg.iter(f"{SVG}text"))


def test_a_column_of_a_page_says_all_that_must_be_said(briefing: Briefing) -> None:
    said = said_on(briefing, Size(90, 180))
    for text in (briefing.version, briefing.border_note, *briefing.credits):
        assert text in said
    for text in ("Author’s note", "Sources up to", "5 documents", "Not in the frame", "Bombing"):
        assert text in said
    assert "Somewhere in the ring" in said


def test_a_wide_sheet_names_what_no_frame_shows(briefing: Briefing) -> None:
    assert "Not in the frame" in said_on(briefing, Size(230, 150))


@pytest.mark.parametrize("shape", [(60, 60), (60, 90), (1200, 60)])
def test_the_least_size_that_is_named_is_enough(briefing: Briefing, shape: tuple[int, int]) -> None:
    with pytest.raises(FormatError, match="of this shape must be at least") as caught:
        draw_figure(briefing, "svg", size=Size(*shape))
    [(width, height)] = re.findall(r"least (\d+) x (\d+) mm", str(caught.value))
    assert briefing.version in said_on(briefing, Size(int(width), int(height)))


def test_one_incident_fits_a_small_sheet() -> None:
    one = compose(
        Store.of(load()), Filter.from_query("q=Crocus&areas=off"), BriefingOptions(title="Crocus")
    )
    said = said_on(one, Size(80, 80))
    assert "hostage taking" in said
    assert "GeoNames.org (CC BY 4.0)." in said


def test_nothing_is_named_under_the_message_of_an_empty_map() -> None:
    none = compose(Store.of(load()), Filter.from_query("q=zzzz&areas=off"))
    svg = ET.fromstring(draw_figure(none, "svg"))  # noqa: S314 - our own
    words = [node.text for node in svg.iter(f"{SVG}text")]
    assert "No incident was found." in words
    assert "Herat" not in words


def test_far_away_places_are_named_in_their_inset() -> None:
    said = said_on(compose(Store.of(load()), Filter.from_query("areas=off")), Size(297, 210))
    assert {"Paris", "Krasnogorsk", "Philadelphia", "Los Angeles"} <= set(
        re.findall("Paris|Krasnogorsk|Philadelphia|Los Angeles", said)
    )


def test_what_matters_most_has_its_toll_beside_it(briefing: Briefing) -> None:
    assert "22 Mar 2024 144–145 killed" in said_on(briefing, Size(297, 210))


@pytest.mark.parametrize("shape", [(180, 130), (150, 150), (170, 120)])
def test_a_small_sheet_keeps_two_fifths_of_its_height_for_the_map(shape: tuple[int, int]) -> None:
    """Letters are smaller and words fewer first."""
    all_of_it = compose(Store.of(load()), Filter.from_query("areas=off"))
    with drawing():
        plan = full_plan(all_of_it, gather(all_of_it), Size(*shape))
    assert plan.frames.views[0].frame.height >= 0.4 * shape[1]


def test_the_smallest_sheets_have_what_was_asked_for_as_their_title() -> None:
    """What was found takes a line more, for which no sheet is refused."""
    one = compose(Store.of(load()), Filter.from_query("country=TJ&areas=off"))
    with drawing():
        titles = [full_plan(one, gather(one), Size(120, h)).heading for h in (100, 84)]
    assert [" ".join(told.title) for told in titles if told] == [one.first, one.words]


def test_a_wide_sheet_says_in_short_beside_the_map_what_finds_room_there() -> None:
    one = compose(Store.of(load()), Filter.from_query("record=kerman-2024-01-03"))
    with drawing():
        plan = full_plan(one, gather(one), Size(297, 210))
    [(name, words, at)] = plan.words
    assert name == "In short"
    assert [" ".join(part.lines) for part in words] == ["In short", *one.messages]
    assert plan.legend is not None
    assert plan.ranges is not None
    assert at[1] > plan.legend[1][1] + plan.legend[0].height
    assert plan.ranges[1][1] > at[1] + sum(part.height for part in words)
    low = plan.ranges[1][1] + plan.ranges[0].height
    assert low < plan.frames.views[0].frame.bottom
    assert "Responsibility: claimed by Islamic State" in said_on(one, Size(297, 210))


@pytest.mark.parametrize("name", ["a4", "slide"])
def test_what_finds_no_room_beside_the_map_is_said_whole_below_it(name: str) -> None:
    size = SHEETS[name].size
    many = compose(Store.of(load()), Filter.from_query("areas=off"))
    with drawing():
        plan = full_plan(many, gather(many), size)
    assert plan.words == ()
    assert plan.notes is not None
    assert plan.legend is not None
    said = " ".join(many.messages)
    assert f"In short {said}" in said_on(many, size)
    # Neither an entry of the legend nor half of the height is given up for it.
    drawn = [one.item.entry for part in plan.legend[0].columns for one in part if one.item.entry]
    red, *others = drawn
    assert red.label == "Red: among the highest tolls"
    assert Counter(others) == Counter(plan.frames.contents.legend)
    assert plan.frames.views[0].frame.height >= 0.5 * size.height_mm


def test_where_there_is_no_room_below_it_either_nothing_is_said_in_short() -> None:
    many = compose(Store.of(load()), Filter.from_query("areas=off"))
    long = replace(many, messages=tuple(f"{one} " * 6 for one in many.messages))
    assert "In short" not in said_on(long, Size(297, 210))


def colours_of(query: str, **options: str) -> set[str]:
    """Return which colours of kinds, and whether the accent, a figure of A4 has."""
    chosen = compose(Store.of(load()), Filter.from_query(query), BriefingOptions(**options))
    svg = draw_figure(chosen, "svg").decode()
    wanted = {one.color.light for one in KINDS} | {PALETTE["alert"].light}
    return {one for one in wanted if one in svg}


def test_the_highest_tolls_have_the_one_colour_and_all_else_is_grey() -> None:
    assert colours_of("areas=off") == {PALETTE["alert"].light}


def test_types_have_their_colours_where_somebody_wants_that() -> None:
    found = colours_of("areas=off", colour="types")
    assert PALETTE["alert"].light not in found
    assert len(found) > 5


def test_hatches_of_groups_keep_their_colours_and_so_do_types() -> None:
    assert PALETTE["alert"].light not in colours_of("country=AF")


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(RequestError, match="colour must be one of accent, types, got 'red'"):
        colours_of("areas=off", colour="red")


def test_red_is_the_only_figure_where_one_event_alone_has_one() -> None:
    one = compose(Store.of(load()), Filter.from_query("q=kerman&from=2024&areas=off"))
    said = said_on(one, SHEETS["a4"].size)
    assert "Red: the only figure of killed on the map" in said
    assert "among the highest" not in said
