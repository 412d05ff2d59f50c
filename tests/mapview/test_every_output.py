"""Tests of what every output says of each shipped incident: who did it, and with what caveat."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from every_output import OUTPUTS, Said, said_of_incidents

from geodata import Filter, Store, load
from geodata.datasets import shipped_files
from mapview.briefing.compose import compose
from mapview.briefing.content import Briefing

# Where an accusation may stand: in its own column, in a claim that keeps its role or stance, or in
# a sentence.
_OF_ACCUSED = re.compile(r"accused|cleared|claim|^balloon: •", re.IGNORECASE)
_OF_RESPONSIBILITY = re.compile(r"responsibility|attribution_text", re.IGNORECASE)
_OF_STORY = ("title", "summary", "Title", "Summary", "What", "balloon: ")
_HELD = re.compile(r"(?:claimed (?:by|for)|attributed to|assessed to be) (.*?)(?: by |$)")


@cache
def _raw() -> dict[str, Any]:
    """The record files as they are, read by nothing of ours."""
    found: dict[str, Any] = {}
    for path in shipped_files():
        content = json.loads(Path(path).read_text("utf-8"))
        found[Path(path).stem] = (
            content.get("features", []) if isinstance(content, dict) else content
        )
    return found


@cache
def _wrong() -> dict[str, dict[str, tuple[str, ...]]]:
    """Incident id to those whom somebody accuses or clears, with all that they are called."""
    names = {
        one["id"]: (one["id"], one["name"], one.get("short_name") or one["name"])
        for one in _raw()["groups"]
    }
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for feature in _raw()["incidents"]:
        for claim in feature["properties"]["claims"]:
            if claim.get("role") in ("accused", "cleared"):
                group = claim["value"]
                found.setdefault(feature["id"], {})[group] = names[group]
    return found


@cache
def _briefing() -> Briefing:
    return compose(Store.of(load()), Filter())


@pytest.fixture(scope="module", params=OUTPUTS)
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Said:
    folder = tmp_path_factory.mktemp(request.param)
    said = said_of_incidents(request.param, _briefing(), folder)
    shipped = {one["id"] for one in _raw()["incidents"]}
    assert shipped <= set(said), "every output must tell of every incident"
    return said


def _names(text: str, names: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for name in names)


def test_nobody_accused_or_cleared_stands_where_an_actor_stands(output: Said) -> None:
    assert set(_wrong()) == {
        "danghara-2018-07-29", "kabul-2020-05-12", "kuz-kunar-2020-05-12",
        "kerman-2024-01-03", "krasnogorsk-2024-03-22",
    }  # fmt: skip
    for identifier, parties in _wrong().items():
        for where, text in output[identifier]:
            for names in parties.values():
                if not _names(text, names) or _OF_ACCUSED.search(where) or where in _OF_STORY:
                    continue
                assert _OF_RESPONSIBILITY.search(where), (identifier, where, text)
                held = [found[1] for part in text.split("; ") if (found := _HELD.match(part))]
                assert not _names("; ".join(held), names), (identifier, where, text)


def _names(text: str, names: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for name in names)
