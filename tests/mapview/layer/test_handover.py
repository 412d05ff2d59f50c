"""The browser's scripts are handed the cartography as it is, and own none of it."""

from __future__ import annotations

import json

from geodata.letters import letters_by_latin
from geodata.queries import MOST_OWN
from mapview.cartography import style
from mapview.cartography.legend import every_entry
from mapview.layer.handover import MODULE_PATH, to_json, to_module


def test_the_module_is_in_line_with_the_cartography() -> None:
    assert MODULE_PATH.read_text("utf-8") == to_module(), "run `make data`"


def test_all_of_the_style_is_handed_over() -> None:
    handed = json.loads(json.dumps(to_json(), allow_nan=False))
    wanted = json.loads(json.dumps(style.style_to_json()))
    for given, hatch in zip(handed["hatches"], wanted.pop("hatches"), strict=True):
        assert hatch.items() <= given.items()
    assert wanted.items() <= handed.items()


def test_every_entry_of_the_legend_has_its_icon_and_every_kind_its_outline() -> None:
    handed = to_json()
    for entry in every_entry():
        if entry.form == "hollow":
            assert handed["symbols"][entry.status]["place"], entry.label
        else:
            assert handed["icons"][entry.form], entry.label
    assert {kind["shape"] for kind in (*handed["kinds"], *handed["own"])} | {
        one["mark"] for one in handed["standings"] if one["mark"]
    } == set(handed["outlines"])


def test_every_type_that_stands_for_itself_has_its_place_in_the_legend() -> None:
    handed = to_json()
    numbers = [len(handed["kinds"]) + at for at in range(MOST_OWN)]
    assert [one["kind"] for one in handed["legend_own"]] == numbers
    assert len({one["letter"] for one in handed["own"]}) == len(handed["own"]) == MOST_OWN


def test_letters_to_search_by_are_handed_over() -> None:
    assert to_json()["search"]["letters"] == letters_by_latin()
