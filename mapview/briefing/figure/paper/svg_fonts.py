"""The letters that an SVG brings along, so that it looks the same where Noto Sans is missing."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from mapview.briefing.figure.paper.fonts import FONTS_DIR, Face, font_files, shaped_by

__all__ = ["font_rules"]

# Letters of edits to come: plain Latin is always there.
_ALWAYS = frozenset(range(0x20, 0x7F))


def font_rules(texts: Mapping[Face, Iterable[str]]) -> str:
    """Return style rules that hold the letters used, a font each, as data.

    DejaVu Sans, which stands in for rare letters, is only named.
    """
    letters: dict[tuple[Path, bool, bool], set[int]] = {}
    for face, lines in texts.items():
        used = {ord(letter) for line in lines for letter in line}
        for path in font_files(face):
            if path.parent == FONTS_DIR:
                key = (path, face.bold, face.italic and path.stem.endswith("Italic"))
                letters.setdefault(key, set()).update(used)
    return "".join(
        _rule(path, is_bold=bold, is_italic=italic, letters=frozenset(used))
        for (path, bold, italic), used in sorted(letters.items())
    )


@lru_cache(maxsize=64)  # Figures of one briefing mostly ask for the same letters.
def _rule(path: Path, *, is_bold: bool, is_italic: bool, letters: frozenset[int]) -> str:
    is_arabic = "Arabic" in path.stem
    font, has = shaped_by(path)
    held = letters & has
    wanted = held if is_arabic else held | _ALWAYS
    if held <= {0x20}:
        return ""
    # HarfBuzz cuts a font in a hundredth of the time that fontTools takes; that writes it as WOFF.
    asked = hb.SubsetInput()
    asked.unicode_set.update(wanted)
    # None is left out: clear and turned round it has all.
    asked.layout_feature_tag_set.clear()
    asked.layout_feature_tag_set.invert()
    asked.flags = hb.SubsetFlags.NO_HINTING
    stream = io.BytesIO()
    cut = hb.subset(font.face, asked).blob.data
    with TTFont(io.BytesIO(cut), recalcTimestamp=False) as written:
        written.flavor = "woff"
        written.save(stream)
    content = base64.b64encode(stream.getvalue()).decode("ascii")
    family = "Noto Sans Arabic" if is_arabic else "Noto Sans"
    weight = 700 if is_bold else 400
    style = "italic" if is_italic else "normal"
    return (
        f'@font-face {{font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f"src: url(data:font/woff;base64,{content})}}\n"
    )
