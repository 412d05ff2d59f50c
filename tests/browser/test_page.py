"""The standalone page in a real browser, opened from disk with every request refused."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader
from samples import HOSTILE, hostile_records, many_records

import geodata
from geodata import Filter, Records, Store
from geodata.queries import Box
from geodata.table import EVENT_TYPES
from mapview.briefing.content import Wish, compose
from mapview.briefing.page import write_page
from mapview.payloads import view_payload

Open = Callable[..., Page]
KERMAN = "kerman-2024-01-03"
SIDE = 2**31 - 1
PAINTED = "() => document.documentElement.dataset.mapviewPainted !== undefined"


@pytest.fixture(scope="module")
def store() -> Store:
    return Store(geodata.load())


@pytest.fixture(scope="module")
def many() -> Store:
    return Store(many_records(5_000))


def all_hostile() -> Records:
    parts = []
    for number, text in enumerate(HOSTILE.values()):
        part = hostile_records(text)
        incident = part.incidents[0].model_copy(
            update={"id": f"hostile-{number}", "related": (), "casualties_combined": ()}
        )
        area = part.base_areas[0].model_copy(update={"id": f"area-{number}"})
        parts.append(replace(part, incidents=(incident,), base_areas=(area,)))
    return Records.merge(parts)


@pytest.fixture(scope="module")
def files(
    tmp_path_factory: pytest.TempPathFactory, store: Store, many: Store
) -> Callable[[str], Path]:
    """The pages by name, each written once."""
    folder = tmp_path_factory.mktemp("pages")
    wish = Wish(title="A briefing", note="First line.\nSecond line.")
    hostile = Wish(title=HOSTILE["attribute"], note=HOSTILE["closing"])
    makers: dict[str, Callable[[], bytes]] = {
        "all": lambda: write_page(compose(store, Filter(), wish)),
        "since 2019": lambda: write_page(compose(store, Filter.from_query("from=2019"), wish)),
        "one": lambda: write_page(
            compose(store, Filter.from_query("q=kerman&type=suicide+bombing&areas=off&from=2024"))
        ),
        "none": lambda: write_page(compose(store, Filter.from_query("q=zzzz&areas=off"), wish)),
        "many": lambda: write_page(compose(many, Filter(), wish)),
        "hostile": lambda: write_page(compose(Store(all_hostile()), Filter(), hostile)),
        "embedded": lambda: write_page(
            compose(store, Filter(), wish), embedded=True, home="/?from=2018"
        ),
    }

    def get(name: str) -> Path:
        path = folder / f"{name.replace(' ', '-')}.html"
        if not path.exists():
            path.write_bytes(makers[name]())
        return path

    return get


@pytest.fixture
def visit(browser: Browser, files: Callable[[str], Path]) -> Iterator[Open]:
    """Open a page; at the end nothing was asked for, and nothing went wrong."""
    contexts = []
    asked: list[str] = []
    faults: list[str] = []

    def only_the_file(route: Route, path: Path) -> None:
        url = route.request.url
        if url.partition("#")[0] == path.as_uri():
            route.continue_()
        else:
            asked.append(url)
            route.abort()

    def make(name: str, fragment: str = "", script: str = "", **options: Any) -> Page:
        path = files(name)
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}} | options)
        contexts.append(context)
        context.set_offline(offline=True)
        page = context.new_page()
        page.route("**", lambda route: only_the_file(route, path))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on("dialog", lambda dialog: (faults.append("a dialog"), dialog.dismiss()))
        if script:
            page.add_init_script(script)
        page.goto(path.as_uri() + fragment)
        if not script:
            page.wait_for_function(PAINTED)
        return page

    yield make
    for context in contexts:
        context.close()
    assert asked == []
    assert faults == []


def shown_ids(page: Page) -> set[str]:
    """Ids that the page's filter keeps, in its own words."""
    script = "mapviewPage.records.list(mapviewPage.state.text).map(i => {ids}[i])"
    found = page.evaluate(script.replace("{ids}", "mapviewPage.records.incidents.id"))
    return set(found)


def painted_ids(page: Page) -> set[str]:
    return {one for mark in page.evaluate("mapviewMap.painted()") for one in mark["ids"]}


def wait_for_filter(page: Page, chosen: str) -> None:
    script = "f => document.documentElement.dataset.mapviewFilter === f"
    page.wait_for_function(script, arg=chosen)


def random_filters(count: int) -> list[str]:
    """Filters of dates, match, types and areas, from texts of all three lengths."""
    chance = random.Random(7)
    found = []
    for _ in range(count):
        first, last = sorted(
            f"{chance.randint(1990, 2026)}{chance.choice(['', '-03', '-02-28', '-12', '-10-31'])}"
            for _ in range(2)
        )
        parts = [chance.choice(["", f"from={first}"]), chance.choice(["", f"to={last}"])]
        parts += [chance.choice(["", "when=certain"]), chance.choice(["", "", "areas=off"])]
        parts += [f"type={one}" for one in chance.sample(list(EVENT_TYPES), chance.randint(0, 3))]
        found.append("&".join(part for part in parts if part))
    return found


def test_it_opens_from_disk_and_asks_for_nothing(visit: Open, store: Store) -> None:
    page = visit("all")
    totals = store.totals(Filter())
    count = page.locator("#count")
    expect(count).to_contain_text(f"{totals.shown} incidents shown; {totals.unplaced} of them not")
    assert shown_ids(page) == {one.id for one in store.records.incidents}
    assert KERMAN in painted_ids(page)
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_the_policy_holds(browser: Browser, files: Callable[[str], Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(files("all").as_uri())
    page.wait_for_function(PAINTED)
    ran = page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          const seen = [];
          document.addEventListener("securitypolicyviolation", e => seen.push(e.violatedDirective));
          document.body.append(script);
          return new Promise(done => setTimeout(() => done([window.ran, seen]), 100));
        }"""
    )
    context.close()
    assert ran == [None, ["script-src-elem"]]


def test_filters_find_what_the_store_finds(visit: Open, store: Store) -> None:
    page = visit("all")
    script = """texts => texts.map(text => {
      const {types} = mapviewPage.records.data;
      const own = Mapview.page.toText(Mapview.page.fromText(text, types).filter);
      const kept = mapviewPage.records.kept(own);
      const areas = mapviewPage.records.areas(own).map(area => [area.id, area.faded]);
      const all = mapviewPage.records.areaList(own).map(area => [area.id, area.faded]);
      return {own, ids: mapviewPage.records.list(own).map(i => mapviewPage.records.incidents.id[i]),
        shown: kept.shown, placed: kept.placed, areas, all};
    })"""
    texts = random_filters(80)
    for text, got in zip(texts, page.evaluate(script, texts), strict=True):
        chosen = Filter.from_query(text)
        assert got["own"] == chosen.to_query()
        rows = store.table(chosen, limit=1_000)
        assert got["ids"] == [row.id for row in reversed(rows)], text
        totals = store.totals(chosen)
        assert (got["shown"], got["placed"]) == (totals.shown, totals.shown - totals.unplaced)
        views = [[view.area.id, view.is_faded] for view in store.areas(chosen)]
        assert got["all"] == views, text
        assert [one for one in views if one in got["areas"]] == got["areas"]


def test_areas_fade_by_the_briefings_own_period(visit: Open, store: Store) -> None:
    page = visit("since 2019")
    script = "mapviewPage.records.areas({f}).map(a => [a.id, a.faded])".replace("{f}", "''")
    faded = dict(page.evaluate(script))
    views = {view.area.id: view.is_faded for view in store.areas(Filter.from_query("from=2019"))}
    assert faded
    assert faded == {one: views[one] for one in faded}


@pytest.mark.parametrize("zoom", range(2, 9))
def test_clusters_follow_the_servers_rule(visit: Open, many: Store, zoom: int) -> None:
    page = visit("many")
    boxes = [(0, 0, SIDE, SIDE), (1_400_000_000, 700_000_000, 1_500_000_000, 900_000_000)]
    for chosen in ("", "from=2004-01-01&to=2010-12-31", "type=bombing", "from=2019-01-01"):
        for box in boxes:
            ours = page.evaluate(
                "([filter, zoom, box]) => mapviewPage.feed.view({version: '', zoom, box, filter})",
                [chosen, zoom, box],
            )
            theirs = view_payload(many.view(Filter.from_query(chosen), zoom, Box(*box)), many)
            assert ours["mode"] == theirs["mode"]
            if theirs["mode"] == "points":
                assert ours["id"] == theirs["id"]
                assert ours["x"] == theirs["x"]
                continue
            assert ours["cell"] == theirs["cell"]
            assert cells(ours) == cells(theirs)


def cells(view: dict[str, Any]) -> set[tuple[Any, ...]]:
    found = set()
    for x, y, n, kinds in zip(view["x"], view["y"], view["n"], view["kinds"], strict=True):
        found.add((x, y, n, *(kinds + [0] * (10 - len(kinds)))))
    return found


def test_the_list_of_a_cell_is_the_servers(visit: Open, many: Store) -> None:
    page = visit("many")
    box = [1_430_000_000, 800_000_000, 1_460_000_000, 860_000_000]
    ours = page.evaluate("box => mapviewPage.feed.list({box, filter: ''})", box)
    rows, more = many.listed(Filter(), Box(*box), limit=100)
    assert (ours["id"], ours["more"]) == ([row.id for row in rows], more)
    assert ours["more"] > 0


def test_typed_dates_and_types_filter_in_place(visit: Open, store: Store) -> None:
    page = visit("all")
    page.get_by_label("From", exact=True).fill("2022-05")
    page.keyboard.press("Enter")
    wait_for_filter(page, "from=2022-05-01")
    page.locator("#types summary").click()
    page.get_by_label("Rocket attack").check()
    page.get_by_label("Suicide bombing").check()
    chosen = "from=2022-05-01&type=rocket+attack&type=suicide+bombing"
    wait_for_filter(page, chosen)
    totals = store.totals(Filter.from_query(chosen))
    assert f"{totals.shown} of {totals.all} incidents shown" in page.locator("#count").inner_text()
    expected = [row.title for row in store.table(Filter.from_query(chosen))]
    titles = page.locator("#incident-table tbody .mp-what > button")
    expect(titles).to_have_text(expected)
    assert page.url.endswith(f"#{chosen}") or f"#{chosen}&" in page.url
    counts = store.facets(Filter.from_query(chosen))["type"]
    label = page.locator("#type-boxes label", has_text="Rocket attack")
    assert label.locator(".mp-n").inner_text() == str(counts["rocket attack"])
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset").click()
    wait_for_filter(page, "")


def test_a_bad_date_is_refused_with_a_sentence(visit: Open) -> None:
    page = visit("all")
    field = page.get_by_label("To", exact=True)
    for typed, sentence in (
        ("June", "To must be a date such as"),
        ("2018-02-30", "To must be a date such as"),
        ("0000", "To must be a date such as"),
    ):
        field.fill(typed)
        page.keyboard.press("Enter")
        expect(page.locator("#date-fault")).to_contain_text(sentence)
        expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("2018")
    page.keyboard.press("Enter")
    wait_for_filter(page, "to=2018-12-31")
    page.get_by_label("From", exact=True).fill("2020")
    page.keyboard.press("Enter")
    expect(page.locator("#date-fault")).to_contain_text("To must not be before From")
    assert page.evaluate("mapviewPage.state.text") == "to=2018-12-31"


def test_the_slider_plays_pauses_and_steps(visit: Open) -> None:
    page = visit("all")
    words = page.locator("#time-words")
    expect(words).to_have_text("All dates")
    page.get_by_role("button", name="Play through time").click()
    expect(words).to_contain_text("1990:")
    expect(page.locator("#count")).to_have_attribute("aria-live", "off")
    expect(words).to_contain_text("1992:", timeout=10_000)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#count")).to_have_attribute("aria-live", "polite")
    stopped = page.evaluate("mapviewPage.state.text")
    page.wait_for_timeout(1_200)
    assert page.evaluate("mapviewPage.state.text") == stopped
    page.get_by_role("button", name="On one step").click()
    page.get_by_role("button", name="Back one step").click()
    assert page.evaluate("mapviewPage.state.text") == stopped
    slider = page.get_by_role("slider", name="Period shown")
    slider.focus()
    page.keyboard.press("End")
    wait_for_filter(page, "from=2024-01-01&to=2024-12-31")
    expect(slider).to_have_attribute("aria-valuetext", "2024")
    page.get_by_role("button", name="All dates").click()
    wait_for_filter(page, "")


def test_playing_ends_at_the_last_step(visit: Open) -> None:
    page = visit("all", "#from=2023&to=2023-12-31")
    page.get_by_role("button", name="Play through time").click()
    wait_for_filter(page, "from=2024-01-01&to=2024-12-31")
    expect(page.get_by_role("button", name="Play through time")).to_be_visible()


def test_drawing_over_the_bars_sets_the_period(visit: Open) -> None:
    page = visit("all")
    bars = page.locator("#bars")
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    assert box is not None
    width = box["width"] / 35
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + width * 25.5, y)
    page.mouse.down()
    page.mouse.move(box["x"] + width * 28.5, y, steps=4)
    page.mouse.up()
    wait_for_filter(page, "from=2015-01-01&to=2018-12-31")


def test_steps_of_another_length(visit: Open) -> None:
    page = visit("all")
    page.get_by_role("combobox", name="Step").select_option("decade")
    page.get_by_role("button", name="On one step").click()
    wait_for_filter(page, "from=1990-01-01&to=1999-12-31")
    expect(page.locator("#time-words")).to_contain_text("1990 – 1999")


def test_a_click_on_the_map_shows_all_claims(visit: Open) -> None:
    page = visit("all", "#view=57.08,30.28,9&areas=off")
    mark = next(m for m in page.evaluate("mapviewMap.painted()") if KERMAN in m["ids"])
    page.locator("#map").click(position={"x": mark["x"], "y": mark["y"]})
    side = page.locator("#side")
    expect(side.locator(".mp-title")).to_contain_text("Kerman")
    killed = side.locator(".mp-claims", has_text="Killed")
    values = killed.locator(".mp-value").all_inner_texts()
    assert {"94", "96", "nearly 100"} <= set(values)
    expect(killed.locator(".mp-cite").first).to_contain_text("paragraph")
    for link in side.locator("a").all():
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert (link.get_attribute("href") or "").startswith("http")
    assert f"id={KERMAN}" in page.url
    side.get_by_role("button", name="Close").click()
    expect(side).to_contain_text("Choose an incident")
    assert f"id={KERMAN}" not in page.url


def test_a_click_on_a_base_area_shows_its_claims(visit: Open) -> None:
    page = visit("all", "#view=70.71,34.13,11&type=arson")
    at = page.evaluate(
        """() => {
          const {map, data} = mapviewMap;
          const area = data.areas.find(a => a.id.startsWith("iskp-achin"));
          const at = map.latLngToContainerPoint([area.lat + 0.02, area.lon + 0.03]);
          return {x: at.x, y: at.y};
        }"""
    )
    page.locator("#map").click(position=at)
    expect(page.locator("#side .mp-cite").first).to_contain_text("Khorasan Province")
    assert "area=iskp-achin" in page.url


def test_keys_reach_everything(visit: Open) -> None:
    page = visit("all", "#view=57.08,30.28,7&areas=off&type=suicide+bombing")
    page.locator("#map").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(page.locator("#side .mp-title")).to_contain_text("Kerman")
    row = page.locator("#incident-table tbody button").nth(2)
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#side")).to_be_focused()
    title = row.inner_text()
    expect(page.locator("#side .mp-title")).to_have_text(title)
    expect(page.locator("#incident-table tr[aria-current] .mp-what button")).to_have_text(title)


def test_the_table_sorts_and_marks_what_is_not_placed(visit: Open, store: Store) -> None:
    page = visit("all")
    dates = page.locator("#incident-table .mp-date")
    newest, oldest = store.table(Filter(), limit=1)[0], store.table(Filter(), offset=117)[0]
    expect(dates.first).to_have_text(newest.event_date)
    page.get_by_role("columnheader", name="Date").get_by_role("button").click()
    expect(dates.first).to_have_text(oldest.event_date)
    head = page.locator("#incident-table th[aria-sort]")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Killed", exact=True).click()
    highest = page.locator("#incident-table tbody tr").first.locator(".mp-toll").first
    assert any(letter.isdigit() for letter in highest.inner_text())
    unplaced = page.locator("#incident-table .mp-badge", has_text="not on the map")
    expect(unplaced).to_have_count(store.totals(Filter()).unplaced)


def test_a_row_flies_to_its_place(visit: Open) -> None:
    page = visit("all", reduced_motion="reduce")
    page.locator("#incident-table button", has_text="Kerman").first.click()
    page.wait_for_function(
        "() => Math.hypot(mapviewMap.map.getCenter().lat - 30.28,"
        " mapviewMap.map.getCenter().lng - 57.08) < 0.2"
    )
    page.locator("#area-table button").nth(3).click()
    expect(page.locator("#area-table tr[aria-current]")).to_have_count(1)


def test_related_incidents_are_one_click_away(visit: Open) -> None:
    page = visit("all", "#id=shiraz-2022-10")
    page.locator("#side").get_by_role("button", name="August 2023").click()
    page.wait_for_url("**id=shiraz-2023-08*")
    expect(page.locator("#side .mp-title")).to_contain_text("2023")


def test_the_address_restores_filter_view_and_selection(visit: Open) -> None:
    first = visit("all", f"#type=suicide+bombing&from=2016&id={KERMAN}&view=58.5,31.25,7")
    wait_for_filter(first, "from=2016-01-01&type=suicide+bombing")
    second = visit("all", f"#{first.url.partition('#')[2]}")
    assert second.evaluate("mapviewPage.state.text") == "from=2016-01-01&type=suicide+bombing"
    center = second.evaluate("mapviewMap.map.getCenter()")
    assert (center["lng"], center["lat"]) == pytest.approx((58.5, 31.25), abs=0.02)
    expect(second.locator("#side .mp-title")).to_contain_text("Kerman")
    second.evaluate("location.hash = 'to=2018'")
    wait_for_filter(second, "to=2018-12-31")
    expect(second.locator("#side")).to_contain_text("Choose an incident")


def test_a_bad_address_is_explained(visit: Open) -> None:
    page = visit("all", "#from=yesterday&type=picnic&to=2020&id=nobody")
    expect(page.locator("#fault")).to_contain_text("from must be a date such as 2018-07-29")
    expect(page.locator("#fault")).to_contain_text("type must be one of")
    expect(page.locator("#side")).to_contain_text("There is no incident nobody in this page.")
    assert page.evaluate("mapviewPage.state.text") == "to=2020-12-31"


def test_what_lies_outside_is_counted_and_can_be_shown(visit: Open) -> None:
    page = visit("all")
    expect(page.locator("#outside")).to_contain_text("outside this part of the map")
    page.get_by_role("button", name="Show them all").click()
    expect(page.locator("#outside")).to_be_empty()


def injected(page: Page) -> list[str]:
    script = """() => [...document.querySelectorAll(
        'img[src="x"], [onerror], [onmouseover], article script, td script')]
        .map(e => e.outerHTML)"""
    found: list[str] = page.evaluate(script)
    return found


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_stays_text(visit: Open, number: int) -> None:
    text = list(HOSTILE.values())[number]
    page = visit("hostile", f"#id=hostile-{number}")
    title = page.locator("#side .mp-title")
    expect(title).to_be_visible()
    shown = title.evaluate("element => element.textContent")
    assert " ".join(shown.split()) == " ".join(text.split())
    assert injected(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.evaluate(f"location.hash = 'area=area-{number}'")
    expect(page.locator("#side")).to_contain_text("Claims")
    assert injected(page) == []
    assert page.evaluate("document.title").strip().startswith('"><img')


def test_hostile_text_on_a_phone(visit: Open) -> None:
    page = visit("hostile", viewport={"width": 390, "height": 844}, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_one_incident_and_none(visit: Open, store: Store) -> None:
    one = visit("one")
    assert KERMAN in painted_ids(one)
    none = visit("none")
    expect(none.locator("#count")).to_have_text("0 incidents shown.")
    expect(none.locator("#side")).to_have_text("This briefing has no incidents.")
    expect(none.locator("#time")).to_be_hidden()
    expect(none.locator("#incident-table tbody")).to_have_text("None.")


def test_five_thousand_are_filtered_at_once(visit: Open) -> None:
    page = visit("many")
    expect(page.locator("#incident-table tbody tr")).to_have_count(200)
    page.get_by_role("button", name="Show 1,000 more").click()
    expect(page.locator("#incident-table tbody tr")).to_have_count(1_200)
    taken = page.evaluate(
        """async () => {
          const {state} = mapviewPage;
          const times = [];
          for (let year = 2001; year < 2010; year += 1) {
            const started = performance.now();
            const painted = new Promise(done => new MutationObserver((_, me) => {
              if (document.documentElement.dataset.mapviewFilter !== state.text) return;
              me.disconnect();
              done(performance.now() - started);
            }).observe(document.documentElement, {attributes: true}));
            state.change({from: Mapview.page.days.parse(String(year), true)});
            times.push(await painted);
            await new Promise(done => setTimeout(done, 150));
          }
          return times.sort((a, b) => a - b)[4];
        }"""
    )
    # It takes about 25 ms; a busy machine that runs tests side by side gets ten times as long.
    assert taken < 250


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768])
def test_works_at_small_widths(visit: Open, width: int, scheme: str) -> None:
    page = visit("all", viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#map").get_attribute("data-mapview-theme") == scheme
    page.locator("#types summary").click()
    expect(page.locator("#type-boxes")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_scrolling_goes_past_the_map_until_it_is_used(visit: Open) -> None:
    page = visit("all")
    zoom = page.evaluate("mapviewMap.map.getZoom()")
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 100)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")
    assert page.evaluate("mapviewMap.map.getZoom()") == zoom


def test_on_paper_it_has_everything(visit: Open, store: Store, tmp_path: Path) -> None:
    page = visit("all", color_scheme="dark")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    reader = PdfReader(tmp_path / "page.pdf")
    pages = [sheet.extract_text() for sheet in reader.pages]
    # Fonts draw some pairs of letters as one.
    text = " ".join(unicodedata.normalize("NFKC", " ".join(pages)).split())
    size = reader.pages[0].mediabox
    assert (round(size.width), round(size.height)) == (595, 842)
    for said in ("A briefing", "Author’s note", "Legend", "Sources", "Credits", "Data version"):
        assert said in text
    assert "Play through time" not in text
    assert "any date" not in text
    assert all("Responsibility" in one for one in pages[2:6])
    for incident in store.records.incidents:
        words = incident.title.split()
        assert words[0] in text
    assert reader.pages[0].images
    # Afterwards the page is as it was.
    expect(page.locator("#map")).to_have_attribute("data-mapview-theme", "dark")
    assert page.evaluate("document.querySelectorAll('#print-map canvas').length") == 0


def test_an_old_browser_is_told_so(visit: Open) -> None:
    page = visit("all", script="delete window.DecompressionStream")
    expect(page.locator("#fault")).to_contain_text("This browser is too old")


def test_an_embedded_map_sleeps_until_clicked(
    browser: Browser, files: Callable[[str], Path], tmp_path: Path
) -> None:
    host = tmp_path / "host.html"
    host.write_text(
        f'<!doctype html><body style="margin:0"><iframe src="{files("embedded").as_uri()}"'
        ' width="640" height="480" style="border:0;display:block"></iframe>'
        '<div style="height:3000px">below</div>',
        encoding="utf-8",
    )
    context = browser.new_context(viewport={"width": 900, "height": 700})
    page = context.new_page()
    page.goto(host.as_uri())
    frame = page.frames[1]
    frame.wait_for_function(PAINTED)
    zoom = frame.evaluate("mapviewMap.map.getZoom()")
    page.mouse.move(300, 250)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 100")
    assert frame.evaluate("mapviewMap.map.getZoom()") == zoom
    page.evaluate("scrollTo(0, 0)")
    frame.get_by_role("button", name="Click to use the map").click()
    assert frame.evaluate("document.activeElement.id") == "map"
    page.mouse.wheel(0, -400)
    frame.wait_for_function("zoom => mapviewMap.map.getZoom() > zoom", arg=zoom)
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Escape")
    expect(frame.get_by_role("button", name="Click to use the map")).to_be_focused()
    assert frame.evaluate("document.getElementById('map').inert") is True
    frame.get_by_role("button", name="Click to use the map").click()
    page.mouse.move(800, 600)
    expect(frame.get_by_role("button", name="Click to use the map")).to_be_visible()
    context.close()


@pytest.mark.parametrize("size", [(280, 300), (340, 480), (640, 360), (1200, 600)])
def test_an_embedded_map_fits_its_frame(visit: Open, size: tuple[int, int]) -> None:
    page = visit("embedded", viewport={"width": size[0], "height": size[1]})
    root = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert root[0] <= size[0]
    assert root[1] <= size[1]
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert box["height"] > size[1] * 0.5
    expect(page.get_by_role("link", name="Open the whole map")).to_be_visible()
    page.locator("#fold > summary").click()
    expect(page.get_by_label("From", exact=True)).to_be_visible()
    page.get_by_label("From", exact=True).fill("2020")
    page.keyboard.press("Enter")
    wait_for_filter(page, "from=2020-01-01")
