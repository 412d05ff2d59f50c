"""The formats of a briefing: what each is called, what it takes, and who writes it.

Libraries are imported by the writer that needs them, since some take a second to load.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import FormatError, GeodataError
from geodata.tongue import ENGLISH, speaking
from mapview.briefing.content import Briefing
from mapview.briefing.figure.sizes import SHEETS, Composition, Sheet, Size
from mapview.briefing.office import MapPicture
from mapview.briefing.progress import Progress
from mapview.exports import EXPORTS, export_as
from mapview.groups import GroupPage

if TYPE_CHECKING:
    from mapview.briefing.figure.draw import FigureKind, FilmKind

__all__ = [
    "DATA_WRITERS", "WRITERS", "Layout", "Writer", "check_count", "draw_map", "write_briefing",
]  # fmt: skip

# All are held at once, which takes some gigabytes.
MOST_GATHERED = 200_000

_MM_PER_PT = 25.4 / 72
_LEAST_MM = 60.0
# From where to where of the work on slides and documents the map is drawn.
_DRAWING = (0.05, 0.6)
_SLIDES = (".pptx", ".potx")


@dataclass(frozen=True)
class Layout:
    """What only some formats take.

    Attributes:
        size: Size of a figure; `None` for A4 landscape.
        composition: What is laid out on it.
        template: The user's own template for slides or a document.
        multiples: Length of the periods of which each has a small map, or "auto" for what gives
            few enough; empty for none.
        step: Length of the periods of which each is a picture of a film; empty for what gives few
            enough.
    """

    size: Size | None = None
    composition: Composition = "figure"
    template: Path | None = None
    multiples: str = ""
    step: str = ""

    @classmethod
    def on(cls, sheet: Sheet | None, template: Path | None = None) -> Layout:
        """Return the layout of a sheet, or the usual one."""
        return cls(sheet.size, sheet.composition, template) if sheet else cls(template=template)


@dataclass(frozen=True)
class Writer:
    """A format of a briefing.

    Attributes:
        ending: File ending without the dot.
        label: What a list says.
        media_type: For HTTP.
        write: Gives the file's bytes.
        has_size: Whether it takes a size.
        has_template: Whether it takes a template.
        has_groups: Whether it takes pages on groups, and what has changed since an earlier pack.
        has_multiples: Whether it takes small maps by period.
        is_film: Whether it shows one period after another.
        is_still: Whether its map is a picture, where base areas lie over what happened; they are in
            it only if they are asked for.
    """

    ending: str
    label: str
    media_type: str
    write: Callable[[Briefing, Layout, Progress], bytes]
    has_size: bool = False
    has_template: bool = False
    has_groups: bool = False
    has_multiples: bool = False
    is_film: bool = False
    is_still: bool = False

    @property
    def has_languages(self) -> bool:
        """Whether it speaks other languages than English, as data do not."""
        return self.ending in WRITERS


class GroupPen:
    """Draws the pictures of groups' pages; see `DrawGroup`."""

    def map(self, page: GroupPage, width: float, height: float, *, dpi: float) -> bytes:
        """Return the map of its base areas."""
        from mapview.briefing.figure.group import draw_group_map

        return draw_group_map(page, Size(width * _MM_PER_PT, height * _MM_PER_PT, dpi))

    def time(self, page: GroupPage, width: float, height: float) -> tuple[bytes, int]:
        """Return its time line."""
        from mapview.briefing.figure.group import draw_group_time

        return draw_group_time(page, width * _MM_PER_PT, height * _MM_PER_PT)


def _page(briefing: Briefing, _: Layout, progress: Progress) -> bytes:
    from mapview.briefing.page import write_page

    return write_page(briefing, draw_group=GroupPen(), progress=progress)


def _figure(kind: FigureKind) -> Callable[[Briefing, Layout, Progress], bytes]:
    def write(briefing: Briefing, layout: Layout, progress: Progress) -> bytes:
        from mapview.briefing.figure.draw import draw_figure

        return draw_figure(
            briefing,
            kind,
            size=layout.size,
            composition=layout.composition,
            periods=layout.multiples,
            progress=progress,
        )

    return write


def _film(kind: FilmKind) -> Callable[[Briefing, Layout, Progress], bytes]:
    def write(briefing: Briefing, layout: Layout, progress: Progress) -> bytes:
        from mapview.briefing.figure.draw import draw_film

        return draw_film(briefing, kind, size=layout.size, unit=layout.step, progress=progress)

    return write


def draw_map(
    briefing: Briefing,
    progress: Progress,
    width: float,
    height: float,
    *,
    dpi: float,
    periods: str = "",
) -> MapPicture:
    """Return the map as slides and documents take it, or maps by period; see `DrawMap`."""
    from mapview.briefing.figure.draw import draw_map_alone

    # A figure has a least size; in a smaller place it is drawn larger and set smaller.
    growth = max(1.0, _LEAST_MM / (min(width, height) * _MM_PER_PT))
    size = Size(width * growth * _MM_PER_PT, height * growth * _MM_PER_PT, dpi)
    drawn = draw_map_alone(briefing, "png", size=size, periods=periods, progress=progress)
    to_pt = 1 / (growth * _MM_PER_PT)
    legend = (
        replace(one, circles=tuple((count, radius * to_pt) for count, radius in one.circles))
        for one in drawn.legend
    )
    return MapPicture(drawn.content, tuple(legend), drawn.said)


def _slides(briefing: Briefing, layout: Layout, progress: Progress) -> bytes:
    from mapview.briefing.slides import write_slides

    draw = partial(draw_map, briefing, progress.part(*_DRAWING))
    return write_slides(
        briefing, draw, draw_group=GroupPen(), template=layout.template, progress=progress
    )


def _document(briefing: Briefing, layout: Layout, progress: Progress) -> bytes:
    from mapview.briefing.document import write_document

    draw = partial(draw_map, briefing, progress.part(*_DRAWING))
    periods = layout.multiples
    return write_document(
        briefing,
        draw,
        draw_periods=partial(draw, periods=periods) if periods else None,
        draw_group=GroupPen(),
        template=layout.template,
        progress=progress,
    )


def _pack(briefing: Briefing, layout: Layout, progress: Progress) -> bytes:
    from mapview.briefing.figure.draw import describe_periods
    from mapview.briefing.office import describe_map
    from mapview.briefing.pack import OVER_TIME, write_pack
    from mapview.briefing.page import MOST_INCIDENTS

    def make(ending: str, sheet: str, part: Progress) -> bytes:
        if sheet == OVER_TIME:
            laid = Layout(multiples="auto")
        else:
            laid = Layout.on(SHEETS[sheet]) if sheet else _layout_for(ending, layout)
        return _writer(ending).write(briefing, laid, part)

    too_large = layout.size.too_many_pixels if layout.size else ""
    left_out = {"figure.png": too_large} if too_large else {}
    if briefing.counts.shown > MOST_INCIDENTS:
        left_out["briefing.html"] = f"a page holds at most {MOST_INCIDENTS:,} incidents"
    said, why = describe_periods(briefing)
    over_time = f"{OVER_TIME}.png"
    left_out |= {over_time: why} if why else {}
    alternatives = {over_time: said} if said else {}
    told = "\n\n".join((briefing.says, describe_map(briefing), *alternatives.values()))
    return write_pack(
        briefing, make, f"{told}\n", alternatives=alternatives, left_out=left_out, progress=progress
    )


def _layout_for(ending: str, layout: Layout) -> Layout:
    """Return the layout of a file; the template is only for the format that it belongs to."""
    if layout.template is None:
        return layout
    owner = "pptx" if layout.template.suffix.casefold() in _SLIDES else "docx"
    return layout if ending == owner else replace(layout, template=None)


_OFFICE = "application/vnd.openxmlformats-officedocument"

WRITERS: Mapping[str, Writer] = {
    one.ending: one
    for one in (
        Writer("html", "Web page that opens offline (HTML)", "text/html", _page, has_groups=True),
        Writer(
            "png",
            "Picture (PNG)",
            "image/png",
            _figure("png"),
            has_size=True,
            is_still=True,
            has_multiples=True,
        ),
        Writer(
            "svg",
            "Drawing that can be edited (SVG)",
            "image/svg+xml",
            _figure("svg"),
            has_size=True,
            is_still=True,
            has_multiples=True,
        ),
        Writer(
            "pdf",
            "Figure to print (PDF)",
            "application/pdf",
            _figure("pdf"),
            has_size=True,
            is_still=True,
            has_multiples=True,
        ),
        Writer(
            "gif",
            "Film, period by period (GIF)",
            "image/gif",
            _film("gif"),
            has_size=True,
            is_still=True,
            is_film=True,
        ),
        Writer(
            "webp",
            "Film, period by period (WebP)",
            "image/webp",
            _film("webp"),
            has_size=True,
            is_still=True,
            is_film=True,
        ),
        Writer(
            "mp4",
            "Film, period by period (MP4, needs ffmpeg)",
            "video/mp4",
            _film("mp4"),
            has_size=True,
            is_still=True,
            is_film=True,
        ),
        Writer(
            "pptx",
            "Slides (PowerPoint)",
            f"{_OFFICE}.presentationml.presentation",
            _slides,
            has_template=True,
            has_groups=True,
            is_still=True,
        ),
        Writer(
            "docx",
            "Document (Word)",
            f"{_OFFICE}.wordprocessingml.document",
            _document,
            has_template=True,
            has_groups=True,
            has_multiples=True,
            is_still=True,
        ),
        Writer(
            "zip",
            "Pack with all of these and the data (ZIP)",
            "application/zip",
            _pack,
            has_groups=True,
        ),
    )
}


def _data_writer(ending: str) -> Writer:
    kind = EXPORTS[ending]

    def write(briefing: Briefing, _: Layout, progress: Progress) -> bytes:
        dressed = export_as(ending, briefing.own_types)
        # Programs read them, which know no words but ours; what the briefing says stays as it is.
        with speaking(ENGLISH):
            pieces = dressed.pieces(briefing.records, briefing.about, progress.watch("Writing"))
            return b"".join(pieces)

    return Writer(ending, f"Data: {kind.label}", kind.media_type.partition(";")[0], write)


# The data of a briefing, coarsened as it is; `mapview export` writes the same formats.
DATA_WRITERS: Mapping[str, Writer] = {ending: _data_writer(ending) for ending in EXPORTS}


def check_count(count: int, ending: str) -> None:
    """Refuse more incidents than a briefing takes, before they are gathered.

    Args:
        count: How many a filter finds.
        ending: Of the format.

    Raises:
        GeodataError: If there are too many.
    """
    if ending == "html":
        from mapview.briefing import page

        page.check_count(count)
    if count > MOST_GATHERED:
        raise GeodataError(
            f"a briefing must have at most {MOST_GATHERED:,} incidents, got {count:,}: narrow the "
            "filter (a period, a country, a type), or export them as GeoJSON or CSV"
        )


def write_briefing(
    briefing: Briefing,
    ending: str,
    *,
    layout: Layout | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Return a briefing as a file of a format.

    Args:
        briefing: What it says.
        ending: One of `WRITERS` or `DATA_WRITERS`.
        layout: Size and template, for formats that take them.
        progress: Told how far the work is.

    Raises:
        FormatError: If there is no such format, or it takes no language, size, template, small
            maps, step, group page or earlier pack.
    """
    writer = _writer(ending)
    layout = layout or Layout()
    if briefing.language != ENGLISH and not writer.has_languages:
        endings = " or .".join(one.ending for one in WRITERS.values() if one.has_languages)
        raise FormatError(f"a language must be given for .{endings}, got .{ending}")
    for name, given, taken in (
        ("a size or layout", layout.size, writer.has_size),
        ("a template", layout.template, writer.has_template),
        ("small maps by period", layout.multiples or None, writer.has_multiples),
        ("a step", layout.step or None, writer.is_film),
        ("a focus", briefing.focus or None, writer.has_size),
        ("a group page", briefing.group_pages or None, writer.has_groups),
        ("an earlier pack", briefing.since, writer.has_groups),
    ):
        if given is not None and not taken and ending != "zip":
            fitting = [one.ending for one in WRITERS.values() if getattr(one, _TAKES[name])]
            raise FormatError(f"{name} must be given for .{' or .'.join(fitting)}, got .{ending}")
    with speaking(briefing.language):
        return writer.write(briefing, layout, progress or Progress())


def _writer(ending: str) -> Writer:
    writer = WRITERS.get(ending) or DATA_WRITERS.get(ending)
    if writer is None:
        raise FormatError(f"a briefing must end in .{' or .'.join(WRITERS)}, got {ending!r:.40}")
    return writer


_TAKES = {
    "a size or layout": "has_size",
    "small maps by period": "has_multiples",
    "a step": "is_film",
    "a focus": "has_size",
    "a template": "has_template",
    "a group page": "has_groups",
    "an earlier pack": "has_groups",
}
