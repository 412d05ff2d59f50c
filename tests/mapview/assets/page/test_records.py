"""The page's own filter, run under Node, finds what the cases of the program's filter say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from corpora import CORPUS, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import Filter, Store, letters
from geodata.formats.geojson import read_geojson
from geodata.queries.filters import PARTS
from geodata.records import normalise
from mapview.briefing.compose import compose
from mapview.briefing.page.data import page_data

RECORDS = read_geojson(CORPUS / "filters_records.geojson").records
STORE = Store.of(RECORDS)
CASES = {case["filter"]: case for case in corpus("filters")}


def ask(*texts: str, words: Sequence[str] = ()) -> dict[str, Any]:
    """Return what the page's script says to texts of filters, and words as it searches them."""
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "Node must be installed beside Python (make test), got none"
    request = {"data": page_data(compose(STORE, Filter())), "texts": texts, "words": words}
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


def test_every_key_of_the_program_is_one_of_the_page(said: dict[str, Any]) -> None:
    assert said["keys"] == [part.key for part in PARTS.values()]


@pytest.mark.parametrize("text", CASES)
def test_the_page_finds_what_the_program_finds(
    text: str, answers: dict[str, dict[str, Any]]
) -> None:
    answer, case = answers[text], CASES[text]
    chosen = Filter.from_query(text)
    ids = {one for name in chosen.groups for one in RECORDS.resolve_groups(name)}
    if ids <= {group.id for group in RECORDS.groups}:
        assert answer["own"] == replace(chosen, groups=tuple(sorted(ids))).to_query()
        assert answer["faults"] == []
    else:
        # It says so and shows what the rest asks for; who links to it sees what is meant.
        assert answer["faults"] == ["group must be one of those in the list"]
        return
    assert sorted(answer["incidents"]) == sorted(case["incidents"])
    assert answer["certain"] == STORE.totals(Filter.from_query(text)).certain
    assert answer["areas"] == case["areas"]


def without(name: str) -> dict[str, str]:
    """The texts of the cases that have a part, each with its text without it."""
    chosen = ((text, Filter.from_query(text)) for text in CASES)
    return {text: one.without(name).to_query() for text, one in chosen if name in one.asked()}


# It says of which data all of them are asked, and the page holds one state.
_PARTS = [one for one in PARTS if one != "known"]


@pytest.fixture(scope="module")
def wider() -> dict[str, dict[str, Any]]:
    """Answers to the cases without each of their parts, all from one start of Node."""
    texts = list(dict.fromkeys(text for name in _PARTS for text in without(name).values()))
    return dict(zip(texts, ask(*texts)["answers"], strict=True))


@pytest.mark.parametrize("name", _PARTS)
def test_each_part_changes_an_answer(
    name: str, answers: dict[str, dict[str, Any]], wider: dict[str, dict[str, Any]]
) -> None:
    found = [(answers[text], wider[wide]) for text, wide in without(name).items()]
    assert any(set(found_by(narrow)) < set(found_by(wide)) for narrow, wide in found)


def found_by(answer: dict[str, Any]) -> list[str]:
    ids: list[str] = answer["incidents"] + answer["areas"]
    return ids


# Letters that are handed over, and some that stand for signs of the script itself.
_HANDED = [chr(code) for some in letters._ALPHABETS for code in some]


@given(st.lists(st.text(st.one_of(st.sampled_from(_HANDED), st.characters(max_codepoint=0x7F)))))
@settings(max_examples=5)
def test_words_are_searched_as_the_program_writes_them(words: list[str]) -> None:
    assert ask(words=words)["words"] == [normalise(one) for one in words]


def written(case: dict[str, Any]) -> list[str]:
    return [case["written"], *case["typed"]]


@pytest.fixture(scope="module")
def searched() -> dict[str, Any]:
    """What the page searches for, for all words of the corpus, from one start of Node."""
    words = list(dict.fromkeys(word for case in corpus("search") for word in written(case)))
    return dict(zip(words, ask(words=words)["words"], strict=True))


@pytest.mark.parametrize("case", corpus("search"), ids=lambda case: case["name"])
def test_what_is_typed_is_written_as_the_program_writes_it(
    case: dict[str, Any], searched: dict[str, Any]
) -> None:
    is_handed = not re.search("[\uac00-\ud7a3\u4e00-\u9fff]", case["written"])
    for word in written(case):
        assert searched[word] == (normalise(word) if is_handed else None)
