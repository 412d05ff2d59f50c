"""A sheet in millimetres, x from the left and y from the top, and its bytes as PNG, SVG or PDF.

The only module that draws with matplotlib. Its settings are global, so drawing holds a lock.
Colours are names of the style's palette, on light paper, or `#rrggbb`.
"""

from __future__ import annotations

import io
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform
from shapely.geometry.base import BaseGeometry

from geodata.tongue import is_english, is_from_right, language
from mapview.briefing.figure.paper.fonts import (
    FAMILIES,
    MM_PER_PT,
    Face,
    clean,
    gap_mm,
    is_joined,
    properties,
    width_mm,
)
from mapview.briefing.figure.paper.paths import mirrored, path_of, spaced_path
from mapview.briefing.figure.paper.pdf import ENGLISH, Drawn, Link, pdf_of
from mapview.briefing.figure.paper.rect import XY
from mapview.briefing.figure.paper.svg_fonts import font_rules
from mapview.briefing.figure.paper.svg_layers import Group, layered
from mapview.briefing.figure.sizes import Size
from mapview.cartography import PALETTE

__all__ = ["XY", "Align", "Canvas", "drawing"]

Dash = tuple[float, ...]
Align = Literal["left", "center", "right"]

_OTHER_SIDE: dict[Align, Align] = {"left": "right", "right": "left", "center": "center"}
# Which share of a text lies before the place that it is set at.
_BEFORE: dict[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
_LATIN = re.compile("[A-Za-z]")
_MARK = "\u200f"

_LOCK = threading.Lock()
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "mapview",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "text.hinting": "none",
    "text.usetex": False,
    "text.parse_math": False,
    "path.simplify": False,
    "axes.unicode_minus": False,
}
_SVG_FAMILIES = "'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"
_TEXT = re.compile(r"(<text [^>]*>)([^<]*)")
_HALOED = re.compile(r'<g id="halo-[^"]*">\s*<text style="')
_STARTED = re.compile(r'<g id="((?:halo|mark)-\d+)">\s*<text style="')
_ANCHOR = re.compile(r"(?<=text-anchor: )\w+")
# So wide is the line around letters, half of it outside them: enough to part them from a border.
_HALO_PT = 2.6
# How much of the ground a pale mark covers, so that its shape and colour can still be told.
_FADED = 0.42
# A hundredth of a point is finer than any printer, and an SVG half as long.
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")


@contextmanager
def drawing() -> Iterator[None]:
    """Hold matplotlib's settings as figures need them; one drawing at a time."""
    with _LOCK, mpl.rc_context(_SETTINGS):
        yield


class Canvas:
    """What is drawn on; later things lie above earlier ones.

    Args:
        size: Of the sheet.
        kind: "png", "svg" or "pdf".
        muted: Colours that are grey here.
        instead: The colour that they have, if it is not grey.
        growth: How many times as large all of it is than the size, lines and letters too.
        band: Height of a strip above all that is drawn, in mm, where y is negative.
    """

    def __init__(
        self,
        size: Size,
        kind: str,
        muted: frozenset[str] = frozenset(),
        instead: str = "rule",
        growth: float = 1.0,
        *,
        band: float = 0.0,
    ) -> None:
        self._muted = muted
        self._instead = instead
        self._growth = growth
        width, height = (growth * side for side in size.pixels)
        # A little more than whole pixels, because matplotlib rounds down.
        inches = ((width + 0.01) / size.dpi, (height + 0.01) / size.dpi)
        self.size = size
        self.kind = kind
        self._figure = Figure(figsize=inches, dpi=size.dpi, facecolor=_rgb("paper"))
        self._band = band
        top = inches[1] - growth * band / 25.4
        mm = Affine2D().scale(growth / 25.4, -growth / 25.4).translate(0, top)
        self._mm = mm + self._figure.dpi_scale_trans
        self._order = 1.0
        self._covers = 1.0
        self._texts: dict[Face, set[str]] = {}
        self._open: tuple[Group, ...] = ()
        self._groups: dict[str, tuple[Group, ...]] = {}
        self._gaps: dict[str, float] = {}
        self._links: list[tuple[XY, XY, str]] = []
        self._marks: dict[str, tuple[XY, str]] = {}
        self.is_turned = False

    @contextmanager
    def group(self, name: str, incidents: Sequence[str] | None = None) -> Iterator[None]:
        """Name what is drawn within as one thing, which an SVG has as a group.

        Args:
            name: What an editor lists it as.
            incidents: Ids of the incidents that it is the mark of; without, it is a layer.
        """
        before = self._open
        ids = None if incidents is None else tuple(incidents)
        self._open = (*before, Group(clean(name), ids))
        yield
        self._open = before

    @contextmanager
    def faded(self, is_faded: bool = True) -> Iterator[None]:  # noqa: FBT001, FBT002 - as it reads
        """Draw what follows within pale, if it is."""
        before = self._covers
        self._covers = before * _FADED if is_faded else before
        yield
        self._covers = before

    @contextmanager
    def turned(self) -> Iterator[None]:
        """Draw what is laid out from left to right from right to left, where it is read so."""
        self.is_turned = is_from_right()
        yield
        self.is_turned = False

    def _turn(self, at: XY) -> XY:
        return (self.size.width_mm - at[0], at[1]) if self.is_turned else at

    @property
    def is_muted(self) -> bool:
        """Whether some colours are grey here."""
        return bool(self._muted)

    def _rgb(self, color: str) -> str:
        return _rgb(self._instead if color in self._muted else color)

    def _add(self, artist: Any, *, halo: bool = False) -> None:
        self._order += 1
        artist.set_zorder(self._order)
        if self.kind != "png":
            artist.set_gid(f"{'halo' if halo else 'mark'}-{self._order:.0f}")
            self._groups[artist.get_gid()] = self._open
        self._figure.add_artist(artist)

    def shape(  # noqa: PLR0913 - a drawing has a filling and a line
        self,
        geometry: BaseGeometry | Sequence[BaseGeometry],
        *,
        fill: str | None = None,
        fill_alpha: float = 1,
        line: str | None = None,
        width: float = 0.25,
        dash: Dash = (),
        line_alpha: float = 1,
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        """Draw polygons or lines given in mm; `width` and `dash` in mm too."""
        path = path_of(mirrored(geometry, self.size.width_mm) if self.is_turned else geometry)
        if path is None:
            return
        patch = PathPatch(
            path,
            transform=self._mm,
            facecolor=(self._rgb(fill), fill_alpha * self._covers) if fill else "none",
            edgecolor=(self._rgb(line), line_alpha * self._covers) if line else "none",
            linewidth=self._growth * width / MM_PER_PT if line else 0,
            joinstyle="round",
            capstyle=cap,
        )
        if dash and line:
            # matplotlib counts dashes in line widths.
            patch.set_linestyle((0, tuple(part / width for part in dash)))
        self._add(patch)

    def polygon(self, points: Iterable[XY], **how: Any) -> None:
        """Draw one ring of points in mm."""
        self.shape(shapely.Polygon(list(points)), **how)

    def line(self, points: Iterable[XY], color: str, width: float, **how: Any) -> None:
        """Draw a line through points in mm."""
        self.shape(shapely.LineString(list(points)), line=color, width=width, **how)

    def text(  # noqa: PLR0913 - a text has a place, letters and a colour
        self,
        at: XY,
        words: str,
        face: Face,
        color: str,
        *,
        align: Align = "left",
        halo: str | None = None,
        rotation: float = 0,
        within: str = "",
    ) -> None:
        """Set one line of text on its baseline; of a longer text, `within` is all of it."""
        words = clean(words)
        if not words:
            return
        if is_from_right() and _is_read_from_right(within or words):
            # Also where it begins with a name in other letters, or has years alone.
            words = f"{_MARK}{words}"
        if self.is_turned:
            at, align = self._turn(at), _OTHER_SIDE[align]
        self._texts.setdefault(face, set()).add(words)
        if gap_mm(words, face):
            self._set_apart(at, words, face, color, align, halo)
            return
        if halo and self.kind != "svg":
            outline = self._set(at, words, face, halo, align, rotation)
            outline.set_path_effects(
                [Stroke(linewidth=self._growth * _HALO_PT, foreground=_rgb(halo))]
            )
            self._add(outline)
        self._add(self._set(at, words, face, color, align, rotation), halo=bool(halo))

    def _set_apart(  # noqa: PLR0917
        self, at: XY, words: str, face: Face, color: str, align: Align, halo: str | None
    ) -> None:
        """Set letters apart: text in SVG and PDF, outlines where matplotlib knows no such text."""
        (x, y), gap, width = at, gap_mm(words, face), width_mm(words, face)
        if self.kind == "svg":
            # What draws it puts a gap after the last letter, too.
            x += gap * _BEFORE[align]
        else:
            x, align = x - width * _BEFORE[align], "left"
        path = Affine2D().translate(x, y) + self._mm
        if halo and self.kind != "svg":
            color_of = {"facecolor": _rgb(halo), "edgecolor": _rgb(halo)}
            wide = self._growth * _HALO_PT
            self._add(_outlined(spaced_path(words, face), path, linewidth=wide, **color_of))
        if self.kind == "png":
            how = {"facecolor": (self._rgb(color), self._covers), "linewidth": 0}
            self._add(_outlined(spaced_path(words, face), path, **how))
        else:
            text = self._set((x, y), words, face, color, align, 0)
            self._add(text, halo=bool(halo))
            self._gaps[str(text.get_gid())] = self._growth * gap / MM_PER_PT

    def _set(  # noqa: PLR0917
        self, at: XY, words: str, face: Face, color: str, align: Align, rotation: float
    ) -> Text:
        return Text(
            at[0],
            at[1],
            words,
            fontproperties=properties(face.sized(face.size * self._growth)),
            color=(self._rgb(color), self._covers),
            horizontalalignment=align,
            verticalalignment="baseline",
            rotation=rotation,
            rotation_mode="anchor",
            transform=self._mm,
            parse_math=False,
        )

    def link(self, upper_left: XY, lower_right: XY, name: str) -> None:
        """Let a part of the sheet lead to a mark on it, in a PDF, if that is there at the end."""
        first, last = self._turn(upper_left), self._turn(lower_right)
        left, right = sorted((first[0], last[0]))
        self._links.append(((left, first[1]), (right, last[1]), name))

    def mark(self, name: str, at: XY, said: str) -> None:
        """Name a place that links lead to, and say what stands there."""
        self._marks[name] = self._turn(at), clean(said)

    def _led(self) -> list[Link]:
        """Return the links that lead somewhere, in points from the lower left."""
        height = self._figure.get_size_inches()[1] * 72
        point = self._growth / MM_PER_PT

        def turned(at: XY) -> XY:
            return at[0] * point, height - (at[1] + self._band) * point

        led = [(one, self._marks[one[2]]) for one in self._links if one[2] in self._marks]
        return [
            Link((*turned((first[0], last[1])), *turned((last[0], first[1]))), turned(to), said)
            for (first, last, _), (to, said) in led
        ]

    def pixels(self) -> bytes:
        """Return the colours of a PNG, red, green and blue of each pixel, row by row."""
        canvas: Any = FigureCanvasAgg(self._figure)
        canvas.draw()
        return np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3]).tobytes()

    def finish(self, title: str, said: str = "") -> bytes:
        """Return the picture.

        Args:
            title: What it is called.
            said: What it shows, in words.
        """
        stream = io.BytesIO()
        title = clean(title)
        if self.kind == "png":
            canvas: Any = FigureCanvasAgg(self._figure)
            told = {"Description": clean(said)} if said else {}
            canvas.print_png(stream, metadata={"Software": None, "Title": title, **told})
            return stream.getvalue()
        if self.kind == "pdf":
            about = {"Title": title, "Creator": "Mapview", "Producer": None, "CreationDate": None}
            about |= {"Subject": clean(said)} if said else {}
            spoken = ENGLISH if is_english() else language()
            drawn = Drawn(self._figure, self._groups, self._gaps)
            return pdf_of(drawn, about, clean(said), self._led(), language=spoken)
        about = {"Title": title, "Date": None, "Creator": None}
        canvas = FigureCanvasSVG(self._figure)
        canvas.print_svg(stream, metadata=about)
        svg = self._finished_svg(stream.getvalue().decode("utf-8"))
        svg = layered(svg, self._groups, title, clean(said))
        if not is_english():
            svg = svg.replace("<svg ", f'<svg xml:lang="{language()}" ', 1)
        return svg.encode("utf-8")

    def _finished_svg(self, svg: str) -> str:
        """Name the real fonts, bring them along, and put halos behind the letters."""
        svg = re.sub(r'(?<= d=")[^"]+', lambda d: _DECIMALS.sub(_rounded, d[0]), svg)
        svg = _TEXT.sub(_directed, svg)
        svg = svg.replace(", ".join(repr(name) for name in FAMILIES), _SVG_FAMILIES)
        svg = _STARTED.sub(self._with_gap, svg)
        # At each text, since Inkscape and LibreOffice know no rule for groups by their ids.
        width = self._growth * _HALO_PT
        halo = f"paint-order: stroke; stroke: {_rgb('label_halo')}; stroke-width: {width:g}px; "
        svg = _HALOED.sub(lambda start: f"{start[0]}{halo}", svg)
        return svg.replace("</style>", f"{font_rules(self._texts)}</style>", 1)

    def _with_gap(self, start: re.Match[str]) -> str:
        gap = self._gaps.get(start[1])
        return f"{start[0]}letter-spacing: {gap:.3f}px; " if gap else start[0]


def _is_read_from_right(text: str) -> bool:
    return is_joined(text) or not _LATIN.search(text)


def _outlined(path: Path, to: Transform, **how: Any) -> PathPatch:
    return PathPatch(path, transform=to, joinstyle="round", snap=False, **how)


def _rgb(color: str) -> str:
    return color if color.startswith("#") else PALETTE[color].light


def _directed(text: re.Match[str]) -> str:
    """Set a text from right to left if its first letter is, as in the other formats."""
    first = next(
        (one for one in map(unicodedata.bidirectional, text[2]) if one in ("L", "R", "AL")), "L"
    )
    if first == "L":
        return text[0]
    ends = {"start": "end", "end": "start"}
    tag = _ANCHOR.sub(lambda anchor: ends.get(anchor[0], anchor[0]), text[1])
    return tag.replace('style="', 'style="direction: rtl; ', 1) + text[2]


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
