"""What stands beside the map: details, table, unplaced records, and help when nothing is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from page_parts import (
    address_of,
    choices_of,
    count_of,
    expected_count,
    html_of,
    labels_of,
    told_to_map,
)
from samples import Tags
from streamlit.testing.v1 import AppTest

from geodata import Filter, Store, load
from mapview.ui.panel import to_frame, what_to_loosen
from mapview.ui.state import Panel

KERMAN = "kerman-2024-01-03"
Open = Callable[..., AppTest]

# For each part of a filter: a query that sets it and nothing else, and what its button says.
PARTS = {
    "from=2018": "Any date",
    "to=2018": "Any date",
    "when=certain": "Any date",
    "type=raid": "Any type",
    "group=iskp": "Any group",
    "country=TJ": "Any country",
    "status=foiled": "Any status",
    "attribution=claimed": "Any attribution",
    "precision=site": "Any precision of place",
    "deaths_min=1": "Any number of killed",
    "deaths_max=1": "Any number of killed",
    "injured_min=1": "Any number of injured",
    "q=a": "Without the search words",
    "bounds=1,2,3,4": "The whole map",
}


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def switch(page: AppTest, panel: str) -> AppTest:
    (control,) = (one for one in page.get("segmented_control") if one.key == "panel")
    return control.set_value(Panel(panel)).run()


def test_choosing_kerman_shows_every_figure_and_who_gives_it(open_page: Open) -> None:
    page = open_page("country=IR&deaths_min=90")
    press(page, f"choose_{KERMAN}")
    assert not page.exception
    assert address_of(page)["id"] == [KERMAN]
    html = html_of(page)
    said = Tags(html).text
    for claim in load().incidents_by_id[KERMAN].claims:
        assert claim.by in said
        assert claim.locator in said
        assert load().sources_by_id[claim.source].title in said
    for figure in ("94", "96", "nearly 100"):
        assert f'<span class="mv-value">{figure}</span>' in html
    assert "sources differ" in said


def test_choosing_makes_the_map_go_there(open_page: Open) -> None:
    page = press(open_page("q=kerman"), f"choose_{KERMAN}")
    told = told_to_map(page)
    lon, lat = load().incidents_by_id[KERMAN].points[0]
    assert told["selected"] == KERMAN
    assert (told["go"]["lon"], told["go"]["lat"]) == (lon, lat)


def test_choosing_an_unplaced_incident_leaves_the_map_where_it_is(open_page: Open) -> None:
    row = next(one for one in Store.of(load()).table(Filter(), limit=12) if not one.is_mappable)
    page = press(open_page(), f"choose_{row.id}")
    assert told_to_map(page)["selected"] == row.id
    assert told_to_map(page)["go"] is None


def test_close(open_page: Open) -> None:
    page = press(open_page(f"id={KERMAN}"), "close")
    assert address_of(page) == {}
    assert "mv-detail" not in html_of(page)


@pytest.mark.parametrize("query", ["id=nobody", "area=nowhere"])
def test_unknown_id_is_said(query: str, open_page: Open) -> None:
    page = open_page(query)
    (warning,) = page.warning
    assert warning.value.startswith("There is no ")
    assert warning.value.endswith(" in these records.")
    assert query.partition("=")[2] in warning.value
    assert count_of(page) == expected_count("")
    press(page, "close")
    assert not page.warning
    assert address_of(page) == {}


def test_related_incidents_are_one_press_away(open_page: Open) -> None:
    one = next(i for i in load().incidents if i.related)
    page = open_page(f"id={one.id}")
    press(page, f"choose_{one.related[0]}")
    assert address_of(page)["id"] == [one.related[0]]


def test_base_area_shows_its_claims_and_the_others_there(open_page: Open) -> None:
    first, second = load().base_areas[:2]
    page = open_page(f"area={first.id}&area={second.id}")
    said = Tags(html_of(page)).text
    assert load().groups_by_id[first.group].name in said
    assert all(claim.locator in said for claim in first.claims)
    assert told_to_map(page)["area"] == first.id
    press(page, f"area_{second.id}")
    assert address_of(page)["area"] == [second.id, first.id]


def test_welcome_lists_the_newest(open_page: Open) -> None:
    page = open_page()
    newest = Store.of(load()).table(Filter(), limit=12)
    keys = [one.key for one in page.button if (one.key or "").startswith("choose_")]
    assert keys == [f"choose_{row.id}" for row in newest]
    rest = len(load().incidents) - len(newest)
    assert f"and {rest:,} more in the table." in [one.value for one in page.caption]


def test_switching_panels(open_page: Open) -> None:
    page = open_page()
    switch(page, "table")
    assert address_of(page) == {"panel": ["table"]}
    table = page.dataframe[0].value
    assert list(table["Incident"]) == [
        row.title for row in Store.of(load()).table(Filter(), limit=1_000)
    ]
    switch(page, "unplaced")
    assert address_of(page) == {"panel": ["unplaced"]}
    unplaced = [one.title for one in load().incidents if not one.is_mappable]
    assert sorted(page.dataframe[0].value["Incident"]) == sorted(unplaced)
    switch(page, "details")
    assert address_of(page) == {}
    assert len(page.dataframe) == 0


def test_switching_off_the_panel_shows_details(open_page: Open) -> None:
    page = open_page("panel=table")
    (control,) = (one for one in page.get("segmented_control") if one.key == "panel")
    control.set_value(None).run()
    assert not page.exception
    assert address_of(page) == {}


def test_panel_counts_what_cannot_be_placed(open_page: Open) -> None:
    page = open_page("country=IR")
    unplaced = Store.of(load()).totals(Filter(countries=("IR",))).unplaced
    assert unplaced > 0
    choices = choices_of(page, "segmented_control", "panel")
    assert choices == ["Details", "Table", f"Not placed ({unplaced})"]


def test_table_follows_the_filter(open_page: Open) -> None:
    page = open_page("panel=table&country=TJ&from=2018&to=2018")
    wanted = Store.of(load()).table(Filter.from_query("country=TJ&from=2018&to=2018"), limit=99)
    assert list(page.dataframe[0].value["Incident"]) == [row.title for row in wanted]
    assert 0 < len(wanted) < 10


def test_table_has_words_for_everything() -> None:
    store = Store.of(load())
    rows = store.table(Filter(), limit=1_000)
    frame = to_frame(rows, store)
    assert len(frame) == len(load().incidents)
    at = [row.id for row in rows].index(KERMAN)
    line = frame.iloc[at]
    assert line["Date"] == "3 January 2024"
    assert line["Killed"] == "94 to nearly 100"
    assert line["Place"].endswith("Iran")
    assert line["Status"] == "carried out"
    assert frame.isna().sum().sum() == 0


def test_empty_table_keeps_its_columns() -> None:
    store = Store.of(load())
    assert list(to_frame([], store)) == list(to_frame(store.table(Filter(), limit=1), store))


@pytest.mark.parametrize("panel", ["", "&panel=table"])
def test_nothing_found_says_what_to_loosen(panel: str, open_page: Open) -> None:
    page = open_page(f"country=SE&type=raid&q=zqxj{panel}")
    assert [one.value for one in page.info] == ["No incident matches all of the filters."]
    assert labels_of(page, "loosen_") == ["Any type", "Any country", "Without the search words"]
    press(page, "loosen_text")
    assert labels_of(page, "loosen_") == ["Any type", "Any country"]
    press(page, "loosen_event_types")
    assert address_of(page) == {"country": ["SE"]} | ({"panel": ["table"]} if panel else {})
    assert count_of(page) == expected_count("country=SE")
    assert not page.info


def test_nothing_unplaced_is_said(open_page: Open) -> None:
    page = open_page("panel=unplaced&type=vehicle+attack&country=SE")
    assert "None." in [one.value for one in page.caption]
    assert len(page.dataframe) == 0


@pytest.mark.parametrize("query", PARTS)
def test_each_part_of_a_filter_can_be_loosened(query: str) -> None:
    chosen = Filter.from_query(query)
    ((label, names),) = what_to_loosen(chosen)
    assert label == PARTS[query]
    assert chosen.without(*names) == Filter()


def test_loosening_everything_leaves_nothing() -> None:
    chosen = Filter.from_query("&".join(PARTS))
    parts = what_to_loosen(chosen)
    assert len(parts) == len(set(PARTS.values()))
    assert chosen.without(*(name for _, names in parts for name in names)) == Filter()
    assert what_to_loosen(Filter(base_areas=False)) == []
