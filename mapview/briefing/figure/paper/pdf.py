"""A figure as PDF with what readers and search need: language, structure, letters that are found.

Readers turn round what is written from the right, glyph by glyph. A glyph of two letters comes out
of that the wrong way round, so it is told as the one letter that Unicode has for it, which search
knows as both.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from matplotlib._text_helpers import layout
from matplotlib.backends._backend_pdf_ps import CharacterTracker
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_pdf import Name, Op, PdfFile, RendererPdf, Verbatim
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath

from mapview.briefing.figure.paper.svg_layers import Group

__all__ = ["ENGLISH", "Drawn", "Link", "pdf_of"]

_POINTS = 72
ENGLISH = "en-GB"
_TRUE_TYPE = 42
_PRINTED = 4
# Lam and alef, which are always written as one.
_LIGATURES = {unicodedata.normalize("NFKC", one): one for one in "\ufef5\ufef7\ufef9\ufefb"}
# What groups are to a reader, by how their names begin; all else is a paragraph.
_ROLES = {"Title": "H1", "Map": "Figure", "Inset": "Figure"}
# What is read before the map, though it is drawn after it.
_FIRST = ("Title", "In short")


class Drawn(NamedTuple):
    """A figure as it was drawn.

    Attributes:
        figure: It.
        groups: The groups of each drawing by its id, the outermost first.
        gaps: By the id of a text, how far its letters stand apart besides, in points.
    """

    figure: Figure
    groups: Mapping[str, Sequence[Group]]
    gaps: Mapping[str, float]


class Link(NamedTuple):
    """A part of the page that leads to another, in points from the lower left.

    Attributes:
        box: West, south, east and north edges of the part.
        to: Where it leads to.
        said: What stands there.
    """

    box: tuple[float, float, float, float]
    to: tuple[float, float]
    said: str


def pdf_of(
    drawn: Drawn,
    about: Mapping[str, Any],
    said: str,
    links: Sequence[Link] = (),
    *,
    language: str = ENGLISH,
) -> bytes:
    """Return a figure as PDF; equal figures give equal bytes.

    Args:
        drawn: As it was drawn.
        about: What the file is called and who made it.
        said: What the map shows, in words.
        links: What on the page leads to what.
        language: In which it speaks, as a tag.
    """
    stream, figure = io.BytesIO(), drawn.figure
    dpi, figure.dpi = figure.dpi, _POINTS
    width, height = figure.get_size_inches()
    file = _File(stream, said, language, metadata=dict(about))
    try:
        file.newPage(width, height)
        file.lead(links)
        drawing = _Renderer(file, drawn, dpi, height, width)
        renderer: Any = MixedModeRenderer(figure, width, height, dpi, drawing)
        figure.draw(renderer)
        renderer.finalize()
        file.mark(None)
        file.finalize()
    finally:
        file.close()
        figure.dpi = dpi
    return stream.getvalue()


class _File(PdfFile):
    """Writes language and structure besides what matplotlib does."""

    def __init__(self, stream: io.BytesIO, said: str, language: str, **how: Any) -> None:
        self._said = said
        self._language = language
        self._structure: Any = None
        self._page: Any = None
        self._parts: list[str] = []
        self._open: Group | None = None
        self._is_marked = False
        super().__init__(stream, **how)
        self._character_tracker = _Letters(self._character_tracker.subset_size)

    def writeObject(self, object: Any, contents: Any) -> None:  # noqa: A002, N802 - its names
        """Write an object; catalogue and page say where the structure is."""
        kind = contents.get("Type") if isinstance(contents, dict) else None
        if kind == Name("Catalog"):
            self._structure = self.reserveObject("structure")
            contents |= {
                "Lang": self._language,
                "MarkInfo": {"Marked": True},
                "StructTreeRoot": self._structure,
                "ViewerPreferences": {"DisplayDocTitle": True},
            }
        elif kind == Name("Page"):
            self._page = object
            contents |= {"StructParents": 0, "Tabs": Name("S")}
        super().writeObject(object, contents)

    def lead(self, links: Sequence[Link]) -> None:
        """Write links to places of the page."""
        for one in links:
            left, bottom, right, top = (round(edge, 2) for edge in one.box)
            x, y = (round(part, 2) for part in one.to)
            self._annotations[-1][1].append(
                {
                    "Type": Name("Annot"),
                    "Subtype": Name("Link"),
                    "Rect": [left, bottom, right, top],
                    "Border": [0, 0, 0],
                    "F": _PRINTED,
                    "Contents": one.said,
                    "Dest": [self._page, Name("XYZ"), x, y, 0],
                }
            )

    def mark(self, group: Group | None) -> None:
        """Begin what belongs to a group, or to none: the paper."""
        if self._is_marked and group is self._open:
            return
        if self._is_marked:
            self.output(Verbatim(b"EMC"))
        self._open, self._is_marked = group, group is not None
        if group is not None:
            role = _role(group.name).encode()
            self.output(Verbatim(b"/%s <</MCID %d>> BDC" % (role, len(self._parts))))
            self._parts.append(group.name)

    def finalize(self) -> None:
        """Write the structure, and end the file."""
        self.endStream()
        document = self.reserveObject("document")
        parts = [self.reserveObject("part") for _ in self._parts]
        for number, (name, part) in enumerate(zip(self._parts, parts, strict=True)):
            role = _role(name)
            told = {"Alt": self._said if name == "Map" else name} if role == "Figure" else {}
            element = {"Type": Name("StructElem"), "S": Name(role), "P": document}
            self.writeObject(part, {**element, "Pg": self._page, "K": number, **told})
        order = sorted(range(len(parts)), key=lambda at: not self._parts[at].startswith(_FIRST))
        kids = [parts[at] for at in order]
        element = {"Type": Name("StructElem"), "S": Name("Document"), "P": self._structure}
        self.writeObject(document, {**element, "K": kids})
        tree = {"Type": Name("StructTreeRoot"), "K": [document]}
        self.writeObject(self._structure, {**tree, "ParentTree": {"Nums": [0, parts]}})
        super().finalize()


def _role(name: str) -> str:
    return next((role for start, role in _ROLES.items() if name.startswith(start)), "P")


class _Letters(CharacterTracker):
    """Says which letters each glyph stands for."""

    def track_glyph(self, font: Any, chars: Any, glyph: Any) -> tuple[int, Any]:
        """Note a glyph that is used, with the letters that it stands for."""
        return super().track_glyph(font, _LIGATURES.get(chars, chars), glyph)


class _Renderer(RendererPdf):
    """Draws what belongs together as one part."""

    def __init__(self, file: _File, drawn: Drawn, *how: float) -> None:
        super().__init__(file, *how)
        self._groups = drawn.groups
        self._gaps = drawn.gaps
        self._gap = 0.0

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin an artist."""
        super().open_group(s, gid)
        self._gap = self._gaps.get(gid or "", 0.0)
        path = self._groups.get(gid or "")
        if path:
            self.file.mark(path[0])

    def draw_text(  # type: ignore[override]  # noqa: PLR0917 - as matplotlib calls it
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, **_: Any
    ) -> None:
        """Write letters, each run of a font from where it begins.

        matplotlib's own also moves the first of a run back by what the one before took too much,
        so that letters after a joiner of another font lie over others.
        """
        self.check_gc(gc, gc._rgb)  # noqa: SLF001 - as it does itself
        out, size, turn = self.file.output, prop.get_size_in_points(), math.radians(angle)
        cos, sin = math.cos(turn), math.sin(turn)
        out(Op.gsave)
        out(cos, sin, -sin, cos, x, y, Op.concat_matrix)
        if self._gap:
            # Readers take wide gaps for spaces, but where they are told what is said.
            said = f"\ufeff{s}".encode("utf-16-be").hex().encode()
            out(Verbatim(b"/Span <</ActualText <%s>>> BDC" % said))
        out(Op.begin_text)
        if self._gap:
            out(round(self._gap, 3), Verbatim(b"Tc"))
        begun, before = 0.0, 0
        for font, run in groupby(self._glyphs(s, prop), key=itemgetter(0)):
            items = list(run)
            out(self.file.fontName(*font), size, Op.selectfont)
            start = items[0][2].x + before * self._gap
            self._setup_textpos(start, 0, 0, begun, 0, 0)
            begun, before = start, before + len(items)
            for at, (_, code, item) in enumerate(items):
                moved = [-1000 * item.prev_kern / size] if at and item.prev_kern else []
                rise = (item.y, Op.textrise) if item.y else ()
                out(*rise, [*moved, self._encode_glyphs([code], _TRUE_TYPE)], Op.showkern)
                if rise:
                    out(0, Op.textrise)
        out(Op.end_text)
        if self._gap:
            out(Verbatim(b"EMC"))
        out(Op.grestore)

    def _glyphs(self, s: str, prop: Any) -> Iterator[tuple[Any, Any, Any]]:
        """Yield font, code and place of each glyph."""
        for item in layout(s, self._get_font_ttf(prop)):
            font = item.ft_object
            subset, code = self.file._character_tracker.track_glyph(  # noqa: SLF001
                font, item.char, item.glyph_index
            )
            yield (FontPath(str(font.fname), font.face_index), subset), code, item
