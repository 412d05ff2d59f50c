"""The page of a group, drawn by Streamlit without a browser, and the ways that lead to it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from page_parts import html_of
from samples import HOSTILE, Tags, all_hostile_records
from streamlit.testing.v1 import AppTest

from geodata import Filter, Store, load
from geodata.records import group_label
from mapview.groups import Links, describe_group, group_html

RECORDS = load()


def _draw() -> None:
    from mapview.data import current_store
    from mapview.ui import group_page

    group_page.show(current_store())


def drawn(of: str = "") -> AppTest:
    page = AppTest.from_function(_draw, default_timeout=60)
    if of:
        page.query_params["of"] = of
    page.run()
    assert not page.exception
    return page


def seen(of: str) -> Tags:
    return Tags(html_of(drawn(of)))


def test_a_page_has_names_time_line_figures_map_and_incidents():
    page = seen("jamaat-ansarullah")
    text = " ".join(page.text.split())
    for words in (
        "Names in Cyrillic script",
        "Amriddin Tabarov",
        "until December 2015, start not stated",
        "at most 100",
        "4 base areas, 1 of them on the map; those of all times together.",
        "Killing of the Jamaat Ansarullah leader Amriddin Tabarov",
    ):
        assert words in text
    assert any(one.startswith("data:image/png;base64,") for one in page.values("src"))
    (alternative,) = page.values("alt")
    assert alternative == "Map of the base areas of Jamaat Ansarullah: Badakhshan, Afghanistan."


def test_links_lead_to_the_record_on_the_map_and_to_other_groups():
    links = {*seen("ukraine").values("href")}
    (incident,) = [one for one in links if one.startswith("./?id=")]
    (identifier,) = parse_qs(urlsplit(incident).query)["id"]
    assert identifier in RECORDS.incidents_by_id
    (in_map,) = [one for one in links if "group=ukraine" in one]
    found = Store.of(RECORDS).select(Filter.from_query(urlsplit(in_map).query)).incidents
    assert [one.id for one in found] == [identifier]
    others = {one for one in seen("iskp").values("href") if one.startswith("./groups?of=")}
    assert {"./groups?of=taliban", "./groups?of=islamic-state", "./groups?of=tkp"} <= others
    assert all(one.removeprefix("./groups?of=") in RECORDS.groups_by_id for one in others)


def test_without_a_name_all_groups_are_listed():
    page = seen("")
    links = page.values("href")
    assert sorted(links) == sorted(f"./groups?of={one.id}" for one in RECORDS.groups)


def test_an_unknown_name_is_refused_with_near_ids():
    page = drawn("iskpp")
    (warning,) = page.warning
    assert "iskp" in warning.value
    assert "Groups" in html_of(page)


@pytest.mark.parametrize("kind", ["app", "page"])
def test_untrusted_text_stays_text(kind):
    records = all_hostile_records()
    links = Links(lambda one: f"./?id={len(one)}", lambda _: "", lambda _: "")
    for group in records.groups:
        page = describe_group(group.id, records)
        found = Tags(str(group_html(page, links, is_styled=kind == "app")))
        assert found.comments == []
        assert not {"script", "img", "iframe"} & set(found.tags)
        allowed = {
            "alt", "aria-hidden", "aria-label", "aria-labelledby", "class", "dir", "fill-opacity",
            "focusable", "height", "href", "id", "lang", "rel", "role", "scope", "src", "style",
            "tabindex", "target", "width", "x", "y",
        }  # fmt: skip
        assert {name for name, _ in found.attributes} <= allowed
        assert all(re.match(r"https?://|\./\?id=\d+$", one) for one in found.values("href"))
        assert " ".join(group.name.split()) in " ".join(found.text.split())
    assert HOSTILE


def test_a_page_without_styles_places_its_bars_all_the_same():
    page = describe_group("iskp", RECORDS)
    links = Links(lambda _: "", lambda _: "", lambda _: "")
    found = Tags(str(group_html(page, links, is_styled=False)))
    assert found.values("style") == []
    bars = [piece for one in page.drawn for line in one.lines for piece in line.pieces]
    bars += [piece for one in page.numbers for line in one.lines for piece in line.pieces]
    key = 1 + 1 + 4 + 4
    assert found.tags.count("rect") == sum(len(one.steps) for one in bars) + key
    assert group_label("iskp", RECORDS) == page.label


def test_a_group_that_very_many_incidents_name_has_a_page_without_them(monkeypatch):
    monkeypatch.setattr("mapview.ui.group_page.MOST_TOLD", 3)
    page = drawn("iskp")
    (sentence,) = [one.value for one in page.info]
    assert "that name this group or its parts: 71. This page tells of at most 3" in sentence
    links = Tags(html_of(page)).values("href")
    assert [one for one in links if one.startswith("./groups?of=")]
    assert not [one for one in links if one.startswith("./?id=")]
