"""Rows of several datasets that may be of one event, linked and parted on the page."""

from __future__ import annotations

from data_page import OWN, Open, do_import, press, said

from mapview.data import current_store


def test_possible_duplicates_are_linked_on_the_users_word_alone(opened: Open) -> None:
    do_import(opened(OWN))
    do_import(opened(OWN.replace("Köln", "Stadt Köln"), "other.csv"))
    assert current_store().all_incidents == 4
    page = opened()
    press(page, "data_find_pairs")
    assert "2 pairs may be of one event" in " ".join(one.value for one in page.markdown)
    assert "the same point, of neither is stated how exactly" in said(page)
    press(page, "data_link_0")
    assert current_store().all_incidents == 3
    one = next(one for one in current_store().everything().incidents if len(one.sources) > 1)
    assert one.sources == ("own", "other")
    press(page, "data_part_0")
    assert "0 pairs may be of one event" in " ".join(one.value for one in page.markdown)
    assert current_store().all_incidents == 3
    press(page, "data_part_all")
    assert current_store().all_incidents == 4
