"""What a text box on the map says: the toll with who gives it, or else who is responsible."""

from __future__ import annotations

import pytest
from fixed_records import claim, incident

from geodata import Records, load
from mapview.briefing.callouts import callout


def test_it_says_the_toll_and_then_who_gives_which_figure() -> None:
    shipped = load()
    kabul = callout(shipped.incidents_by_id["kabul-2021-08-26"], shipped)
    assert kabul[0] == "killed: over 170 to at least 182"
    assert kabul[1].startswith("over 170 (")
    some = incident(claims=(claim("fatalities", 3, by="A", part="men"),))
    assert callout(some, Records()) == ("killed: 3 (men) (A)",)


def test_without_a_toll_it_says_who_is_responsible() -> None:
    silent = incident(claims=(claim("attribution", "x", stance="claims", role="actor", by="x"),))
    assert callout(silent, Records()) == ("claimed by x",)


@pytest.mark.parametrize(
    ("shared", "words"),
    [
        ({"casualties_combined": ("b",)}, "toll shared with another incident"),
        ({"casualties_combined": ("b", "c")}, "toll shared with other incidents"),
        ({"shares_toll_beyond": True}, "toll shared with incidents that are not shown here"),
    ],
)
def test_a_shared_toll_is_said_to_be_shared(shared: dict[str, object], words: str) -> None:
    one = incident(claims=(claim("fatalities", 56, by="A"),), **shared)
    assert callout(one, Records()) == (f"killed: 56 (A); {words}",)
    more = one.but(claims=(*one.claims, claim("fatalities", 60, by="B")))
    assert callout(more, Records()) == (f"killed: 56–60; {words}", "56 (A)", "60 (B)")
