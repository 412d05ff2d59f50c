"""Tests leave nothing behind that other tests would meet."""

from __future__ import annotations

import os

import pytest

from mapview.cli.__main__ import main


@pytest.mark.parametrize("time", [1, 2])
def test_what_a_command_sets_is_gone_in_the_next_test(time: int) -> None:
    """The same twice: the second would meet what the first has left."""
    assert "MAPVIEW_HOST" not in os.environ
    assert main(["serve", "--address", "nope.invalid"]) == 1
    assert os.environ["MAPVIEW_HOST"] == "nope.invalid"
