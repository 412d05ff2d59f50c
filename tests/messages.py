"""All that the program says through its catalogue, as the code has it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from geodata.datasets import CREDIT
from geodata.queries.sums.tolls import SUMMED
from geodata.queries.words import _ROLES
from geodata.records import (
    CLAIM_HEADINGS,
    PRECISION_WORDS,
    ROLE_WORDS,
    ClaimAbout,
    EventType,
    GeoPrecision,
    Qualifier,
    Status,
)
from geodata.records.vocabulary import Attribution, TimePrecision
from geodata.records.words import _BEFORE_PARTY, _STANCE_WORDS
from mapview.cartography import legend, style

ROOT = Path(__file__).parents[1]

# What is said by its name in a table: the expression, and what it may stand for.
_HURT = [*SUMMED.values()]
_EXACT = ("day", "month", "year")
TABLED: dict[str, list[str]] = {
    "f'{{toll}} {SUMMED[self.about]}'": [f"{{toll}} {one}" for one in _HURT],
    "f'{{toll}} {_HURT[claim.about]}'": [f"{{toll}} {one}" for one in _HURT],
    "f'{{toll}} {word}'": [f"{{toll}} {one}" for one in _HURT],
    "f'{word}: {{toll}}'": [f"{word}: {{toll}}" for word in _HURT],
    "f'{word}: {{toll}}' if apart else f'{{toll}} {word}'": [],
    "f'{qualifier} {{n}}'": [f"{one} {{n}}" for one in Qualifier if one is not Qualifier.EXACTLY],
    "f'{how} {{who}}'": ["claimed by {who}", "claimed for {who}", "attributed to {who}"],
    "words": ["{who} blamed", "{who} cleared", "responsibility of {who} denied"],
    "message": [*legend.WORDS.values()] + [
        f"responsibility of {{who}} {verb}" for verb in ("denied", "doubted")
    ],
    "section": [legend.INCIDENTS, legend.CERTAINTY, legend.AREAS, legend.STANDING, legend.GROUND],
    "TYPES": [legend.TYPES],
    "INCIDENTS": [],
    "CERTAINTY": [],
    "AREAS": [],
    "_BOTH": ["All incidents and base areas"],
    "NO_RESPONSIBILITY": ["no claim about responsibility"],
    "_DOCUMENT": ["the document"],
    "HEADING": ["Sources disagree"],
    "_HATCHED": ["Hatched: where a group was based, a pattern each"],
    "_BY_SIZE": ["Several incidents: size by their number"],
    "TEXTS['attribution']": [style.TEXTS["attribution"]],
    "TEXTS['border_note']": [style.TEXTS["border_note"]],
    "TEXTS['other_types'] if own and kind == OTHER else KINDS[kind].label": [
        style.TEXTS["other_types"],
        *(one.label for one in style.KINDS),
    ],
    "given.credit": [CREDIT],
    "one.label": [one.label for one in style.STATUSES if one.hollow],
    "STATUSES[self.status].id.capitalize()": [
        one.id.capitalize() for one in style.STATUSES if one.hollow
    ],
    "BRIEF[self.form]": [*legend.BRIEF.values()],
    "str(one)": list(map(str, (*Status, *EventType, *Attribution, *GeoPrecision))),
    "str(line.status)": [],
    "str(self.status)": [],
    "str(self.event_types[0])": [],
    "str(about)": [str(one) for one in ClaimAbout],
    "_ROLES[one]": [*_ROLES.values()],
    "PRECISION_WORDS[incident.geo_precision]": [*PRECISION_WORDS.values()],
    "(_BEFORE_PARTY if is_of_party else _STANCE_WORDS)[stance]": [
        *_BEFORE_PARTY.values(), *_STANCE_WORDS.values(),
    ],
    "_SEASONS[season]": [f"{one} {{year}}" for one in ("spring", "summer", "autumn", "winter")],
    "f'known to the {exact}' if exact in ('day', 'month', 'year') else str(exact)": [
        f"known to the {one}" if one in _EXACT else str(one) for one in TimePrecision
    ],
    "one.kind.capitalize()": ["New", "Revised", "Withdrawn"],
    "_READING": [],  # See `LONG`.
}  # fmt: skip
HEADINGS = [*CLAIM_HEADINGS.values(), *ROLE_WORDS.values()]


class Message(NamedTuple):
    """A message: of one that counts, the other form too."""

    text: str
    many: str = ""


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for package in ("geodata", "mapview"):
        for path in sorted((ROOT / package).rglob("*.py")):
            # The command says what it does in English; its `say` prints.
            if "cli" in path.parts or (
                path.parent.name == "tongue" and path.name == "catalogue.py"
            ):
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in ("say", "say_many")
                ):
                    yield path, node


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        both = (_literals(node.body), _literals(node.orelse))
        return [*both[0], *both[1]] if all(both) else []
    if isinstance(node, ast.Name):
        return CONSTANTS.get(node.id, [])
    return []


def _constants() -> dict[str, list[str]]:
    """Return texts that modules give a name of their own and say by it."""
    from mapview.briefing.figure.sheet import brief, notes

    return {
        "_READING": [brief._READING],
        "ONE_CITED": [notes.ONE_CITED],
        "MANY_CITED": [notes.MANY_CITED],
    }


CONSTANTS = _constants()


def messages() -> set[Message]:
    """Return every message."""
    found = {Message(text) for texts in TABLED.values() for text in texts}
    for _, node in _calls():
        texts = _literals(node.args[0])
        if node.func.id == "say_many":  # type: ignore[attr-defined]
            [one], [many] = texts, _literals(node.args[1])
            found.add(Message(one, many))
        else:
            found |= {Message(text) for text in texts}
    return found


def untold() -> set[str]:
    """Return expressions that are said and of which no table tells what they may be."""
    said = (node.args[0] for _, node in _calls())
    return {ast.unparse(one) for one in said if not _literals(one)} - TABLED.keys()
