"""The looks of a deck without a template, and what a template may lack."""

from __future__ import annotations

import copy
from typing import Any, Final

from mapview.briefing.office import (
    EMU_PER_PT,
    add_child,
    is_from_right,
    parse,
    serialised,
    tag_of_language,
)
from mapview.briefing.slides.boxes import Box
from mapview.cartography import KINDS, PALETTE

__all__ = ["WIDE", "add_title", "dress", "ensure_layout", "furniture", "mirror", "title_size"]

_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
_NAMES: Final = f'xmlns:a="{_A}" xmlns:p="{_P}"'
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# 16:9, in points.
WIDE: Final = (960, 540)
_KEPT: Final = ("title", "titleOnly", "obj", "blank")
# Arial is on all systems with an office program, has Cyrillic with Tajik letters and Arabic, and
# its stand-ins elsewhere have its widths.
_FONT: Final = "Arial"
_KINDS: Final = {one.id: one.color.light for one in KINDS}
_COLOURS: Final = {
    "dk1": PALETTE["ink"].light,
    "lt1": PALETTE["paper"].light,
    "dk2": "#26394d",
    "lt2": PALETTE["land"].light,
    "accent1": "#4a6785",
    "accent2": _KINDS["bombing"],
    "accent3": _KINDS["rocket"],
    "accent4": _KINDS["airstrike"],
    "accent5": _KINDS["vehicle-knife"],
    "accent6": _KINDS["other"],
    "hlink": PALETTE["focus"].light,
    "folHlink": _KINDS["plot"],
}
# Where placeholders stand: title, content, footer and number.
_PLACES: Final = {
    "title": Box(40, 18, 880, 52),
    "body": Box(40, 74, 880, 428),
    "ftr": Box(40, 510, 720, 18),
    "sldNum": Box(840, 510, 80, 18),
}
_OPENING: Final = {"ctrTitle": Box(64, 84, 832, 148), "subTitle": Box(64, 244, 832, 136)}
_TITLE_SIZE, _OPENING_SIZE, _SUBTITLE_SIZE, _SMALL = "2600", "3800", "1800", "1000"


def dress(presentation: Any) -> None:
    """Give the library's own empty presentation the looks of Mapview, 16:9."""
    presentation.slide_width, presentation.slide_height = (pt * EMU_PER_PT for pt in WIDE)
    sizes = presentation.part._element.sldSz  # noqa: SLF001 - python-pptx has no name for it
    sizes.attrib.pop("type", None)
    master = presentation.slide_masters[0]
    for layout in list(master.slide_layouts):
        if layout._element.get("type") not in _KEPT:  # noqa: SLF001 - see above
            master.slide_layouts.remove(layout)
    _dress_theme(master)
    _dress_master(master)
    for layout in master.slide_layouts:
        _dress_layout(layout)


def _dress_theme(master: Any) -> None:
    part = master.part.part_related_by(f"{_RELATIONS}/theme")
    theme = parse(part.blob)
    for name, color in _COLOURS.items():
        slot = theme.find(f".//{{{_A}}}clrScheme/{{{_A}}}{name}")
        for one in list(slot):
            slot.remove(one)
        add_child(slot, "srgbClr", val=color.lstrip("#").upper())
    for latin in theme.iterfind(f".//{{{_A}}}fontScheme//{{{_A}}}latin"):
        latin.set("typeface", _FONT)
    for other in theme.iterfind(f".//{{{_A}}}fontScheme//{{{_A}}}cs") if is_from_right() else ():
        other.set("typeface", _FONT)
    part._blob = serialised(theme)  # noqa: SLF001 - it can only be replaced


def _dress_master(master: Any) -> None:
    for one in list(master.placeholders):
        kind = one._element.ph.get("type")  # noqa: SLF001 - as the file says it
        if kind == "dt":
            one._element.getparent().remove(one._element)  # noqa: SLF001 - no public name
            continue
        _place(one, _turned(_PLACES[kind]))
        body = one._element.txBody.find(f"{{{_A}}}bodyPr")  # noqa: SLF001 - no public name
        body.set(_inner_side(), "0")
        if kind == "title":
            body.set("anchor", "ctr")
        for style in one._element.iterfind(f".//{{{_A}}}lvl1pPr"):  # noqa: SLF001 - no public name
            style.set("algn", _side(is_first=kind != "sldNum"))
            style.find(f"{{{_A}}}defRPr").set("sz", _SMALL)
    styles = master._element.find(f"{{{_P}}}txStyles/{{{_P}}}titleStyle/{{{_A}}}lvl1pPr")  # noqa: SLF001
    styles.set("algn", _side(is_first=True))
    styles.find(f"{{{_A}}}defRPr").set("sz", _TITLE_SIZE)
    styles.find(f"{{{_A}}}defRPr").set("b", "1")


def _dress_layout(layout: Any) -> None:
    for one in list(layout.placeholders):
        kind = one._element.ph.get("type")  # noqa: SLF001 - as the file says it
        if kind == "dt":
            one._element.getparent().remove(one._element)  # noqa: SLF001 - no public name
        elif kind in _OPENING:
            _place(one, _turned(_OPENING[kind]))
            _write_style(one._element, kind)  # noqa: SLF001 - no public name
        else:
            # Without a place of its own it follows the master.
            frame = one._element.spPr.find(f"{{{_A}}}xfrm")  # noqa: SLF001 - no public name
            if frame is not None:
                one._element.spPr.remove(frame)  # noqa: SLF001 - no public name
    if layout._element.get("type") == "title":  # noqa: SLF001 - no public name
        layout.shapes._spTree.insert(2, _bar(90))  # noqa: SLF001 - layouts take no new shapes


def _write_style(element: Any, kind: str) -> None:
    is_title = kind == "ctrTitle"
    body = element.txBody
    body.find(f"{{{_A}}}bodyPr").set("anchor", "b" if is_title else "t")
    body.find(f"{{{_A}}}bodyPr").set(_inner_side(), "0")
    size = _OPENING_SIZE if is_title else _SUBTITLE_SIZE
    colour = '<a:schemeClr val="tx1"/>'
    style = parse(
        f'<a:lstStyle {_NAMES}><a:lvl1pPr marL="0" indent="0" algn="{_side(is_first=True)}">'
        "<a:buNone/>"
        f'<a:defRPr sz="{size}"><a:solidFill>{colour}</a:solidFill></a:defRPr>'
        "</a:lvl1pPr></a:lstStyle>"
    )
    body.replace(body.find(f"{{{_A}}}lstStyle"), style)


def _bar(identifier: int) -> Any:
    """Return the band at the left of the first slide."""
    left, top, width, height = _turned(Box(40, 96, 6, 280)).emu
    return parse(
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{identifier}" name="Band"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody>'
        "</p:sp>"
    )


def _side(*, is_first: bool) -> str:
    """Return the side at which lines begin, or end, as DrawingML names it."""
    return "l" if is_first is not is_from_right() else "r"


def _inner_side() -> str:
    """Return the inset at the side at which lines begin."""
    return "rIns" if is_from_right() else "lIns"


def _turned(box: Box) -> Box:
    """Return where something stands that is laid out from left to right, as a reader expects it."""
    left = WIDE[0] - box.right if is_from_right() else box.left
    return Box(left, box.top, box.width, box.height)


def mirror(element: Any, axis: int) -> None:
    """Let a shape stand as far from the other side, and the shapes of a group so, too.

    Args:
        element: The shape.
        axis: Twice the middle, in the unit of office files.
    """
    for frame in element.iter(f"{{{_A}}}xfrm", f"{{{_P}}}xfrm"):
        for start, size in (("off", "ext"), ("chOff", "chExt")):
            at, wide = frame.find(f"{{{_A}}}{start}"), frame.find(f"{{{_A}}}{size}")
            if at is not None:
                at.set("x", str(axis - int(at.get("x")) - int(wide.get("cx"))))


def _place(placeholder: Any, box: Box) -> None:
    left, top, width, height = box.emu
    placeholder.left, placeholder.top = left, top
    placeholder.width, placeholder.height = width, height


def title_size(layout: Any) -> float | None:
    """Return the size of titles in points, as the layout or its master sets it."""
    kinds = ("title", "ctrTitle")
    holders = [one._element for one in layout.placeholders]  # noqa: SLF001 - no public name
    titles = [one for one in holders if one.ph.get("type") in kinds]
    master = layout.slide_master._element  # noqa: SLF001 - no public name
    places = [one.find(f".//{{{_A}}}lvl1pPr/{{{_A}}}defRPr") for one in titles]
    places.append(
        master.find(f"{{{_P}}}txStyles/{{{_P}}}titleStyle/{{{_A}}}lvl1pPr/{{{_A}}}defRPr")
    )
    sizes = [one.get("sz") for one in places if one is not None and one.get("sz")]
    return int(sizes[0]) / 100 if sizes else None


def add_title(slide: Any, box: Box) -> Any:
    """Add a title placeholder to a slide whose layout has none, so that the outline shows it."""
    left, top, width, height = box.emu
    tree = slide.shapes._spTree  # noqa: SLF001 - no public name
    element = _parsed(
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="2" name="Title"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    ids = [int(one) for one in tree.xpath(".//p:cNvPr/@id")]
    element.nvSpPr.cNvPr.set("id", str(max(ids) + 1))
    tree.insert(2, element)
    return slide.shapes.title


def furniture(model: Any, identifier: int, kind: str, text: str) -> Any:
    """Return a footer or slide number that follows the one of the layout.

    Args:
        model: The layout's element.
        identifier: Number among the slide's shapes.
        kind: `ftr` or `sldNum`.
        text: What it says.
    """
    element = parse(
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{identifier}" name="{kind} {identifier}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr/></p:nvSpPr><p:spPr/>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    element.find(f"{{{_P}}}nvSpPr/{{{_P}}}nvPr").append(copy.deepcopy(model.ph))
    paragraph = element.find(f"{{{_P}}}txBody/{{{_A}}}p")
    about = {"algn": _side(is_first=kind == "ftr")}
    if is_from_right():
        about["rtl"] = "1"
    add_child(paragraph, "pPr", **about)
    if kind == "sldNum":
        run = add_child(
            paragraph, "fld", id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}", type="slidenum"
        )
    else:
        run = add_child(paragraph, "r")
    letters = add_child(run, "rPr", lang=tag_of_language(), sz=_SMALL)
    # LibreOffice forgets the theme's font here.
    add_child(letters, "latin", typeface="+mn-lt")
    add_child(run, "t").text = text
    return element


def _parsed(text: str) -> Any:
    """Return an element with the names that python-pptx gives its parts."""
    from pptx.oxml import parse_xml

    return parse_xml(text)


def ensure_layout(presentation: Any) -> None:
    """Give a template without any layout one that has a title."""
    masters = list(presentation.slide_masters)
    if not masters:
        raise ValueError("no slide master")
    if any(len(master.slide_layouts) for master in masters):
        return
    from pptx.opc.packuri import PackURI
    from pptx.parts.slide import SlideLayoutPart

    master = masters[0]
    part = SlideLayoutPart.load(
        PackURI("/ppt/slideLayouts/slideLayout1.xml"),
        "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml",
        master.part.package,
        _LAYOUT.encode(),
    )
    part.relate_to(master.part, f"{_RELATIONS}/slideMaster")
    relation = master.part.relate_to(part, f"{_RELATIONS}/slideLayout")
    listed = master._element.get_or_add_sldLayoutIdLst()  # noqa: SLF001 - no public name
    entry = add_child(listed, "sldLayoutId", id=str(_layout_id(presentation)))
    entry.set(f"{{{_RELATIONS}}}id", relation)


def _layout_id(presentation: Any) -> int:
    """Return a number that no master or layout has; they share one range."""
    root = presentation.part._element  # noqa: SLF001 - no public name
    return max([2_147_483_648, *(int(one) for one in root.xpath("//p:sldMasterId/@id"))]) + 1


_LAYOUT: Final = (
    f'<p:sldLayout {_NAMES} type="titleOnly" preserve="1"><p:cSld name="Title Only"><p:spTree>'
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title 1"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
    '</p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp></p:spTree></p:cSld>"
    "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
)
