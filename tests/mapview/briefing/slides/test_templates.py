"""Templates of slides: used as far as they go, emptied, and refused when damaged."""

from __future__ import annotations

from pathlib import Path

import pptx
import pytest
from office_files import (
    briefing_of,
    check_package,
    members_of,
    rewritten,
    slides_of,
)
from slide_reading import (
    check_room,
    opened,
    tables_of,
    titles_of,
)

from geodata.errors import FormatError
from mapview.briefing.office.measure import UNKNOWN
from mapview.briefing.progress import Progress


@pytest.fixture
def four_to_three(tmp_path: Path) -> Path:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text_frame.text = "Old slide"
    slide.notes_slide.notes_text_frame.text = "Old notes"
    deck.core_properties.author = "Somebody"
    path = tmp_path / "four.pptx"
    deck.save(str(path))
    return path


def test_template_gives_its_size_and_layouts_and_loses_its_slides(four_to_three: Path) -> None:
    told: list[str] = []
    content = slides_of(
        briefing_of("scripts"),
        template=four_to_three,
        progress=Progress(lambda _share, words: told.append(words)),
    )
    check_package(content)
    deck = opened(content)
    check_room(deck, UNKNOWN)
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    assert len(deck.slide_layouts) == 11
    written = (one for name, one in members_of(content).items() if name.endswith((".xml", ".rels")))
    assert b"Old" not in b"".join(written)
    assert deck.core_properties.author == "Mapview"
    assert "Slides of the template left out: 1" in told
    assert all(titles_of(deck))


def test_template_with_sections_and_shows_forgets_them(four_to_three: Path) -> None:
    uri = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
    sections = (
        f'<p:extLst><p:ext uri="{uri}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/'
        'office/powerpoint/2010/main"><p14:section name="A" id="{00000000-0000-0000-0000-0000000000'
        '01}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst>'
        "</p:ext></p:extLst></p:presentation>"
    )
    member = "ppt/presentation.xml"
    plain = rewritten(
        four_to_three,
        four_to_three.with_name("sections.pptx"),
        {member: (b"</p:presentation>", sections.encode())},
    )
    content = slides_of(briefing_of("none"), template=plain)
    assert b"sectionLst" not in members_of(content)[member]
    check_package(content)


def test_potx_is_taken(four_to_three: Path) -> None:
    types = {"[Content_Types].xml": (b"presentation.main+xml", b"template.main+xml")}
    potx = rewritten(four_to_three, four_to_three.with_suffix(".potx"), types)
    briefing = briefing_of("none")
    assert slides_of(briefing, template=potx) == slides_of(briefing, template=four_to_three)


@pytest.mark.parametrize("kept", [(), ("Blank",), ("Title and Content",)])
def test_template_without_the_usual_layouts_is_used_as_far_as_it_goes(
    kept: tuple[str, ...], tmp_path: Path
) -> None:
    deck = pptx.Presentation()
    for layout in list(deck.slide_layouts):
        if layout.name not in kept:
            deck.slide_layouts.remove(layout)
    path = tmp_path / "poor.pptx"
    deck.save(str(path))
    content = slides_of(briefing_of("one"), template=path)
    check_package(content)
    made = opened(content)
    check_room(made, UNKNOWN)
    assert all(titles_of(made))
    assert tables_of(made)


def test_title_in_the_middle_of_a_layout_gives_way_to_content(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for layout in deck.slide_layouts:
        title = next((one for one in layout.placeholders if one.placeholder_format.idx == 0), None)
        if title is not None and layout.name != "Title Slide":
            title.left, title.top, title.width, title.height = (
                457_200,
                2_400_000,
                8_229_600,
                1_200_000,
            )
    path = tmp_path / "middle.pptx"
    deck.save(str(path))
    made = opened(slides_of(briefing_of("one"), template=path))
    for slide in list(made.slides)[1:]:
        title = slide.shapes.title
        others = [one for one in slide.shapes if not one.is_placeholder]
        assert all(one.top >= title.top + title.height - 91_440 for one in others)


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("ppt/_rels/presentation.xml.rels", (b"slideMasters/slideMaster1", b"slideMasters/none")),
        ("ppt/slideMasters/slideMaster1.xml", (b"<p:cSld>", b"<p:cSld")),
        ("ppt/presentation.xml", (b"<p:sldMasterId ", b"<p:nothing ")),
    ],
)
def test_damaged_template_is_refused(
    member: str, change: tuple[bytes, bytes], four_to_three: Path
) -> None:
    broken = rewritten(four_to_three, four_to_three.with_name("broken.pptx"), {member: change})
    with pytest.raises(FormatError, match=r"must be a PowerPoint file .* got .*broken\.pptx"):
        slides_of(briefing_of("none"), template=broken)
