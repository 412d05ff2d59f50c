"""The standalone page finds, counts, clusters and lists what the program does."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from browser.offline import KERMAN, PAINTED, Open, open_table, painted_ids, wait_for_filter
from playwright.sync_api import Browser, Page, expect

from geodata import Filter, Store
from geodata.geodesy import MercatorBox
from geodata.queries import ATTRIBUTIONS, STATUSES
from geodata.queries.columns import EVENT_TYPES, ROLES
from geodata.records import GeoPrecision
from geodata.scope import Count, describe_scope
from mapview.layer.payloads import view_payload

SIDE = 2**31 - 1
GROUPS = ("iskp", "islamic-state", "tkp", "imu", "taliban", "united-states", "ukraine")
NUMBERS = ("deaths_min", "injured_min")
COUNTRIES = ("AF", "IR", "PK", "RU", "TJ")
WORDS = ("kabul", "kerman", "bombing", "ISKP", "Хорасан", "attack school")
BOUNDS = ("60.0,29.0,75.0,39.0", "170.0,-10.0,60.0,60.0")


def shown_ids(page: Page) -> set[str]:
    """Ids that the page's filter keeps, in its own words."""
    script = "mapviewPage.answers.records.list(mapviewPage.state.text).map(i => {ids}[i])"
    found = page.evaluate(script.replace("{ids}", "mapviewPage.answers.records.incidents.id"))
    return set(found)


def in_short(count: Count | None) -> str:
    """A count as it stands behind a choice."""
    return (count or Count(0, 0)).words.replace(" to ", "–")


# Key and values of the parts that narrow so far that only some of the filters have one.
OTHERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("country", COUNTRIES),
    ("status", tuple(STATUSES)),
    ("attribution", tuple(ATTRIBUTIONS)),
    ("precision", tuple(GeoPrecision)),
    ("deaths_max", ("60", "90", "200")),
    ("q", WORDS),
    ("bounds", BOUNDS),
)


def rarely(chance: random.Random, key: str, values: tuple[str, ...]) -> str:
    """A part with one of some values, in a fifth of all cases."""
    return urlencode({key: chance.choice(values)}) if chance.random() < 0.2 else ""


def random_filters(count: int) -> list[str]:
    """Filters of all parts, dates from texts of all three lengths."""
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
        parts += [chance.choice(["", "", f"{key}={chance.randint(0, 60)}"]) for key in NUMBERS]
        groups = chance.sample(GROUPS, chance.choice((0, 0, 1, 2)))
        parts += [f"group={one}" for one in groups]
        parts += [f"role={one}" for one in chance.sample(list(ROLES), chance.choice((0, 0, 1, 3)))]
        parts += [rarely(chance, *one) for one in OTHERS]
        found.append("&".join(part for part in parts if part))
    return found


def test_it_opens_from_disk_and_asks_for_nothing(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    totals = shipped.totals(Filter())
    count = page.locator("#count")
    expect(count).to_contain_text(describe_scope(totals))
    assert shown_ids(page) == {one.id for one in shipped.everything().incidents}
    assert KERMAN in painted_ids(page)
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_the_policy_holds(browser: Browser, page_files: Callable[[str], Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_files("all").as_uri())
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


CERTAINTY = ("", "&when=certain")


def test_filters_find_what_the_store_finds(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    script = """texts => texts.map(text => {
      const {records} = mapviewPage.answers;
      mapviewPage.state.filter = records.kept(text).filter;
      const own = mapviewPage.state.text;
      const kept = records.kept(own);
      const areas = records.areas(own).map(area => [area.id, area.faded]);
      const all = records.areaList(own).map(area => [area.id, area.faded]);
      return {own, ids: records.list(own).map(i => records.incidents.id[i]),
        shown: kept.possible.shown, placed: kept.possible.placed, certain: kept.certain.shown,
        areas, all};
    })"""
    years = [f"from={year}&to={year}{when}" for year in range(1988, 2026) for when in CERTAINTY]
    texts = [*random_filters(80), *years]
    for text, got in zip(texts, page.evaluate(script, texts), strict=True):
        chosen = Filter.from_query(text)
        assert got["own"] == chosen.to_query()
        rows = shipped.table(chosen, limit=1_000)
        assert got["ids"] == [row.id for row in reversed(rows)], text
        totals = shipped.totals(chosen)
        assert (got["shown"], got["placed"]) == (totals.shown, totals.placed)
        assert got["certain"] == totals.certain
        views = [[view.area.id, view.is_faded] for view in shipped.areas(chosen)]
        assert got["all"] == views, text
        assert [one for one in views if one in got["areas"]] == got["areas"]


def test_areas_fade_by_the_briefings_own_period(open_file: Open, shipped: Store) -> None:
    page = open_file("since 2019")
    script = "mapviewPage.answers.records.areas({f}).map(a => [a.id, a.faded])".replace("{f}", "''")
    faded = dict(page.evaluate(script))
    views = {view.area.id: view.is_faded for view in shipped.areas(Filter.from_query("from=2019"))}
    assert faded
    assert faded == {one: views[one] for one in faded}


def test_clusters_follow_the_servers_rule(open_file: Open, many: Store) -> None:
    page = open_file("many")
    boxes = [(0, 0, SIDE, SIDE), (1_400_000_000, 700_000_000, 1_500_000_000, 900_000_000)]
    filters = ("", "from=2004-01-01&to=2010-12-31", "bounds=60,29,72,38", "from=2019-01-01")
    modes, unsure = set(), 0
    for zoom, chosen, box in product(range(2, 9), filters, boxes):
        ours = page.evaluate(
            "([filter, zoom, box]) =>"
            " mapviewPage.answers.feed.view({version: '', zoom, box, filter})",
            [chosen, zoom, box],
        )
        theirs = view_payload(many.view(Filter.from_query(chosen), zoom, MercatorBox(*box)), many)
        assert ours["mode"] == theirs["mode"], (zoom, chosen, box)
        modes.add(ours["mode"])
        if theirs["mode"] == "points":
            assert ours["id"] == theirs["id"]
            assert ours["x"] == theirs["x"]
            assert ours["certain"] == theirs["certain"]
            continue
        assert ours["cell"] == theirs["cell"]
        assert cells(ours) == cells(theirs), (zoom, chosen, box)
        unsure += theirs["certain"] != theirs["kinds"]
    assert modes == {"points", "clusters"}
    assert unsure


def cells(view: dict[str, Any]) -> set[tuple[Any, ...]]:
    found = set()
    columns = (view[name] for name in ("x", "y", "n", "kinds", "certain"))
    for x, y, n, *counts in zip(*columns, strict=True):
        found.add((x, y, n, *(n for one in counts for n in one + [0] * (10 - len(one)))))
    return found


def test_the_list_of_a_cell_is_the_servers(open_file: Open, many: Store) -> None:
    page = open_file("many")
    box = [1_430_000_000, 800_000_000, 1_460_000_000, 860_000_000]
    for text in ("", "from=2004-01-01&to=2010-12-31"):
        ask = "([box, filter]) => mapviewPage.answers.feed.list({box, filter})"
        ours = page.evaluate(ask, [box, text])
        listed = many.listed(Filter.from_query(text), MercatorBox(*box), limit=100)
        assert ours["id"] == [row.id for row in listed.rows]
        assert ours["certain"] == list(map(int, listed.certain))
        assert tuple(ours["more"]) == listed.more
        assert listed.more.possible > 0


def test_typed_dates_and_types_filter_in_place(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    open_table(page)
    page.locator("#from").fill("2022-05")
    page.keyboard.press("Enter")
    wait_for_filter(page, "from=2022-05-01")
    page.get_by_role("button", name="more").first.click()
    page.get_by_role("checkbox", name="Rocket attack").check()
    page.locator("#types-boxes").get_by_label("Suicide bombing").check()
    chosen = "from=2022-05-01&type=rocket+attack&type=suicide+bombing"
    wait_for_filter(page, chosen)
    totals = shipped.totals(Filter.from_query(chosen))
    assert describe_scope(totals, "") in page.locator("#count").inner_text()
    expected = [row.title for row in shipped.table(Filter.from_query(chosen))]
    titles = page.locator("#incident-table tbody .mp-what > button")
    expect(titles).to_have_text(expected)
    assert f"#{chosen}&" in page.url
    counts = shipped.facets(Filter.from_query(chosen))["type"]
    label = page.locator("#types-boxes label", has_text="Rocket attack")
    assert label.locator(".mp-n").inner_text() == in_short(counts["rocket attack"])
    expect(page.locator("#asked")).to_have_text("2")
    page.get_by_role("button", name="Reset").click()
    wait_for_filter(page, "")


def test_chips_take_one_part_of_the_filter_away(open_file: Open) -> None:
    page = open_file("all", "#from=2022-05-01&type=rocket+attack&country=AF")
    chips = page.locator("#chips button:not(.mp-undo)")
    expect(chips).to_have_count(3)
    chips.filter(has_text="2022").click()
    wait_for_filter(page, "type=rocket+attack&country=AF")
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#chips li").first).to_have_text("All incidents and base areas, all dates")


def test_a_page_of_a_part_says_which_part_where_no_filter_is_set(open_file: Open) -> None:
    """What holds for all records would not be true of a page that was made of some."""
    page = open_file("since 2019")
    first = page.locator("#chips li").first
    expect(first).to_have_text("All incidents and base areas, from 2019 on")
    page.get_by_role("checkbox", name="Battle").click()
    expect(first).to_have_text("Battle×")
    expect(page).to_have_title("Battle – A briefing")


def test_words_find_in_place_what_the_store_finds(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    page.locator("#words").press_sequentially("KERMÁN")
    chosen = "q=KERM%C3%81N"
    wait_for_filter(page, chosen)
    assert shown_ids(page) == {row.id for row in shipped.table(Filter.from_query(chosen))}
    assert KERMAN in shown_ids(page)
    page.locator("#words").press_sequentially(" zzzz")
    empty = page.locator("#empty")
    expect(empty).to_contain_text("No incident fits all of the filters.")
    empty.get_by_role("button").click()
    wait_for_filter(page, "")
    expect(empty).to_be_hidden()
    expect(page.locator("#words")).to_have_value("")


def test_a_group_is_chosen_by_its_role(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    boxes = page.locator("#groups-boxes")
    boxes.get_by_role("button", name="more").click()
    boxes.get_by_label("Ukraine").check()
    wait_for_filter(page, "group=ukraine")
    expect(page.locator("#count")).to_contain_text("None of the ")
    page.locator("#roles summary").click()
    page.locator("#roles-boxes").get_by_label("Accused").check()
    wait_for_filter(page, "group=ukraine&role=accused")
    expect(page.locator("#groups-chosen")).to_have_text("1 chosen")
    expect(page.locator("#roles-chosen")).to_have_text("1 chosen")
    expect(page.locator("#chips")).to_contain_text("accused")
    assert shown_ids(page) == {"krasnogorsk-2024-03-22"}
    counts = shipped.facets(Filter.from_query("group=ukraine&role=accused"))
    for label, group in (("United States", "united-states"), ("Taliban", "taliban")):
        row = boxes.locator("label", has_text=label).first
        assert row.locator(".mp-n").inner_text() == in_short(counts["group"].get(group))
    page.get_by_role("button", name="Reset").click()
    wait_for_filter(page, "")


def test_a_number_typed_filters_in_place(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    field = page.locator("#injured")
    for typed in ("many", "-1", "1.5"):
        field.fill(typed)
        page.keyboard.press("Enter")
        sentence = "Injured, at least, must be a whole number from 0 on, got"
        expect(page.locator("#filter-fault")).to_contain_text(f"{sentence} “{typed}”. Nothing")
        expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("100")
    page.keyboard.press("Enter")
    wait_for_filter(page, "injured_min=100")
    expect(page.locator("#filter-fault")).to_be_empty()
    page.locator("#killed").fill("50")
    page.keyboard.press("Enter")
    wait_for_filter(page, "deaths_min=50&injured_min=100")
    page.locator("#mostKilled").fill("20")
    page.keyboard.press("Enter")
    expect(page.locator("#filter-fault")).to_contain_text("got 50 to 20. Nothing was changed")
    chosen = Filter.from_query("deaths_min=50&injured_min=100")
    assert shown_ids(page) == {row.id for row in shipped.table(chosen)}
    counts = shipped.facets(chosen)["type"]
    label = page.locator("#types-boxes label", has_text="Suicide bombing")
    assert label.locator(".mp-n").text_content() == in_short(counts["suicide bombing"])
    page.get_by_role("button", name="Reset").click()
    wait_for_filter(page, "")
    expect(page.locator("#mostKilled")).to_have_value("")
    expect(page.locator("#filter-fault")).to_be_empty()


def test_a_bad_date_is_refused_with_a_sentence(open_file: Open) -> None:
    page = open_file("all")
    field = page.locator("#to")
    for typed in ("June", "2018-02-30", "0000"):
        field.fill(typed)
        page.keyboard.press("Enter")
        expect(page.locator("#date-fault")).to_contain_text("To must be a date such as")
        expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("2018")
    page.keyboard.press("Enter")
    wait_for_filter(page, "to=2018-12-31")
    page.locator("#from").fill("2020")
    page.keyboard.press("Enter")
    expect(page.locator("#date-fault")).to_contain_text("To must not be before From")
    assert page.evaluate("mapviewPage.state.text") == "to=2018-12-31"


def test_the_table_sorts_and_marks_what_is_not_placed(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    open_table(page)
    dates = page.locator("#incident-table .mp-date")
    newest = shipped.table(Filter(), limit=1)[0]
    oldest = shipped.table(Filter(), offset=shipped.all_incidents - 1)[0]
    expect(dates.first).to_have_text(newest.event_date)
    page.get_by_role("columnheader", name="Date").get_by_role("button").click()
    expect(dates.first).to_have_text(oldest.event_date)
    head = page.locator("#incident-table th[aria-sort]")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Killed", exact=True).click()
    highest = page.locator("#incident-table tbody tr").first.locator(".mp-toll").first
    expect(highest).to_have_text(re.compile(r"\d"))
    more = page.locator("#incident-more button")
    more.click()
    expect(more).to_have_count(0)
    totals = shipped.totals(Filter())
    for words, count in (("not on the map", totals.unplaced), ("listed only", totals.aggregates)):
        badges = page.locator("#incident-table .mp-badge", has_text=words)
        expect(badges).to_have_count(count)


def test_the_tabs_of_the_table_show_what_they_say(open_file: Open, shipped: Store) -> None:
    page = open_file("all")
    open_table(page)
    tabs, rows = page.locator("#tabs"), page.locator("#incident-table tbody tr")
    totals = shipped.totals(Filter())
    tabs.get_by_role("button", name="On the map", exact=True).click()
    expect(rows).to_have_count(totals.placed)
    tabs.get_by_role("button", name="Not on the map").click()
    expect(rows).to_have_count(totals.unplaced + totals.aggregates)
    tabs.get_by_role("button", name="Base areas").click()
    expect(rows.first).to_be_hidden()
    expect(page.locator("#area-table tbody tr")).to_have_count(len(shipped.areas(Filter())))
    page.keyboard.press("Escape")
    expect(page.locator("#table")).to_be_hidden()


def test_what_lies_outside_is_counted_and_can_be_shown(open_file: Open) -> None:
    page = open_file("all")
    outside = page.locator(".mapview-outside")
    expect(outside).to_contain_text("outside this part of the map")
    page.get_by_role("button", name="Show them").click()
    expect(outside).to_be_hidden()
    page.get_by_role("button", name="Show what was found").click()
    expect(outside).to_be_visible()


def test_one_incident_and_none(open_file: Open, shipped: Store) -> None:
    one = open_file("one")
    assert KERMAN in painted_ids(one)
    none = open_file("none")
    expect(none.locator("#count")).to_have_text("No incidents.")
    expect(none.locator("#empty")).to_have_text("No incidents are recorded here.")
    expect(none.locator("#side")).to_be_hidden()
    expect(none.locator("#time")).to_be_hidden()
    open_table(none)
    expect(none.locator("#incident-table tbody")).to_have_text("None.")
