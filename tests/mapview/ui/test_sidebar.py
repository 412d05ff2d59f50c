"""The filters at the left: live counts, names for groups, and what cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from page_parts import address_of, choices_of, count_of, expected_count, told_to_map
from streamlit.testing.v1 import AppTest

from geodata import Filter, Group, Records, Store, load
from mapview.ui.sidebar import with_group_ids

Open = Callable[..., AppTest]


def counts_of(page: AppTest, kind: str, key: str) -> dict[str, int]:
    """The options of a list with the highest number behind each."""
    found = {}
    choices = choices_of(page, kind, key)
    for option in choices:
        match = re.fullmatch(r"(.*) \((?:\d+–)?(\d+)\)", option, re.DOTALL)
        assert match is not None, option
        found[match[1]] = int(match[2])
    assert len(found) == len(choices)
    return found


@pytest.mark.parametrize("key", ["event_types", "groups", "countries"])
def test_labels_of_a_list_are_all_different(key: str, open_page: Open) -> None:
    """Streamlit tells options apart by their labels only."""
    options = open_page().multiselect(key=f"filter_{key}").options
    assert len(options) == len(set(options)) > 5


def test_counts_say_what_choosing_would_show(open_page: Open) -> None:
    page = open_page("country=AF&type=airstrike")
    store = Store.of(load())
    chosen = Filter.from_query("country=AF&type=airstrike")
    for label, number in counts_of(page, "multiselect", "filter_event_types").items():
        alone = Filter.from_query(f"country=AF&type={label.lower()}")
        assert store.totals(alone).shown == number
    for label, number in counts_of(page, "pills", "filter_statuses").items():
        narrowed = Filter.from_query(f"{chosen.to_query()}&status={label.lower()}")
        assert store.totals(narrowed).shown == number


def test_counts_say_how_many_are_certain_in_a_period(open_page: Open) -> None:
    store, query = Store.of(load()), "from=2015&to=2015"
    options = choices_of(open_page(query), "multiselect", "filter_event_types")
    counts = store.facets(Filter.from_query(query))["type"]
    words = {one: count.words.replace(" to ", "–") for one, count in counts.items()}
    assert any("–" in one for one in words.values())
    for one, count in words.items():
        assert f"{one.capitalize()} ({count})" in options
    certain = choices_of(open_page(f"{query}&when=certain"), "multiselect", "filter_event_types")
    assert not any("–" in one for one in certain)


@pytest.mark.parametrize("group", ["", "group=ukraine", "group=iskp"])
def test_counts_of_roles_say_in_which_a_group_stands(open_page: Open, group: str) -> None:
    store = Store.of(load())
    for label, number in counts_of(open_page(group), "pills", "filter_roles").items():
        narrowed = Filter.from_query(f"{group}&role={label.lower()}")
        assert store.totals(narrowed).shown == number


@pytest.mark.parametrize("key", ["filter_statuses", "filter_attributions", "filter_roles"])
def test_labels_of_buttons_never_change(key: str, open_page: Open) -> None:
    """Streamlit drops a click whose label has changed since."""
    options = [
        next(one for one in open_page(query).get("pills") if one.key == key).options
        for query in ("", "country=TJ")
    ]
    assert options[0] == options[1]


def test_a_list_is_only_set_when_it_must_be(open_page: Open) -> None:
    """Setting a list takes away what was chosen in it while the page was drawn."""
    page = open_page()
    types = page.multiselect(key="filter_event_types")
    types.set_value(["bombing"]).run()
    assert not page.multiselect(key="filter_event_types").proto.set_value
    page.multiselect(key="filter_countries").set_value(["IR"]).run()
    assert page.multiselect(key="filter_event_types").proto.set_value
    page.multiselect(key="filter_event_types").set_value(["bombing", "raid"]).run()
    # What was chosen while the labels changed, the browser has dropped.
    assert page.multiselect(key="filter_event_types").proto.set_value
    page.multiselect(key="filter_event_types").set_value(["bombing"]).run()
    assert not page.multiselect(key="filter_event_types").proto.set_value
    assert address_of(page) == {"type": ["bombing"], "country": ["IR"]}


def test_lists_offer_what_occurs_most_frequent_first(open_page: Open) -> None:
    counts = counts_of(open_page(), "multiselect", "filter_countries")
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    assert "Afghanistan" in counts
    assert 0 not in counts.values()


def test_chosen_value_that_occurs_nowhere_stays_visible(open_page: Open) -> None:
    page = open_page("country=NZ&group=nobody-knows-them")
    assert page.multiselect(key="filter_countries").value == ["NZ"]
    assert page.multiselect(key="filter_groups").value == ["nobody-knows-them"]
    assert count_of(page) == expected_count("country=NZ")


def test_group_in_any_spelling_is_the_same_choice(open_page: Open) -> None:
    group = load().groups_by_id["iskp"]
    assert group.aliases
    for name in (group.name, *group.aliases[:3]):
        page = open_page()
        page.query_params["group"] = name
        page.run()
        assert not page.exception
        assert "iskp" in page.multiselect(key="filter_groups").value
        assert count_of(page).partition(" ")[0] != "0"


def test_names_become_ids() -> None:
    store = Store.of(Records(groups=(Group(id="g", name="Name", aliases=("گروه",)),)))
    chosen = Filter(groups=("گروه", "unknown"))
    assert with_group_ids(chosen, store).groups == ("g", "unknown")


def test_least_above_most_is_refused_with_a_sentence(open_page: Open) -> None:
    page = open_page("deaths_min=50")
    page.number_input(key="filter_fatalities_max").set_value(10).run()
    (warning,) = page.warning
    said = re.sub(r"\\(.)", r"\1", warning.value)
    assert said == ("This was not changed: deaths_max must not be below deaths_min, got 50 to 10.")
    assert address_of(page) == {"deaths_min": ["50"]}
    assert page.number_input(key="filter_fatalities_max").value is None


def test_limit_to_a_view_is_shown_and_taken_off(open_page: Open) -> None:
    page = open_page("bounds=60,25,70,40")
    (button,) = (one for one in page.button if one.label == "Lift the limit")
    button.click().run()
    assert told_to_map(page)["filter"] == ""
    assert not [one for one in page.button if one.label == "Lift the limit"]


def test_search_goes_by_words_in_any_case(open_page: Open) -> None:
    page = open_page()
    page.text_input(key="filter_text").set_value("  KERMÁN   bombing ").run()
    assert address_of(page) == {"q": ["KERMÁN bombing"]}
    assert count_of(page) == expected_count("q=kerman+bombing")
    assert not count_of(page).startswith("0 of")
