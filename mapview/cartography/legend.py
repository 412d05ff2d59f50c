"""What a legend can say: its entries, their words and their order, for every map and output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from geodata.tongue import say
from mapview.cartography.style import KINDS, OTHER, OWN, STATUSES, label_of

__all__ = [
    "AREAS",
    "BRIEF",
    "CERTAINTY",
    "GROUND",
    "INCIDENTS",
    "STANDING",
    "TYPES",
    "WORDS",
    "Form",
    "LegendEntry",
    "Present",
    "every_entry",
    "legend_entries",
    "legend_to_json",
    "own_to_json",
]

Form = Literal[
    "symbol", "discs", "areadisc", "hollow", "bounds", "ring", "assumed", "province", "hatch",
    "edge",    "headquarters", "camp", "control", "presence", "lost", "faded", "border",
]  # fmt: skip

# Headings, in order.
TYPES: Final = "Types in the words of their sources"
INCIDENTS: Final = "Incidents"
CERTAINTY: Final = "How sure, how exact"
AREAS: Final = "Base areas of groups"
STANDING: Final = "What a base area was"
GROUND: Final = "Ground"

# What each form says; that of a symbol is its kind's label, that of a hatch its group's name.
WORDS: Final[Mapping[Form, str]] = {
    "discs": "Several incidents: size by their number, rim by their kinds",
    "areadisc": "Several, none of them at a known place",
    "bounds": "Two numbers: so many certainly fit the filter, and so many may",
    "ring": "Ring: somewhere inside it; to scale, but not below the symbol’s size",
    "assumed": "Sparse ring: the source does not say how exact its point is",
    "province": "Shaded: known only to the province; the small symbol is no place",
    "hatch": "Where a group was based, a pattern each",
    "edge": "Wide areas are hatched along their edge only",
    "headquarters": "Flag: headquarters",
    "camp": "Tent: camp, staging, supply",
    "control": "Band: control, stronghold",
    "presence": "No mark, no band: presence",
    "lost": "Struck out: lost or ended",
    "faded": "Dotted: not certain, or not dated",
    "border": "Disputed border",
}

# The same in few words, for a small sheet.
BRIEF: Final[Mapping[Form, str]] = {
    "discs": "Several incidents",
    "areadisc": "Several, no known place",
    "bounds": "Certainly, and possibly",
    "ring": "Somewhere in the ring",
    "assumed": "Exactness not stated",
    "province": "Somewhere in the province",
    "headquarters": "Headquarters",
    "camp": "Camp, staging, supply",
    "control": "Control, stronghold",
    "presence": "Presence",
    "lost": "Lost or ended",
    "faded": "Not certain, or not dated",
}


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend.

    Attributes:
        section: Heading that it stands under.
        form: What is shown: a symbol, discs, a disc of places that are not known, a hollow symbol,
            a disc of which some only may fit, a ring, one that bounds nothing, a shaded province, a
            hatch, the hatched edge of a wide area, what an area was and whether it was lost, a
            faded hatch, a disputed border.
        label: Words.
        kind: Index into `style.DRAWN` for symbols.
        status: Index into `style.STATUSES` for symbols.
        hatch: Index into `style.HATCHES` for base areas.
        circles: Numbers and radii of the circles that explain discs, the smallest first.
    """

    section: str
    form: Form
    label: str
    kind: int = 1
    status: int = 0
    hatch: int = 0
    circles: tuple[tuple[int, float], ...] = ()

    @property
    def brief(self) -> str:
        """The label in few words."""
        if self.form == "hollow":
            return say(STATUSES[self.status].id.capitalize())
        return say(BRIEF[self.form]) if self.form in BRIEF else self.label


@dataclass(frozen=True, kw_only=True)
class Present:
    """What is on a map, as far as a legend explains it.

    Attributes:
        kinds: What incidents are drawn as: indexes into `style.DRAWN`.
        own: The types that stand for themselves, as `style.drawn_as` takes them.
        statuses: Status of an incident that stands alone, to the kind that shows it.
        forms: Any other form that is drawn, to the kind that shows it.
        groups: Names and hatches of the groups with a base area, the most frequent first.
        circles: Numbers and radii of the circles that explain discs, the smallest first.
    """

    kinds: Iterable[int] = ()
    own: Sequence[str] = ()
    statuses: Mapping[int, int] = field(default_factory=dict)
    forms: Mapping[str, int] = field(default_factory=dict)
    groups: Sequence[tuple[str, int]] = ()
    circles: tuple[tuple[int, float], ...] = ()


def every_entry() -> list[LegendEntry]:
    """Return all that a legend can say, in order, with one hatch that stands for all groups."""
    return legend_entries(
        Present(
            kinds=range(len(KINDS)),
            statuses=dict.fromkeys(range(len(STATUSES)), 1),
            forms={str(form): 1 for form in WORDS},
            groups=[(WORDS["hatch"], 0)],
        )
    )


def legend_entries(present: Present) -> list[LegendEntry]:
    """Return what explains a map and nothing else, in order."""
    return [*_incidents(present), *_certainty(present), *_areas(present), *_ground(present)]


def _entry(section: str, form: Form, message: str, **looks: Any) -> LegendEntry:
    return LegendEntry(say(section), form, say(message), **looks)


def _incidents(present: Present) -> Iterator[LegendEntry]:
    kinds = sorted(present.kinds)
    # What is left of all others comes after what stands for itself.
    own = [one for one in kinds if one > OTHER] + [one for one in kinds if one == OTHER]
    for kind in own if present.own else ():
        yield LegendEntry(say(TYPES), "symbol", label_of(kind, present.own), kind=kind)
    for kind in kinds:
        if kind < OTHER or not present.own:
            yield LegendEntry(say(INCIDENTS), "symbol", label_of(kind, present.own), kind=kind)
    sample = own[0] if present.own and own else 1
    if "discs" in present.forms:
        yield _entry(INCIDENTS, "discs", WORDS["discs"], kind=sample, circles=present.circles)
    if "areadisc" in present.forms:
        yield _entry(INCIDENTS, "areadisc", WORDS["areadisc"], kind=sample)


def _certainty(present: Present) -> Iterator[LegendEntry]:
    for status, kind in sorted(present.statuses.items()):
        if STATUSES[status].hollow:
            yield LegendEntry(say(CERTAINTY), "hollow", _hollow(status), kind=kind, status=status)
    forms: tuple[Form, ...] = ("bounds", "ring", "assumed", "province")
    for form in forms:
        if form in present.forms:
            yield _entry(CERTAINTY, form, WORDS[form], kind=present.forms[form])


def _hollow(status: int) -> str:
    one = STATUSES[status]
    label = say(one.label)
    label = f"{label[0].lower()}{label[1:]}"
    if one.mark:
        return say("Hollow with “{mark}”: {status}", mark=one.mark, status=label)
    return say("Hollow: {status}", status=label)


def _areas(present: Present) -> Iterator[LegendEntry]:
    for name, hatch in present.groups:
        yield LegendEntry(say(AREAS), "hatch", name, hatch=hatch)
    first = next((hatch for _, hatch in present.groups), 0)
    if "edge" in present.forms:
        yield _entry(AREAS, "edge", WORDS["edge"], hatch=first)
    forms: tuple[Form, ...] = ("headquarters", "camp", "control", "presence", "lost", "faded")
    for form in forms:
        if form in present.forms:
            yield _entry(STANDING, form, WORDS[form], hatch=first)


def _ground(present: Present) -> Iterator[LegendEntry]:
    if "border" in present.forms:
        yield _entry(GROUND, "border", WORDS["border"])


def own_to_json() -> list[dict[str, Any]]:
    """Return the entries of the types that stand for themselves, without words, as plain values."""
    return [
        {"section": TYPES, "form": "symbol", "kind": len(KINDS) + at, "status": 0}
        for at in range(len(OWN))
    ]


def legend_to_json() -> list[dict[str, Any]]:
    """Return every entry as plain values: section, form, words, kind and status."""
    return [
        {
            "section": one.section,
            "form": one.form,
            "words": one.label,
            "kind": one.kind,
            "status": one.status,
        }
        for one in every_entry()
    ]
