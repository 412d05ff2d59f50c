"""Tests of the known mistakes: the list fits the code, and survivors are told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import mutate
import pytest
from mutate import ROOT, Mutation, read_list, survivors

MUTATIONS = read_list()
SUM = Mutation("a sum", "house/sums.py", "a + b", "a - b", ("tests/test_sums.py",))


def test_the_list_has_every_mistake_once():
    assert len(MUTATIONS) >= 34
    assert Counter(one.name for one in MUTATIONS).most_common(1)[0][1] == 1


@pytest.mark.parametrize("one", MUTATIONS, ids=lambda one: one.name)
def test_each_mistake_can_still_be_made(one):
    text = (ROOT / one.file).read_text("utf-8")
    assert one.applied_to(text) != text
    for test in one.tests:
        assert (ROOT / test.partition("::")[0]).is_file(), test
        assert not test.startswith("tests/browser")


@pytest.mark.parametrize("text", ["", "a + b\na + b\n"])
def test_a_mistake_needs_its_text_once(text):
    with pytest.raises(ValueError, match=r"a sum: house/sums.py must hold once 'a \+ b', got "):
        SUM.applied_to(text)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in {
        "house/sums.py": "def add(a, b):\n    return a + b\n\n\ndef twice(a):\n    return 2 * a\n",
        "tests/test_sums.py": "from house.sums import add\n\n\ndef test_add():\n"
        "    assert add(1, 2) == 3\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_what_no_test_notices_survives(repository, capsys):
    unseen = Mutation("a double", "house/sums.py", "2 * a", "3 * a", SUM.tests)
    lost = Mutation("a lost test", "house/sums.py", "a + b", "a - b", ("tests/test_gone.py",))
    assert survivors([SUM, unseen, lost], repository) == ["a double", "a lost test"]
    told = capsys.readouterr().out.splitlines()
    assert told == ["caught: a sum", "SURVIVED: a double", "NOT RUN (exit 4): a lost test"]
    assert "a + b" in (repository / SUM.file).read_text("utf-8")


def test_an_unknown_name_is_told(capsys):
    assert mutate.main(["no such mistake"]) == 2
    assert capsys.readouterr().err == "No mutation is called no such mistake.\n"
