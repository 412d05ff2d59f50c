"""What files say in a language, and which words of English are left in it."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

from lxml import etree
from messages import messages

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
