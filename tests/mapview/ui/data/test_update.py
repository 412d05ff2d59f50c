"""A dataset brought up to date on the page: compared first, and done with one press."""

from __future__ import annotations

from pathlib import Path

from data_page import OWN, Open, do_import, press, run, said
from streamlit.testing.v1 import AppTest

from geodata.workspace import Workspace
from mapview.data import current_store
from mapview.web.handing import incoming

NEXT = """Nr;Datum;Ort;Breite;Länge;Tote;Art
1;03/04/2022;Köln;50,940;6,96;4;Brand
4;06/04/2022;Kiel;54,3;10,1;0;Brand
"""


def compared(page: AppTest) -> AppTest:
    """Wait for the comparison, and draw what comes of it."""
    if "data_update_of_job" in page.session_state:  # Else it is done already.
        page.session_state["data_update_of_job"].wait(60)
        run(page)
    return page


def hand_in(page: AppTest, text: str, name: str = "next.csv") -> AppTest:
    token, path = incoming().make(name)
    path.write_bytes(text.encode())
    page.query_params["of"] = token
    return compared(run(page))


def test_an_update_is_shown_and_done_with_one_press(opened: Open, own_use: Path) -> None:
    do_import(opened(OWN))
    page = opened()
    press(page, "data_update_own")
    assert "Drop its new file above" in page.info[0].value
    hand_in(page, NEXT)
    text = said(page)
    for words in ("New 1", "Changed 1", "No longer there 1", "The same 0", "Tote : 3 → 4"):
        assert words in text
    assert [one.id for one in current_store().everything().incidents] == ["own:1", "own:2"]
    press(page, "data_apply")
    compared(page)
    assert [one.value for one in page.markdown][-1] == "the map"
    assert [one.id for one in current_store().everything().incidents] == ["own:1", "own:4"]
    assert sorted(one.name for one in own_use.rglob("*.csv")) == ["rejected.csv"]


def test_the_same_file_twice_changes_nothing(opened: Open) -> None:
    do_import(opened(OWN))
    page = opened(OWN)
    next(one for one in page.selectbox if one.label.startswith("New file")).select("own")
    page = compared(run(page))
    assert "The same 2" in said(page)
    assert "there is nothing to change" in said(page)
    assert page.button(key="data_apply").disabled
    press(page, "data_leave")
    assert "Datasets" in said(page)


def test_left_out_rows_are_added_when_they_come_back_corrected(opened: Open, own_use: Path) -> None:
    do_import(opened(OWN))
    left = (own_use / "own" / "rejected.csv").read_text()
    page = opened()
    press(page, "data_update_own")
    hand_in(page, left.replace("bald", "07/04/2022"), "own-left-out.csv")
    text = said(page)
    for words in ("New 1", "Changed 0", "No longer there 0", "The same 2"):
        assert words in text
    press(page, "data_apply")
    compared(page)
    shown = [one.id for one in current_store().everything().incidents]
    assert shown == ["own:1", "own:2", "own:3"]
    assert Workspace().get("own").manifest().counts["rejected"] == 0


def test_a_file_that_cannot_be_read_updates_nothing(opened: Open) -> None:
    do_import(opened(OWN))
    page = opened()
    press(page, "data_update_own")
    hand_in(page, "%PDF-1.4", "x.csv")
    assert "PDF" in page.warning[0].value
    assert current_store().all_incidents == 2


def test_what_it_was_stays_and_is_compared(opened: Open) -> None:
    do_import(opened(OWN))
    page = opened()
    assert "One version, of " in said(page)
    press(page, "data_update_own")
    hand_in(page, NEXT)
    press(page, "data_apply")
    compared(page)
    page = opened()
    assert "2 versions, the first of " in said(page)
    press(page, "data_compare_own")
    text = said(page)
    assert "1 record is new, 1 changed, 1 was withdrawn; none is the same." in text
    assert "→ 4 [“next.csv”" in text
