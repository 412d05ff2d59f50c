"""Settings: one table from which options and variables are made, and that the README lists."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from mapview.cli.__main__ import _parser
from mapview.settings import SETTINGS, Settings, current_settings, variables_of

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_without_variables_all_is_as_by_default() -> None:
    assert current_settings() == Settings()


def test_each_setting_is_an_option_of_serve_and_in_the_readme() -> None:
    assert list(SETTINGS) == [one.name for one in fields(Settings)]
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    for name, one in SETTINGS.items():
        value = [one.metavar] if one.metavar else []
        options = _parser("serve").parse_args(["serve", one.option, *value])
        assert getattr(options, f"setting_{name}") is not None
        assert f"`{one.option}" in table or f" {one.option}" in table


def test_options_are_handed_on_as_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in variables_of({"hosts": ["a.example", "b.example"]}).items():
        monkeypatch.setitem(os.environ, name, text)
    assert current_settings().hosts == ("a.example", "b.example")
