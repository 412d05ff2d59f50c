"""A document while it is made: its template, styles, sections, lists, header and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Final

from mapview.briefing.content import Briefing
from mapview.briefing.document import look
from mapview.briefing.document.tables import CLAIM, Cell, Column, table_of
from mapview.briefing.document.writing import (
    MUTED,
    Ink,
    add_bookmark,
    add_caption,
    add_field,
    add_marking,
    add_pieces,
    begin,
    element,
    write,
)
from mapview.briefing.office import (
    EMU_PER_PT,
    PAPER,
    clean,
    digits,
    finish,
    language,
    local_name,
    open_template,
    say,
    shorten,
    sign,
)

__all__ = ["INCIDENTS", "Paper"]

INCIDENTS: Final = "Incidents"
"""Heading of the table of incidents, and the bookmark that counts lead to."""

_SMALL: Final = Ink(color=MUTED, size=8)
_MOST_HEADER: Final = 110
_TABLE_STYLE: Final = "Mapview Table"
# Where the numbers of pages stand in a sentence; no text has these letters.
_PAGE, _PAGES = "\x01", "\x02"
_FIELDS: Final = re.compile(f"([{_PAGE}{_PAGES}])")


class Paper:
    """A document being made.

    Args:
        briefing: What it says.
        template: The user's own, or `None`.

    Attributes:
        document: As python-docx has it.
        told: What a user has to know of the template.
    """

    def __init__(self, briefing: Briefing, template: Path | None) -> None:
        self._briefing = briefing
        self.has_template = template is not None
        self.told: tuple[str, ...] = ()
        self.document = self._open(template)
        self._captions = {"Figure": 0, "Table": 0}
        self._styles: dict[str, str | None] = {}
        self._lists = look.add_lists(self.document)
        self.is_wide = False
        self._write_margins()

    def _open(self, template: Path | None) -> Any:
        import docx
        from docx.opc.exceptions import OpcError

        if template is None:
            document = docx.Document()
            look.dress(document)
            return document
        document, self.told = open_template(template, PAPER, _take, OpcError)
        return document

    @property
    def width(self) -> float:
        """Width of the text in points."""
        section = self.document.sections[-1]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        return float((section.page_width or 7_560_000) - margins) / EMU_PER_PT

    @property
    def height(self) -> float:
        """Height of the text in points."""
        section = self.document.sections[-1]
        margins = (section.top_margin or 0) + (section.bottom_margin or 0)
        return float((section.page_height or 10_692_000) - margins) / EMU_PER_PT

    def place(self) -> Any:
        """Add a paragraph for a chart and return it: where lines begin would turn its letters."""
        paragraph = self._add("Normal")
        paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def paragraph(self, text: str = "", style: str = "Normal", ink: Ink = Ink()) -> Any:  # noqa: B008
        """Add a paragraph and return it."""
        paragraph = self._add(style)
        begin(paragraph)
        if text:
            write(paragraph, text, ink)
        return paragraph

    def _add(self, style: str) -> Any:
        """Add an empty paragraph; python-docx looks through all styles for each, we do once."""
        paragraph = self.document.add_paragraph()
        if style not in self._styles:
            paragraph.style = look.style(self.document, style)
            self._styles[style] = paragraph._p.style  # noqa: SLF001 - see `item`
        else:
            paragraph._p.style = self._styles[style]  # noqa: SLF001 - see `item`
        return paragraph

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading, from which tables of contents are made."""
        paragraph = self.paragraph(text, f"Heading {level}")
        if text == say(INCIDENTS):
            add_bookmark(paragraph, INCIDENTS, len(self._briefing.leads.claims) + 1)

    def words(self, text: str, style: str = "Normal") -> None:
        """Add words of the briefing whose figures lead to their claims."""
        said: Iterable[tuple[str, int | None]] = [(text, None)]
        # Of what is not printed as it was written no places are known.
        said = self._briefing.pieces(text) if clean(text) == text else said
        pieces = (
            (piece, "" if claim is None else f"{CLAIM}{claim}" if claim else INCIDENTS)
            for piece, claim in said
        )
        add_pieces(self.paragraph(style=style), pieces)

    def caption(self, label: str, text: str, *, stays: bool = False) -> None:
        """Add a numbered caption.

        Args:
            label: `Figure` or `Table`, which fields are called in every language.
            text: What it says.
            stays: Whether it stays on the page of what follows.
        """
        self._captions[label] += 1
        paragraph = self.paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = stays
        add_caption(paragraph, label, self._captions[label], text)

    def item(
        self, text: str = "", *, is_numbered: bool = False, is_of_records: bool = False
    ) -> Any:
        """Add an entry of a list: with a bullet, or with its number in brackets.

        Args:
            text: What it says.
            is_numbered: Whether it has a number.
            is_of_records: Whether records say it in a language of their own.
        """
        paragraph = self.paragraph()
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - lists have no public name
        numbers = properties._add_numPr()  # noqa: SLF001 - see above
        number = self._lists.numbers if is_numbered else self._lists.bullets
        numbers.append(element("w:ilvl", val="0"))
        numbers.append(element("w:numId", val=str(number)))
        paragraph.paragraph_format.space_after = 38_100
        if text:
            write(paragraph, text, is_of_records=is_of_records)
        return paragraph

    def table_style(self) -> str:
        """Return the id of the style of text in tables."""
        return str(look.table_style(self.document, _TABLE_STYLE).style_id)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], alt: str) -> None:
        """Add a table; see `tables.table_of`."""
        style = self.table_style()
        table = table_of(columns, rows, alt, width=self.width, document=self.document, style=style)
        # What follows a table needs a paragraph between, and so does the end of a section.
        end = self.paragraph()
        end._p.addprevious(table)  # noqa: SLF001 - python-docx appends only its own tables
        end.paragraph_format.space_after = 0

    def turn(self) -> None:
        """Begin a section whose pages are turned against those before."""
        from docx.enum.section import WD_ORIENT, WD_SECTION

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.page_width, section.page_height = section.page_height, section.page_width
        self.is_wide = not self.is_wide
        section.orientation = WD_ORIENT.LANDSCAPE if self.is_wide else WD_ORIENT.PORTRAIT
        section.different_first_page_header_footer = False

    def _write_margins(self) -> None:
        """Write title and page numbers where the template has nothing of its own."""
        section = self.document.sections[0]
        headers, footers = [section.header], [section.footer]
        if not self.has_template:
            section.different_first_page_header_footer = True
            footers.append(section.first_page_footer)
        title = shorten(self._briefing.title, _MOST_HEADER)
        for header in headers:
            if not _has_content(header):
                begin(header.paragraphs[0])
                write(header.paragraphs[0], title, _SMALL)
        if not self.has_template:
            headers.append(section.first_page_header)
        for part in (*headers, *footers) if self._briefing.tlp else ():
            add_marking(part.add_paragraph(), self._briefing.tlp)
        for footer in footers:
            if not _has_page_number(footer):
                blank = not _has_content(footer)
                self._write_footer(footer.paragraphs[0] if blank else footer.add_paragraph())

    def _write_footer(self, paragraph: Any) -> None:
        begin(paragraph)
        said = say("Page {page} of {pages}", page=_PAGE, pages=_PAGES)
        for piece in _FIELDS.split(said):
            if piece in (_PAGE, _PAGES):
                code = "PAGE" if piece == _PAGE else "NUMPAGES"
                add_field(paragraph, code, digits("1"), _SMALL)
            elif piece:
                write(paragraph, piece, _SMALL)
        version = say("data version {version}", version=self._briefing.version)
        write(paragraph, f" · {version}", _SMALL)

    def close(self) -> bytes:
        """Return the file."""
        look.turn(self.document)
        sign(self.document.core_properties, self._briefing.title, language())
        return finish(self.document.part.package.rels, self.document.save)


def _take(stream: IO[bytes]) -> tuple[Any, str]:
    import docx

    document = docx.Document(stream)
    left_out = "Text of the template left out" if _empty(document) else ""
    # Files without these parts break only when they are asked for.
    _ = document.styles, document.sections[0].page_width
    return document, left_out


def _empty(document: Any) -> bool:
    """Take the template's own text out; return whether there was any."""
    body = document.element.body
    gone = [one for one in body if local_name(one) != "sectPr"]
    has_text = any("".join(one.itertext()).strip() for one in gone)
    for one in gone:
        body.remove(one)
    return has_text


def _has_content(part: Any) -> bool:
    """Whether a header or footer has anything to be seen."""
    root = part._element  # noqa: SLF001 - python-docx sees only text
    return bool("".join(root.itertext()).strip() or root.xpath(".//w:drawing | .//w:pict"))


def _has_page_number(part: Any) -> bool:
    root = part._element  # noqa: SLF001 - python-docx knows no fields
    codes = [*root.xpath(".//w:instrText/text()"), *root.xpath(".//w:fldSimple/@w:instr")]
    return any("PAGE" in str(code).split() for code in codes)
