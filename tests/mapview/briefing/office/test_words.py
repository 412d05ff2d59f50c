from __future__ import annotations

import re

from geodata import Filter, Store, load
from geodata.queries import DateMatch
from mapview.briefing.compose import compose
from mapview.briefing.office.words import describe_map, not_listed


def test_numbers_of_kinds_and_countries_have_the_bounds_of_the_whole() -> None:
    store, chosen = Store.of(load()), Filter.from_query("from=2015-03-10&to=2018-07&areas=off")
    words = describe_map(compose(store, chosen))
    totals, certain = store.totals(chosen), store.totals(chosen.matching(DateMatch.CERTAIN))
    assert totals.on_map == (certain.placed, totals.placed)
    for heading, pattern in (
        ("Kinds", r" (\d+)(?: to (\d+))?(?=,|$)"),
        ("Where", r"\((\d+)(?: to (\d+))?\)"),
    ):
        said = re.search(rf"{heading}: ([^.]*)\.", words)
        assert said
        numbers = [(int(low), int(high or low)) for low, high in re.findall(pattern, said[1])]
        assert any(low < high for low, high in numbers)
        if heading == "Kinds":
            assert tuple(map(sum, zip(*numbers, strict=True))) == totals.on_map


def test_extremes_on_the_map_are_said_with_their_bounds() -> None:
    store = Store.of(load())
    many = describe_map(compose(store, Filter.from_query("areas=off")))
    assert (
        "Highest figures given for what is on the map: Hamid Karzai International Airport, Kabul, "
        "26 August 2021 (over 170 to at least 182 killed); Crocus City Hall, Krasnogorsk, "
        "22 March 2024 (144–145 killed); Kerman, 3 January 2024 (94 to nearly 100 killed)."
    ) in many
    one = describe_map(compose(store, Filter.from_query("record=kerman-2024-01-03")))
    assert "Told of it: Kerman, 3 January 2024 (94 to nearly 100 killed)." in one


def test_what_a_table_leaves_out_is_not_said_to_be_on_the_map() -> None:
    said = not_listed(1, "here")
    assert said.startswith("1 further incident is not listed here; counts include all, the map tho")
    assert "those that have a known place" in said
    assert not_listed(1_200, "on slides").startswith("1,200 further incidents are not listed on s")
