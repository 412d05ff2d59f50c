"""The page "About the record": it says what DATA.md says, links back, and shows text as text."""

from __future__ import annotations

import re

import pytest
from markupsafe import escape
from samples import HOSTILE, Tags, hostile_records
from streamlit.testing.v1 import AppTest

from geodata import Records, load
from geodata.account.summary import covered, not_covered, summarise
from geodata.records import guide
from geodata.records.vocabulary import GeoPrecision
from geodata.tongue import number, speaking
from mapview.cartography.style import PRECISIONS
from mapview.ui import about

OWN_TAGS = {
    "a", "article", "b", "bdi", "caption", "code", "details", "div", "h1", "h2", "h3", "h4", "i",
    "li", "nav", "p", "section", "small", "span", "summary", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip
WORDS_OF_FORM = {
    "point": r"^A symbol on ",
    "ring": r"ring",
    "assumed": r"ring of sparse dots.*does not say how exact.*bounds nothing",
    "province": r"whole province is shaded",
    "none": r"^Not drawn\.",
}


@pytest.fixture(scope="module")
def page() -> Tags:
    return Tags(about.render(load(), is_shipped=True))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_page_says_what_the_summary_says(page: Tags) -> None:
    summary, text = summarise(load()), squeezed(page.text)
    for sentence in (*covered(summary), *not_covered(summary), guide.CONTRADICTION_NOTE):
        assert sentence in text
    for one in summary.totals:
        assert f"{one.number:,} {one.label}" in text
    for table in (*summary.incidents, *summary.base_areas, *summary.groups):
        assert table.heading in text
        for row in table.rows:
            assert f"{row.label}{row.number:,}" in text
    assert summary.version in text


def test_every_contradiction_links_to_its_record(page: Tags) -> None:
    found = summarise(load()).contradictions
    links = [one for one in page.values("href") if one.startswith("./?")]
    shown = {"incident": "id", "base area": "area"}
    assert links == [f"./?{shown[o.kind]}={o.id}" for o in found if o.kind in shown]
    text = squeezed(page.text)
    assert all(squeezed(said.value) in text for o in found for m in o.matters for said in m.said)


@pytest.mark.parametrize("code", ["ru", "fr"])
def test_what_a_party_did_with_a_claim_stands_behind_it_in_other_languages(code: str) -> None:
    """English alone has a verb there, and a colon may end it."""
    with speaking(code):
        text = squeezed(Tags(about.render(load(), is_shipped=True)).text)
    said = {
        "ru": ("Документ (указано): National", "of Security (указано): Afghan"),
        "fr": ("Le document (désigne) : National", "of Security (désigne) : Afghan"),
    }
    assert all(one in text for one in said[code])
    assert not re.search(r":\s*:", text)


def test_every_source_is_named_and_linked(page: Tags) -> None:
    records = load()
    text = squeezed(page.text)
    assert all(squeezed(source.title) in text for source in records.sources)
    addresses = {one for one in page.values("href") if one.startswith("http")}
    assert {source.url for source in records.sources if source.url} <= addresses
    assert page.values("rel") == ["noopener noreferrer"] * page.values("target").count("_blank")


def test_links_on_the_page_have_an_aim(page: Tags) -> None:
    aims = [one.removeprefix("#") for one in page.values("href") if one.startswith("#")]
    assert aims
    assert set(aims) <= set(page.values("id"))
    assert len(set(page.values("id"))) == len(page.values("id"))


def test_bars_are_as_long_as_the_counts(page: Tags) -> None:
    summary = summarise(load())
    tables = (*summary.incidents, *summary.base_areas, *summary.groups)
    assert page.values("style") == [
        f"width: {100 * row.share:.1f}%" for table in tables for row in table.rows
    ]


@pytest.mark.parametrize("precision", PRECISIONS, ids=lambda one: one.id)
def test_the_guide_tells_how_the_map_draws(precision) -> None:
    assert re.search(WORDS_OF_FORM[precision.form], guide.DRAWN[GeoPrecision(precision.id)])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_untrusted_records_stay_text(text: str) -> None:
    found = Tags(about.render(hostile_records(text), is_shipped=False))
    assert set(found.tags) <= OWN_TAGS
    assert found.comments == []
    allowed = {"aria-hidden", "dir", "aria-label", "class", "colspan", "href", "id", "lang", "rel"}
    assert {name for name, _ in found.attributes} <= allowed | {"scope", "style", "target"}
    assert all(re.match(r"https?://|\./|#", one) for one in found.values("href"))
    assert squeezed(text) in squeezed(found.text)


def test_records_from_files_have_their_own_licence() -> None:
    opened = Tags(about.render(Records(), is_shipped=False)).text
    assert "Their licence is that of their makers." in opened
    assert "CC BY 4.0" not in opened


def test_what_is_left_out_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about, "_MOST_CONTRADICTIONS", 1)
    monkeypatch.setattr(about, "_MOST_CITED", 2)
    summary = summarise(load())
    text = squeezed(Tags(about.render(load(), is_shipped=True)).text)
    assert f"And {len(summary.cited) - 2} more." in text
    assert f"And {len(summary.contradictions) - 1} more." in text
    assert f"{len(summary.contradictions)} records with claims that disagree" in text


def _draw() -> None:
    from geodata import Store, load
    from mapview.ui import about

    about.show(Store.of(load()))


def drawn() -> str:
    page = AppTest.from_function(_draw, default_timeout=60).run()
    assert not page.exception
    (body,) = (one for html in page.get("html") if "<style>" not in (one := html.proto.body))
    return str(body)


def test_it_draws_itself() -> None:
    body = drawn()
    assert "About the record" in body
    assert "Their licence is that of their makers." not in body


def test_it_says_so_when_other_files_are_open(use_records) -> None:
    use_records(load())
    assert "Their licence is that of their makers." in drawn()


def _draw() -> None:
    from mapview.data import current_store
    from mapview.ui import about

    about.show(current_store())


def test_of_very_many_records_the_sources_are_named_and_none_is_read(monkeypatch) -> None:
    def refuse(_: object) -> None:
        raise AssertionError("all records were read")

    monkeypatch.setattr(about, "MOST_DESCRIBED", 3)
    monkeypatch.setattr("geodata.queries.Store.everything", refuse)
    page = AppTest.from_function(_draw, default_timeout=60)
    page.run()
    assert not page.exception
    assert "describes at most 3" in page.info[0].value
    assert sum(one.proto.body.count("<li>") for one in page.get("html")) > 10


def test_in_persian_all_numbers_are_so_and_links_keep_the_language() -> None:
    with speaking("fa"):
        found = Tags(about.render(load(), is_shipped=True))
        totals = [number(one.number) for one in summarise(load()).totals]
    assert all(one in found.text for one in totals)
    to_map = [one for one in found.values("href") if one.startswith("./")]
    assert to_map
    assert all(one.endswith("&lang=fa") for one in to_map)


@pytest.mark.parametrize("code", ["ar", "fa", "fr", "ru", "tg"])
def test_what_records_say_is_marked_in_another_language(code: str) -> None:
    records = load()
    with speaking(code):
        html = about.render(records, is_shipped=True)
        found = summarise(records).contradictions
    said = [one for o in found for m in o.matters for one in m.said if one.is_own]
    own = ' lang="en" dir="auto">'
    assert said
    for one in said:
        assert f"<b{own}{escape(one.value)}</b>" in html
        assert not one.note or f"<i{own}{escape(one.note)}</i>" in html
    for one in found:
        if one.kind == "incident":
            assert f"<bdi{own}{escape(one.title)}</bdi>" in html
    for one in (m for o in found for m in o.matters if m.is_own):
        assert f"<bdi{own}{escape(one.heading)}</bdi>" in html
