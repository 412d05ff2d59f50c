"""Layouts of a sheet: where title, map, insets, legend and notes stand, for any size and shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from geodata.errors import FormatError
from mapview.briefing.figure.paper import XY, Columns, Face, Paragraph, Rect, say, set_columns
from mapview.briefing.figure.scene import Cluster, MapData
from mapview.briefing.figure.sheet.frames import (
    GAP_MM,
    Frames,
    beside_legend,
    with_insets,
    without_insets,
)
from mapview.briefing.figure.sheet.heading import Heading, set_heading
from mapview.briefing.figure.sheet.legend_box import (
    LegendBox,
    LegendItem,
    brief_items,
    legend_items,
    set_legend,
    with_counts,
    with_pale,
)
from mapview.briefing.figure.sheet.notes import paragraphs
from mapview.briefing.figure.sheet.plan import Plan, set_short
from mapview.briefing.figure.sheet.range_box import set_ranges
from mapview.briefing.figure.sheet.told import on_map
from mapview.briefing.figure.sizes import MOST_MM, Size

if TYPE_CHECKING:
    from mapview.briefing.content import Briefing

__all__ = ["Share", "bare_plan", "full_plan", "text_scale"]

Share = Callable[[MapData, Rect, float], Frames]

# Letters have their own size on A4. On other sheets they grow as this power of the sheet's side,
# since a poster is read from farther away, but not from as far as it is larger.
_A4_MM = math.sqrt(297 * 210)
_TEXT_POWER = 0.7
_MOST_TEXT = 2.6
_FACE_PT = 9.0
# Factors on the size of letters that are tried: 9 points on A4 down to 6.5, the least in print.
_SHRINK = (1.0, 0.92, 0.85, 0.78, 0.72)
# Around all of it: a share of the shorter side, at least and at most so many mm.
_MARGIN = 0.04
_LEAST_MARGIN_MM = 4.0
_MOST_MARGIN_MM = 14.0
# A map alone leaves half the width of its frame's line.
_BARE_MARGIN_MM = 0.3
# Wider than high by this, and so wide in mm, a sheet has its legend beside the map. Insets find
# room on such a wide one; on a narrow one sources are counted instead of named.
_WIDE = 1.15
_WIDE_MM = 170
_NARROW_MM = 150
# The map should have this share of the sheet's height, whatever else is smaller or shorter for it;
# least share where it cannot, and less of it where all is said in few words.
_GOOD_MAP = 0.42
_LEAST_MAP = 0.3
_LEAST_BRIEF_MAP = 0.25
# What is said in short stands below the map only where that leaves it so much, in letters that
# are not smaller than this factor.
_SHORT_MAP = 0.5
_LEAST_SHORT = 0.85
# A legend beside the map: its share of the sheet's width, at most so wide on A4, and its distance.
_LEGEND_SHARE = 0.27
_LEGEND_MM = 58
_BESIDE_LEGEND_MM = 5.0
# A legend below the map: the share of the sheet's height for which groups are left out, but for
# one, and the least width of its columns on A4.
_MOST_LEGEND = 0.22
_GROUPS_AT_LEAST = 1
_LEGEND_COLUMN_MM = 42
_MOST_COLUMNS = 4
# Gaps around the map, in those between parts; notes in so many columns at most, or in few words
# in columns of at least that width on A4; and the gap of a small sheet in mm.
_MAP_GAP = 0.6 * GAP_MM
_BELOW_GAP = 0.8 * GAP_MM
_NOTES_COLUMNS = 2
_NOTES_MM = 75
_CLOSE_MM = 1.8
# Legend and notes depend on what the frames show, and the frames on the room these leave: so often
# both are asked.
_WIDE_ROUNDS = 2
_TALL_ROUNDS = 3
# How a size grows until it is large enough, drawn as coarsely as may be.
_GROWTH = 1.04
_LEAST_DPI = 36


def bare_plan(data: MapData, size: Size) -> Plan:
    """Return the plan of a map without title, legend and notes."""
    whole = Rect(0, 0, size.width_mm, size.height_mm).grown(-_BARE_MARGIN_MM)
    return Plan(with_insets(data, whole, text_scale(size)), size)


def full_plan(
    briefing: Briefing,
    data: MapData,
    size: Size,
    share: Share | None = None,
    said: tuple[Paragraph, ...] = (),
) -> Plan:
    """Return the plan with the largest letters for which everything finds room.

    A sheet that is too small for everything says all in fewer words, a narrow one without insets.

    Args:
        briefing: What it says.
        data: What its maps can show.
        size: Of the sheet.
        share: Gives a part of the sheet to maps; by default one with insets.
        said: What is to be said below the maps before all else.

    Raises:
        FormatError: If even that finds no room; it names the least size of that shape that does.
    """
    plain = data
    if share is None:
        around = data.around_km
        data = on_map(briefing, plain, around_km=around)
        # In few words there is no room to say what is red.
        plain = on_map(briefing, plain, around_km=around, has_accent=False)
    is_wide = size.width_mm >= _WIDE * size.height_mm and size.width_mm >= _WIDE_MM
    layouts: list[Callable[[_Layout], Plan | None]] = [
        _Layout.wide if is_wide else _Layout.tall,
        _Layout.brief,
    ]
    last = [_Layout.briefest] if briefing.first else []
    for good, layout, shrink in (
        *product((_GOOD_MAP, 0.0), layouts, _SHRINK),
        *product((0.0,), last, _SHRINK),
    ):
        text = text_scale(size) * shrink
        shown = data if layout == layouts[0] else plain
        plan = layout(_Layout(briefing, shown, size, text, share, said, good))
        if plan is not None:
            return _with_short(plan, briefing, data, shrink) if is_wide and not share else plan
    least = _least_size(briefing, plain, size, share, said)
    raise FormatError(
        f"a figure of this shape must be at least {least} mm for its "
        f"legend and notes, got {size.width_mm:.0f} x {size.height_mm:.0f} mm"
    )


def _with_short(plan: Plan, briefing: Briefing, data: MapData, shrink: float) -> Plan:
    """Return a plan that says in short below the maps what found no room beside them.

    The same where letters would be too small for that, or the map.
    """
    if plan.words or not briefing.messages or plan.legend is None:
        return plan
    said = (Paragraph(say("In short"), " ".join(briefing.messages)),)
    size = plan.size
    for smaller in (one for one in _SHRINK if _LEAST_SHORT <= one <= shrink):
        text = text_scale(size) * smaller
        found = _Layout(briefing, data, size, text, said=said, good=_SHORT_MAP).wide()
        if found is not None and (found.ranges or not plan.ranges):
            return found
    return plan


def text_scale(size: Size) -> float:
    """Return how much larger letters are than on A4: they grow with the sheet, but more slowly."""
    relative = math.sqrt(size.width_mm * size.height_mm) / _A4_MM
    return min(_MOST_TEXT, max(1.0, math.pow(relative, _TEXT_POWER)))


def _least_size(
    briefing: Briefing,
    data: MapData,
    size: Size,
    share: Share | None,
    said: tuple[Paragraph, ...],
) -> str:
    """Return the least size of a shape that has room for everything in few words."""
    growth = 1.0
    while True:
        growth *= _GROWTH
        sides = (size.width_mm, size.height_mm)
        width, height = (min(MOST_MM, math.ceil(one * growth)) for one in sides)
        larger = Size(width, height, _LEAST_DPI)
        text = text_scale(larger) * _SHRINK[-1]
        if _Layout(briefing, data, larger, text, share, said).briefest() is not None:
            return f"{width} x {height}"


@dataclass(frozen=True)
class _Layout:
    """What is to be laid out on a sheet, in letters of some size; `None` is for no room.

    Attributes:
        briefing: What it says.
        data: What its maps can show.
        size: Of the sheet.
        text: Factor on the size of letters.
        share: Gives a part of the sheet to maps; by default one with insets.
        said: What is to be said below the maps before all else.
        good: Share of the sheet's height that the map should have; 0 for the least.
        is_found: Whether what was found may be the title.
    """

    briefing: Briefing
    data: MapData
    size: Size
    text: float
    share: Share | None = None
    said: tuple[Paragraph, ...] = ()
    good: float = 0.0
    is_found: bool = True

    @cached_property
    def inner(self) -> Rect:
        """The sheet without its margin."""
        share = _MARGIN * min(self.size.width_mm, self.size.height_mm)
        margin = min(_MOST_MARGIN_MM, max(_LEAST_MARGIN_MM, share))
        return Rect(0, 0, self.size.width_mm, self.size.height_mm).grown(-margin)

    @property
    def face(self) -> Face:
        """Letters of legend and notes."""
        return Face(_FACE_PT * self.text)

    @property
    def shared(self) -> Share:
        """What gives a part of the sheet to maps."""
        return self.share or with_insets

    def least(self, share: float) -> float:
        """Return the least height of the map in mm, of which a share is needed at all."""
        return max(self.good, share) * self.size.height_mm

    def heading(self, *, brief: bool = False) -> Heading:
        """Return the heading over all of the sheet."""
        at = (self.inner.left, self.inner.top)
        briefing = self.briefing if self.is_found else replace(self.briefing, second="")
        return set_heading(briefing, at, self.inner.width, self.text, brief=brief)

    def notes(self, unseen: Cluster, columns: int, *, brief: bool = False) -> Columns:
        """Return the notes over all of the width; they name what no frame shows."""
        short = brief or self.size.width_mm < _NARROW_MM
        said = paragraphs(self.briefing, unseen, short=short, brief=brief)
        return set_columns([*self.said, *said], self.face, self.inner.width, columns)

    def legends(self, frames: Frames, width: float, columns: int = 1) -> Iterator[LegendBox]:
        """Yield the legend with all groups, then with fewer and fewer of them."""
        entries = frames.contents.legend
        groups = sum(one.form == "hatch" for one in entries)
        for most in range(groups, min(groups, _GROUPS_AT_LEAST) - 1, -1):
            items = with_pale(self.counted(legend_items(entries, most), frames), frames.pale)
            yield set_legend(items, self.face, width, columns)

    def counted(self, items: list[LegendItem], frames: Frames) -> list[LegendItem]:
        """Return a legend with how many incidents there are, but for several maps of one sheet."""
        return items if self.share else with_counts(items, *frames.contents.counted)

    def fitting_legend(
        self, frames: Frames, width: float, wanted: float, most: float, columns: int = 1
    ) -> LegendBox | None:
        """Return the legend with as many groups as there is room for.

        Args:
            frames: What it explains.
            width: Of the legend.
            wanted: Height that it should not exceed; groups are left out for that.
            most: Height that it must not exceed.
            columns: Number of columns.
        """
        for legend in self.legends(frames, width, columns):
            if legend.height <= wanted:
                return legend
        return legend if legend.height <= most else None

    def columns(self) -> int:
        """Return how many columns of a legend there is room for below a map."""
        wanted = (self.inner.width + GAP_MM) / (_LEGEND_COLUMN_MM * self.text)
        return max(1, min(_MOST_COLUMNS, int(wanted)))

    def wide(self) -> Plan | None:
        """Map to the left, legend in a column to the right, notes below."""
        left, _, right, end = self.inner
        heading = self.heading()
        width = min(_LEGEND_SHARE * self.size.width_mm, _LEGEND_MM * self.text)
        top = heading.bottom + _MAP_GAP
        unseen = Cluster()
        for _ in range(_WIDE_ROUNDS):
            notes = self.notes(unseen, _NOTES_COLUMNS)
            bottom = end - notes.height - _MAP_GAP
            box = Rect(left, top, right - width - _BESIDE_LEGEND_MM, bottom)
            if box.height < self.least(_LEAST_MAP):
                return None
            frames = self.shared(self.data, box, self.text)
            fitting = self.fitting_legend(frames, width, box.height, box.height)
            if fitting is None:
                return None
            legend = fitting
            at = (box.right + _BESIDE_LEGEND_MM, top)
            column = Rect(at[0], top + legend.height + GAP_MM, right, bottom)
            frames = beside_legend(frames, box, column) or frames
            unseen = frames.scene.unseen(frames.views)
            if not unseen.weight:
                break
        legend = self.fitting_legend(frames, width, box.height, box.height) or legend
        plan = Plan(frames, self.size, heading, (legend, at), (notes, (left, end - notes.height)))
        return self.told(plan, (at[0], top + legend.height + GAP_MM), width, bottom)

    def told(self, plan: Plan, at: XY, width: float, bottom: float) -> Plan:
        """Return a plan with what sources disagree on, and what is said in short above it.

        Both stand in what legend and insets leave of their column, if they find room there.
        """
        tops = [one.top for one in plan.frames.insets if one.right > at[0]]
        free = min(tops, default=bottom + 2 * GAP_MM) - 2 * GAP_MM - at[1]
        box = set_ranges(self.briefing.ranges, self.face, width, free)
        # Several maps of one sheet show parts of what is said.
        said = () if self.share or self.said else self.briefing.messages
        left = free - (box.height + 2 * GAP_MM if box else 0)
        words, height = set_short(said, self.face, width, left)
        below = (at[0], at[1] + height + 2 * GAP_MM) if words else at
        return replace(
            plan,
            words=(("In short", words, at),) if words else (),
            ranges=(box, below) if box else None,
        )

    def tall(self) -> Plan | None:
        """Map over the whole width, legend in columns under it, notes below."""
        left, _, right, end = self.inner
        heading, columns = self.heading(), self.columns()
        top = heading.bottom + _MAP_GAP
        least = self.least(_LEAST_MAP)
        box = Rect(left, top, right, top + least)
        unseen = Cluster()
        for _ in range(_TALL_ROUNDS):
            notes = self.notes(unseen, min(columns, _NOTES_COLUMNS))
            notes_top = end - notes.height
            frames = self.shared(self.data, box, self.text)
            most = notes_top - top - least
            # Rather fewer groups than a small map.
            wanted = min(most, _MOST_LEGEND * self.size.height_mm)
            fitting = self.fitting_legend(frames, self.inner.width, wanted, most, columns)
            if fitting is None:
                return None
            legend = fitting
            legend_top = notes_top - _BELOW_GAP - legend.height
            unseen = frames.scene.unseen(frames.views)
            box = Rect(left, top, right, legend_top - _BELOW_GAP)
        frames = self.shared(self.data, box, self.text)
        again = self.fitting_legend(frames, self.inner.width, legend.height, legend.height, columns)
        under = (again or legend, (left, legend_top))
        return Plan(frames, self.size, heading, under, (notes, (left, notes_top)))

    def brief(self) -> Plan | None:
        """Map over the whole width, and below it a legend and notes in few words."""
        left, _, right, end = self.inner
        heading = self.heading(brief=True)
        top = heading.bottom + _CLOSE_MM
        least = self.least(_LEAST_BRIEF_MAP)
        box = Rect(left, top, right, top + least)
        # Only beside a wide map is there room for insets.
        share = self.shared if self.size.width_mm >= _WIDE_MM or self.share else without_insets
        unseen = Cluster()
        for _ in range(_TALL_ROUNDS):
            frames = share(self.data, box, self.text)
            columns = max(1, int(self.inner.width / (_NOTES_MM * self.text)))
            notes = self.notes(unseen, columns, brief=True)
            items = with_pale(brief_items(frames.contents.legend), frames.pale)
            legend = set_legend(items, self.face, self.inner.width, self.columns())
            notes_top = end - notes.height
            legend_top = notes_top - _CLOSE_MM - legend.height
            box = Rect(left, top, right, legend_top - _CLOSE_MM)
            if box.height < least:
                return None
            unseen = frames.scene.unseen(frames.views)
        frames = share(self.data, box, self.text)
        under = (legend, (left, legend_top))
        return Plan(frames, self.size, heading, under, (notes, (left, notes_top)))

    def briefest(self) -> Plan | None:
        """The same with what was asked for as its title, which takes the fewest lines."""
        return replace(self, is_found=False).brief()
