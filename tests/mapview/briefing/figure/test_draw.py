"""Figures: what they say, their size, other scripts, and that any text stays text."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader
from samples import HOSTILE_NOTE, HOSTILE_TITLE, all_hostile_records, many_records

from geodata import Filter, Incident, Records, Store, load
from geodata.errors import FormatError
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure.draw import KINDS_OF_FIGURE, draw_figure, draw_map_alone
from mapview.briefing.figure.sizes import SHEETS, Size
from mapview.briefing.progress import Cancelled, Progress

ROOT = Path(__file__).parents[4]
SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
NAMES = {
    "Persian": "بمب‌گذاری کرمان",
    "Tajik": "Ҳамлаи Данғара",
    "Kazakh": "Қазақстан",
    "Arabic": "تفجير كابول",
}


def shipped(query: str = "", **options: object) -> Briefing:
    return compose(Store.of(load()), Filter.from_query(query), BriefingOptions(**options))  # type: ignore[arg-type]


def tree_of(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def texts_of(svg: bytes) -> list[str]:
    return [node.text or "" for node in tree_of(svg).iter(f"{SVG}text")]


def words_of(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


@pytest.fixture(scope="module")
def svg() -> bytes:
    return draw_figure(shipped(title="What happened", note="Read with care."), "svg")


def test_every_figure_says_what_it_is(svg: bytes) -> None:
    briefing = shipped()
    said = " ".join(texts_of(svg))
    assert "What happened" in said
    assert "Author’s note Read with care." in said
    for one in (briefing.words, briefing.period, briefing.scope_of_map, briefing.version):
        assert one in said
    assert briefing.border_note in said
    for one in briefing.credits:
        assert one in said
    # In full, or in few words where the legend needs the room.
    assert re.search(rf"{len(briefing.cited)} (sources )?cited there", said)
    assert "Sources up to about 2024." in said


def test_text_of_svg_is_live_and_names_real_fonts(svg: bytes) -> None:
    text = svg.decode("utf-8")
    assert len(texts_of(svg)) > 100
    assert "font-family: 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif" in text
    assert "Mapview Sans" not in text
    assert '@font-face {font-family: "Noto Sans"; font-weight: 700' in text
    assert 'role="img"' in text
    assert "<title" in text
    assert not re.search(r"(?:href|src)=\"?(?:https?:)?//", text)


def test_insets_scale_and_north_are_there(svg: bytes) -> None:
    said = texts_of(svg)
    assert {"N", "500 km", "Los Angeles, United States"} <= set(said)


def test_base_areas_are_hatched() -> None:
    plain = draw_figure(shipped("q=kunar&areas=off"), "svg")
    hatched = draw_figure(shipped("q=kunar"), "svg")
    # Hatches are drawn as one path of many strokes in the group's colour.
    strokes = re.compile(r'd="((?:M [^"M]+L [^"ML]+){8,})"[^>]*stroke: #(?:4f6475|73632f|7b4a63)')
    assert not strokes.search(plain.decode("utf-8"))
    assert strokes.search(hatched.decode("utf-8"))


def test_pdf_has_real_text_and_no_date() -> None:
    pdf = draw_figure(shipped(title="What happened"), "pdf")
    words = words_of(pdf)
    assert "What happened" in words
    assert f"{shipped().counts.placed} on the map" in words
    about = PdfReader(io.BytesIO(pdf)).metadata or {}
    assert about.get("/Title") == "What happened"
    assert "/CreationDate" not in about
    assert "/Producer" not in about


def test_png_has_the_size_asked_for() -> None:
    for text in ("1600x900px", "200x150mm"):
        size = Size.parse(text)
        image = Image.open(io.BytesIO(draw_figure(shipped("country=TJ"), "png", size=size)))
        assert image.size == size.pixels
        assert "Software" not in image.info
        assert image.info["dpi"][0] == pytest.approx(size.dpi, abs=0.1)
        assert len(image.convert("RGB").getcolors(maxcolors=2**24) or []) > 20


def test_bare_figures_are_map_only() -> None:
    said = texts_of(draw_map_alone(shipped(title="What happened"), "svg").content)
    assert "What happened" not in said
    assert "Incidents" not in said
    assert {"N", "IRAN"} <= set(said)
    assert any(re.fullmatch(r"[1-9]\d* km", text) for text in said)


@pytest.mark.parametrize("kind", KINDS_OF_FIGURE)
def test_hostile_text_stays_text(kind: str) -> None:
    options = BriefingOptions(title=HOSTILE_TITLE, note=HOSTILE_NOTE)
    briefing = compose(Store.of(all_hostile_records()), Filter(), options)
    out = draw_figure(briefing, kind, size=Size(200, 150, 72))  # type: ignore[arg-type]
    if kind == "svg":
        tags = {node.tag for node in tree_of(out).iter()}
        assert not any(tag.endswith(("script", "foreignObject", "image")) for tag in tags)
        assert not any("\u202a" <= one <= "\u202e" for line in texts_of(out) for one in line)


def test_letters_of_other_scripts_are_kept() -> None:
    incidents = tuple(
        Incident(
            id=f"i{i}", title=name, event_date="2020-05-01", event_types=("bombing",),
            points=((60 + 3 * i, 34),), place=name, country="AF", geo_precision="settlement",
            radius_km=5,
        )
        for i, name in enumerate(NAMES.values())
    )  # fmt: skip
    briefing = compose(
        Store.of(Records(incidents)), Filter(), BriefingOptions(title=NAMES["Persian"] + " 中")
    )
    said = texts_of(draw_figure(briefing, "svg"))
    assert set(NAMES.values()) <= set(said)
    assert NAMES["Persian"] + " □" in said
    words = words_of(draw_figure(briefing, "pdf"))
    assert NAMES["Kazakh"] in words
    assert NAMES["Tajik"] in words
    # Shaped letters come out one by one, in one order or the other.
    letters = set(words)
    assert set("کرمانتفجيكابول") <= letters
    draw_figure(briefing, "png", size=Size(200, 150, 72))


def test_text_from_right_to_left_keeps_its_order_and_place() -> None:
    title = NAMES["Persian"] + " – Kerman"
    nodes = tree_of(draw_figure(shipped("country=TJ", title=title), "svg")).iter(f"{SVG}text")
    styles = {node.text: node.attrib["style"] for node in nodes}
    assert "direction: rtl" in styles[title]
    assert "text-anchor: end" in styles[title]
    assert "direction" not in styles["Incidents on the map"]
    assert "text-anchor: start" in styles["Incidents on the map"]


def test_nothing_found_is_said_on_a_map() -> None:
    said = texts_of(draw_figure(shipped("q=zzzz&areas=off"), "svg"))
    assert "No incident was found." in said
    assert "TAJIKISTAN" in said


def test_one_incident_has_a_frame_with_names_and_a_locator() -> None:
    said = texts_of(draw_figure(shipped("q=commemoration&areas=off"), "svg"))
    assert "Kerman" in said
    assert "3 Jan 2024" in said
    assert said.count("IRAN") == 2


def test_many_incidents_become_discs_in_time() -> None:
    briefing = compose(Store.of(many_records(5000)), Filter(), BriefingOptions(title="Many"))
    started = time.monotonic()
    out = draw_figure(briefing, "svg")
    assert time.monotonic() - started < 30
    assert len(out) < 4_000_000
    assert "Several incidents: size by" in " ".join(texts_of(out))


@pytest.mark.parametrize(
    "text", ["297x210mm", "210x297mm", "1600x900px", "90x130mm", "1000x700mm", "400x120mm"]
)
def test_nothing_leaves_the_sheet(text: str) -> None:
    size = Size.parse(text)
    long_words = " ".join(["Wordwithoutanybreak" * 3] * 3)
    briefing = shipped("country=TJ", title=long_words[:200], note=long_words * 4)
    root = tree_of(draw_figure(briefing, "svg", size=size))
    width, height = (float(one) for one in root.attrib["viewBox"].split()[2:])
    for node in root.iter(f"{SVG}text"):
        assert 0 <= float(node.attrib["x"]) <= width, node.text
        assert 0 <= float(node.attrib["y"]) <= height, node.text


def test_too_small_a_sheet_is_refused_but_not_a_bare_one() -> None:
    with pytest.raises(FormatError, match=r"at least 1\d\d x 1\d\d mm .* got 60 x 60 mm"):
        draw_figure(shipped(), "svg", size=Size(60, 60))
    assert draw_map_alone(shipped("country=TJ"), "svg", size=Size(60, 60)).content


def test_a_poster_is_read_from_farther_away() -> None:
    briefing = shipped("country=TJ&areas=off")
    sizes = {}
    for name in ("a4", "a0"):
        root = tree_of(draw_figure(briefing, "svg", size=SHEETS[name].size))
        wide = float(root.attrib["viewBox"].split()[2])
        assert wide == pytest.approx(SHEETS[name].size.width_mm / 25.4 * 72, abs=1)
        styles = [node.attrib["style"] for node in root.iter(f"{SVG}text")]
        sizes[name] = min(float(re.findall(r"font-size: ([\d.]+)px", one)[0]) for one in styles)
    # The least letters that are printed, and four times the side.
    assert sizes["a4"] >= 6
    assert sizes["a0"] >= 2.5 * sizes["a4"]


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(FormatError, match="must be one of png, svg, pdf, got 'gif'"):
        draw_figure(shipped(), "gif")  # type: ignore[arg-type]


def test_drawing_tells_how_far_it_is_and_stops() -> None:
    told: list[float] = []
    progress = Progress(lambda share, _: told.append(share))
    draw_figure(shipped("country=TJ"), "svg", progress=progress)
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] == 1
    progress.cancel()
    with pytest.raises(Cancelled):
        draw_figure(shipped("country=TJ"), "svg", progress=progress)


def test_naming_the_formats_leaves_matplotlib_alone() -> None:
    command = "import sys, mapview.briefing.writers; print('matplotlib' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_an_svg_has_layers_and_each_mark_says_which_incidents_it_stands_for(svg: bytes) -> None:
    root, briefing = tree_of(svg), shipped()
    (title,), (said,) = (list(root.iter(f"{SVG}{name}")) for name in ("title", "desc"))
    assert (title.text, root.get("aria-labelledby")) == ("What happened", title.get("id"))
    assert "on the map" in (said.text or "")
    layers = [one for one in root.iter(f"{SVG}g") if one.get(f"{INKSCAPE}groupmode") == "layer"]
    named = {one.get(f"{INKSCAPE}label"): one for one in layers}
    assert {"Map", "Title", "Legend", "Notes"} <= set(named)
    inside = [one.get(f"{INKSCAPE}label") for one in named["Map"]]
    wanted = ("Ground", "Borders", "Base areas", "Names of places", "Incidents", "Labels")
    assert [one for one in inside if one in wanted] == list(wanted)
    marks = [one.get("data-incidents", "").split() for one in root.iter() if one.get("data-count")]
    drawn = {one.id for one in briefing.incidents if one.is_placed}
    found = {identifier for ids in marks for identifier in ids}
    assert found <= drawn
    assert len(found) > 0.9 * len(drawn)
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert "incident-kerman-2024-01-03" in ids
    # Nothing is left beside the groups but the paper.
    sheet = root.find(f"{SVG}g")
    assert sheet is not None
    assert [one for one in sheet if one.get(f"{INKSCAPE}label") is None] == [sheet[0]]
