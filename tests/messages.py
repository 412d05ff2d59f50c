"""All that the program says through its catalogue, as the code has it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from geodata.datasets import CREDIT
from geodata.queries import UNITS
from geodata.queries.sums.tolls import SUMMED
from geodata.queries.words import _ROLES
from geodata.records import (
    CLAIM_HEADINGS,
    CLAIM_NOTES,
    PLACE_NOTES,
    PRECISION_WORDS,
    ROLE_WORDS,
    AreaKind,
    AreaStatus,
    ClaimAbout,
    EventType,
    GeoPrecision,
    GroupKind,
    Qualifier,
    RecordKind,
    RelationKind,
    Role,
    Status,
    guide,
)
from geodata.records.vocabulary import Attribution, TimePrecision
from geodata.records.words import _BEFORE_PARTY, _STANCE_WORDS
from mapview import faults
from mapview.briefing import checked, pack
from mapview.briefing.figure import draw
from mapview.briefing.figure.periods.parts import SAID
from mapview.briefing.figure.sheet import legend_box
from mapview.briefing.figure.sizes import SHEETS
from mapview.briefing.office import ranges, words
from mapview.briefing.writers import DATA_WRITERS, WRITERS
from mapview.cartography import legend, style
from mapview.detail import _LASTING
from mapview.groups import bars, numbers
from mapview.layer.known import vocabulary
from mapview.ui import briefing_panel
from mapview.ui.data import cards, choices, parts, update
from mapview.ui.data.parts import PARTS
from mapview.web import access

contradictions = import_module("geodata.account.contradictions")
describe = import_module("mapview.groups.describe")
account = import_module("geodata.importing.account")
prepare = import_module("geodata.publication.prepare")

ROOT = Path(__file__).parents[1]

PARTS_OF_PAGES = [
    f"{one} cannot be shown"
    for one in (
        "The map", "The dialog", "This page", "The file", "The list of datasets",
        "The list of possible duplicates",
    )
]  # fmt: skip
_WRITERS = (*WRITERS.values(), *DATA_WRITERS.values())
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
    "disagreeing": ["Sources disagree", "Sources disagree on tolls"],
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
    "str(one)": list(map(str, (*Status, *EventType, *Attribution, *GeoPrecision, *TimePrecision))),
    "str(line.status)": [],
    "str(self.status)": [],
    "str(self.event_types[0])": [],
    "str(about)": [str(one) for one in ClaimAbout],
    "str(area.kind)": list(map(str, AreaKind)),
    "str(area.status)": list(map(str, AreaStatus)),
    "str(incident.status)": [],
    "str(claim.role)": list(map(str, Role)),
    "claimed": [],
    "str(exact)": [],
    "told_as": [*CLAIM_HEADINGS.values(), *_LASTING.values()],
    "heading": [
        *ROLE_WORDS.values(), *(one for one, _ in describe._SECTIONS),
        *(one for one, _ in describe._MEANINGS.values()),
    ],
    "CLAIM_HEADINGS[about]": [],
    "PRECISION_WORDS[area.geo_precision]": [],
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
    # Slides and documents.
    "CLAIM_HEADINGS[claim.about]": [*CLAIM_HEADINGS.values()],
    "_MATTERS.get(about, str(about).capitalize())": [
        contradictions._MATTERS.get(one, str(one).capitalize()) for one in ClaimAbout
    ],
    "DROPPABLE[name]": [*prepare.DROPPABLE.values()],
    "_ROUNDED[level]": [*prepare._ROUNDED.values()],
    "GROUND": [],
    "_PALE": [legend_box._PALE, draw._PALE],
    "_COUNTED": [legend_box._COUNTED],
    "f'{claim.qualifier} {{n}}'": [],
    "f'{words} {{n}}'": ["at least about {n}", "about {n}", "at least {n}"],
    "f'one {slices.unit}'": [f"one {one}" for one in UNITS],
    "slices.refused": [*UNITS],
    "label": ["Figure", "Table", "Sheet", "Letters", "Read like", "Leave rows with a doubt out"],
    "kind": [one.label.partition(" (")[0].partition(": ")[0] for one in _WRITERS],
    "files.removesuffix(')')": ["MP4, needs ffmpeg"],
    "form": ["Google Earth with our symbols"],
    "lead": ["New claim, {what}", "Claim withdrawn, {what}"],
    "one": [
        *PLACE_NOTES, *CLAIM_NOTES, words._RESPONSIBILITY_NOTE, *words._FIGURE_NOTES,
        *prepare._REDACTION, *guide.FIGURE_NOTES, *guide.DRAWN.values(),
        *guide.TIME_WORDS.values(), *guide.STANCE_WORDS.values(), *guide.QUALIFIER_WORDS.values(),
    ],
    "others": ["{n} other types", "{n} other countries"],
    "str(kind)": [],
    "str(one.status)": [],
    "what[name]": [*pack._WORDS.values()],
    # About the record.
    "str(one.record_kind)": list(map(str, RecordKind)),
    "guide.REPORT_ERROR": [guide.REPORT_ERROR],
    "guide.CONTRADICTION_NOTE": [guide.CONTRADICTION_NOTE],
    "PRECISION_WORDS[kind]": [],
    "f'only a {precision} is named, and no position is known for it'": [
        f"only a {one} is named, and no position is known for it"
        for one in GeoPrecision
        if one.rank <= GeoPrecision.REGION.rank
    ],
    # Pages beside the map, and dialogs.
    "sentence": PARTS_OF_PAGES,
    "SKIPPED.get(kind, kind)": [*parts.SKIPPED.values()],
    "job.error": [
        "Cancelled; nothing was made.",
        "This could not be made; the program's log says why.",
    ],
    "str(one.kind)": list(map(str, (*GroupKind, *RelationKind))),
    "str(group.kind)": [],
    # The page "Data".
    "words": ["{who} blamed", "{who} cleared", "responsibility of {who} denied", *PARTS.values(),
        *update._KINDS.values(),
    ],
    "PARTS[part]": [],
    "PARTS[one.role]": [],
    "PARTS.get(about) or _SETTINGS[about]": [],
    "PARTS.get(name) or _SETTINGS[name]": [*cards._SETTINGS.values()],
    "card.title": [*cards._CARDS, cards._LAST],
    "choices.ROW_WORDS[looked.plan.row]": [*choices.ROW_WORDS.values()],
    "choices.ROW_WORDS[RowKind(one)]": [],
    "_AS_GUESSED": [cards._AS_GUESSED],
    "_NONE": [cards._NONE],
    "_RULES.get(rule, 'a damaged row')": [*account._RULES.values(), "a damaged row"],
    "str(person.role)": list(map(str, access.Role)),
    "f'{{subject}}, {relation.kind} {{object}}'": [
        f"{{subject}}, {one} {{object}}" for one in RelationKind
    ],
    "_SCRIPTS.get(script, 'Names in another script')": [
        *describe._SCRIPTS.values(), "Names in another script",
    ],
    "meaning": [text for _, text in describe._MEANINGS.values()],
    "_NOUNS[about]": [*numbers._NOUNS.values()],
    "f'{hedge} {{n}}'": [],
    "NAMES[one.name]": [*checked.NAMES.values()],
    "_COARSENINGS[one]": [*briefing_panel._COARSENINGS.values()],
    "sheets[one]": [one.label for one in SHEETS.values()],
    "lengths[one]": [*briefing_panel._MULTIPLES.values(), *briefing_panel._STEPS.values()],
}  # fmt: skip
TABLED["message"] += [
    *faults.KNOWN,
    *faults.TERMS,
    *faults.SYSTEM,
    *parts.GUESSED,
    *parts.PROOFS,
    *parts.TERMS,
    *parts.ANSWERS,
    *parts.NOTES,
    *checked.WHY,
    "claims: {n}",
    "incidents that rest on them alone: {n}",
    "base areas that rest on them alone: {n}",
    "{n} new",
    "{n} revised",
    "{n} withdrawn",
]
for _name in ("alike", "count", "counts", "longer", "one"):
    TABLED[f"said.{_name}"] = [getattr(one, _name) for one in SAID.values()]
TABLED["said.each if len(slices.parts) > 1 else said.only"] = [
    text for one in SAID.values() for text in (one.each, one.only)
]
# What templates say by a name.
BY_TEMPLATES = [text for _, text in bars.LEGEND]
# What counts by its name in a table: of one, and of any other number.
COUNTED: dict[str, list[tuple[str, str]]] = {
    "said.one_undated": [(one.one_undated, one.many_undated) for one in SAID.values()],
    "said.one_far": [(one.one_far, one.many_far) for one in SAID.values()],
}


class Message(NamedTuple):
    """A message: of one that counts, the other form too."""

    text: str
    many: str = ""


@cache
def _calls() -> tuple[tuple[Path, ast.Call], ...]:
    return tuple(_found())


def _found() -> Iterator[tuple[Path, ast.Call]]:
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
    from mapview.briefing import content
    from mapview.briefing.figure.sheet import brief, notes

    return {
        "_READING": [brief._READING],
        "NOTE": [ranges.NOTE],
        "GROUP_SCOPE": [content.GROUP_SCOPE],
        "ONE_NOT_LISTED": [words.ONE_NOT_LISTED],
        "MANY_NOT_LISTED": [words.MANY_NOT_LISTED],
        "CHANGED": [content.CHANGED],
        "ONE_CITED": [notes.ONE_CITED],
        "MANY_CITED": [notes.MANY_CITED],
    }


CONSTANTS = _constants()


def cartography_words() -> Iterator[str]:
    """Yield words of the cartography that the stage's legend says, and values of filters."""
    yield from (one["words"] for one in legend.legend_to_json() if one["form"] != "hollow")
    yield from style.TEXTS.values()
    for values in (vocabulary()[one] for one in ("types", "statuses", "attributions", "roles")):
        yield from values
    yield from (str(one) for one in GeoPrecision)
    yield from (one.id for one in style.STATUSES if one.hollow)


# A text of a script, in parts where it is long, and one of a template.
_TEXT = r"\"(?:[^\"\\\\]|\\\\.)*\""
_TEXTS = rf"{_TEXT}(?:\s*\+\s*{_TEXT})*"
_SAID = re.compile(rf"\b(?:say|said|term)\(\s*({_TEXTS})")
_MANY = re.compile(rf"\b(?:sayMany|say_many)\(\s*({_TEXTS}),\s*({_TEXTS})")
# What scripts say of what they are handed: names of values and words of the cartography.
HANDED = [*cartography_words()]


def _whole(texts: str) -> str:
    return "".join(json.loads(one) for one in re.findall(_TEXT, texts))


def of_scripts() -> set[Message]:
    """Return every message of the browser's scripts."""
    return {Message(text) for text in HANDED} | _of_files(".js")


def _of_files(ending: str) -> set[Message]:
    found = set()
    for path in sorted((ROOT / "mapview").rglob(f"*{ending}")):
        if "viewer" in path.parts:
            continue
        text = path.read_text("utf-8")
        found |= {Message(_whole(one)) for one in _SAID.findall(text)}
        found |= {Message(_whole(one), _whole(many)) for one, many in _MANY.findall(text)}
    return found


@cache
def messages() -> frozenset[Message]:
    """Return every message."""
    found = {Message(text) for texts in TABLED.values() for text in texts}
    found |= of_scripts() | _of_files(".html") | {Message(text) for text in BY_TEMPLATES}
    for _, node in _calls():
        texts = _literals(node.args[0])
        if node.func.id == "say_many":  # type: ignore[attr-defined]
            pairs = COUNTED.get(ast.unparse(node.args[0]))
            pairs = pairs or list(zip(texts, _literals(node.args[1]), strict=True))
            found |= {Message(one, many) for one, many in pairs}
        else:
            found |= {Message(text) for text in texts}
    return frozenset(found)


def untold() -> set[str]:
    """Return expressions that are said and of which no table tells what they may be."""
    said = (node.args[0] for _, node in _calls())
    unsaid = {ast.unparse(one) for one in said if not _literals(one)}
    return unsaid - TABLED.keys() - COUNTED.keys()
