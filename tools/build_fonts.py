"""Make the fonts of figures: Noto Sans and Noto Sans Arabic, without the letters nobody needs.

    python tools/build_fonts.py /usr/share/fonts/truetype/noto

The folder is that of Debian's package fonts-noto-core 20201225-1. Running it again on the same
package gives the same bytes; CHECKSUMS is written beside them.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "mapview" / "briefing" / "fonts"

# Latin with its extensions, Greek, Cyrillic (Tajik and Kazakh letters among them), punctuation.
WESTERN = (
    (0x20, 0x7E), (0xA0, 0x217), (0x259, 0x259), (0x2B9, 0x2C9), (0x300, 0x331), (0x386, 0x3CE),
    (0x400, 0x513), (0x1E00, 0x1E9E), (0x200B, 0x206F), (0x20A0, 0x20BF), (0x2116, 0x2122),
    (0x2190, 0x2199), (0x2212, 0x2215), (0x25A0, 0x25CC),
)  # fmt: skip
SLANTED = ((0x20, 0x7E), (0xA0, 0x17F), (0x259, 0x259), (0x400, 0x4FF), (0x2010, 0x2026))
# Arabic, Persian, Urdu, Pashto, Kurdish and Uyghur; their joined forms come by the layout tables.
ARABIC = ((0x20, 0x20), (0x600, 0x6FF), (0x200B, 0x200F), (0x25CC, 0x25CC))

FONTS = {
    "NotoSans-Regular.ttf": WESTERN,
    "NotoSans-Bold.ttf": WESTERN,
    "NotoSans-Italic.ttf": SLANTED,
    "NotoSansArabic-Regular.ttf": ARABIC,
    "NotoSansArabic-Bold.ttf": ARABIC,
}


def subset(source: Path, target: Path, ranges: tuple[tuple[int, int], ...]) -> None:
    """Write a font with the letters of some ranges only, and how they join and stand."""
    options = Options(
        hinting=False, desubroutinize=True, recalc_timestamp=False,
        name_IDs=["*"], notdef_outline=True, glyph_names=False,
    )  # fmt: skip
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in ranges for code in range(low, high + 1)])
    subsetter.subset(font)
    font.save(target)


def main(folder: Path) -> None:
    """Write the fonts and their checksums."""
    lines = []
    for name, ranges in FONTS.items():
        subset(folder / name, TARGET / name, ranges)
        content = (TARGET / name).read_bytes()
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        print(f"{len(content):>9,} bytes  {name}")
    (TARGET / "CHECKSUMS").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
