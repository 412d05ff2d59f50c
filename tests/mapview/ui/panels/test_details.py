"""An incident and base areas in full, and how one gets from one to another."""

from __future__ import annotations

import pytest
from page_parts import Open, address_of, count_of, expected_count, html_of, press, told_to_map
from samples import Tags

from geodata import load

KERMAN = "kerman-2024-01-03"


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


def test_link_that_names_all_twice_is_drawn(open_page: Open) -> None:
    first, second = load().base_areas[:2]
    doubled = f"area={first.id}&area={second.id}&area={second.id}&area={first.id}"
    page = open_page(
        f"{doubled}&country=AF&country=AF&type=bombing&type=bombing&group=iskp&group=iskp"
    )
    assert not page.exception
    assert not page.error
    assert page.button(key=f"area_{second.id}")


def test_base_area_shows_its_claims_and_the_others_there(open_page: Open) -> None:
    first, second = load().base_areas[:2]
    page = open_page(f"area={first.id}&area={second.id}")
    said = Tags(html_of(page)).text
    assert load().groups_by_id[first.group].name in said
    assert all(claim.locator in said for claim in first.claims)
    assert told_to_map(page)["area"] == first.id
    press(page, f"area_{second.id}")
    assert address_of(page)["area"] == [second.id, first.id]
