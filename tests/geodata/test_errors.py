"""Tests of problems."""

from __future__ import annotations

import pytest

from geodata.errors import Problem


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a", "title", "must not be empty", "x.csv"), "x.csv a title: must not be empty"),
        (Problem("a", "", "must be an object"), "a: must be an object"),
    ],
)
def test_a_problem_says_where_and_what(problem, text):
    assert str(problem) == text
