"""Text in a document: runs of one script each, fields, captions, links and lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from mapview.briefing.office import (
    clean,
    digits,
    is_from_right,
    is_right_to_left,
    runs_of,
    say,
    tag_of_language,
)

__all__ = [
    "MUTED",
    "Ink",
    "add_bookmark",
    "add_caption",
    "add_field",
    "add_link",
    "add_marking",
    "add_pieces",
    "begin",
    "describe_picture",
    "element",
    "turn_table",
    "write",
]

MUTED: Final = "575D64"
_LINK: Final = "1259C3"
_HALF_POINTS: Final = 2


@dataclass(frozen=True)
class Ink:
    """How letters look.

    Attributes:
        is_bold: Whether they are bold.
        color: `RRGGBB`; empty for that of the style.
        size: In points; 0 for that of the style.
        is_link: Whether they are underlined.
        is_lead: Whether they are so by dots, as what leads to another part of the document.
    """

    is_bold: bool = False
    color: str = ""
    size: float = 0
    is_link: bool = False
    is_lead: bool = False


PLAIN: Final = Ink()


def element(name: str, /, **attributes: str) -> Any:
    """Return an element of WordprocessingML.

    Args:
        name: Such as `w:tab`.
        **attributes: Of the same name space.
    """
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    one = OxmlElement(name)
    for key, value in attributes.items():
        one.set(qn(f"w:{key}"), value)
    return one


def write(paragraph: Any, text: str, ink: Ink = PLAIN, *, is_of_records: bool = False) -> None:
    """Append a text; the first one sets the paragraph's direction.

    Args:
        paragraph: A python-docx paragraph.
        text: Any text; it is cleaned, but for a space or tab at its ends.
        ink: How it looks.
        is_of_records: Whether records say it in a language of their own.
    """
    lead = text[:1] if text[:1] in (" ", "\t") else ""
    tail = " " if text[1:].endswith(" ") else ""
    text = lead + clean(text) + tail
    if not paragraph.text:
        _direct(paragraph, text)
    for run in runs_of(text, is_of_records=is_of_records):
        paragraph._p.append(  # noqa: SLF001 - python-docx sets no languages
            _run(run.text, ink, run.lang, is_rtl=run.is_rtl)
        )


def _direct(paragraph: Any, text: str) -> None:
    """Let a paragraph be read as its text is."""
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no name for it
    bidi = None if properties is None else properties.find("{*}bidi")
    is_rtl = is_right_to_left(text)
    if is_rtl and bidi is None:
        _turn(paragraph)
    elif bidi is not None and not is_rtl and is_from_right():
        properties.remove(bidi)
        # What is read from the left stands below what is not, but for lists.
        if properties.find("{*}numPr") is None:
            paragraph.alignment = 2  # At the right.


def turn_table(properties: Any) -> None:
    """Let the first column of a table stand at the right, where the language is read from there.

    Args:
        properties: Of the table; nothing but its style and place stands in them before this.
    """
    if is_from_right():
        later = ("w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc")
        first = next(one for name in later for one in properties.iterfind(f"{{*}}{name[2:]}"))
        first.addprevious(element("w:bidiVisual"))


def begin(paragraph: Any) -> None:
    """Let a new paragraph be read from the side from which the language is."""
    if is_from_right():
        _turn(paragraph)


def _turn(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no name for it
    later = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing")
    last = ("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:rPr")
    properties.insert_element_before(element("w:bidi"), *later, *last, "w:sectPr", "w:pPrChange")


def _run(text: str, ink: Ink, lang: str, *, is_rtl: bool) -> Any:
    """Return a run; the order of its properties is that of the schema."""
    run, properties = element("w:r"), element("w:rPr")
    if ink.is_bold:
        properties.extend((element("w:b"), element("w:bCs")))
    if ink.color:
        properties.append(element("w:color", val=ink.color))
    if ink.size:
        size = str(round(ink.size * _HALF_POINTS))
        properties.extend((element("w:sz", val=size), element("w:szCs", val=size)))
    if ink.is_link:
        properties.append(element("w:u", val="single"))
    if ink.is_lead:
        properties.append(element("w:u", val="dotted"))
    if is_rtl:
        properties.append(element("w:rtl"))
    properties.append(element("w:lang", **({"bidi": lang} if is_rtl else {"val": lang})))
    run.append(properties)
    for index, part in enumerate(text.split("\t")):
        if index:
            run.append(element("w:tab"))
        if part:
            letters = element("w:t")
            letters.text = part
            letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(letters)
    return run


def add_field(paragraph: Any, code: str, shown: str, ink: Ink = PLAIN) -> None:
    """Append a field, which the office program works out.

    Args:
        paragraph: A python-docx paragraph.
        code: Such as `PAGE`.
        shown: What it says until then.
        ink: How it looks.
    """
    field = element("w:fldSimple", instr=f" {code} ")
    field.append(_run(shown, ink, tag_of_language(), is_rtl=is_from_right()))
    paragraph._p.append(field)  # noqa: SLF001 - python-docx knows no fields


def add_caption(paragraph: Any, label: str, number: int, text: str) -> None:
    """Write a caption that the office program numbers and lists.

    Args:
        paragraph: An empty one in the style for captions.
        label: `Figure` or `Table`.
        number: Which of them it is.
        text: What it says.
    """
    bold = Ink(is_bold=True)
    write(paragraph, f"{say(label)} ", bold)
    add_field(paragraph, rf"SEQ {label} \* ARABIC", digits(str(number)), bold)
    write(paragraph, f". {text}")


def add_link(paragraph: Any, text: str, url: str) -> None:
    """Append an address that a reader may follow; nothing is fetched."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = element("w:hyperlink", history="1")
    related = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), related)
    ink = Ink(color=_LINK, is_link=True)
    for run in runs_of(clean(text), is_of_records=True):
        link.append(_run(run.text, ink, run.lang, is_rtl=run.is_rtl))
    paragraph._p.append(link)  # noqa: SLF001 - python-docx only reads links


def add_pieces(paragraph: Any, pieces: Iterable[tuple[str, str]], ink: Ink = PLAIN) -> None:
    """Append a text in pieces, each with the bookmark that it leads to, if any.

    Args:
        paragraph: An empty python-docx paragraph.
        pieces: What it says, and the name of a bookmark or nothing.
        ink: How it looks; what leads on is underlined by dots.
    """
    told = list(pieces)
    _direct(paragraph, "".join(text for text, _ in told))
    for text, bookmark in told:
        if not bookmark:
            write(paragraph, text, ink)
            continue
        link = element("w:hyperlink", anchor=bookmark, history="1")
        marked = replace(ink, is_lead=True)
        for run in runs_of(clean(text)):
            link.append(_run(run.text, marked, run.lang, is_rtl=run.is_rtl))
        paragraph._p.append(link)  # noqa: SLF001 - python-docx only reads links


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Make of a paragraph what links of the document lead to.

    Args:
        paragraph: A paragraph that has its text.
        name: Of letters, digits and underscores.
        number: No other bookmark of the document has it.
    """
    root, identifier = paragraph._p, str(number)  # noqa: SLF001 - python-docx has no bookmarks
    first = next(one for one in root if not one.tag.endswith("}pPr"))
    first.addprevious(element("w:bookmarkStart", id=identifier, name=name))
    root.append(element("w:bookmarkEnd", id=identifier))


def add_marking(paragraph: Any, marking: Any) -> None:
    """Write how far the document may be handed on, at the right and in 12 points.

    Args:
        paragraph: An empty one of a header or footer.
        marking: A `Tlp`.
    """
    ink = Ink(is_bold=True, color=marking.color.removeprefix("#"), size=12)
    run = _run(marking.label, ink, "en-GB", is_rtl=False)
    properties = run.find("{*}rPr")
    # After the size comes the shade, in the order of the schema.
    shade = element("w:shd", val="clear", color="auto", fill="000000")
    properties.find("{*}szCs").addnext(shade)
    paragraph.alignment = 2  # At the right, or the left of what is read from there.
    paragraph._p.append(run)  # noqa: SLF001 - python-docx shades no runs


def describe_picture(shape: Any, name: str, words: str) -> None:
    """Name a picture and say what it shows, for who cannot see it."""
    properties = shape._inline.docPr  # noqa: SLF001 - python-docx has no name for it
    properties.set("name", name)
    properties.set("descr", clean(words))
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")  # noqa: SLF001 - LibreOffice takes a gap where none is set
