"""The standalone page as a file: what it holds, what it allows, how large it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html
from page_reading import hashes, inline, packed, policy_of, text_of
from samples import (
    HOSTILE_NOTE,
    HOSTILE_TITLE,
    Tags,
    all_hostile_records,
    hostile_records,
    many_records,
)

from geodata import Incident, Records, Store
from geodata.errors import GeodataError
from geodata.queries.filters import Filter
from geodata.tongue import LANGUAGES
from mapview.briefing import page as page_module
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.page import is_safe_home, write_page
from mapview.briefing.progress import Cancelled, Progress

FIVE_MOST = 750_000
CATALOGUE_MOST = 40_000
FIVE_THOUSAND_MOST = 3_000_000
NOTE = "Prepared for the meeting.\nTolls are ranges."


@pytest.fixture(scope="module")
def store(shipped: Records) -> Store:
    return Store.of(shipped)


@pytest.fixture(scope="module")
def briefing(store: Store) -> Briefing:
    return compose(store, Filter(), BriefingOptions(title="All there is", note=NOTE))


@pytest.fixture(scope="module")
def page(briefing: Briefing) -> bytes:
    return write_page(briefing)


def words_of(page: bytes) -> str:
    return " ".join(Tags(re.sub(r"(?s)<(script|style).*?</\1>", "", text_of(page))).text.split())


@pytest.mark.parametrize("embedded", [False, True])
def test_it_says_what_every_briefing_says(briefing: Briefing, *, embedded: bool) -> None:
    changed = replace(briefing, changes=("Places were rounded to the district.",))
    assert changed.messages
    words = words_of(write_page(changed, embedded=embedded))
    for said in (
        *(changed.title, changed.period, changed.words, changed.scope, changed.as_of),
        *changed.messages,
        *(changed.version, changed.border_note, *changed.changes, *changed.credits),
        *(line.text for line in changed.sources),
        *NOTE.split("\n"),
        "Author’s note",
    ):
        assert " ".join(said.split()) in words, said


def test_figures_lead_to_the_row_of_their_claim(briefing: Briefing) -> None:
    text = text_of(write_page(briefing))
    links = re.findall(r'<a class="mp-lead" href="#([^"]+)">([^<]+)</a>', text)
    pieces = [(f"claim-{c}", p) for one in briefing.messages for p, c in briefing.pieces(one) if c]
    # The sentences stand on the screen and, again, on paper.
    assert links == 2 * pieces
    rows = dict(re.findall(r'(?s)<tr id="([^"]+)">(.*?)</tr>', text))
    assert list(rows) == [f"claim-{at}" for at, _ in enumerate(briefing.leads.claims, 1)]
    claim = briefing.leads.claims[0]
    row = rows["claim-1"]
    assert f'href="#id={claim.incident}"' in row
    for said in (claim.heading, claim.line.value, claim.line.locator):
        assert f">{said}<" in row
    source = re.search(r'href="#(source-\d+)"', row)
    assert source
    listed = re.search(rf'(?s)<li id="{source[1]}">(.*?)</li>', text)
    assert listed
    assert claim.line.source.text in Tags(listed[1]).text
    # The form for other people's pages has no room for them.
    embedded = text_of(write_page(briefing, embedded=True))
    assert "mp-lead" not in embedded.partition("</style>")[2]


def test_the_policy_allows_its_own_scripts_and_styles_only(page: bytes) -> None:
    policy = policy_of(page)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == hashes(inline(page, "script"))
    assert policy["style-src"] == hashes(inline(page, "style"))
    assert policy["img-src"] == ["data:", "blob:"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert "unsafe" not in str(policy)


def test_what_was_found_is_said_under_the_map_whose_heading_stays_true(store: Store) -> None:
    told = compose(store, Filter(countries=("TJ",)))
    tree = html.fromstring(write_page(told))
    # The filters of the map may be changed.
    assert [one.text_content() for one in tree.iter("h1")] == [told.words]
    [head] = tree.find_class("mp-head")
    said = [one.text_content() for one in head if one.tag in ("h2", "p")]
    assert said[:3] == [told.first, f"{told.second}.", told.words]
    assert head.xpath("h2/a[@class='mp-lead']")


@pytest.mark.parametrize("embedded", [False, True])
def test_nothing_in_it_is_asked_for_elsewhere(briefing: Briefing, *, embedded: bool) -> None:
    page = write_page(briefing, embedded=embedded, home="/?from=2018")
    tags = Tags(re.sub(r"(?s)(<script[^>]*>).*?(</script>)", r"\1\2", text_of(page)))
    assert tags.values("src") == []
    assert [one for one in tags.values("href") if one.startswith("data:")] == ["data:,"]
    assert tags.values("style") == []
    assert [name for name, _ in tags.attributes if name.startswith("on")] == []
    (styles,) = inline(page, "style")
    assert "url(" not in styles
    assert "@import" not in styles
    assert "sourceMappingURL" not in text_of(page)


def test_links_go_only_where_sources_are(page: bytes, briefing: Briefing) -> None:
    tags = Tags(re.sub(r"(?s)(<script[^>]*>).*?(</script>)", r"\1\2", text_of(page)))
    links = [one for one in tags.values("href") if not one.startswith(("#", "data:,"))]
    assert links == [line.url for line in (*briefing.sources, *briefing.cited) if line.url]
    assert links
    assert set(tags.values("rel")) <= {"icon", "noopener noreferrer"}


def test_equal_briefings_give_equal_bytes(store: Store, page: bytes) -> None:
    again = compose(store, Filter(), BriefingOptions(title="All there is", note=NOTE))
    assert write_page(again) == page


def test_columns_hold_what_the_store_answers(page: bytes, store: Store, shipped: Records) -> None:
    from geodata.geodesy import MercatorBox
    from mapview.layer.payloads import view_payload

    data = packed(page, "packed-records")
    side = 2**31 - 1
    view = view_payload(store.view(Filter(), 5, MercatorBox(0, 0, side, side)), store)
    incidents, points = data["incidents"], data["points"]

    def rows(names: dict[str, list[object]]) -> list[tuple[object, ...]]:
        return sorted(zip(*names.values(), strict=True), key=str)

    ours = {
        "id": [incidents["id"][i] for i in points["of"]],
        "x": points["x"],
        "y": points["y"],
        "kind": [incidents["kind"][i] for i in points["of"]],
        "status": [incidents["status"][i] for i in points["of"]],
        "precision": [incidents["precision"][i] for i in points["of"]],
        "radius_km": points["radius_km"],
        "province": points["province"],
        "title": [incidents["title"][i] for i in points["of"]],
        "date": [incidents["when"][i] for i in points["of"]],
    }
    assert rows(ours) == rows({name: view[name] for name in ours})
    assert len(incidents["id"]) == len(shipped.incidents)


def test_details_hold_every_claim(page: bytes, briefing: Briefing) -> None:
    data = packed(page, "packed-records")
    details = packed(page, "packed-details-0")
    sources = packed(page, "packed-sources")
    kerman = details[data["incidents"]["id"].index("kerman-2024-01-03")]
    killed = next(group for group in kerman["claims"] if group["heading"] == "Killed")
    assert {"94", "96", "nearly 100"} <= {claim["value"] for claim in killed["claims"]}
    assert all("paragraph" in claim["locator"] for claim in killed["claims"])
    assert all(sources[claim["source"]][0] for claim in killed["claims"])
    areas = packed(page, "packed-area-details")
    assert len(areas) == len(briefing.base_areas)


@pytest.mark.parametrize("embedded", [False, True])
def test_no_text_becomes_markup(*, embedded: bool) -> None:
    options = BriefingOptions(title=HOSTILE_TITLE, note=HOSTILE_NOTE)
    hostile = compose(Store.of(all_hostile_records()), Filter(), options)
    plain = compose(
        Store.of(hostile_records("harmless")), Filter(), BriefingOptions(title="harmless")
    )
    page = write_page(hostile, embedded=embedded)
    assert policy_of(page) == policy_of(write_page(plain, embedded=embedded))
    tags = Tags(text_of(page))
    assert "img" not in tags.tags
    assert tags.tags.count("script") == text_of(page).count("</script>")
    assert not [one for one in tags.attributes if one[0].startswith("on")]
    assert not [one for one in tags.values("href") if one.startswith("javascript:")]


def test_five_incidents_in_three_quarters_of_a_megabyte(briefing: Briefing, store: Store) -> None:
    assert len(write_page(compose(store, Filter.from_query("q=zzzz&areas=off")))) < FIVE_MOST
    five = [one for one in store.everything().incidents if one.is_mappable][:5]
    far = ((-74.0, 40.7), (18.0, 59.3), (37.6, 55.7), (100.5, 13.7), (69.2, 34.5))
    spread = [one.model_copy(update={"points": (at,)}) for one, at in zip(five, far, strict=True)]
    records = store.everything().subset(incidents=spread, base_areas=[])
    for code in LANGUAGES:
        options = BriefingOptions(language=code)
        most = FIVE_MOST + (CATALOGUE_MOST if code != "en" else 0)
        assert len(write_page(compose(Store.of(records), Filter(), options))) < most, code


def test_five_thousand_incidents_in_three_megabytes(shipped: Records) -> None:
    made = write_page(compose(Store.of(many_records(5_000)), Filter()))
    assert len(made) < FIVE_THOUSAND_MOST
    # As rich in claims as the shipped ones, which lie too far apart in the page to shrink together.
    copies = (
        one.model_copy(update={"id": f"{one.id}-{turn}", "title": f"{one.title} {turn}"})
        for turn in range(43)
        for one in shipped.incidents
    )
    rich: list[Incident] = [one for one, _ in zip(copies, range(5_000), strict=False)]
    store = Store.of(replace(shipped, incidents=tuple(rich)))
    assert len(write_page(compose(store, Filter()))) < FIVE_THOUSAND_MOST


def test_too_many_are_refused_with_a_way_out(
    briefing: Briefing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "MOST_INCIDENTS", 10)
    with pytest.raises(GeodataError, match=r"at most 10 incidents, got 123: narrow the filter"):
        write_page(briefing)


def test_the_limit_is_fifty_thousand() -> None:
    assert page_module.MOST_INCIDENTS == 50_000


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/?f=a", True),
        ("http://localhost:8501/", True),
        ("/?from=2018&to=2019", True),
        ("../", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        ("\\\\example.org", False),
        ("/\\example.org", False),
        ("java\nscript:alert(1)", False),
        ("http://[", False),
    ],
)
def test_home_is_a_plain_address(address: str, *, safe: bool) -> None:
    assert is_safe_home(address) is safe


def test_home_is_a_link_of_the_embedded_form_only(briefing: Briefing) -> None:
    assert 'href="/?from=2018"' in text_of(write_page(briefing, embedded=True, home="/?from=2018"))
    assert "Open the whole map" not in text_of(write_page(briefing, embedded=True))
    with pytest.raises(GeodataError, match="home must be an http"):
        write_page(briefing, embedded=True, home="javascript:alert(1)")


def test_nothing_found_is_a_page_too(store: Store) -> None:
    nothing = compose(
        store, Filter.from_query("q=zzzz&areas=off"), BriefingOptions(title="Nothing")
    )
    data = packed(write_page(nothing), "packed-records")
    assert data["incidents"]["id"] == data["points"]["of"] == data["areas"] == []


def test_it_tells_how_far_it_is_and_can_be_cancelled(briefing: Briefing) -> None:
    told: list[tuple[float, str]] = []
    write_page(briefing, progress=Progress(lambda share, words: told.append((share, words))))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        write_page(briefing, progress=stopped)


def test_text_that_no_file_can_hold_does_no_harm(briefing: Briefing) -> None:
    half = replace(briefing, title="half \ud83d a pair")
    assert "half ? a pair" in text_of(write_page(half))
