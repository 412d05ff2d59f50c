"""The whole page, drawn by Streamlit without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from page_parts import address_of, count_of, expected_count, html_of, map_of, told_to_map, words_of
from samples import HOSTILE, Tags, all_hostile_records, many_records, write_records
from streamlit.testing.v1 import AppTest

from geodata import Records, load
from geodata.queries.filters import FILTER_KEYS

KERMAN = "kerman-2024-01-03"
Open = Callable[..., AppTest]
UseRecords = Callable[[Records], None]


def set_value(kind: str, key: str, value: Any) -> Callable[[AppTest], None]:
    def act(page: AppTest) -> None:
        (widget,) = (one for one in page.get(kind) if one.key == key)
        widget.set_value(value)

    return act


# What is done to a widget -> the address that it must give, and a part of the filter in words.
ACTIONS: dict[str, tuple[Callable[[AppTest], None], str, str]] = {
    "text": (set_value("text_input", "filter_text", "Kerman"), "q=Kerman", "with “Kerman”"),
    "type": (
        set_value("multiselect", "filter_event_types", ["bombing", "arson"]),
        "type=arson&type=bombing",
        "Arson and bombings",
    ),
    "group": (
        set_value("multiselect", "filter_groups", ["iskp"]),
        "group=iskp",
        "in which IS-KP is actor or target",
    ),
    "role": (
        set_value("pills", "filter_roles", ["accused", "cleared"]),
        "role=accused&role=cleared",
        "in which somebody is accused or cleared",
    ),
    "country": (
        set_value("multiselect", "filter_countries", ["IR", "TJ"]),
        "country=IR&country=TJ",
        "in Iran or Tajikistan",
    ),
    "status": (set_value("pills", "filter_statuses", ["foiled"]), "status=foiled", "Foiled inc"),
    "attribution": (
        set_value("pills", "filter_attributions", ["claimed"]),
        "attribution=claimed",
        "attribution claimed",
    ),
    "precision": (
        set_value("selectbox", "filter_precision", "settlement"),
        "precision=settlement",
        "settlement",
    ),
    "most killed": (
        set_value("number_input", "filter_fatalities_min", 50),
        "deaths_min=50",
        "at least 50 killed",
    ),
    "least killed": (
        set_value("number_input", "filter_fatalities_max", 10),
        "deaths_max=10",
        "at most 10 killed",
    ),
    "most injured": (
        set_value("number_input", "filter_injured_min", 100),
        "injured_min=100",
        "at least 100 injured",
    ),
    "areas": (set_value("toggle", "filter_areas", value=False), "areas=off", "All incidents, all"),
    "from": (
        set_value("text_input", "period_start", "2022"),
        "from=2022-01-01",
        "from 2022 on",
    ),
    "to": (
        set_value("text_input", "period_end", "2019-06"),
        "to=2019-06-30",
        "until 30 June 2019",
    ),
}

EVERYTHING_SET = (
    "from=2015-01-01&to=2024-12-31&when=certain&type=massacre&type=suicide+bombing&group=iskp"
    "&role=actor&country=AF&country=IR&status=carried+out&attribution=claimed&precision=district"
    "&deaths_min=1&deaths_max=500&injured_min=2&q=kerman&bounds=40%2C20%2C80%2C45&areas=off"
)


def test_first_page(open_page: Open) -> None:
    page = open_page()
    assert words_of(page) == "All incidents and base areas, all dates"
    assert count_of(page) == expected_count("")
    assert address_of(page) == {}
    assert not page.warning
    assert not page.error
    assert told_to_map(page) | {"version": load().version} == told_to_map(page)
    assert [one.label for one in page.get("download_button")] == [
        "GeoJSON",
        "CSV",
        "Excel (XLSX)",
        "Google Earth (KML)",
        "GeoPackage",
        "GeoParquet",
        "FlatGeobuf",
    ]


def test_each_part_of_a_filter_has_a_widget() -> None:
    by_widgets = {key for _, query, _ in ACTIONS.values() for key in parse_qs(query)}
    # A box beside the dates says how they are meant; the map gives its bounds itself; types of a
    # source are listed where there are any.
    assert set(FILTER_KEYS) - by_widgets == {"when", "bounds", "source_type"}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_filter_changes_words_count_address_and_map(name: str, open_page: Open) -> None:
    act, query, words = ACTIONS[name]
    page = open_page()
    act(page)
    page.run()
    assert not page.exception
    assert not page.warning
    assert words in words_of(page)
    assert count_of(page) == expected_count(query)
    assert told_to_map(page)["filter"] == query.replace(" ", "+")
    assert address_of(page) == address_of(open_page(query))


def test_filters_add_up_and_come_off_again(open_page: Open) -> None:
    page = open_page()
    for name in ("country", "from", "most killed"):
        ACTIONS[name][0](page)
        page.run()
    query = "from=2022-01-01&country=IR&country=TJ&deaths_min=50"
    assert told_to_map(page)["filter"] == query
    assert count_of(page) == expected_count(query)
    page.multiselect(key="filter_countries").set_value([]).run()
    page.text_input(key="period_start").set_value("").run()
    page.number_input(key="filter_fatalities_min").set_value(None).run()
    assert address_of(page) == {}
    assert count_of(page) == expected_count("")


def test_address_with_every_filter_seeds_the_widgets(open_page: Open) -> None:
    page = open_page(EVERYTHING_SET)
    assert told_to_map(page)["filter"] == EVERYTHING_SET
    assert count_of(page) == expected_count(EVERYTHING_SET)
    assert page.text_input(key="filter_text").value == "kerman"
    assert page.multiselect(key="filter_event_types").value == ["massacre", "suicide bombing"]
    assert page.multiselect(key="filter_groups").value == ["iskp"]
    assert page.multiselect(key="filter_countries").value == ["AF", "IR"]
    pills = {one.key: one.value for one in page.get("pills")}
    assert pills == {
        "filter_roles": ["actor"],
        "filter_statuses": ["carried out"],
        "filter_attributions": ["claimed"],
    }
    assert page.selectbox(key="filter_precision").value == "district"
    assert page.number_input(key="filter_fatalities_min").value == 1
    assert page.number_input(key="filter_fatalities_max").value == 500
    assert page.number_input(key="filter_injured_min").value == 2
    assert page.toggle(key="filter_areas").value is False
    assert page.text_input(key="period_start").value == "2015-01-01"
    assert page.text_input(key="period_end").value == "2024-12-31"
    assert page.checkbox(key="period_match").value is True
    assert "Only within 40° to 80° E, 20° to 45° N; what has no known place is left out" in [
        one.value for one in page.caption
    ]


def test_address_is_kept_as_it_is_over_runs(open_page: Open) -> None:
    page = open_page(EVERYTHING_SET + "&id=" + KERMAN)
    before = address_of(page)
    for _ in range(2):
        page.run()
        assert address_of(page) == before
    assert before["id"] == [KERMAN]


def click(label: str) -> Callable[[AppTest], None]:
    return lambda page: next(one for one in page.button if one.label == label).click()


@pytest.mark.parametrize(
    ("act", "address"),
    [
        (ACTIONS["from"][0], "country=IR&country=TJ&from=2022-01-01"),
        (set_value("segmented_control", "panel", "table"), "country=IR&country=TJ&panel=table"),
        (click("Briefing"), "country=IR&country=TJ"),
        (click("Reset all filters"), ""),
    ],
    ids=["filter", "panel", "dialog", "reset"],
)
def test_what_follows_quickly_keeps_the_change_before(
    act: Callable[[AppTest], None], address: str, open_page: Open
) -> None:
    page = open_page()
    ACTIONS["country"][0](page)
    page.run()
    act(page)
    page.query_params.clear()  # The browser has not heard of the new address yet.
    page.run()
    assert not page.exception
    assert address_of(page) == parse_qs(address)


def test_going_to_another_address_is_followed(open_page: Open) -> None:
    page = open_page("status=disputed")
    ACTIONS["country"][0](page)
    page.run()
    page.query_params.clear()
    page.query_params["status"] = "disputed"
    page.run()
    assert told_to_map(page)["filter"] == "status=disputed"
    assert page.multiselect(key="filter_countries").value == []


def test_view_of_the_map_stays_in_the_address(open_page: Open) -> None:
    page = open_page("view=60.0,30.0,5")
    ACTIONS["country"][0](page)
    page.run()
    assert address_of(page) == {"view": ["60.0,30.0,5"], "country": ["IR", "TJ"]}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=yesterday", "from must be a date such as 2018-07-29, 2018-07 or 2018"),
        ("from=2020&to=2019", "to must not be before from"),
        ("type=picnic", "type must be one of bombing"),
        ("bounds=1,2,3", "bounds must be west,south,east,north"),
        ("panel=cellar", "panel must be one of details, table, unplaced, got"),
        ("country=Iran&type=bombing", "country must be an ISO 3166-1 alpha-2 code, got"),
        ("q=" + "x" * 201, "q must have at most 200 characters, got 201"),
        ("status=%3Cscript%3E", "status must be one of"),
    ],
)
def test_bad_address_shows_a_sentence_and_everything(
    query: str, words: str, open_page: Open
) -> None:
    page = open_page(query)
    (warning,) = page.warning
    # The sentence is Markdown in which every letter with a meaning is escaped.
    said = re.sub(r"\\(.)", r"\1", warning.value)
    assert said.startswith("The address could not be understood, so everything is shown: ")
    assert words in said
    assert count_of(page) == expected_count("")
    assert not page.run().warning


def test_group_that_nobody_can_have_finds_nothing(open_page: Open) -> None:
    page = open_page("group=a%00b")
    assert count_of(page).startswith("None of the ")
    assert page.info


def test_keys_of_others_are_left_out_of_it(open_page: Open) -> None:
    page = open_page("utm_source=x&embed=true")
    assert not page.warning
    assert words_of(page) == "All incidents and base areas, all dates"


def test_reset(open_page: Open) -> None:
    page = open_page(EVERYTHING_SET + "&panel=table")
    (reset,) = (one for one in page.button if one.label == "Reset all filters")
    reset.click().run()
    assert address_of(page) == {"panel": ["table"]}
    assert count_of(page) == expected_count("")
    assert page.text_input(key="filter_text").value == ""
    (reset,) = (one for one in page.button if one.label == "Reset all filters")
    assert reset.disabled


def test_map_is_the_same_under_every_filter(open_page: Open) -> None:
    page = open_page()
    first = map_of(page)
    for act, query, _ in (ACTIONS["country"], ACTIONS["areas"]):
        act(page)
        page.run()
        now = map_of(page)
        assert query.split("&")[0] in json.dumps(told_to_map(page))
        changed = {name for name in now if now[name] != first[name]}
        assert changed == {"feature_group"}


def test_map_asks_for_own_files_only(open_page: Open) -> None:
    arguments = map_of(open_page())
    for address in (*arguments["css_links"], *arguments["js_links"]):
        assert address.startswith("../../assets/")  # from the frame of the component
    assert arguments["returned_objects"] == ["last_object_clicked"]
    text = json.dumps(arguments)
    assert set(re.findall(r"https?://[\w.-]+", text)) == set()


def test_online_tiles_change_nothing_until_switched_on(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPVIEW_TILES", "https://tiles.example/{z}/{x}/{y}.png")
    assert "tiles.example" not in json.dumps(map_of(open_page()))


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("panel", ["details", "table"]),
        ("id", [f"hostile-{number}" for number in range(len(HOSTILE))]),
        ("area", [f"hostile-area-{number}" for number in range(len(HOSTILE))]),
    ],
)
def test_hostile_records_are_shown_as_text(
    key: str, values: list[str], open_page: Open, use_records: UseRecords
) -> None:
    use_records(all_hostile_records())
    page = open_page()
    for value in values:
        page.query_params[key] = value
        page.run()
        assert not page.exception
        seen = Tags(html_of(page))
        assert not {"script", "img", "style", "textarea"} & set(seen.tags)
        assert [name for name, _ in seen.attributes if name.startswith("on")] == []
        own = "./groups?of="
        assert [one for one in seen.values("href") if not one.startswith(("https://", own))] == []
        # Labels of buttons are Markdown: no letter with a meaning may stand there bare.
        for button in page.button:
            if (button.key or "").startswith(("choose_", "area_")):
                bare = re.sub(r"\\.", "", button.label)
                assert re.search(r"[`*_{}\[\]<>#$~|:\\]", bare) is None
        if key != "panel":
            text = HOSTILE[list(HOSTILE)[int(value.rpartition("-")[2])]]
            assert " ".join(text.split()) in " ".join(seen.text.split())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_address_is_shown_as_text(text: str, open_page: Open) -> None:
    page = open_page()
    page.query_params["q"] = text[:200]
    page.query_params["id"] = text
    page.run()
    assert not page.exception
    assert set(Tags(html_of(page)).tags) <= {"div", "h1", "p"}
    assert "<" not in map_of(page)["feature_group"]
    for warning in page.warning:
        assert not re.search(r"(?<!\\)[\[<`]", warning.value)


def test_records_that_were_left_out_are_told(
    open_page: Open, use_files: Callable[..., None], tmp_path: Path
) -> None:
    file = write_records(tmp_path / "a.geojson", many_records(3))
    collection = json.loads(file.read_text(encoding="utf-8"))
    collection["features"][1]["properties"]["event_date"] = "<b>x [x](y)"
    file.write_text(json.dumps(collection), encoding="utf-8")
    use_files(file)
    page = open_page()
    (expander,) = (one for one in page.expander if "problem" in one.label)
    assert expander.label == "1 problems: some records were left out"
    assert "made-00001 event_date: " in expander.text[0].value
    assert "<b>x [x](y)" in expander.text[0].value
    assert count_of(page) == "2 events, all on the map"


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
    assert count_of(page) == "No incidents"
    assert [one.value for one in page.info] == ["No incident matches all of the filters."]


def test_many_records(open_page: Open, use_files: Callable[..., None], many_file: Path) -> None:
    use_files(many_file)
    page = open_page("panel=table")
    assert count_of(page) == "2,500 events, all on the map"
    assert len(page.dataframe[0].value) == 1_000
    assert "The newest 1,000 of 2,500; an export has all of them." in [
        one.value for one in page.caption
    ]
