from __future__ import annotations

import re

from geodata import Filter, Store, load
from geodata.queries import DateMatch
from mapview.briefing.compose import compose
from mapview.briefing.office.words import describe_map


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
