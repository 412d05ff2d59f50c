"""The dialog that makes a briefing: choices, progress, the file, and what goes wrong."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from page_parts import message
from page_reading import packed
from samples import HOSTILE
from streamlit.testing.v1 import AppTest

from geodata.errors import GeodataError
from mapview.briefing.job import Job
from mapview.briefing.progress import Progress
from mapview.ui import map_page
from mapview.ui.briefing_panel import _JOB
from mapview.workers import tasks

Open = Callable[..., AppTest]


@pytest.fixture
def dialog(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """A function that opens the page, and the dialog on it for what the stage shows."""

    def open_dialog(state: str = "") -> AppTest:
        page = open_page()
        value = message(state, "briefing")
        monkeypatch.setattr(map_page, "st_folium", lambda *_, **__: value)
        return run(page)

    return open_dialog


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception
    return page


def again(page: AppTest) -> AppTest:
    """Draw the page with its dialog, which without a browser is drawn with the whole page only."""
    page.session_state["briefing_again"] = True
    return run(page)


def start(page: AppTest) -> Job:
    """Press the button, and return the work that begins."""
    page.button(key="briefing_make").click()
    job: Job = again(page).session_state[_JOB].job
    return job


def make(page: AppTest) -> bytes:
    """Press the button, wait for the work, and return what it made."""
    job = start(page)
    job.wait(60)
    assert job.result is not None, job.error
    return job.result


def downloads(page: AppTest) -> list[str]:
    labels = [one.proto.label for one in page.get("download_button")]
    return [label for label in labels if label.startswith("Download briefing")]


def test_page_says_what_the_dialog_was_told(dialog: Callable[..., AppTest]) -> None:
    page = dialog("country=TJ&areas=off&view=69,38,6")
    said = [re.sub(r"\\(.)", r"\1", one.value) for one in page.caption]
    assert "Of what the filter shows: All incidents, all dates, in Tajikistan." in said
    page.text_input(key="briefing_title").input("A title")
    page.text_area(key="briefing_note").input("First.\nSecond.")
    page.checkbox(key="briefing_view").check()
    text = make(page).decode()
    assert "<title>A title</title>" in text
    assert "First.\nSecond." in text
    bounds = re.search(r'"near": ?\[([-\d.]+), ', text)
    assert bounds is not None
    assert float(bounds[1]) == pytest.approx(69 - 180 * 960 / (256 * 64), abs=0.1)
    [label] = downloads(again(page))
    assert re.fullmatch(r"Download briefing-country-TJ-areas-off\.html \(0\.\d MB\)", label)


def test_creation_date_and_contact_are_printed_as_given(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=kerman&areas=off")
    text = make(page).decode()
    assert "Creation date" not in text
    page.text_input(key="briefing_made").input("2026-01-31")
    page.text_input(key="briefing_contact").input("desk@example.org <b>")
    text = make(again(page)).decode()
    assert "31 January 2026" in text
    assert "desk@example.org &lt;b&gt;" in text


def test_a_creation_date_that_is_none_is_refused(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=kerman&areas=off")
    page.text_input(key="briefing_made").input("yesterday")
    job = start(page)
    job.wait(60)
    assert job.result is None
    [told] = again(page).warning
    assert "EDTF" in told.value


def test_what_is_said_first_can_be_changed_and_is_checked(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=kerman&from=2024-01-03&to=2024-01-03&type=suicide+bombing&areas=off")
    headline = page.text_input(key="briefing_headline")
    assert headline.value.startswith("Kerman, 3 January 2024: 94 to nearly 100 killed; ")
    assert page.text_area(key="briefing_messages").value.startswith("Killed: nearly 100 (")
    assert not marked(page)
    headline.input("Kerman: 94 or 87 killed <b>")
    page.text_area(key="briefing_messages").input("It was on 3 January 2024.\n\nIt hurt 284.")
    text = make(page).decode()
    assert "<title>Kerman: 94 or 87 killed &lt;b&gt;</title>" in text
    assert "It hurt 284." in re.sub("<[^>]+>", "", text)
    [told] = marked(again(page))
    assert re.findall("<u [^>]*>(.*?)</u>", told) == ["87"]
    assert "killed &lt;b&gt;</p>" in told
    assert "headline: “87” is not in these records: the records give 94 (" in told


def marked(page: AppTest) -> list[str]:
    """The words in which figures are underlined, as HTML."""
    bodies = [one.proto.body for one in page.get("html")]
    return [body for body in bodies if "mp-wording" in body and "<u" in body]


def test_no_part_of_the_map_goes_with_rounded_places(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=kerman&areas=off&view=57,30,6")
    page.checkbox(key="briefing_view").check()
    page.selectbox(key="briefing_coarsen").select("province")
    page = again(page)
    assert page.checkbox(key="briefing_view").disabled
    assert b"Changed for publication" in make(page)


def test_groups_are_asked_for_where_a_format_takes_them(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=kerman&areas=off")
    page.multiselect(key="briefing_groups").select("hts")
    assert 'id="group-hts"' in make(page).decode()
    page = again(page)
    page.selectbox(key="briefing_format").select("png").run()
    assert "briefing_groups" not in {one.key for one in page.multiselect}


def test_figures_have_base_areas_where_they_are_asked_for(dialog: Callable[..., AppTest]) -> None:
    page = dialog("country=TJ")
    page.selectbox(key="briefing_format").select("svg")
    page = again(page)
    assert "base areas, 1 of them" not in make(page).decode()
    page.checkbox(key="briefing_areas").check()
    assert "base areas, 1 of them" in make(again(page)).decode()


def test_figures_are_laid_out_as_chosen(dialog: Callable[..., AppTest]) -> None:
    page = dialog("record=kerman-2024-01-03")
    page.selectbox(key="briefing_format").select("png")
    page = again(page)
    layouts = page.selectbox(key="briefing_size").options
    assert "Brief on one page, A4" in layouts
    assert not any("A0" in one for one in layouts)
    page.selectbox(key="briefing_size").select("card")
    head = make(again(page))[16:24]
    assert (int.from_bytes(head[:4]), int.from_bytes(head[4:])) == (1200, 630)


def test_small_maps_by_period_are_offered_with_layouts_that_have_room(
    dialog: Callable[..., AppTest],
) -> None:
    page = dialog("country=TJ&areas=off")
    page.selectbox(key="briefing_format").select("svg")
    page = again(page)
    page.selectbox(key="briefing_multiples").select("auto")
    page = again(page)
    assert not any("Card" in one for one in page.selectbox(key="briefing_size").options)
    assert "All maps have the same extent" in make(page).decode()


def test_a_film_is_made_with_layouts_of_its_own(dialog: Callable[..., AppTest]) -> None:
    page = dialog("country=TJ&areas=off")
    page.selectbox(key="briefing_format").select("gif")
    page = again(page)
    assert "briefing_multiples" not in {one.key for one in page.selectbox}
    layouts = page.selectbox(key="briefing_size").options
    assert layouts[0] == "1280 x 720"
    assert not any("A4" in one for one in layouts)
    page.selectbox(key="briefing_step").select("year")
    content = make(again(page))
    assert content[:6] == b"GIF89a"


def test_figures_speak_the_language_that_is_chosen(dialog: Callable[..., AppTest]) -> None:
    page = dialog("record=kerman-2024-01-03")
    # What is read speaks other languages, data do not.
    assert "briefing_language" in {one.key for one in page.selectbox}
    page.selectbox(key="briefing_format").select("geojson")
    page = again(page)
    assert "briefing_language" not in {one.key for one in page.selectbox}
    page.selectbox(key="briefing_format").select("svg")
    page = again(page)
    page.selectbox(key="briefing_language").select("ru")
    figure = make(again(page)).decode()
    assert "Как читать" not in figure
    assert "Новейший источник" in figure


def test_slides_speak_the_language_that_is_chosen(dialog: Callable[..., AppTest]) -> None:
    page = dialog("record=kerman-2024-01-03")
    page.selectbox(key="briefing_format").select("pptx")
    page = again(page)
    page.selectbox(key="briefing_language").select("fa")
    page = again(page)
    # Pages on groups speak it, too.
    page.multiselect(key="briefing_groups").select("iskp")
    page = again(page)
    deck = zipfile.ZipFile(io.BytesIO(make(page)))
    assert "در یک نگاه" in deck.read("ppt/slides/slide2.xml").decode()
    said = "".join(deck.read(one).decode() for one in deck.namelist() if "slides/slide" in one)
    assert "شمار نیروها و رقم‌های دیگر" in said


def test_coarsened_pages_say_so(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=kerman&areas=off")
    page.selectbox(key="briefing_coarsen").select("province")
    content = make(page)
    assert "Changed for publication" in content.decode()
    rows = packed(content, "packed-records")["incidents"]
    coarse = {f"known only to the {part}" for part in ("province", "country")} | {"place unknown"}
    assert set(rows["known"]) <= coarse


def captions(page: AppTest) -> str:
    return " ".join(re.sub(r"\\(.)", r"\1", one.value) for one in page.caption)


def test_the_risk_that_rounding_leaves_is_told_before_a_file_is_made(
    dialog: Callable[..., AppTest],
) -> None:
    page = dialog("country=IR&areas=off")
    assert "Measured:" not in captions(page)
    page.selectbox(key="briefing_coarsen").select("province")
    told = captions(again(page))
    assert "Places are rounded to the province" in told
    measured = re.search(r"Measured: .*? type alone\.", told)
    assert measured is not None
    assert measured[0] in re.sub("<[^>]+>", "", make(page).decode())


def test_what_is_refused_below_a_k_is_said_and_not_made(dialog: Callable[..., AppTest]) -> None:
    page = dialog("country=IR&areas=off")
    page.selectbox(key="briefing_coarsen").select("province")
    again(page)
    page.number_input(key="briefing_min_k").set_value(50)
    page = again(page)
    [said] = [re.sub(r"\\(.)", r"\1", one.value) for one in page.warning]
    assert "each incident must be like at least 50 by all that is told of it, got 1;" in said
    assert "briefing_headline" not in {one.key for one in page.text_input}
    job = start(page)
    job.wait(60)
    assert job.result is None
    assert job.error == said.replace("cannot", "could not")
    page = again(page)
    page.number_input(key="briefing_min_k").set_value(0)
    page = again(page)
    assert page.text_input(key="briefing_headline").value


def test_file_of_other_choices_is_called_so(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=kerman&areas=off")
    make(page)
    page = again(page)
    changed = "The choices above have changed since this file was made:"
    assert changed not in [one.value for one in page.caption]
    page.text_input(key="briefing_title").input("Another")
    page = again(page)
    assert changed in [one.value for one in page.caption]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Work that waits until the event is set, and tells how far it is."""
    go = threading.Event()

    def work(*_: object, progress: Progress, **__: object) -> bytes:
        progress.step(0.5, "Half of it")
        go.wait(30)
        progress.step(0.9, "Nearly all")
        return b"made"

    monkeypatch.setattr(tasks, "write_briefing", work)
    yield go
    go.set()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(
    dialog: Callable[..., AppTest], held: threading.Event
) -> None:
    page = dialog()
    job = start(page)
    job.wait(0.5)
    [bar] = again(page).get("progress")
    assert bar.proto.text == "Half of it"
    assert downloads(page) == []
    page.button(key="briefing_cancel").click()
    again(page)
    held.set()
    job.wait(10)
    again(page)
    assert [one.value for one in page.warning] == ["Cancelled; nothing was made\\."]
    assert job.result is None
    assert downloads(page) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_text(
    text: str, dialog: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(*_: object, **__: object) -> bytes:
        raise GeodataError(text)

    monkeypatch.setattr(tasks, "write_briefing", work)
    page = dialog(urlencode({"q": text[:150]}))
    [caption] = [one.value for one in page.caption if one.value.startswith("Of what the filter")]
    start(page).wait(10)
    [warning] = again(page).warning
    for said in (caption, warning.value):
        assert not re.search(r"(?<!\\)[\[\]<>*_`$:#~{}]", said)


def test_title_that_is_too_long_is_not_made(dialog: Callable[..., AppTest]) -> None:
    page = dialog()
    assert page.text_input(key="briefing_title").proto.max_chars == 200
    assert page.text_area(key="briefing_note").proto.max_chars == 5_000


def test_data_are_coarsened_and_told_in_the_dialog(dialog: Callable[..., AppTest]) -> None:
    page = dialog("q=danghara&country=TJ&areas=off")
    page.selectbox(key="briefing_format").select("geojson")
    page.selectbox(key="briefing_coarsen").select("province")
    collection = json.loads(make(page))
    assert collection["mapview"]["filter"] == "country=TJ&areas=off"
    assert "Places are rounded to the province" in collection["mapview"]["changes"][0]
    assert "danghara" not in json.dumps(collection).casefold()
    again(page)
    assert downloads(page)[0].startswith("Download briefing-country-TJ-areas-off.geojson")
