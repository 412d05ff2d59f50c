"""Checks that every value has a look, and that readers can tell the looks apart."""

from __future__ import annotations

import inspect
import itertools
import json
import math

import pytest

from geodata.queries import MOST_OWN
from geodata.records.vocabulary import EventType, GeoPrecision
from mapview.cartography.style import (
    COOL,
    DRAWN,
    HATCHES,
    KINDS,
    OTHER,
    OWN,
    PALETTE,
    PRECISIONS,
    STATUSES,
    WARM,
    Tone,
    drawn_as,
    kind_of,
    label_of,
    style_to_json,
)

THEMES = ("light", "dark")

# Machado, Oliveira and Fernandes (2009), severity 1.0; rows act on linear RGB.
VISION = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
SRGB_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))

Triple = tuple[float, ...]


def shade(tone: Tone, theme: str) -> str:
    return tone.light if theme == "light" else tone.dark


def linear(color: str) -> Triple:
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def transformed(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    dim, bright = sorted(transformed(SRGB_TO_XYZ, linear(color))[1] for color in (one, other))
    return (bright + 0.05) / (dim + 0.05)


def lab(color: str, vision: str) -> Triple:
    seen = tuple(min(1.0, max(0.0, c)) for c in transformed(VISION[vision], linear(color)))
    xyz = transformed(SRGB_TO_XYZ, seen)
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        math.cbrt(v / w) if v / w > 0.008856 else 7.787 * v / w + 16 / 116
        for v, w in zip(xyz, white, strict=True)
    )
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def test_every_event_type_has_exactly_one_kind() -> None:
    named = [name for kind in KINDS for name in kind.types]
    assert sorted(named) == sorted(str(event_type) for event_type in EventType)


@pytest.mark.parametrize(
    ("event_types", "kind"),
    [
        ((EventType.SUICIDE_BOMBING, EventType.ARMED_ASSAULT), "bombing"),
        (("knife attack",), "vehicle-knife"),
        (("offensive", "bombing"), "battle"),
        (("prison break",), "other"),
        (("something new",), "other"),
        ((), "other"),
    ],
)
def test_first_event_type_decides_the_kind(event_types: tuple[str, ...], kind: str) -> None:
    assert KINDS[kind_of(event_types)].id == kind


def test_kinds_differ_in_shape_and_in_name() -> None:
    assert len({kind.shape for kind in KINDS}) == len(KINDS)
    assert len({kind.id for kind in KINDS}) == len({kind.label for kind in KINDS}) == len(KINDS)


def test_types_that_stand_for_themselves_are_told_by_their_letters() -> None:
    letters = [kind.letter for kind in OWN]
    assert letters == list("ABCDEFGH")
    assert len(OWN) == MOST_OWN
    assert {kind.shape for kind in OWN}.isdisjoint(kind.shape for kind in KINDS)
    assert not any(kind.letter for kind in KINDS)


@pytest.mark.parametrize(
    ("event_types", "source_type", "number"),
    [
        (("other",), "Theft", 1),
        (("other", "bombing"), "Theft", 1),
        (("other",), "Rare", 0),
        (("other",), "", 0),
        (("bombing", "other"), "Theft", 0),
        ((), "Theft", 0),
    ],
)
def test_only_what_has_no_word_of_ours_stands_for_itself(
    event_types: tuple[str, ...], source_type: str, number: int
) -> None:
    own = ["Fraud", "Theft", ""]
    wanted = len(KINDS) + number if number else kind_of(event_types)
    assert drawn_as(event_types, source_type, own) == wanted
    assert drawn_as(event_types, source_type, ()) == kind_of(event_types)


def test_words_of_sources_are_on_one_line_and_cut() -> None:
    assert label_of(len(KINDS), ["Theft \n of\ta car"]) == "Theft of a car"
    long = label_of(len(KINDS) + 1, ["", "x" * 300])
    assert (len(long), long[-1]) == (60, "…")
    assert [label_of(kind, ()) for kind in range(len(KINDS))] == [kind.label for kind in KINDS]
    assert label_of(OTHER, ["Theft"]) == "Other types"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["land", "sea", "paper"])
def test_symbols_stand_out_from_every_ground(theme: str, ground: str) -> None:
    below = {
        kind.id: round(contrast(shade(kind.color, theme), shade(PALETTE[ground], theme)), 2)
        for kind in DRAWN
    }
    assert {name: value for name, value in below.items() if value < 3} == {}


def difference(one: Triple, other: Triple) -> float:
    """CIEDE2000 (Sharma, Wu and Dalal 2005), all weights 1."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    grown = 1 + 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    c1, c2 = math.hypot(a1 * grown, b1), math.hypot(a2 * grown, b2)
    h1, h2 = (math.degrees(math.atan2(b, a * grown)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = h1 + h2 if c1 * c2 == 0 else h1 + turn / 2
    lightness, chroma = (l1 + l2) / 2 - 50, (c1 + c2) / 2
    waves = ((0.17, 1, -30), (-0.24, 2, 0), (-0.32, 3, 6), (0.2, 4, -63))
    weight = 1 - sum(part * math.cos(math.radians(n * hue + by)) for part, n, by in waves)
    dl = (l2 - l1) / (1 + 0.015 * lightness**2 / math.sqrt(20 + lightness**2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    bent = math.exp(-((((hue % 360) - 275) / 25) ** 2))
    twist = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(60 * bent))
    return math.sqrt(dl**2 + dc**2 + dh**2 + twist * dc * dh)


def test_the_difference_is_that_of_its_authors() -> None:
    # Pairs 1, 7 and 24 of their table.
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ]
    for one, other, wanted in pairs:
        assert difference(one, other) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", list(VISION))
def test_rims_of_discs_are_told_apart_by_colour_blind_readers(theme: str, vision: str) -> None:
    colors = {kind.id: lab(shade(kind.color, theme), vision) for kind in KINDS}
    apart = {
        (one, other): round(difference(colors[one], colors[other]), 1)
        for one, other in itertools.combinations(colors, 2)
    }
    assert {pair: value for pair, value in apart.items() if value < 13} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", list(VISION))
def test_types_in_the_words_of_sources_are_told_apart_too(theme: str, vision: str) -> None:
    """From each other, and from what is left of them."""
    colors = {kind.id: lab(shade(kind.color, theme), vision) for kind in (*OWN, KINDS[OTHER])}
    apart = {
        (one, other): round(difference(colors[one], colors[other]), 1)
        for one, other in itertools.combinations(colors, 2)
    }
    assert {pair: value for pair, value in apart.items() if value < 13} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_no_type_of_a_source_has_a_colour_of_ours(theme: str) -> None:
    for own, ours in itertools.product(OWN, KINDS):
        colors = (lab(shade(kind.color, theme), "normal") for kind in (own, ours))
        assert difference(*colors) >= 12, (own.id, ours.id)


@pytest.mark.parametrize("theme", THEMES)
def test_action_by_groups_is_warm_and_action_against_them_cool(theme: str) -> None:
    for kind in KINDS:
        _, a, b = lab(shade(kind.color, theme), "normal")
        hue = math.degrees(math.atan2(b, a)) % 360
        if kind.id in WARM:
            assert hue <= 110 or hue >= 310, (kind.id, hue)
        elif kind.id in COOL:
            assert 160 <= hue <= 300, (kind.id, hue)
        else:
            assert math.hypot(a, b) < 8, kind.id


def test_a_colour_follows_from_what_was_done_and_not_from_who_is_accused() -> None:
    assert {*WARM, *COOL} <= {kind.id for kind in KINDS}
    assert not set(WARM) & set(COOL)
    assert list(inspect.signature(kind_of).parameters) == ["event_types"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink_muted", "paper"),
        ("alert", "paper"),
        ("ink", "sea"),
        ("ink_muted", "sea"),
        ("country_label", "land"),
        ("city_label", "land"),
        ("city_label", "sea"),
    ],
)
def test_text_has_the_contrast_of_wcag_aa(theme: str, text: str, ground: str) -> None:
    assert contrast(shade(PALETTE[text], theme), shade(PALETTE[ground], theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", ["ring", "selected", "focus", "rule"])
def test_marks_have_the_contrast_of_graphics(theme: str, mark: str) -> None:
    ground = "paper" if mark == "rule" else "land"
    assert contrast(shade(PALETTE[mark], theme), shade(PALETTE[ground], theme)) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_hatches_are_readable_and_no_two_are_alike(theme: str) -> None:
    land = shade(PALETTE["land"], theme)
    assert all(contrast(shade(hatch.color, theme), land) >= 3 for hatch in HATCHES)
    assert len(set(HATCHES)) == len(HATCHES)


def test_precisions_follow_the_vocabulary_and_coarse_ones_are_never_points() -> None:
    assert [precision.id for precision in PRECISIONS] == [str(value) for value in GeoPrecision]
    points = [precision.id for precision in PRECISIONS if precision.form == "point"]
    assert points == ["site", "settlement"]


def test_what_is_drawn_as_an_area_has_a_usual_radius() -> None:
    usual = {one.id for one in PRECISIONS if one.radius_km}
    assert usual == {one.id for one in PRECISIONS if one.form in ("ring", "assumed", "province")}


def test_only_what_happened_beyond_dispute_is_filled() -> None:
    assert [status.id for status in STATUSES if not status.hollow] == ["carried out"]
    assert [status.id for status in STATUSES if status.mark] == ["disputed", "claimed only"]


def test_style_survives_json() -> None:
    style = style_to_json()
    assert json.loads(json.dumps(style)) == style
    assert [kind["types"] for kind in style["kinds"]] == [list(kind.types) for kind in KINDS]
    assert style["palette"]["land"] == {"light": "#f7f5f0", "dark": "#22292f"}
