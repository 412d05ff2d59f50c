"""Tests of what every output says of each incident: who did it, and with what caveats."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from every_output import OUTPUTS, TABLES, Said, said_of_incidents
from fixed_records import claim, incident

from geodata import Filter, Records, Store, load
from geodata.datasets import shipped_files
from geodata.publication.redaction import RESERVATION
from geodata.records import FIGURES, ClaimAbout
from mapview.briefing.compose import BriefingOptions, Publication, compose
from mapview.briefing.content import Briefing

# Where an accusation may stand: in its own column, in a claim that keeps its role or stance, or in
# a sentence.
_OF_ACCUSED = re.compile(r"accused|cleared|claim|^balloon: •", re.IGNORECASE)
_OF_RESPONSIBILITY = re.compile(r"responsibility|attribution_text", re.IGNORECASE)
_OF_STORY = ("title", "summary", "Title", "Summary", "What", "balloon: ", "search")
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
        for said in feature["properties"]["claims"]:
            if said.get("role") in ("accused", "cleared"):
                group = said["value"]
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


# What a table of incidents never says, so that there is nothing for a caveat to stand beside.
_NOT_IN_TABLES = (
    ClaimAbout.INVOLVED, ClaimAbout.ARRESTED, ClaimAbout.DISPLACED, ClaimAbout.COUNT,
    ClaimAbout.OUTCOME, ClaimAbout.OTHER,
)  # fmt: skip


def _value(about: ClaimAbout) -> Any:
    if about is ClaimAbout.DATE:
        return "2020"
    return 3 if about in FIGURES else "somebody"


def _doubtful() -> Records:
    """An incident for each matter, with a claim about it under a caveat of its own."""
    stance = {ClaimAbout.ATTRIBUTION: "assigns", ClaimAbout.OCCURRENCE: "claims"}
    return Records(
        incidents=tuple(
            incident(
                str(about).replace(" ", "-"),
                title=f"Something about {about}",
                event_date=f"2020-01-{number:02}",
                claims=(
                    claim(
                        str(about), _value(about), stance=stance.get(about), caveat=_caveat(about)
                    ),
                ),
            )
            for number, about in enumerate(ClaimAbout, 1)
        )
    )


def _caveat(about: ClaimAbout) -> str:
    return f"Nobody else says so of the {about}."


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_caveat_stands_beside_its_claim_in_every_output(output: str, tmp_path: Path) -> None:
    briefing = compose(Store.of(_doubtful()), Filter())
    said = said_of_incidents(output, briefing, tmp_path)
    for about in ClaimAbout:
        if output in TABLES and about in _NOT_IN_TABLES:
            continue
        texts = [text for _, text in said[str(about).replace(" ", "-")]]
        assert any(_caveat(about) in text for text in texts), (about, texts)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_coarsened_output_says_that_there_is_a_reservation(output: str, tmp_path: Path) -> None:
    options = BriefingOptions(publication=Publication(coarsen="province"))
    briefing = compose(Store.of(_doubtful()), Filter(), options)
    found = said_of_incidents(output, briefing, tmp_path)
    kept = [
        (one.id, said.about)
        for one in briefing.records.incidents
        for said in one.claims
        if said.caveat
    ]
    assert {about for _, about in kept} >= {ClaimAbout.ATTRIBUTION, ClaimAbout.FATALITIES}
    for identifier, about in kept:
        if output in TABLES and about in _NOT_IN_TABLES:
            continue
        assert any(RESERVATION in text for _, text in found[identifier]), (identifier, about)
        assert not any("Nobody else" in text for _, text in found[identifier])
