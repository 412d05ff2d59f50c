"""Icons in documents: pictures of each primitive, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest

from mapview.briefing.document.icons import PicturePen, draw_circles, draw_icon
from mapview.cartography.icons import icon
from mapview.cartography.legend import LegendEntry, every_entry
from mapview.cartography.primitives import Primitive, replay
from mapview.cartography.style import HATCHES, KINDS, STATUSES


class Recorder:
    """Stands for a picture, and notes what is drawn on it and in which colour."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def polygon(self, points: Any, fill: str) -> None:
        self.calls.append(("fill", fill))

    def line(self, points: Any, fill: str, **how: Any) -> None:
        self.calls.append(("line", fill))

    def ellipse(self, box: Any, fill: str) -> None:
        self.calls.append(("dot", fill))

    def text(self, at: Any, words: str, fill: str, *how: Any, **more: Any) -> None:
        self.calls.append((words, fill))


def mixed(color: str, share: float) -> str:
    parts = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 * (1 - share) + part * share):02x}" for part in parts)


def asked(one: Primitive) -> Iterator[tuple[str, str, bool]]:
    """What a primitive asks for: fillings, lines, dots or letters, and whether there are many."""
    if one.shape == "letter":
        yield one.name, one.fill, False
        return
    if one.fill:
        yield "fill", mixed(one.fill, one.fill_alpha), False
    if one.stroke:
        how = "dot" if one.is_round else "line"
        yield how, mixed(one.stroke, one.stroke_alpha), bool(one.dash) or one.shape == "hatch"


@pytest.mark.parametrize("entry", every_entry(), ids=lambda one: one.label[:30])
def test_an_icon_is_its_primitives(entry: LegendEntry) -> None:
    recorder = Recorder()
    replay(icon(entry), PicturePen(recorder, 10, 10, 1))  # type: ignore[arg-type]
    runs = [(key, len(list(group))) for key, group in groupby(recorder.calls)]
    wanted = [part for one in icon(entry) for part in asked(one)]
    # Sectors are filled one after the other, each in its own colour.
    assert [(*key, count > 1) for key, count in runs] == wanted


def test_icons_differ_by_what_they_stand_for() -> None:
    entries = [LegendEntry("", "symbol", "", kind=kind) for kind in range(len(KINDS))]
    entries += [LegendEntry("", "hollow", "", status=one) for one in range(1, len(STATUSES))]
    entries += [LegendEntry("", "hatch", "", hatch=one) for one in range(len(HATCHES))]
    entries += [one for one in every_entry() if one.form not in ("symbol", "hollow", "hatch")]
    pictures = [draw_icon(entry) for entry in entries]
    assert len(set(pictures)) == len(entries)
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_circles_have_the_room_they_need() -> None:
    picture, width, height = draw_circles(
        LegendEntry("", "discs", "", circles=((2, 5.0), (90, 12.0)))
    )
    assert picture.startswith(b"\x89PNG")
    assert width > 2 * (5 + 12)
    assert height > 2 * 12
