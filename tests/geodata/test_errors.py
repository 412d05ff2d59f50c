"""Tests of problems."""

from __future__ import annotations

import pytest

from geodata.errors import Problem, by_rule, one_line, told


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a", "title", "must not be empty", "x.csv"), "x.csv a title: must not be empty"),
        (Problem("a", "", "must be an object"), "a: must be an object"),
    ],
)
def test_a_problem_says_where_and_what(problem, text):
    assert str(problem) == text


@pytest.mark.parametrize("name", ["record", "field", "message", "file"])
@pytest.mark.parametrize(
    "text",
    [
        "x\nno problems in 2 incidents",
        "x\x1b[2K\rno problems",
        "x\x9b2K",
        "\u202eno problems",
        "a\u2028b\u2029c",
        "\ud800",
        "a\x00b\x07",
        "x" * 100_000,
    ],
)
def test_a_problem_is_one_line_whatever_a_file_says(name, text):
    parts = {"record": "a", "field": "b", "message": "must be", "file": "f"}
    line = str(Problem(**parts | {name: text}))
    assert line.isprintable()
    assert line.encode()
    assert len(line) < 600


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("soon", "'soon'"),
        ("x" * 1_000, repr("x" * 80)),
        (7, "7"),
        (None, "None"),
        pytest.param(10**5_000, "a number of thousands of digits", id="long"),
        ([list(range(100_000))] * 9, "[[0, 1, 2, 3, 4, 5, ...], "),
    ],
)
def test_a_value_is_told_in_short(value, text):
    assert told(value).startswith(text)
    assert len(told(value)) < 400


def test_what_is_nested_deeply_is_told_too():
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert told(deep) == "[[[[...]]]]"


def test_a_line_keeps_letters_of_all_scripts():
    assert one_line("Данғара · خراسان – 東 😀") == "Данғара · خراسان – 東 😀"


def test_problems_of_one_rule_are_a_few_lines_and_a_count():
    many = [
        Problem(f"r{one}", f"claims[{one}].by", f"by must be text, got {one}") for one in range(100)
    ]
    lines = list(by_rule([*many, Problem("z", "id", "id must be unique, got z")]))
    assert len(lines) == 5
    assert lines[:3] == [str(one) for one in many[:3]]
    assert lines[-1] == "97 more like this: claims.by: by must be text"
    assert list(by_rule(many[:3])) == [str(one) for one in many[:3]]
