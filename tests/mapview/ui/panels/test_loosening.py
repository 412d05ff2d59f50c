"""Help when nothing is found: each part of a filter can be dropped."""

from __future__ import annotations

import pytest
from page_parts import Open, address_of, count_of, expected_count, labels_of, press

from geodata import Filter
from mapview.ui.panels.loosening import what_to_loosen

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
