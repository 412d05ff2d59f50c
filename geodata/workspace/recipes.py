"""Recipes: how a file was read, kept so that next month's is read alike."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata.errors import FormatError
from geodata.files import read_text
from geodata.importing import Plan, Settings

__all__ = ["read_recipe", "recipe_text"]

_HEAD = "# How a file was read: mapview import FILE --recipe recipe.toml\n"
# What is seen anew in each file.
_NEVER = frozenset({"geometry"})


def recipe_text(settings: Settings, plan: Plan) -> str:
    """Return a recipe: what the user said, and what was guessed.

    Args:
        settings: What the user said.
        plan: How the file was read.
    """
    kept = settings.to_dict()
    given: dict[str, str] = {}
    if plan.known is None:
        for guess in plan.guesses:
            if guess.role not in _NEVER and guess.columns:
                given[guess.role] = "+".join(guess.columns)
    if plan.order and plan.known is None:
        given["dates"] = str(plan.order)
    kept["set"] = {**given, **kept["set"]}
    kept["row"] = str(plan.row)
    tables = ("set", "fix")
    lines = [f"{name} = {_value(value)}" for name, value in kept.items() if name not in tables]
    lines += ["", "[set]", *(f"{name} = {_value(value)}" for name, value in kept["set"].items())]
    for fix in kept.get("fix", []):
        lines += ["", "[[fix]]", *(f"{name} = {_value(value)}" for name, value in fix.items())]
    return _HEAD + "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    # A text of JSON is one of TOML, but for the character that TOML forbids bare.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_recipe(path: str | Path) -> Settings:
    """Return the settings of a recipe.

    Raises:
        FormatError: If it is no TOML.
        RequestError: If it says what no file can be told.
    """
    try:
        kept: Mapping[str, Any] = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"{path} must be a recipe in TOML, got: {error}") from error
    return Settings.from_dict(kept)
