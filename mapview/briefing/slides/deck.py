"""A deck while it is made: its template, its layouts, where things go, and a slide's furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

from mapview.briefing.content import Briefing, Tlp
from mapview.briefing.office import (
    ARIAL,
    DECK,
    EMU_PER_PT,
    UNKNOWN,
    FontMetrics,
    clean,
    cut,
    finish,
    fit,
    is_from_right,
    labelled,
    language,
    open_template,
    rgb,
    say,
    sign,
    width_pt,
)
from mapview.briefing.slides import look
from mapview.briefing.slides.boxes import LEAD, RELATED, Box, Para, add_text, box_of, write_paras

__all__ = ["Deck", "part_of"]

_TITLE_SIZES: Final = (0.9, 0.8, 0.7, 0.6, 0.5, 0.42)
_LEAST_TITLE: Final = 16.0
_DEFAULT_TITLE: Final = 40.0
# A content box narrower or lower than this share of the slide belongs to something else.
_LEAST_WIDTH, _LEAST_HEIGHT = 0.7, 0.45
# A title above or below these parts of the height leaves room for content.
_TOP, _BOTTOM = 0.4, 0.6
_FOOTER_SIZE: Final = 10.0
_MARKING_SIZE: Final = 12.0
_MARKING_HEIGHT: Final = 16.0
_INSET: Final = 7.2
_TITLE_TYPES: Final = ("title", "ctrTitle")
_NOT_FOR_BODY: Final = (*_TITLE_TYPES, "dt", "ftr", "sldNum")
_LINK: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick"
_LIST_OF_SECTIONS: Final = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


class Deck:
    """Slides being made.

    Args:
        briefing: What they say.
        template: The user's own, or `None`.

    Attributes:
        face: The font to measure with.
        content: Where the content of a slide goes.
        has_template: Whether its looks are the user's.
        told: What a user has to know of the template.
        claims: The slide of each claim that the words of the briefing lead to, by its number; that
            of the table of incidents is 0.
    """

    def __init__(self, briefing: Briefing, template: Path | None) -> None:
        self._briefing = briefing
        self.has_template = template is not None
        self.told: tuple[str, ...] = ()
        self.claims: dict[int, Any] = {}
        self._presentation = self._open(template)
        # A program without Arial may set it in letters as wide as those that are measured.
        plain = replace(ARIAL, breadth=UNKNOWN.breadth)
        self.face: FontMetrics = UNKNOWN if self.has_template else plain
        self._opening, self._plain = self._layouts()
        self._title = self._title_box(self._plain)
        self.content = self._content_box()

    def _open(self, template: Path | None) -> Any:
        import pptx
        from pptx.exc import PythonPptxError

        if template is None:
            presentation = pptx.Presentation()
            look.dress(presentation)
            return presentation
        presentation, self.told = open_template(template, DECK, _take, PythonPptxError)
        return presentation

    @property
    def width(self) -> float:
        """Width of a slide in points."""
        return float(self._presentation.slide_width) / EMU_PER_PT

    @property
    def height(self) -> float:
        """Height of a slide in points."""
        return float(self._presentation.slide_height) / EMU_PER_PT

    @property
    def count(self) -> int:
        """How many slides there are so far."""
        return len(self._presentation.slides)

    def _layouts(self) -> tuple[Any, Any]:
        """Return the layouts for the opening and for all other slides."""
        layouts = [
            one for master in self._presentation.slide_masters for one in master.slide_layouts
        ]
        by_type: dict[str, Any] = {}
        for one in layouts:
            by_type.setdefault(one._element.get("type", ""), one)  # noqa: SLF001 - no public name
        titled = [one for one in layouts if _title_of(one) is not None] or layouts
        plain = by_type.get("titleOnly") or by_type.get("obj") or min(titled, key=_count_bodies)
        opening = by_type.get("title") or next(filter(_has_subtitle, titled), plain)
        return opening, plain

    def _title_box(self, layout: Any) -> Box:
        """Return where titles go: as the layout or its master has it, if content then has room."""
        for title in (_title_of(layout), _title_of(layout.slide_master)):
            if title is not None and title.width is not None:
                box = box_of(title)
                is_aside = box.bottom < self.height * _TOP or box.top > self.height * _BOTTOM
                if is_aside and box.width > self.width / 2:
                    return box
        return Box(self.width * 0.05, self.height * 0.05, self.width * 0.9, self.height * 0.12)

    def _content_box(self) -> Box:
        """Return where content goes: as the template has it, or else below the title."""
        floor, title, master = self._floor(), self._title, self._plain.slide_master
        layouts = [one for one in master.slide_layouts if one._element.get("type") == "obj"]  # noqa: SLF001
        for holder in (*layouts[:1], master):
            bodies = [box_of(one) for one in holder.placeholders if _is_body(one) and one.width]
            if len(bodies) == 1 and self._is_roomy(bodies[0]) and not _meet(bodies[0], title):
                box = bodies[0]
                return Box(box.left, box.top, box.width, min(box.bottom, floor) - box.top)
        top = title.bottom + 6 if title.bottom < self.height * _TOP else self.height * 0.06
        floor = min(floor, title.top - 6) if title.top > self.height * _BOTTOM else floor
        wide = title.width > self.width * _LEAST_WIDTH
        left = title.left if wide else self.width * 0.05
        return Box(left, top, title.width if wide else self.width * 0.9, floor - top)

    def _is_roomy(self, box: Box) -> bool:
        is_wide = box.width >= self.width * _LEAST_WIDTH
        return is_wide and box.height >= self.height * _LEAST_HEIGHT

    def _floor(self) -> float:
        """Return where the footers begin."""
        tops = [
            box_of(one).top
            for one in self._plain.placeholders
            if _type_of(one) in ("dt", "ftr", "sldNum") and one.width is not None
        ]
        low = [top for top in tops if top > self.height * 0.7]
        return min([*low, self.height * 0.95]) - 4

    def open_with(self, title: str) -> Any:
        """Add the first slide and return it; its second placeholder, if any, is still empty."""
        return self._add(self._opening, title)

    def add(self, title: str) -> Any:
        """Add a slide with a title and nothing else, and return it."""
        slide = self._add(self._plain, title)
        for one in list(slide.placeholders):
            if _type_of(one) not in _TITLE_TYPES:
                one._element.getparent().remove(one._element)  # noqa: SLF001 - no public name
        return slide

    def _add(self, layout: Any, title: str) -> Any:
        slide = self._presentation.slides.add_slide(layout)
        holder = slide.shapes.title
        if holder is None:
            holder = look.add_title(slide, self._title)
        is_plain = layout is self._plain or holder.width is None
        box = self._title if is_plain else box_of(holder)
        if is_plain and (holder.width is None or box_of(holder) != box):
            holder.left, holder.top, holder.width, holder.height = box.emu
        size = look.title_size(layout) or _DEFAULT_TITLE
        sizes = [size, *(size * share for share in _TITLE_SIZES if size * share >= _LEAST_TITLE)]
        inner = box.width - 16, box.height - 8
        text, fitting = fit(clean(title), *inner, sizes, self.face.bold)
        write_paras(holder.text_frame, [self.para(text, 0 if fitting == size else fitting)])
        self._add_notes(slide)
        return slide

    def _add_notes(self, slide: Any) -> None:
        said = [
            self._briefing.words,
            self._briefing.scope,
            *(f"{labelled(heading, numbers)}." for heading, numbers in self._briefing.unplaced),
            say("Data version {version}", version=self._briefing.version),
        ]
        write_paras(slide.notes_slide.notes_text_frame, [Para(one, 0) for one in said])

    def para(self, text: str, size: float, **how: Any) -> Para:
        """Return words of the briefing as a paragraph whose figures lead to their claims."""
        leads, at = [], 0
        for piece, claim in self._briefing.pieces(text) if clean(text) == text else ():
            if claim is not None:
                leads.append((at, at + len(piece), claim))
            at += len(piece)
        return Para(text, size, leads=tuple(leads), **how)

    def _lead(self, slide: Any) -> None:
        """Let the figures of a slide lead to the slides of their claims, as far as there are."""
        from pptx.opc.constants import RELATIONSHIP_TYPE

        for link in list(slide.shapes._spTree.iter(_LINK)):  # noqa: SLF001 - no public name
            key = link.get(RELATED, "")
            if not key.startswith(LEAD):
                continue
            there = self.claims.get(int(key.removeprefix(LEAD)))
            if there is None or there is slide:
                link.getparent().remove(link)
            else:
                link.set(RELATED, slide.part.relate_to(there.part, RELATIONSHIP_TYPE.SLIDE))

    def _turn(self, slide: Any) -> None:
        """Let all that is laid out from left to right stand from right to left."""
        axis = round((2 * self.content.left + self.content.width) * EMU_PER_PT)
        for shape in slide.shapes:
            if not shape.is_placeholder:
                look.mirror(shape._element, axis)  # noqa: SLF001 - no public name

    def _mark(self, slide: Any, marking: Tlp) -> None:
        """Write how far the slides may be handed on at head and foot of one, in 12 points."""
        wide = width_pt(marking.label, _MARKING_SIZE, UNKNOWN.bold) + 2 * _INSET
        for name, top in (("Header", 0.0), ("Footer", self.height - _MARKING_HEIGHT)):
            box = Box(self.width / 2 - wide / 2, top, wide, _MARKING_HEIGHT)
            color = marking.color.removeprefix("#")
            para = Para(marking.label, _MARKING_SIZE, is_bold=True, color=color)
            shape = add_text(slide.shapes, box, [para], f"{name}: {marking.label}")
            shape.text_frame.paragraphs[0].alignment = 2  # In the middle.
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb("000000")

    def close(self) -> bytes:
        """Put the furniture on all slides and return the file."""
        for slide in self._presentation.slides:
            self._lead(slide)
            if is_from_right():
                self._turn(slide)
            if self._briefing.tlp:
                self._mark(slide, self._briefing.tlp)
        for number, slide in enumerate(self._presentation.slides, 1):
            for kind in ("ftr", "sldNum"):
                if number > 1:
                    self._add_furniture(slide, kind, number)
        sign(self._presentation.core_properties, self._briefing.title, language())
        package = self._presentation.part.package
        return finish(package._rels, self._presentation.save)  # noqa: SLF001 - no public name

    def _add_furniture(self, slide: Any, kind: str, number: int) -> None:
        """Repeat a footer of the layout; python-pptx leaves them out."""
        for one in slide.slide_layout.placeholders:
            if _type_of(one) == kind and one.width is not None:
                text = self._footer(box_of(one)) if kind == "ftr" else str(number)
                tree = slide.shapes._spTree  # noqa: SLF001 - no public name
                ids = (int(id_) for id_ in tree.xpath(".//p:cNvPr/@id"))
                tree.append(look.furniture(one._element, max(ids) + 1, kind, text))  # noqa: SLF001

    def _footer(self, box: Box) -> str:
        version = f" · {say('data version {version}', version=self._briefing.version)}"
        room = box.width - 2 * _INSET - width_pt(version, _FOOTER_SIZE, self.face)
        if room < box.width / 3:
            # The notes of each slide say it too.
            room, version = box.width - 2 * _INSET, ""
        return cut(clean(self._briefing.title), room, 1, _FOOTER_SIZE, self.face) + version


def part_of(index: int, count: int) -> str:
    """Return which of several slides one is, to stand behind its title; nothing of one alone."""
    return f" ({say('{n} of {all}', n=index, all=count)})" if count > 1 else ""


def _take(stream: IO[bytes]) -> tuple[Any, str]:
    import pptx

    presentation = pptx.Presentation(stream)
    slides = _empty(presentation)
    look.ensure_layout(presentation)
    return presentation, f"Slides of the template left out: {slides}" if slides else ""


def _empty(presentation: Any) -> int:
    """Take the template's own slides out; return how many there were."""
    root = presentation.part._element  # noqa: SLF001 - python-pptx cannot remove slides
    slides = presentation.slides._sldIdLst  # noqa: SLF001 - see above
    count = len(slides)
    for one in list(slides):
        presentation.part.drop_rel(one.rId)
        slides.remove(one)
    gone = [
        *root.findall("{*}custShowLst"),
        *root.xpath(f"p:extLst/p:ext[@uri='{_LIST_OF_SECTIONS}']"),
    ]
    for one in gone:
        one.getparent().remove(one)
    return count


def _type_of(placeholder: Any) -> str:
    return str(placeholder._element.ph.get("type", "obj"))  # noqa: SLF001 - as the file says it


def _is_body(placeholder: Any) -> bool:
    return _type_of(placeholder) not in _NOT_FOR_BODY


def _count_bodies(layout: Any) -> int:
    return sum(_is_body(one) for one in layout.placeholders)


def _meet(body: Box, title: Box) -> bool:
    """Whether a body reaches further into a title than the margins of its text."""
    return min(body.bottom, title.bottom) - max(body.top, title.top) > _INSET


def _has_subtitle(layout: Any) -> bool:
    return any(_type_of(one) == "subTitle" for one in layout.placeholders)


def _title_of(layout: Any) -> Any:
    found: Sequence[Any] = [one for one in layout.placeholders if _type_of(one) in _TITLE_TYPES]
    return found[0] if found else None
