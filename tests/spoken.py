"""What files say in a language, and which words of English are left in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from messages import messages
from streamlit.testing.v1 import AppTest

from geodata import Filter, Store, load
from geodata.tongue import LANGUAGES
from geodata.tongue.catalogue import catalogue
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.cartography import names

OTHERS = [code for code in LANGUAGES if code != "en"]
WORD = re.compile(r"[A-Za-zÀ-ž]{2,}")
# Names of those who made data and map, and of a licence, are the same everywhere.
EVERYWHERE = frozenset(WORD.findall("Mapview CC BY Natural Earth geoBoundaries GeoNames org IS"))


@cache
def shipped() -> Store:
    return Store.of(load())


def composed(code: str, query: str, **options: object) -> Briefing:
    chosen = Filter.from_query(query)
    return compose(shipped(), chosen, BriefingOptions(language=code, **options))  # type: ignore[arg-type]


def words_of_records(briefing: Briefing) -> set[str]:
    """The words that records, and names on the ground, have in their own language."""
    said = [one.text for one in (*briefing.sources, *briefing.cited)]
    for incident in briefing.records.incidents:
        said += [incident.title, *incident.place_names, *(str(one) for one in incident.claims)]
    for group in briefing.records.groups:
        said += [group.name, group.short_name, *group.aliases]
    said += [one.text for one in names()]
    return {word for text in said for word in WORD.findall(text)}


def english_alone(code: str) -> set[str]:
    """The words of all messages that no text of the language has."""
    theirs: set[str] = set()
    for text in catalogue(code).texts.values():
        for one in (text,) if isinstance(text, str) else text:
            theirs |= set(WORD.findall(re.sub(r"\{\w+\}", "", one)))
    ours = {word for one in messages() for text in one for word in WORD.findall(text)}
    return ours - theirs


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def texts_of(content: bytes) -> list[str]:
    """All that an office file says: text, charts, what is heard in place of pictures, notes."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not re.search(r"(slides?|charts?|document|header|footer|notesSlide)\d*\.xml$", name):
                continue
            root = etree.fromstring(archive.read(name))
            paragraphs = [*root.iter("{*}p")]
            found += ["".join(one.itertext("{*}t")) for one in paragraphs]
            # Fields have names of their own, as "Figure", and numbers of charts a form.
            found += [one.text or "" for one in root.iter("{*}v")]
            found += [one.get("descr", "") for one in root.iter("{*}cNvPr", "{*}docPr")]
            found += [one.get(f"{{{W}}}val", "") for one in root.iter(f"{{{W}}}tblDescription")]
    return found


def left_in(said: list[str], briefing: Briefing, code: str) -> set[str]:
    lines = (re.sub(rf"{briefing.version}|\w*…", "", text) for text in said)
    words = {word for text in lines for word in WORD.findall(text)}
    sites = {word for one in (*briefing.sources, *briefing.cited) for word in WORD.findall(one.url)}
    left = words - words_of_records(briefing) - EVERYWHERE - sites
    return left & english_alone(code) if code == "fr" else left


# Formats, programs and keys have the same names everywhere.
NAMES = frozenset(
    WORD.findall(
        "HTML PNG SVG PDF GIF WebP MP4 ffmpeg PowerPoint Word ZIP GeoJSON CSV Excel XLSX Google "
        "Earth KML KMZ GeoPackage GeoParquet FlatGeobuf TLP CLEAR GREEN AMBER STRICT RED Traffic "
        "Light Protocol PPTX DOCX English français"
    )
)


def names_of_records() -> set[str]:
    """The words in names that records give, which no page translates."""
    store = shipped()
    said = [one.text for one in names()]
    for group in store.context.groups:
        said += [group.name, group.short_name, *group.aliases]
    said += [one.object for one in store.context.relations]
    for one in (*store.context.base_areas, *store.everything().incidents):
        said += [*one.place_names]
    return {word for text in said for word in WORD.findall(text)}


def seen_on(html: str, code: str) -> str:
    """What HTML says, but what is marked as of another language."""
    root = fragment_fromstring(html, create_parent="div")
    for one in root.xpath("//*[@lang]"):
        if one.get("lang") != code:
            _empty(one)
    read = [*root.itertext()]
    for name in ("alt", "aria-label", "title"):
        read += [one.get(name) for one in root.xpath(f"//*[@{name}]")]
    return " ".join(read)


def _empty(one: HtmlElement) -> None:
    for inner in [*one]:
        one.remove(inner)
    one.text = ""


def told_by(page: AppTest, code: str) -> list[str]:
    """All that a page of the app says: its HTML, and labels, hints and choices of its fields."""
    found = []
    for one in page.get("html"):
        body = one.proto.body
        if not body.startswith("<style>"):
            found.append(seen_on(body, code))
    for element in _elements(page):
        for field, value in element.ListFields():
            if field.name in ("label", "help", "placeholder", "body", "text"):
                found.append(str(value))
            elif field.name == "options":
                found += map(str, value)
    return [re.sub(r"\\(.)", r"\1", one) for one in found]


def _elements(page: AppTest) -> Iterator[Any]:
    kinds = (
        "alert button caption checkbox download_button expander file_uploader info markdown "
        "multiselect number_input page_link radio selectbox spinner success text_area text_input "
        "toggle warning error form_submit_button expandable"
    )
    for kind in kinds.split():
        for one in page.get(kind):
            if hasattr(one, "proto"):
                yield one.proto


@cache
def words_of_claims() -> frozenset[str]:
    """The words of who is quoted, of caveats and of whom figures count, inside of sentences."""
    found: set[str] = set()
    store = shipped()
    for one in (*store.everything().incidents, *store.context.groups, *store.context.relations):
        for claim in one.claims:
            found |= set(WORD.findall(f"{claim.by} {claim.caveat} {claim.part}"))
    return frozenset(found)


def left_on(page: AppTest, code: str, *allowed: str, has_claims: bool = False) -> set[str]:
    """Words of English that a page of the app says in another language.

    Args:
        page: The page.
        code: The language.
        allowed: What is there in its own words, such as names of files.
        has_claims: Whether sentences quote claims.
    """
    words = {word for text in told_by(page, code) for word in WORD.findall(text)}
    left = (
        words
        - EVERYWHERE
        - NAMES
        - names_of_records()
        - (words_of_claims() if has_claims else set())
    )
    left -= {word for text in allowed for word in WORD.findall(text)}
    return left & english_alone(code) if code == "fr" else left
