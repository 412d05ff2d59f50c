from __future__ import annotations

import pytest
from samples import HOSTILE, hostile_records

from geodata import Filter, Records, Store, load
from mapview.briefing.compose import compose
from mapview.briefing.figure.legend import legend_entries
from mapview.briefing.figure.scene.gather import gather
from mapview.cartography.legend import LegendEntry
from mapview.cartography.style import KINDS
from mapview.layer.payloads import areas_payload


def legend_of(store: Store, query: str = "") -> list[LegendEntry]:
    data = gather(compose(store, Filter.from_query(query)))
    return legend_entries(data.incidents, data.areas)


def forms(query: str) -> list[str]:
    return [one.form for one in legend_of(Store.of(load()), query)]


def test_legend_says_only_what_is_there() -> None:
    assert forms("q=zzzz&areas=off") == ["border"]
    assert forms("q=Crocus&areas=off") == ["symbol", "border"]
    assert "hollow" in forms("status=disputed&areas=off")
    assert "hatch" not in forms("areas=off")


def test_all_records_have_all_entries() -> None:
    entries = legend_of(Store.of(load()))
    kinds = [one.kind for one in entries if one.form == "symbol"]
    assert kinds == sorted(kinds)
    assert all(one.label == KINDS[one.kind].label for one in entries if one.form == "symbol")
    assert {"hollow", "ring", "province", "hatch", "edge", "border"} <= {
        one.form for one in entries
    }
    assert len({one.label for one in entries}) == len(entries)


def test_hatches_are_those_of_the_screen() -> None:
    store = Store.of(load())
    shown = {one["group_name"]: one["hatch"] for one in areas_payload(Filter(), store)["areas"]}
    entries = legend_of(store)
    assert {one.label: one.hatch for one in entries if one.form == "hatch"} == shown


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_stay_text(text: str) -> None:
    entries = legend_of(Store.of(hostile_records(text)))
    assert [one.label for one in entries if one.form == "hatch"] == [text]


def test_no_records_have_a_legend_too() -> None:
    assert [one.form for one in legend_of(Store.of(Records()))] == ["border"]
