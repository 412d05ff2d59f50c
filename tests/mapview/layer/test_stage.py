"""App, embedded map and page have one stage."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from messages import of_scripts

from geodata import Filter, Store, load
from geodata.tongue import LANGUAGES
from mapview.briefing.compose import compose
from mapview.briefing.page import write_page
from mapview.layer.stage import app_skeleton, tongue_of_scripts

ONLY_THE_APP = {"share", "download", "to-briefing", "to-data", "to-groups", "to-about", "languages"}
POINTING = ("aria-controls", "aria-describedby", "aria-labelledby", "for", "href")


class Ids(HTMLParser):
    """The ids of what stands in the stage, in order, and what points to an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth = 0
        self.ids: list[str] = []
        self.all: set[str] = set()
        self.pointed: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("id") == "stage" or (self.depth and tag == "div"):
            self.depth += 1
        self.all |= {values["id"]} if "id" in values else set()
        if not self.depth:
            return
        self.ids += [values["id"]] if "id" in values else []
        for name in POINTING:
            words = values.get(name, "").split()
            self.pointed |= {one.removeprefix("#") for one in words if re.match(r"#?[\w-]+$", one)}

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == "div":
            self.depth -= 1


@pytest.fixture(scope="module")
def faces() -> dict[str, Ids]:
    briefing = compose(Store.of(load()), Filter.from_query("country=TJ"))
    pages = {False: write_page(briefing), True: write_page(briefing, embedded=True, home="/")}
    return {
        "app": Ids(app_skeleton()),
        "page": Ids(pages[False].decode()),
        "embed": Ids(pages[True].decode()),
    }


def test_each_face_has_the_same_elements_in_the_same_order(faces: dict[str, Ids]) -> None:
    app = [one for one in faces["app"].ids if one not in ONLY_THE_APP]
    assert len(app) > 60
    assert faces["page"].ids == app
    assert faces["embed"].ids == app
    assert set(faces["app"].ids) >= ONLY_THE_APP


@pytest.mark.parametrize("face", ["app", "page", "embed"])
def test_no_id_is_given_twice_and_none_is_missing(faces: dict[str, Ids], face: str) -> None:
    found = faces[face]
    assert len(set(found.ids)) == len(found.ids)
    assert found.pointed <= found.all
    assert "filter-fault" in found.pointed


def test_only_a_page_leads_to_the_document_under_it(faces: dict[str, Ids]) -> None:
    assert [name for name, one in faces.items() if "document" in one.pointed] == ["page"]


@pytest.mark.parametrize("code", [one for one in LANGUAGES if one != "en"])
def test_scripts_are_handed_what_they_say_and_no_more(code: str) -> None:
    texts = tongue_of_scripts(code)["texts"]
    handed = {key.rpartition("\4")[2] for key in texts}
    said = {one.text for one in of_scripts()}
    assert not sorted(said - handed)
    # What templates, slides and documents say stays with the server.
    assert not handed & {"Reset all filters", "The first rows", "Accounts differ on {what}"}
    assert sum(map(len, map(str, texts.values()))) < 16_000
