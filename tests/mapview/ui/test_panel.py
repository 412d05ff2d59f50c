"""Which panel stands beside the map."""

from __future__ import annotations

from page_parts import Open, address_of, choices_of, switch

from geodata import Filter, Store, load
from mapview.ui.panel import PANELS
from mapview.ui.state import Panel


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
    off_map = Store.of(load()).totals(Filter(countries=("IR",))).off_map
    assert off_map > 0
    choices = choices_of(page, "segmented_control", "panel")
    assert choices == ["Details", "Table", f"Not on the map ({off_map})"]


def test_every_panel_has_a_name_and_a_file() -> None:
    assert list(PANELS) == list(Panel)
    assert len({name for name, _ in PANELS.values()}) == len(Panel)
