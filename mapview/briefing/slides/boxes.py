"""Text on slides: boxes, paragraphs, what they take, and how they flow over columns and slides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from mapview.briefing.office import (
    EMU_PER_PT,
    FontMetrics,
    add_child,
    clean,
    cut,
    is_from_right,
    is_right_to_left,
    lines_of,
    rgb,
    runs_of,
    tag_of_language,
)

__all__ = [
    "LEAD",
    "RELATED",
    "Box",
    "Para",
    "add_text",
    "balanced",
    "box_of",
    "describe",
    "fitted",
    "flow",
    "paras_height",
    "write_paras",
]

LEAD: Final = "claim-"
"""What links to claims say, before the number, until their slides are known."""
RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What says that a link has the colour of its text (MS-ODRAWXML, hlinkClr).
_LINK_COLOR_URI: Final = "{A12FA001-AC4F-418D-AE19-62706E023703}"
_LINK_COLOR: Final = "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"
_SHRINKS: Final = (1.0, 0.93, 0.87, 0.8, 0.74, 0.68)


@dataclass(frozen=True)
class Box:
    """A part of a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in the unit of office files."""
        left, top, width, height = (
            round(pt * EMU_PER_PT) for pt in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height

    def columns(self, count: int, gap: float) -> list[Box]:
        """Return columns of equal width."""
        width = (self.width - gap * (count - 1)) / count
        lefts = [self.left + index * (width + gap) for index in range(count)]
        return [Box(left, self.top, width, self.height) for left in lefts]


@dataclass(frozen=True)
class Para:
    """A paragraph.

    Attributes:
        text: What it says; made clean.
        size: In points; 0 for that of the placeholder.
        is_bold: Whether it is bold.
        is_muted: Whether it is paler than other text.
        color: `RRGGBB`, or empty for that of the theme.
        before: Space above, in points.
        mark: What hangs before its first line, such as a bullet.
        hang: How far its lines stand off the mark, in points.
        link: Address that it leads to.
        site: What is said of that address, after the text.
        is_heading: Whether it stays with what follows.
        leads: Parts of the text that lead to the slide of a claim: where each begins and ends, and
            the claim's number.
        start: Where the text begins in what these count from.
        is_of_records: Whether records say it in a language of their own.
    """

    text: str
    size: float = 12
    is_bold: bool = False
    is_muted: bool = False
    color: str = ""
    before: float = 0
    mark: str = ""
    hang: float = 0
    link: str = ""
    site: str = ""
    is_heading: bool = False
    leads: tuple[tuple[int, int, int], ...] = ()
    start: int = 0
    is_of_records: bool = False

    def __post_init__(self) -> None:
        # Whatever a record says, no slide holds letters that no XML may.
        object.__setattr__(self, "text", clean(self.text))

    def lines(self, width: float, face: FontMetrics) -> int:
        """Return how many lines it takes in a width."""
        face = face.bold if self.is_bold else face
        words = f"{self.text} {self.site}" if self.site else self.text
        return max(1, len(lines_of(words, width - self.hang, self.size, face)))

    def height(self, width: float, face: FontMetrics) -> float:
        """Return how high it is in a width."""
        return self.before + self.lines(width, face) * self.size * face.leading

    def cut(self, width: float, most: int, face: FontMetrics) -> Para:
        """Return it with at most so many lines."""
        face = face.bold if self.is_bold else face
        if self.lines(width, face) <= most:
            return self
        # What names the address goes first: programs do not break it.
        text = cut(self.text, width - self.hang, most, self.size, face)
        return replace(self, text=text, site="", link="")


def box_of(shape: Any) -> Box:
    """Return where a shape stands."""
    left, top = shape.left or 0, shape.top or 0
    return Box(*(float(emu) / EMU_PER_PT for emu in (left, top, shape.width, shape.height)))


def paras_height(paras: Sequence[Para], width: float, face: FontMetrics) -> float:
    """Return the height of paragraphs in a width."""
    return sum(para.height(width, face) for para in paras)


def fitted(paras: Sequence[Para], box: Box, face: FontMetrics, *, least: float = 9) -> list[Para]:
    """Return paragraphs made smaller, and then cut, until they fit a box."""
    smaller: list[Para] = list(paras)
    for share in _SHRINKS:
        smaller = [
            replace(one, size=max(least, one.size * share), before=one.before * share)
            for one in paras
        ]
        if paras_height(smaller, box.width, face) <= box.height:
            return smaller
    return list(_cut_to(smaller, box, face))


def _cut_to(paras: Sequence[Para], box: Box, face: FontMetrics) -> Iterator[Para]:
    room = box.height
    for para in paras:
        most = int((room - para.before) / (para.size * face.leading) + 1e-6)
        if most < 1:
            return
        short = para.cut(box.width, most, face)
        room -= short.height(box.width, face)
        yield short


def flow(
    paras: Sequence[Para], columns: Sequence[Box], face: FontMetrics
) -> list[list[list[Para]]]:
    """Return slides of columns of paragraphs, filled one after the other.

    Args:
        paras: The paragraphs; one higher than a column goes on in the next.
        columns: The columns of a slide.
        face: Their font.
    """
    width, height = columns[0].width, columns[0].height
    filled: list[list[Para]] = [[]]
    used = 0.0
    pieces = [piece for para in paras for piece in _split(para, width, height, face)]
    for index, para in enumerate(pieces):
        high = para.height(width, face)
        follows = pieces[index + 1].height(width, face) if index + 1 < len(pieces) else 0
        needed = high + (min(follows, height / 3) if para.is_heading else 0)
        if filled[-1] and used + needed > height:
            filled.append([])
            used = 0.0
        shown = para if filled[-1] else replace(para, before=0)
        filled[-1].append(shown)
        used += shown.height(width, face)
    size = len(columns)
    return [filled[at : at + size] for at in range(0, len(filled), size)]


def _split(para: Para, width: float, height: float, face: FontMetrics) -> Iterator[Para]:
    """Give a paragraph in parts that are no higher than a column each."""
    most = max(1, int((height - para.before) / (para.size * face.leading)))
    face = face.bold if para.is_bold else face
    lines = lines_of(para.text, width - para.hang, para.size, face)
    if para.lines(width, face) <= most:
        yield para
        return
    start = 0
    for index in range(0, len(lines), most):
        end = start
        for line in lines[index : index + most]:
            end = para.text.index(line, end) + len(line)
        is_last = index + most >= len(lines)
        piece = para.text[start:end]
        begun = para.start + start + len(piece) - len(piece.lstrip())
        part = replace(para, text=piece.strip(), start=begun)
        if start:
            part = replace(part, mark="", before=0)
        yield part if is_last else replace(part, site="", link="")
        start = end


def balanced(
    paras: Sequence[Para], columns: Sequence[Box], face: FontMetrics
) -> list[list[list[Para]]]:
    """Return the same as `flow`, with columns of even height where one slide holds all."""
    slides = flow(paras, columns, face)
    if len(slides) > 1:
        return slides
    full = columns[0].height
    for tenth in range(20 // len(columns), 20):
        lower = [replace(one, height=full * tenth / 20) for one in columns]
        tried = flow(paras, lower, face)
        if len(tried) == 1:
            return tried
    return slides


def add_text(shapes: Any, box: Box, paras: Sequence[Para], name: str) -> Any:
    """Add a text box and return it.

    Args:
        shapes: Those of a slide or a group.
        box: Where.
        paras: What it says; they must fit.
        name: What the list of shapes calls it.
    """
    shape = shapes.add_textbox(*box.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write_paras(frame, paras)
    return shape


def describe(shape: Any, name: str, words: str) -> None:
    """Name a shape and say what it shows, for who cannot see it."""
    properties = shape._element.xpath("./*/p:cNvPr")[0]  # noqa: SLF001 - no public name
    properties.set("name", name)
    properties.set("descr", clean(words))


def write_paras(frame: Any, paras: Sequence[Para]) -> None:
    """Write paragraphs into a text frame that has one empty paragraph."""
    for index, para in enumerate(paras):
        _write(frame.add_paragraph() if index else frame.paragraphs[0], para)


def _write(paragraph: Any, para: Para) -> None:
    from pptx.util import Pt

    if para.before:
        paragraph.space_before = Pt(para.before)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no name for these in python-pptx
    _direct(properties, para)
    if para.hang:
        hang = str(math.floor(para.hang * EMU_PER_PT))
        properties.set("marL", hang)
        properties.set("indent", f"-{hang}" if para.mark else "0")
    if para.mark and properties.get("rtl"):
        # After a tab programs measure from the left.
        add_child(properties, "buChar", char=para.mark)
    elif para.mark:
        _add_run(paragraph, para, f"{para.mark}\t", tag_of_language())
    if not para.text and para.size:
        # An empty cell has the letters of the master, which make its row higher than it is.
        _add_run(paragraph, para, " ", tag_of_language())
    for text, claim in _pieces(para):
        for run in runs_of(text, is_of_records=para.is_of_records):
            added = _add_run(paragraph, para, run.text, run.lang)
            if claim is not None:
                _mark_lead(added, claim)
    if para.site and para.link:
        _add_run(paragraph, para, " ", "en-GB")
        _add_run(paragraph, para, para.site, "en-GB").hyperlink.address = para.link


def _direct(properties: Any, para: Para) -> None:
    """Let a paragraph be read as its text is."""
    is_rtl = is_right_to_left(para.text)
    # What is read from the left stands below what is not, but for lists.
    if is_rtl or (is_from_right() and not para.mark):
        properties.set("algn", "r")
    if is_rtl:
        properties.set("rtl", "1")


def _pieces(para: Para) -> Iterator[tuple[str, int | None]]:
    """Yield the text in pieces, each with the number of the claim that it leads to, if any."""
    at = 0
    for first, last, claim in para.leads:
        start, end = first - para.start, last - para.start
        if at <= start and end <= len(para.text):
            yield para.text[at:start], None
            yield para.text[start:end], claim
            at = end
    yield para.text[at:], None


def _mark_lead(run: Any, claim: int) -> None:
    """Let a run lead to a claim; its slide is known only when all slides are there."""
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - python-pptx leads to addresses alone
    link = add_child(properties, "hlinkClick")
    link.set(RELATED, f"{LEAD}{claim}")
    link.set("action", "ppaction://hlinksldjump")
    # LibreOffice gives some links the colour of links and leaves others as they are.
    extension = add_child(add_child(link, "extLst"), "ext", uri=_LINK_COLOR_URI)
    etree.SubElement(extension, f"{{{_LINK_COLOR}}}hlinkClr", nsmap={"ahyp": _LINK_COLOR}, val="tx")


def _add_run(paragraph: Any, para: Para, text: str, lang: str) -> Any:
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = text
    run._r.get_or_add_rPr().set("lang", lang)  # noqa: SLF001 - python-pptx knows few languages
    font = run.font
    if para.size:
        font.size = Pt(math.floor(para.size * 10) / 10)
    if para.is_bold:
        font.bold = True
    if para.color:
        font.color.rgb = rgb(para.color)
    elif para.is_muted:
        font.color.theme_color = MSO_THEME_COLOR.TEXT_1
        font.color.brightness = 0.35
    return run
