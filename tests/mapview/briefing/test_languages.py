"""Each file in each language: no English is left but what records say, all of it is read right."""

from __future__ import annotations

import io
import re

import pytest
from lxml import etree
from lxml.html import fromstring
from pypdf import PdfReader
from spoken import (
    EVERYWHERE,
    OTHERS,
    WORD,
    composed,
    english_alone,
    left_in,
    seen_on,
    shipped,
    texts_of,
    words_of_records,
)

from geodata import Filter, Store
from geodata.errors import FormatError, RequestError
from geodata.publication import Publication
from geodata.publication.permission import LeftOut
from geodata.tongue import digits, labelled, language, say, speaking
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import GROUP_SCOPE, Briefing
from mapview.briefing.figure.sizes import sheet_named
from mapview.briefing.writers import Layout, write_briefing


def texts(briefing: Briefing, layout: str) -> list[str]:
    """All that stands in a figure, a line each."""
    svg = write_briefing(briefing, "svg", layout=Layout.on(sheet_named(layout)))
    found = etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(one.itertext()) for one in found]


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(
    ("query", "layout"),
    [("record=kerman-2024-01-03", "brief"), ("country=TJ", "a4"), ("type=bombing", "card")],
)
def test_no_english_is_left_but_what_records_say(code, query, layout):
    briefing = composed(code, query)
    # The fingerprint of the data is no word, and what is cut off none that can be told.
    lines = (re.sub(rf"{briefing.version}|\w*…", "", text) for text in texts(briefing, layout))
    said = {word for text in lines for word in WORD.findall(text)}
    left = said - words_of_records(briefing) - EVERYWHERE
    # French has our letters, so only what no French message has can be told.
    assert not (left & english_alone(code) if code == "fr" else left)


def test_no_figure_is_in_two_languages():
    """What is kept of one language is not told in another."""
    first = composed("ru", "country=TJ").headline
    assert composed("en", "country=TJ").headline != first
    assert composed("ru", "country=TJ").headline == first
    assert language() == "en"


def test_what_may_go_out_is_the_same_in_every_language():
    publication = Publication(coarsen="province", drop=("by", "notes"), confidential=True)
    one, other = (composed(code, "country=IR", publication=publication) for code in ("en", "fa"))
    assert other.records == one.records
    assert len(other.changes) == len(one.changes)
    # What was changed is said to whoever reads it; "k" is the name of a number.
    assert set(WORD.findall(" ".join(other.changes))) <= {"k"}


@pytest.mark.parametrize("code", OTHERS)
def test_what_a_licence_keeps_back_is_told_with_its_number(code):
    with speaking(code):
        told = LeftOut(sources=2, claims=14, incidents=3, cut=1).sentences()
    said = " ".join(told)
    assert len(told) == 3
    assert all(number(code, n) in said for n in (2, 14, 3, 1))


def number(code: str, n: int) -> str:
    with speaking(code):
        return digits(str(n))


def test_the_same_briefing_gives_the_same_bytes_and_says_its_language():
    one, other = (composed("fa", "record=kerman-2024-01-03") for _ in range(2))
    layout = Layout.on(sheet_named("card"))
    assert write_briefing(one, "svg", layout=layout) == write_briefing(other, "svg", layout=layout)
    assert one.about["language"] == "fa"
    assert "language" not in composed("en", "record=kerman-2024-01-03").about


def test_tolls_and_who_says_them():
    said = {code: composed(code, "record=kerman-2024-01-03").short_title for code in OTHERS}
    assert said == {
        "ru": "Керман, 3 января 2024: погибшие: 94 – почти 100",
        "fa": "کرمان، ۳ ژانویهٔ ۲۰۲۴ (۱۳ دی ۱۴۰۲): کشته‌شدگان: ۹۴ تا نزدیک به ۱۰۰",
        "tg": "Кирмон, 3 январи 2024: кушташудагон: 94 то қариб 100",
        "ar": "كرمان، 3 يناير 2024: القتلى: 94 إلى ما يقارب 100",
        "fr": "Kerman, 3 janvier 2024 : tués : 94 à près de 100",
    }


@pytest.mark.parametrize("code", ["fa", "ar"])
def test_a_sheet_is_read_from_the_right(code):
    briefing = composed(code, "country=UZ")
    svg = write_briefing(briefing, "svg", layout=Layout.on(sheet_named("a4")))
    tree = etree.fromstring(svg)
    width = float(tree.get("viewBox").split()[2])
    with speaking(code):
        title = next(
            one
            for one in tree.iter("{http://www.w3.org/2000/svg}text")
            if "".join(one.itertext()).strip("\u200f").startswith(briefing.title[:8])
        )
    x, style = float(title.get("x") or title.get("transform")[10:].split()[0]), title.get("style")
    assert x > 0.9 * width
    # Text that is read from the right begins at its right end.
    assert "direction: rtl" in style
    assert "text-anchor: start" in style or "text-anchor" not in style


@pytest.mark.parametrize("ending", ["geojson", "csv"])
def test_what_would_speak_two_languages_is_refused(ending):
    briefing = composed("fa", "record=kerman-2024-01-03")
    with pytest.raises(FormatError, match=rf"must be given for .html or .* or .zip, got .{ending}"):
        write_briefing(briefing, ending)


@pytest.mark.parametrize("ending", ["html", "docx", "pptx"])
@pytest.mark.parametrize("code", ["fa", "ru", "fr"])
def test_pages_on_groups_are_in_the_language(code, ending):
    briefing = composed(code, "record=kerman-2024-01-03", group_pages=("iskp",))
    content = write_briefing(briefing, ending)
    if ending == "html":
        [page] = fromstring(content.decode()).xpath("//article[@class='mg']")
        said = [seen_on(etree.tostring(page, encoding="unicode"), code)]
    else:
        said = texts_of(content)
    own = words_of_groups(briefing)
    assert left_in([" ".join(WORD.findall(one)) for one in said], briefing, code) <= own
    with speaking(code):
        assert any(say("Relations and leaders") in one for one in said) or ending == "pptx"
        assert any(say("Strength and other numbers") in one for one in said)
        assert any(say(GROUP_SCOPE) in one for one in said)
        # English alone has a verb between who speaks and what is said.
        who = "The source" if ending == "html" else "the document"
        told = f"{say(who, 'alone')} ({say('said')}){labelled('', '')}".strip()
        assert any(told in one for one in said) or ending == "pptx"


def words_of_groups(briefing: Briefing) -> set[str]:
    """The words of what records say of groups: names, leaders, claims, notes, titles."""
    records = shipped().context
    said = [one.object for one in records.relations]
    for one in (*records.groups, *records.relations, *records.base_areas):
        said += [one.note]
        for claim in one.claims:
            said += [claim.by, str(claim.value), claim.note, claim.caveat, claim.part]
            said += [claim.topic, claim.locator]
    for one in (*records.groups, *records.base_areas):
        said += [*one.aliases, one.name] if hasattr(one, "aliases") else [*one.place_names]
    for role in (role for page in briefing.group_pages for role in page.roles):
        said += [text for one in (*role.certain, *role.possible) for text in one.caveats]
    return {word for text in said for word in WORD.findall(text)}


def test_files_say_their_language():
    briefing = composed("fa", "record=kerman-2024-01-03")
    layout = Layout.on(sheet_named("card"))
    tree = etree.fromstring(write_briefing(briefing, "svg", layout=layout))
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "fa"
    page = PdfReader(io.BytesIO(write_briefing(briefing, "pdf", layout=layout)))
    assert page.trailer["/Root"]["/Lang"] == "fa"
    # What is heard in place of the map is in that language too.
    assert "دوره: ۳ ژانویهٔ ۲۰۲۴" in page.metadata.subject
    assert "کرمان" in page.pages[0].extract_text()


def test_author_and_program_speak_for_themselves():
    briefing = composed("ru", "record=kerman-2024-01-03", note="Seen 7,000 times.", title="Mine")
    assert briefing.title == "Mine"
    # What the author wrote is held against the records, what the program says is made of them.
    assert [one.name for one in briefing.leads.checked] == ["title", "note"]
    assert any(one.unmatched for one in briefing.leads.checked)


def test_a_language_that_nobody_speaks_is_refused():
    with pytest.raises(RequestError, match="lang must be one of en, ru, fa, tg, ar, fr, got 'xx'"):
        compose(Store.__new__(Store), Filter(), BriefingOptions(language="xx"))
