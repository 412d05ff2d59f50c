"""The page "Data", drawn without a browser: check, import, datasets, and who gets none of it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from data_page import OWN, Open, do_import, labels, part, press, run, said
from importing_rows import COLUMNS, row
from page_parts import config_of, html_of, map_of
from samples import HOSTILE, Tags

from geodata import load
from geodata.workspace import Workspace
from mapview.data import current_store, data_files
from mapview.ui.data.check import _JOB
from mapview.web.handing import incoming


def acled(*rows: list[str]) -> str:
    lines: list[str] = []
    writer = csv.writer(type("Lines", (), {"write": staticmethod(lines.append)}))
    writer.writerows([COLUMNS["ACLED"], *rows])
    return "".join(lines)


def test_without_a_file_it_says_what_is_shown(opened: Open) -> None:
    text = said(opened())
    assert f"Mapview's own record, {len(load().incidents)} incidents" in text
    assert "No dataset yet" in text


def test_every_row_is_counted_before_anything_is_stored(opened: Open, own_use: Path) -> None:
    text = said(opened(OWN))
    for words in (
        "Rows 3", "Accepted 2", "Left out 1", "With a point 2", "First day 2022-03-04",
        "1 a date in no form that is known", "line 4, Datum: 'bald'",
    ):  # fmt: skip
        assert words in text
    assert Workspace().datasets() == []


def test_what_is_to_be_known_of_the_file_is_told(opened: Open) -> None:
    mark = "<Placemark><name>A</name><TimeStamp><when>2024</when></TimeStamp></Placemark>"
    link = "<NetworkLink><Link><href>&lt;b&gt;x.kml</href></Link></NetworkLink>"
    text = said(opened(f"<kml><Document>{mark}{link}</Document></kml>", "x.kml"))
    assert "Note: a link to <b>x.kml, which is not followed" in text


def test_a_guess_has_its_evidence_and_another_column_can_be_said(opened: Open) -> None:
    page = opened(OWN)
    assert re.search(r"Date Datum 2 of 3 filled cells are dates", said(page))
    assert "Killed Tote named so; 3 of 3 cells filled, such as '3'" in said(page)
    columns = ["Nr", "Datum", "Ort", "Breite", "Länge", "Tote", "Art"]
    part(page, "killed").select(1)
    assert "Killed Tote" not in said(run(page))
    assert "Killed\\: No column, as you said – guess again" in labels(page)
    part(page, "injured").select(2 + columns.index("Tote"))
    assert "Injured Tote as you said" in said(run(page))
    next(one for one in page.button if one.label.startswith("Killed")).click()
    assert "Killed Tote" in said(run(page))


def test_what_the_data_cannot_prove_is_asked_with_real_values(opened: Open) -> None:
    page = opened(OWN)
    assert "1 question is open below" in said(page)
    [question] = [one for one in page.radio if "What is" in one.label]
    assert question.options == ["3 April 2022", "4 March 2022"]
    question.set_value("dates=dmy")
    run(page)
    assert "question" not in said(page).partition("When")[0]
    assert "First day 2022-04-03" in said(page)
    do_import(page)
    kept = (Workspace().get("own").folder / "recipe.toml").read_text()
    assert 'dates = "dmy"' in kept


def test_a_swapped_pair_is_settled_by_one_answer(opened: Open) -> None:
    swapped = "id,date,lat,lon\n" + "".join(
        f"{one},2024-01-0{one},13{one}.5,35.{one}\n" for one in range(1, 8)
    )
    page = opened(swapped)
    [question] = [one for one in page.radio if "swapped" in one.label]
    assert question.options == ["yes", "no"]
    question.set_value("lat=lon")
    run(page)
    assert "Latitude lon as you said" in said(page)
    assert "Longitude lat as you said" in said(page)
    assert "With a point 7" in said(page)


def test_import_puts_it_on_the_map_and_keeps_what_was_left_out(
    opened: Open, own_use: Path, open_page: Open
) -> None:
    page = do_import(opened(OWN))
    assert [one.value for one in page.markdown][-1] == "the map"
    assert data_files() == [str((own_use / "own").resolve())]
    assert [one.id for one in current_store().everything().incidents] == ["own:1", "own:2"]
    # The file that was handed in is gone; what was left out is kept whole.
    assert sorted(one.name for one in own_use.rglob("*.csv")) == ["rejected.csv"]
    assert "bald" in (own_use / "own" / "rejected.csv").read_text()
    [notice] = config_of(map_of(open_page())["script"])["notices"]
    assert notice["words"] == "own: 1 of 3 rows were left out"
    assert "1 × a date in no form that is known" in notice["lines"]


def test_the_name_licence_and_version_are_the_users(opened: Open, own_use: Path) -> None:
    page = opened(OWN)
    fields = {one.label: one for one in page.text_input}
    fields["Name of the dataset"].input("fires")
    fields["Title of the source"].input("Fires in towns")
    fields["Its version"].input("26.1")
    fields["Licence"].input("CC0")
    do_import(run(page))
    manifest = Workspace().get("fires").manifest()
    assert manifest.licence == "CC0"
    assert manifest.citation == "“Fires in towns, version 26.1”"


def test_a_name_that_is_taken_or_leads_elsewhere_is_refused(opened: Open) -> None:
    do_import(opened(OWN))
    page = opened(OWN)
    for name in ("own", "../up", ""):
        next(one for one in page.text_input if one.label.startswith("Name")).input(name)
        run(page)
        press(page, "data_import")
        [warning] = page.warning
        assert "name must be" in warning.value
    assert [one.name for one in Workspace().datasets()] == ["own"]


def test_rows_of_acled_are_read_as_its_codebook_says(opened: Open) -> None:
    page = opened(acled(row("ACLED"), row("ACLED", event_id_cnty="BFA2")), "any.csv")
    assert "ACLED (CSV, commas" in said(page)
    assert "Date event_date as ACLED has it" in said(page)
    do_import(page)
    shown = current_store().everything()
    assert [one.id for one in shown.incidents] == ["any:BFA1", "any:BFA2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must hold"),
        (b"PK\x03\x04" + b"\x00" * 60, "zip"),
        (b"[" * 200_000, "nest"),
        (b'<!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>', "must"),
        (bytes(range(256)) * 40, "must"),
    ],
    ids=["nothing", "archive", "nesting", "entities", "bytes"],
)
def test_a_hostile_file_is_refused_in_a_sentence(
    content: bytes, words: str, opened: Open, own_use: Path
) -> None:
    page = opened(content or b"\n", "<b>x</b>.csv")
    found = [*page.error, *page.warning]
    assert found
    assert not any("fault of the program" in one.value for one in found)
    assert not re.search(r"(?<!\\)[<>]", found[0].value)
    assert all(one.disabled for one in page.button if one.key == "data_import")
    next(one for one in page.button if one.label in ("Take another file", "Cancel")).click()
    run(page)
    assert [one for one in own_use.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_of_a_file_stays_text(text: str, opened: Open) -> None:
    lines: list[str] = []
    writer = csv.writer(type("Lines", (), {"write": staticmethod(lines.append)}))
    writer.writerows(
        [["id", "date", text[:50] or "x", "type", "city"]]
        + [[str(one), f"2024-01-0{one}", text, text, text] for one in range(1, 9)]
    )
    page = opened("".join(lines), f"{text[:40]}.csv")
    tags = Tags(html_of(page))
    assert {"script", "img", "iframe", "svg", "object"} & set(tags.tags) == set()
    assert not [one for one, _ in tags.attributes if one.startswith("on")]
    for one in [*page.radio, *page.button, *page.checkbox, *page.warning, *page.error]:
        shown = getattr(one, "label", None) or getattr(one, "value", "")
        assert not re.search(r"(?<!\\)[<\[`*_$]", str(shown)), shown


def test_cancelling_leaves_nothing(
    opened: Open, own_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mapview.ui.data import work

    monkeypatch.setattr(work, "_TOLD_EVERY", 1)
    page = opened(OWN)
    press(page, "data_let_go")
    assert [one for one in own_use.rglob("*") if one.is_file()] == []
    assert "No dataset yet" in said(page)


def test_an_import_that_cannot_be_shown_leaves_nothing(
    opened: Open, own_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from geodata.errors import FormatError
    from mapview.ui.data import work

    def refuse(_: object) -> None:
        raise FormatError("the map must be open, got none")

    monkeypatch.setattr(work, "change_files", refuse)
    page = opened(OWN)
    press(page, "data_import")
    page.session_state[_JOB].wait(60)
    run(page)
    assert "the map must be open, got none" in page.warning[0].value
    assert Workspace().datasets() == []
    assert data_files() == []


def test_datasets_are_taken_off_the_map_and_put_back(opened: Open) -> None:
    do_import(opened(OWN))
    do_import(opened(acled(row("ACLED")), "acled.csv"))
    assert current_store().all_incidents == 3
    page = opened()
    assert "On the map now: 3 incidents" in said(page)
    assert "own 2 records, 2022-03-04 to 2022-05-04" in said(page)
    assert "Licence: ACLED's terms of use" in said(page)
    assert "Left out: 1 row" in said(page)
    page.toggle(key="data_on_own_True").set_value(False)
    run(page)
    assert [one.id for one in current_store().everything().incidents] == ["acled:BFA1"]
    page.toggle(key="data_on_acled_True").set_value(False)
    run(page)
    assert current_store().everything() is load()
    page.toggle(key="data_on_own_False").set_value(True)
    run(page)
    assert current_store().all_incidents == 2


def test_removal_is_asked_for_first(opened: Open, own_use: Path) -> None:
    do_import(opened(OWN))
    page = opened()
    press(page, "data_remove_own")
    press(page, "data_kept")
    assert Workspace().has("own")
    press(page, "data_remove_own")
    press(page, "data_removed")
    assert not Workspace().has("own")
    assert current_store().everything() is load()
    assert "No dataset yet" in said(page)


def test_another_file_is_read_like_a_dataset(opened: Open) -> None:
    first = opened(OWN)
    part(first, "killed").select(1)
    do_import(run(first))
    page = opened(OWN.replace("2022", "2023"), "next.csv")
    assert "Killed Tote" in said(page)
    next(one for one in page.selectbox if one.label == "Read like").select("own")
    assert "Killed Tote" not in said(run(page))


def test_letters_in_doubt_are_told_and_another_encoding_is_chosen_by_what_it_reads(
    opened: Open,
) -> None:
    page = opened("Nr;Datum;Ort;Art\n1;2024-01-03;Timişoara;Brand\n".encode("cp1250"))
    assert "read as Windows-1252 and may be wrong: “Timiºoara”; “Letters” below" in said(page)
    [letters] = [one for one in page.selectbox if one.label == "Letters"]
    assert "“Timişoara”: Windows-1250" in letters.options
    assert "such as cp1250" not in said(page)
    letters.select("cp1250")
    run(page)
    assert "may be wrong" not in said(page)
    do_import(page)
    assert 'encoding = "cp1250"' in (Workspace().get("own").folder / "recipe.toml").read_text()
    [record] = current_store().everything().incidents
    assert record.place == "Timişoara"


def test_letters_are_no_question_where_the_bytes_prove_them(opened: Open) -> None:
    assert "Letters" not in [one.label for one in opened(OWN).selectbox]


def test_a_server_that_others_reach_shows_none_of_it(
    opened: Open, own_use: Path, monkeypatch: pytest.MonkeyPatch, open_page: Open
) -> None:
    assert config_of(map_of(open_page())["script"])["takesFiles"]
    do_import(opened(OWN))
    monkeypatch.setenv("MAPVIEW_HOST", "maps.example.org")
    page = opened(OWN)
    assert "A server must serve this machine alone to take files" in said(page)
    assert (len(page.button), len(page.text_input), page.get("component_instance")) == (0, 0, [])
    assert not config_of(map_of(open_page())["script"])["takesFiles"]


def test_a_file_that_is_gone_is_asked_for_again(opened: Open) -> None:
    page = opened(OWN)
    incoming().close()
    [info] = run(page).info
    assert info.value == "That file is no longer here; hand it in again."
