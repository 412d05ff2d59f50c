"""The page's own filter, run under Node, finds what the cases of the program's filter say."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from corpora import CORPUS, corpus

from geodata import Filter, Store
from geodata.formats.geojson import read_geojson
from geodata.queries.filters import PARTS
from mapview.briefing.compose import compose
from mapview.briefing.page.data import page_data

RECORDS = read_geojson(CORPUS / "filters_records.geojson").records
STORE = Store.of(RECORDS)
CASES = {case["filter"]: case for case in corpus("filters")}
# What readers of a page may narrow it by. The other parts chose what the page is about.
CHOSEN_BEFORE = {
    *("source_types", "countries", "statuses", "attributions", "least_precision"),
    *("fatalities_max", "text", "bounds"),
}
OF_PAGE = [name for name in PARTS if name not in CHOSEN_BEFORE]


def ask(*texts: str) -> dict[str, Any]:
    """Return what the page's script says to texts of filters."""
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    request = {"data": page_data(compose(STORE, Filter())), "texts": texts}
    ran = subprocess.run(
        [node, Path(__file__).with_name("answers.js")],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return ask(*CASES)


@pytest.fixture(scope="module")
def answers(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict(zip(CASES, said["answers"], strict=True))


def is_of_page(text: str) -> bool:
    """Whether the page has a field for all that is asked; it knows groups by their ids alone."""
    chosen = Filter.from_query(text)
    ids = {group.id for group in RECORDS.groups}
    return not CHOSEN_BEFORE & chosen.asked().keys() and ids.issuperset(chosen.groups)


def test_each_part_is_chosen_in_the_page_or_before(said: dict[str, Any]) -> None:
    assert said["keys"] == [PARTS[name].key for name in OF_PAGE]


@pytest.mark.parametrize("text", [text for text in CASES if is_of_page(text)])
def test_the_page_finds_what_the_program_finds(
    text: str, answers: dict[str, dict[str, Any]]
) -> None:
    answer, case = answers[text], CASES[text]
    assert answer["own"] == Filter.from_query(text).to_query()
    assert answer["faults"] == []
    assert sorted(answer["incidents"]) == sorted(case["incidents"])
    assert answer["certain"] == STORE.totals(Filter.from_query(text)).certain
    assert answer["areas"] == case["areas"]


@pytest.mark.parametrize("text", [text for text in CASES if not is_of_page(text)])
def test_what_the_page_has_no_field_for_is_told(
    text: str, answers: dict[str, dict[str, Any]]
) -> None:
    (fault,) = answers[text]["faults"]
    if CHOSEN_BEFORE & Filter.from_query(text).asked().keys():
        assert fault.startswith("a filter key must be one of from, to, ")
    else:
        assert fault == "group must be one of those in the list"


@pytest.mark.parametrize("name", OF_PAGE)
def test_each_part_of_the_page_changes_an_answer(
    name: str, answers: dict[str, dict[str, Any]]
) -> None:
    texts = [t for t in CASES if is_of_page(t) and name in Filter.from_query(t).asked()]
    wider = [Filter.from_query(text).without(name).to_query() for text in texts]
    found = [
        (answers[narrow]["incidents"] + answers[narrow]["areas"], one["incidents"] + one["areas"])
        for narrow, one in zip(texts, ask(*wider)["answers"], strict=True)
    ]
    assert any(set(narrow) < set(wide) for narrow, wide in found)
