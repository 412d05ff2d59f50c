"""Own the looks: which value gets which symbol, colour, hatch, words and legend entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from geodata.records import (
    AREA_RADIUS_KM,
    FORMS,
    PRECISION_WORDS,
    SYMBOLS,
    EventType,
    GeoPrecision,
    say,
    symbol_of,
)


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour, as it appears on light and on dark paper.

    Attributes:
        light: `#rrggbb` for the light theme.
        dark: `#rrggbb` for the dark theme.
    """

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A family of event types that shares one symbol.

    Attributes:
        id: Stable name, as `geodata.records.SYMBOLS` has it and exports carry it.
        label: Words for the legend.
        shape: Name of the outline that the map layer traces.
        color: Fill, at least 3:1 against land in both themes; its family follows from what was
            done, never from who is accused of it.
        types: Event types it stands for, as in `geodata.records.vocabulary.EventType`.
        letter: What stands in its symbol; empty for nothing.
    """

    id: str
    label: str
    shape: str
    color: Tone
    types: tuple[str, ...]
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How an incident's outcome changes its symbol.

    Attributes:
        id: Stable name.
        label: Words for the legend and for screen readers.
        hollow: Whether the symbol is filled with paper instead of its colour.
        mark: Character set beside the symbol, empty for none.
    """

    id: str
    label: str
    hollow: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Precision:
    """How a place that is known only so well is drawn.

    Attributes:
        id: Value of the record's place precision.
        words: What a tooltip says about it.
        form: `point`, `ring` (true ground radius), `assumed` (a ring that bounds nothing),
            `province` (shaded) or `none` (not drawn).
        radius_km: Radius of the ring where a record gives none.
    """

    id: str
    words: str
    form: str
    radius_km: float


@dataclass(frozen=True, slots=True)
class Hatch:
    """Line pattern that fills one group's base areas.

    Attributes:
        angle: Direction of the lines in degrees, clockwise from east.
        spacing_px: Distance between lines.
        color: Colour of lines and outline.
    """

    angle: int
    spacing_px: int
    color: Tone


# What groups do is warm, what is done against them cool, what both do or neither has no hue. Found
# by search: each keeps 3:1 against land and sea, and any two differ by 14 (CIEDE2000), also for
# readers who see no red or no green; they stand beside each other in the rims of discs.
WARM: Final = ("bombing", "armed", "vehicle-knife", "rocket", "arson", "plot")
COOL: Final = ("airstrike", "raid")
KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        "bombing",
        "Bombing",
        "burst",
        Tone("#d85902", "#fe752b"),
        SYMBOLS["bombing"],
    ),
    Kind(
        "armed",
        "Armed or unspecified attack, assassination, hostage taking",
        "circle",
        Tone("#b14b4d", "#c14c3d"),
        SYMBOLS["armed"],
    ),
    Kind(
        "vehicle-knife",
        "Vehicle or knife attack",
        "wedge",
        Tone("#a66fa1", "#fcb0ff"),
        SYMBOLS["vehicle-knife"],
    ),
    Kind(
        "rocket",
        "Rocket attack, shelling",
        "triangle",
        Tone("#5b4a01", "#f4f52f"),
        SYMBOLS["rocket"],
    ),
    Kind("arson", "Arson", "drop", Tone("#441403", "#f5cca4"), SYMBOLS["arson"]),
    Kind("airstrike", "Airstrike", "plus", Tone("#1d6367", "#43b5ac"), SYMBOLS["airstrike"]),
    Kind("raid", "Raid, arrest", "square", Tone("#015795", "#4486e7"), SYMBOLS["raid"]),
    Kind("battle", "Battle, offensive", "cross", Tone("#2f3032", "#f3f7f6"), SYMBOLS["battle"]),
    Kind("plot", "Plot, threat", "diamond", Tone("#41054b", "#88678e"), SYMBOLS["plot"]),
    Kind(
        "other",
        "Other",
        "bar",
        Tone("#8b7e7e", "#807c76"),
        SYMBOLS["other"],
    ),
)

# Types for which there is no word of ours, in the words of their sources: the most frequent of the
# data shown get one of these each. They are another form, with a letter, since their colours stand
# for whatever a file holds. Found by the same search: any two differ by 13, and each from `other`.
_OWN_TONES: Final = (
    Tone("#007551", "#5afcea"),
    Tone("#ea1263", "#fc99a2"),
    Tone("#0912bd", "#abbdfc"),
    Tone("#637500", "#90fc12"),
    Tone("#c636fc", "#cf09f3"),
    Tone("#3687a2", "#247e90"),
    Tone("#63243f", "#c69948"),
    Tone("#2d3f12", "#517e3f"),
)
OWN: Final[tuple[Kind, ...]] = tuple(
    Kind(f"own-{letter.lower()}", "", "hexagon", tone, (), letter)
    for letter, tone in zip("ABCDEFGH", _OWN_TONES, strict=True)
)
DRAWN: Final = (*KINDS, *OWN)
"""All that an incident may be drawn as, by number."""
OTHER: Final = len(KINDS) - 1
_LONGEST_LABEL: Final = 60

STATUSES: Final[tuple[Status, ...]] = (
    Status("carried out", "Carried out", hollow=False, mark=""),
    Status("foiled", "Foiled", hollow=True, mark=""),
    Status("disputed", "Disputed, sources disagree", hollow=True, mark="?"),
    Status("claimed only", "Claimed by an interested party only", hollow=True, mark="!"),
)

PRECISIONS: Final[tuple[Precision, ...]] = tuple(
    Precision(str(one), PRECISION_WORDS[one], *FORMS[one]) for one in GeoPrecision
)

_HATCH_TONES: Final = (
    Tone("#4f6475", "#a3b8ca"),
    Tone("#73632f", "#cdb87c"),
    Tone("#7b4a63", "#d0a2ba"),
)
_HATCH_ANGLES: Final = (45, 135, 15, 105)

# Three tones against four angles: twelve neighbours differ before the spacing has to.
HATCHES: Final[tuple[Hatch, ...]] = tuple(
    Hatch(_HATCH_ANGLES[i % 4], spacing_px, _HATCH_TONES[i % 3])
    for spacing_px in (6, 10)
    for i in range(12)
)

PALETTE: Final[dict[str, Tone]] = {
    "sea": Tone("#dde7ec", "#12181d"),
    "land": Tone("#f7f5f0", "#22292f"),
    "coast": Tone("#a9b9c2", "#3d4a54"),
    "border": Tone("#a59d92", "#69747f"),
    "disputed": Tone("#a59d92", "#69747f"),
    "province_line": Tone("#d6d0c5", "#39424a"),
    "district_line": Tone("#dfd9ce", "#323b43"),
    "river": Tone("#a6c2d4", "#34566a"),
    "lake_line": Tone("#bccad2", "#303b44"),
    "country_label": Tone("#6a645b", "#aab3bc"),
    "city_label": Tone("#4a463f", "#c3cad1"),
    "water_label": Tone("#4a6b80", "#7d9db2"),
    "label_halo": Tone("#f7f5f0", "#22292f"),
    "city_dot": Tone("#6a645b", "#98a2ac"),
    "paper": Tone("#ffffff", "#171d22"),
    "ink": Tone("#1f2328", "#eef1f4"),
    "ink_muted": Tone("#575d64", "#a9b2bb"),
    "rule": Tone("#8a9098", "#76808a"),
    "halo": Tone("#ffffff", "#0d1216"),
    "ring": Tone("#5d6670", "#b4bec8"),
    "tint": Tone("#8a7f6a", "#a39a86"),
    "selected": Tone("#111418", "#ffffff"),
    "focus": Tone("#1259c3", "#8fbaff"),
    "alert": Tone("#8f1d2c", "#ffb3ba"),
}

TEXTS: Final[dict[str, str]] = {
    "attribution": (
        "Made with Natural Earth and geoBoundaries. Place names: GeoNames.org (CC BY 4.0)."
    ),
    "hatched": "Hatched: of a group that is pointed at, chosen or filtered by.",
    "families": "Warm: attacks and plots; cool: airstrikes, raids, arrests; grey: the rest.",
    "own": "Letters: the most frequent of them; their colours say nothing more.",
    "other_types": "Other types",
    "border_note": "Borders and names do not imply endorsement.",
    "credits_short": "Natural Earth; geoBoundaries; GeoNames.org (CC BY 4.0).",
}

_INDEX: Final[dict[str, int]] = {kind.id: index for index, kind in enumerate(KINDS)}


def kind_of(event_types: Sequence[str]) -> int:
    """Return the symbol kind of an incident.

    Args:
        event_types: Its event types, the leading one first.

    Returns:
        Index into `KINDS`, that of the first type; `other` for none or an unknown one.

    Example:
        >>> KINDS[kind_of(["suicide bombing", "armed assault"])].id
        'bombing'
        >>> KINDS[kind_of([])].id
        'other'
    """
    return _INDEX[symbol_of(event_types)]


def drawn_as(event_types: Sequence[str], source_type: str, own: Sequence[str]) -> int:
    """Return what an incident is drawn as.

    Args:
        event_types: Its event types, the leading one first.
        source_type: Its type in the words of its source, as a column holds it.
        own: The types that stand for themselves; see `geodata.queries.own_types_of`.

    Returns:
        Index into `DRAWN`.

    Example:
        >>> DRAWN[drawn_as(["other"], "Theft", ["Burglary", "Theft"])].letter
        'B'
        >>> DRAWN[drawn_as(["bombing"], "Theft", ["Burglary", "Theft"])].id
        'bombing'
    """
    has_word = not event_types or event_types[0] != EventType.OTHER
    if has_word or not source_type or source_type not in own:
        return kind_of(event_types)
    return len(KINDS) + own.index(source_type)


def in_few_words(source_type: str) -> str:
    """Return a type in the words of its source on one line, cut where it is long.

    Example:
        >>> in_few_words("Theft   of a car ")
        'Theft of a car'
    """
    words = " ".join(source_type.split())
    return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1]}…"


def label_of(kind: int, own: Sequence[str]) -> str:
    """Return the words for what an incident is drawn as.

    Args:
        kind: Index into `DRAWN`.
        own: As for `drawn_as`.

    Example:
        >>> label_of(10, ["Theft"]), label_of(9, ["Theft"]), label_of(9, [])
        ('Theft', 'Other types', 'Other')
    """
    if kind >= len(KINDS):
        return in_few_words(own[kind - len(KINDS)])
    return say(TEXTS["other_types"] if own and kind == OTHER else KINDS[kind].label)


def style_to_json() -> dict[str, Any]:
    """Return the whole style as plain values, as the map layer takes it.

    Returns:
        Lists in index order, one colour a theme each.

    Example:
        >>> style_to_json()["precisions"][3]["words"]
        'known only to the district'
    """
    return {
        "kinds": [asdict(kind) | {"types": list(kind.types)} for kind in KINDS],
        "own": [asdict(kind) | {"types": []} for kind in OWN],
        "statuses": [asdict(status) for status in STATUSES],
        "precisions": [asdict(precision) for precision in PRECISIONS],
        "hatches": [asdict(hatch) for hatch in HATCHES],
        "palette": {name: asdict(tone) for name, tone in PALETTE.items()},
        "texts": dict(TEXTS),
        "area_radius_km": AREA_RADIUS_KM,
    }
