"""The looks of a document without a template, and the styles and lists that one may lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from mapview.briefing.document.writing import element
from mapview.briefing.office import (
    EMU_PER_PT,
    is_from_right,
    parse,
    serialised,
    tag_of_language,
)
from mapview.cartography import PALETTE

__all__ = ["Lists", "add_lists", "dress", "style", "table_style", "turn"]

_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NUMBERING: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
# On all systems with an office program, with Cyrillic, Tajik and Arabic letters.
_FONT: Final = "Arial"
_INK: Final = PALETTE["ink"].light.lstrip("#")
_HEADING: Final = "26394D"
_MM: Final = 36_000
# Name: size, space above and below in points, color.
_SIZES: Final = {
    "Title": (22.0, 0.0, 8.0, _INK),
    "Subtitle": (13.0, 0.0, 8.0, _INK),
    "Heading 1": (14.0, 18.0, 6.0, _HEADING),
    "Heading 2": (11.0, 12.0, 4.0, _HEADING),
    "Caption": (9.0, 4.0, 8.0, _INK),
}


@dataclass(frozen=True)
class Lists:
    """Numbers of the document's list definitions: bullets, and numbers in brackets."""

    bullets: int
    numbers: int


def dress(document: Any) -> None:
    """Give the library's own empty document the looks of Mapview, on A4."""
    section = document.sections[0]
    section.page_width, section.page_height = 210 * _MM, 297 * _MM
    section.left_margin = section.right_margin = 20 * _MM
    section.top_margin = section.bottom_margin = 20 * _MM
    section.header_distance = section.footer_distance = 10 * _MM
    _dress_theme(document)
    _dress_defaults(document)
    normal = document.styles["Normal"]
    normal.font.size = 10 * EMU_PER_PT
    normal.paragraph_format.space_after = 6 * EMU_PER_PT
    normal.paragraph_format.line_spacing = 1.15
    for name in _SIZES:
        _dress_style(document.styles[name], name)


def _dress_theme(document: Any) -> None:
    part = document.part.part_related_by(f"{_RELATIONS}/theme")
    theme = parse(part.blob)
    for latin in theme.iterfind(f".//{{{_A}}}fontScheme//{{{_A}}}latin"):
        latin.set("typeface", _FONT)
    for other in theme.iterfind(f".//{{{_A}}}fontScheme//{{{_A}}}cs") if is_from_right() else ():
        other.set("typeface", _FONT)
    part._blob = serialised(theme)  # noqa: SLF001 - it can only be replaced


def _dress_defaults(document: Any) -> None:
    """Set the language, and let Word open the file as one of today."""
    tag = tag_of_language()
    settings = document.settings.element
    for one in (
        *document.styles.element.iterfind(f"{{{_W}}}docDefaults//{{{_W}}}lang"),
        *settings.iterfind(f"{{{_W}}}themeFontLang"),
    ):
        # What is read from the right has a language of its own beside that of other letters.
        one.set(f"{{{_W}}}val", "en-GB" if is_from_right() else tag)
        if is_from_right():
            one.set(f"{{{_W}}}bidi", tag)
    for zoom in settings.iterfind(f"{{{_W}}}zoom"):
        zoom.set(f"{{{_W}}}percent", "100")
    for one in settings.iterfind(f".//{{{_W}}}compatSetting"):
        if one.get(f"{{{_W}}}name") == "compatibilityMode":
            one.set(f"{{{_W}}}val", "15")


def turn(document: Any) -> None:
    """Give letters that are read from the right the sizes of others, and let pages begin there.

    Nothing is done for a language that is read from the left.
    """
    if not is_from_right():
        return
    for one in document.styles.element.iterfind(f"{{{_W}}}style"):
        letters = one.find(f"{{{_W}}}rPr")
        for name in ("b", "i", "sz") if letters is not None else ():
            plain = letters.find(f"{{{_W}}}{name}")
            if plain is None:
                continue
            for old in letters.findall(f"{{{_W}}}{name}Cs"):
                letters.remove(old)
            plain.addnext(element(f"w:{name}Cs", **dict(_values(plain))))
    for section in document.sections:
        properties = section._sectPr  # noqa: SLF001 - python-docx has no name for it
        if properties.find(f"{{{_W}}}bidi") is None:
            properties.insert_element_before(element("w:bidi"), "w:rtlGutter", "w:docGrid")


def _values(plain: Any) -> Iterator[tuple[str, str]]:
    for key, value in plain.attrib.items():
        yield key.rpartition("}")[2], value


def _dress_style(one: Any, name: str) -> None:
    from docx.shared import RGBColor

    size, above, below, color = _SIZES[name]
    one.font.size = round(size * EMU_PER_PT)
    one.font.bold, one.font.italic = name != "Caption", False
    one.font.color.rgb = RGBColor.from_string(color)
    form = one.paragraph_format
    form.space_before, form.space_after = round(above * EMU_PER_PT), round(below * EMU_PER_PT)
    form.keep_with_next = name != "Caption"
    properties = one.element.get_or_add_pPr()
    for border in properties.findall(f"{{{_W}}}pBdr"):
        properties.remove(border)
    letters = one.element.get_or_add_rPr()
    for gone in ("spacing", "kern"):
        for found in letters.findall(f"{{{_W}}}{gone}"):
            letters.remove(found)


def style(document: Any, name: str) -> Any:
    """Return a style by its English name; make it where a template has none."""
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    if name in [one.name for one in styles if one.type == WD_STYLE_TYPE.PARAGRAPH]:
        return styles[name]
    if name == "Normal":
        return styles.default(WD_STYLE_TYPE.PARAGRAPH) or styles.add_style(
            name, WD_STYLE_TYPE.PARAGRAPH, builtin=True
        )
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    made.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
    _dress_style(made, name)
    if name.startswith("Heading"):
        level = element("w:outlineLvl", val=str(int(name.split()[1]) - 1))
        made.element.get_or_add_pPr().append(level)
    return made


def table_style(document: Any, name: str) -> Any:
    """Return the style of text in tables, smaller and closer than other text."""
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    if name in [one.name for one in styles]:
        return styles[name]
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
    made.font.size = round(8.5 * EMU_PER_PT)
    made.paragraph_format.space_before = made.paragraph_format.space_after = 0
    made.paragraph_format.line_spacing = 1.0
    return made


def add_lists(document: Any) -> Lists:
    """Define the two lists that documents use, whatever the template has."""
    root = _numbering(document)
    used = [int(one) for one in root.xpath("w:abstractNum/@w:abstractNumId | w:num/@w:numId")]
    first = max([0, *used]) + 1
    for offset, (form, text) in enumerate((("bullet", "•"), ("decimal", "[%1]"))):
        number = first + offset
        definition = _definition(number, form, text)
        before = root.find(f"{{{_W}}}num")
        if before is None:
            root.append(definition)
        else:
            before.addprevious(definition)
        entry = element("w:num", numId=str(number))
        entry.append(element("w:abstractNumId", val=str(number)))
        last = root.findall(f"{{{_W}}}num")
        (last[-1] if last else definition).addnext(entry)
    return Lists(first, first + 1)


def _definition(number: int, form: str, text: str) -> Any:
    definition = element("w:abstractNum", abstractNumId=str(number))
    definition.append(element("w:multiLevelType", val="singleLevel"))
    level = element("w:lvl", ilvl="0")
    level.append(element("w:start", val="1"))
    level.append(element("w:numFmt", val=form))
    level.append(element("w:lvlText", val=text))
    level.append(element("w:lvlJc", val="left"))
    indent = "284" if form == "bullet" else "567"
    properties = element("w:pPr")
    properties.append(element("w:ind", left=indent, hanging=indent))
    level.append(properties)
    definition.append(level)
    return definition


def _numbering(document: Any) -> Any:
    """Return the element that holds lists; a template may have none."""
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    kind = f"{_RELATIONS}/numbering"
    if not any(one.reltype == kind for one in document.part.rels.values()):
        blob = f'<w:numbering xmlns:w="{_W}"/>'.encode()
        place = PackURI("/word/numbering.xml")
        part = NumberingPart.load(place, _NUMBERING, blob, document.part.package)
        document.part.relate_to(part, kind)
    return document.part.part_related_by(kind).element
