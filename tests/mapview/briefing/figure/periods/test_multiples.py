"""Small maps by period: one extent, one scale, one legend, none left out, none counted twice."""

from __future__ import annotations

import io
import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from geodata import Filter, Store, load
from geodata.errors import FormatError
from geodata.publication import Tlp
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.draw import draw_figure, draw_map_alone
from mapview.briefing.figure.map.labelling import Labelling
from mapview.briefing.figure.map.remarks import Unsaid
from mapview.briefing.figure.paper import Canvas, Rect, drawing
from mapview.briefing.figure.periods import (
    Panels,
    Periods,
    draw_parts,
    film,
    side_by_side,
    style_of,
)
from mapview.briefing.figure.scene import Symbol, gather
from mapview.briefing.figure.sizes import SHEETS, Size

SVG = "{http://www.w3.org/2000/svg}"
YEARS = "from=2014&to=2020&areas=off"


@cache
def briefing(query: str = YEARS, **options: object) -> Briefing:
    return compose(Store.of(load()), Filter.from_query(query), BriefingOptions(**options))  # type: ignore[arg-type]


@cache
def panels(query: str = YEARS, unit: str = "year") -> Panels:
    made = Periods.of(briefing(query), unit, 16, "map")
    with drawing():
        return side_by_side(made, gather(made.briefing), Rect(10, 30, 210, 170), 1.0)


@cache
def svg(query: str = YEARS, unit: str = "year") -> bytes:
    return draw_figure(briefing(query), "svg", periods=unit)


def texts(content: bytes) -> list[str]:
    return [one.text or "" for one in ET.fromstring(content).iter(f"{SVG}text")]  # noqa: S314 - ours


def test_all_have_one_size_extent_and_scale_and_overlap_nowhere() -> None:
    some = panels()
    assert len(some.frames) == len(some.parts) == 7
    assert len({(round(o.width, 6), round(o.height, 6)) for o in some.frames}) == 1
    assert len({(one.parameters, one.scale, one.middle) for one in some.views}) == 1
    for at, one in enumerate(some.frames):
        assert some.main.encloses(one.grown(-1e-6))
        assert not any(one.overlaps(other) for other in some.frames[at + 1 :])


def test_discs_of_all_are_of_one_scale() -> None:
    some = panels()
    sizes: dict[int, set[float]] = {}
    for one in some.contents.symbols:
        sizes.setdefault(one.count, set()).add(round(one.r, 6))
    assert max(sizes) == some.contents.most > 2
    assert all(len(radii) == 1 for radii in sizes.values())


def test_an_event_is_certain_on_one_map_at_most_and_as_exact_as_on_any() -> None:
    some = panels()
    certain = [one.id for data in some.shown for one in data.incidents if one.is_certain]
    assert {one for part in some.parts for one in part.certain} >= set(certain)
    whole = {(one.id, one.lon, one.lat): one for one in some.scene.data.incidents}
    for data in some.shown:
        for one in data.incidents:
            same = whole[one.id, one.lon, one.lat]
            assert (one.form, one.radius_km, one.province) == (
                same.form, same.radius_km, same.province,
            )  # fmt: skip
    places = len({(one.id, one.lon, one.lat) for one in some.scene.data.incidents})
    assert len(certain) <= places


def test_each_is_titled_none_is_left_out_and_one_legend_explains_all() -> None:
    said = texts(svg())
    for year in range(2014, 2021):
        assert f"Title: {year}" in svg().decode()
        assert str(year) in said
    assert "none recorded" in said
    assert "None recorded" in said
    assert said.count("Bombing") == 1
    whole = " ".join(said)
    assert "Each map is of one year." in whole
    for text in (briefing().credit, briefing().border_note, briefing().version):
        assert text in whole


def test_what_is_only_possibly_of_a_period_is_pale_and_that_is_explained() -> None:
    some = panels("areas=off")
    assert some.pale is not None
    assert any(not one.certain for one in some.contents.symbols)
    content = svg("areas=off")
    assert "Pale: only possibly fits period and filter" in " ".join(texts(content))
    assert b"opacity: 0.42" in content
    # Where each is certain, nothing is.
    sure = "record=kerman-2024-01-03&areas=off"
    assert panels(sure, "").pale is None
    assert not any("Pale" in one for one in texts(svg(sure, "auto")))
    assert b"opacity: 0.42" not in svg(sure, "auto")


def test_what_is_pale_since_its_place_may_not_fit_is_not_said_to_be_of_no_sure_date() -> None:
    query = "bounds=68,34,70,35&areas=off"
    exact = "nangarhar-2019-04-30"
    [part] = [one for one in panels(query).parts if exact in one.possible]
    assert exact not in part.certain
    said = " ".join(texts(svg(query)))
    assert "only possibly fits period and filter" in said
    assert "only possibly in that period" not in said


def test_the_number_of_a_disc_is_never_pale() -> None:
    # Its bounds say what is certain.
    some = panels("from=2016&to=2016&areas=off", "quarter")
    unsure = [one for one in some.contents.symbols if not one.is_single and not one.certain]
    assert unsure
    text = svg("from=2016&to=2016&areas=off", "quarter").decode()
    numbers = re.findall(r"<text ([^>]*)>0–\d+</text>", text)
    assert numbers
    assert not any("opacity" in one for one in numbers)


@pytest.mark.parametrize("query", ["record=kerman-2024-01-03&areas=off", YEARS])
def test_the_timeline_says_how_high_it_is_and_where_it_begins_and_ends(query: str) -> None:
    made = Periods.of(briefing(query), "year", 40, "picture")
    with drawing():
        canvas = Canvas(Size(240, 135), "svg")
        one = film(made, gather(made.briefing), Rect(10, 10, 200, 120), 1.0)
        draw_parts(canvas, one, style_of(one), [0])
        words = texts(canvas.finish("Film"))
    most = max((part.events for part in made.parts), key=lambda count: count.possible)
    [highest] = [text for text in words if text.startswith("highest bar")]
    assert highest == f"highest bar: {most.words} event{'s' * (most.possible > 1)}"
    # The title of the picture, and the first bar; one alone is named once.
    assert words.count(made.parts[0].words) == 2
    assert words.count(made.parts[-1].words) == 1 + (len(made.parts) == 1)


def test_names_of_the_ground_stand_in_one_place_on_all() -> None:
    said = texts(svg("q=zzzz&from=2018&to=2021&areas=off"))
    assert said.count("PAKISTAN") == 4


def test_equal_briefings_give_equal_bytes_in_each_format() -> None:
    assert draw_figure(briefing(), "svg", periods="year") == svg()
    small = Size(297, 210, 60)
    png = draw_figure(briefing(), "png", size=small, periods="year")
    assert png == draw_figure(briefing(), "png", size=small, periods="year")
    assert Image.open(io.BytesIO(png)).size == small.pixels
    pdf = draw_figure(briefing(), "pdf", periods="year")
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "2019" in text


def test_it_is_told_in_words_and_marked() -> None:
    content = draw_figure(briefing(tlp=Tlp.AMBER), "svg", periods="year").decode()
    assert content.count("TLP:AMBER") >= 2
    assert "7 maps, one for each period. 2014: " in content


def test_alone_it_has_no_title_and_says_what_others_must() -> None:
    alone = draw_map_alone(briefing(), "svg", size=Size(200, 120), periods="year")
    said = texts(alone.content)
    assert briefing().title not in said
    assert "2019" in said
    assert alone.said.startswith("Each map is of one year.")
    assert [one for one in alone.legend if one.form == "symbol"]
    assert ("Pale marks" in alone.said) == (panels().pale is not None)


@pytest.mark.parametrize(
    ("query", "is_pale"), [("areas=off", True), ("record=kerman-2024-01-03&areas=off", False)]
)
def test_pale_marks_are_told_of_where_there_are_any(query: str, *, is_pale: bool) -> None:
    said = draw_map_alone(briefing(query), "svg", size=Size(200, 120), periods="auto").said
    assert said.endswith(" Pale marks only possibly fit period and filter.") == is_pale


@pytest.mark.parametrize("sheet", ["card", "square", "column", "brief"])
def test_other_layouts_are_refused(sheet: str) -> None:
    one = SHEETS[sheet]
    with pytest.raises(FormatError, match="laid out as a figure"):
        draw_figure(briefing(), "svg", size=one.size, composition=one.composition, periods="year")


def test_a_sheet_on_which_nothing_could_be_told_apart_is_refused() -> None:
    told = r"room for 10 maps of 24 x 16 mm at least, got .* for each"
    with pytest.raises(FormatError, match=told):
        draw_figure(
            briefing("country=PK&from=2015&to=2024&areas=off"), "svg", size=Size(180, 130),
            periods="year",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "unit"), [("areas=off", "auto"), ("record=kerman-2024-01-03&areas=off", "auto")]
)
def test_it_is_said_once_under_all_how_many_marks_have_no_name(
    query: str, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []
    place = Labelling.of

    def watched(symbols: list[Symbol], *others: object) -> Labelling:
        found = place(symbols, *others)  # type: ignore[arg-type]
        counts.append(len(symbols) - len(found.placed))
        return found

    monkeypatch.setattr(Labelling, "of", watched)
    one = panels(query, unit)
    with drawing():
        canvas = Canvas(Size(240, 200), "svg")
        draw_parts(canvas, one, style_of(one))
        content = canvas.finish("Maps")
    assert len(counts) == len(one.parts)
    said = [text for text in texts(content) if "no name on this sheet" in text]
    nameless = sum(counts)
    marks = "mark has" if nameless == 1 else "marks have"
    words = [f"{nameless} {marks} no name on this sheet."] if nameless else []
    assert [text[: text.index(".") + 1] for text in said] == words
    assert bool(nameless) == ("kerman" not in query)
    # It stands under the maps, and covers none.
    assert one.remark is not None
    assert not any(one.remark.overlaps(frame) for frame in one.frames)
    assert one.remark.bottom <= 170 + 1e-6


def test_what_is_said_of_marks_has_room_for_all_that_may_be() -> None:
    one = panels("areas=off", "auto")
    assert one.remark is not None
    most = one.remark_lines(Unsaid(999, 3))
    assert len(most) * one.remark_face.line_mm <= one.remark.height + 1e-6
    assert one.remark_lines(Unsaid()) == []
