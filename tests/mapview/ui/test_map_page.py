"""The page with the stage, drawn without a browser: what the stage is handed, and opens."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from page_parts import config_of, html_of, map_of, message
from samples import HOSTILE, Tags, all_hostile_records, many_records, write_records
from streamlit.testing.v1 import AppTest

from geodata import Filter, Records, Store, load
from mapview.exports import EXPORTS
from mapview.ui import map_page

Open = Callable[..., AppTest]
UseRecords = Callable[[Records], None]
Tell = Callable[[AppTest, dict[str, Any]], AppTest]


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch) -> Tell:
    """A function that draws a page once more, with a message of its stage."""

    def draw(page: AppTest, value: dict[str, Any]) -> AppTest:
        with monkeypatch.context() as patch:
            patch.setattr(map_page, "st_folium", lambda *_, **__: value)
            page.run()
        assert not page.exception, page.exception
        return page

    return draw


def is_briefing_open(page: AppTest) -> bool:
    return any(one.key == "briefing_make" for one in page.button)


def test_the_stage_is_handed_what_it_cannot_know(open_page: Open) -> None:
    page = open_page()
    config = config_of(map_of(page)["script"])
    assert config["formats"] == [
        {"ending": ending, "label": one.label} for ending, one in EXPORTS.items()
    ]
    extent = Store.of(load()).extent(Filter())
    assert extent is not None
    assert config["home"] == json.loads(json.dumps(extent._asdict()))
    assert (config["notices"], config["tiles"]) == ([], None)
    assert (len(page.warning), len(page.error)) == (0, 0)


@pytest.mark.parametrize(
    "query", ["country=IR&panel=table", "id=kerman-2024-01-03&view=60,30,5", "type=picnic&x=1"]
)
def test_the_map_is_the_same_at_every_address(query: str, open_page: Open) -> None:
    page = open_page()
    first = map_of(page)
    assert map_of(page.run()) == first
    other = open_page(query)
    # The stage reads the address itself, and says what it cannot understand.
    assert map_of(other) == first
    assert not other.warning


def test_map_asks_for_own_files_only(open_page: Open) -> None:
    arguments = map_of(open_page())
    for address in (*arguments["css_links"], *arguments["js_links"]):
        assert address.startswith("../../assets/")  # from the frame of the component
    assert arguments["returned_objects"] == ["last_object_clicked"]
    assert set(re.findall(r"https?://[\w.-]+", json.dumps(arguments))) == set()


def test_online_tiles_are_named_only_when_switched_on(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPVIEW_TILES", "https://tiles.example/{z}/{x}/{y}.png")
    config = config_of(map_of(open_page())["script"])
    assert config["tiles"]["url"] == "https://tiles.example/{z}/{x}/{y}.png"


def test_a_briefing_is_made_of_what_the_stage_shows(open_page: Open, tell: Tell) -> None:
    page = open_page()
    assert not is_briefing_open(page)
    value = message("country=TJ&areas=off", "briefing")
    assert is_briefing_open(tell(page, value))
    [words] = [one.value for one in page.caption if one.value.startswith("Of what the filter")]
    assert "in Tajikistan" in words
    assert not is_briefing_open(tell(page, value))


@pytest.mark.parametrize(
    ("wish", "words"), [("about", "About the record"), ("groups", "Jamaat Ansarullah")]
)
def test_other_pages_are_opened(wish: str, words: str, open_page: Open, tell: Tell) -> None:
    page = tell(open_page(), message("country=TJ", wish))
    assert words in Tags(html_of(page)).text
    assert page.get("component_instance") == []
    assert [one.proto.label for one in page.get("page_link")] == [
        "Back to the map",
        "Data",
        "About the record",
        "All groups",
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_state_is_refused_as_text(text: str, open_page: Open, tell: Tell) -> None:
    page = tell(open_page(), message(urlencode({"type": text}), "briefing"))
    (warning,) = page.warning
    assert warning.value.startswith("This could not be opened: type must be one of ")
    assert not re.search(r"(?<!\\)[\[\]<>*_`$#~{}]", warning.value)
    assert not is_briefing_open(page)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_address_changes_nothing_of_the_page(text: str, open_page: Open) -> None:
    first = map_of(open_page())
    page = open_page(urlencode({"q": text[:200], "id": text, "panel": text}))
    assert map_of(page) == first
    assert html_of(page) == ""
    assert not page.warning


def test_no_text_of_a_record_is_in_the_page(open_page: Open, use_records: UseRecords) -> None:
    use_records(all_hostile_records())
    page = open_page()
    assert html_of(page) == ""
    script = map_of(page)["script"]
    assert [name for name, text in HOSTILE.items() if text in script] == []


def test_records_that_were_left_out_are_told(
    open_page: Open, use_files: Callable[..., None], tmp_path: Path
) -> None:
    file = write_records(tmp_path / "a.geojson", many_records(3))
    collection = json.loads(file.read_text(encoding="utf-8"))
    collection["features"][1]["properties"]["event_date"] = "</script><b>x {{7*7}}"
    file.write_text(json.dumps(collection), encoding="utf-8")
    use_files(file)
    script = map_of(open_page())["script"]
    (notice,) = config_of(script)["notices"]
    assert notice["words"] == "Some records were left out; problems: 1"
    (line,) = notice["lines"]
    assert "made-00001 event_date: " in line
    assert "</script><b>x {{7*7}}" in line
    # It is a value in a script, in which nothing ends it or is filled in.
    assert "</script" not in script
    assert "{{7" not in script


def test_records_that_cannot_be_opened_are_told(
    open_page: Open, use_files: Callable[..., None], tmp_path: Path
) -> None:
    use_files(tmp_path / "gone.geojson")
    page = open_page()
    (error,) = page.error
    said = re.sub(r"\\(.)", r"\1", error.value)
    assert said.startswith("The records could not be opened: ")
    assert "gone.geojson must be a readable file, got: No such file or directory" in said
    assert page.get("component_instance") == []


def test_no_records_at_all(open_page: Open, use_records: UseRecords) -> None:
    use_records(Records())
    page = open_page()
    assert config_of(map_of(page)["script"])["home"]
    assert not page.warning
