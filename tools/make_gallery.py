"""Make docs/gallery.md: one of each kind of briefing, from the shipped records, as pictures.

    python tools/make_gallery.py

Every file is made by the command line, opened by a program that its reader would use, and
pictured from there. Needs a Chromium, as the browser tests do, LibreOffice and pdftoppm
(Debian: chromium libreoffice-impress libreoffice-writer poppler-utils).
"""

from __future__ import annotations

import io
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import ARGUMENTS, HOW_TO_GET_ONE, find_chromium

from geodata import Filter, Store, load
from mapview.briefing.compose import compose
from mapview.briefing.page import write_page
from mapview.cli.__main__ import main as mapview
from mapview.exports import EXPORTS
from mapview.web.addresses import snippet

CHOICE = ["--from", "2015", "--to", "2024-06"]
CHOSEN = Filter.from_query("from=2015&to=2024-06")
TITLE = ["--title", "Documented incidents, 2015–2024"]
WIDTH_PX, SVG_PX = 1400, 1600
# A palette would lose the colours of small symbols.
QUALITY = 86


@dataclass(frozen=True)
class Exhibit:
    """One picture of the gallery.

    Attributes:
        file: The briefing, as the command names it.
        heading: What it is.
        text: What a reader should see in it.
        more: Options of the command besides filter and title.
        choice: Filter and title.
        pages: Pages to picture, for what has pages.
    """

    file: str
    heading: str
    text: str
    more: tuple[str, ...] = ()
    pages: tuple[int, ...] = (1,)
    choice: tuple[str, ...] = (*CHOICE, *TITLE)


KERMAN = ("--id", "kerman-2024-01-03")
EXHIBITS = (
    Exhibit(
        "kerman-brief.pdf",
        "Brief on one page",
        "Headline, who says what, a map, where sources disagree, numbered sources, and how to read "
        "it: tagged, searchable, and never longer than a page.",
        ("--layout", "brief"),
        choice=KERMAN,
    ),
    Exhibit(
        "kerman-card.png",
        "Card for links and posts",
        "1200 x 630 pixels in letters for a telephone; a link shows one before it is opened.",
        ("--layout", "card"),
        choice=KERMAN,
    ),
    Exhibit(
        "briefing.html",
        "Web page",
        "One file that opens from disk without a network: map, filters, a time slider that plays, "
        "claims with their sources, table and print style.",
    ),
    Exhibit(
        "figure.png",
        "Figure (PNG)",
        "300 dpi, drawn without a browser; a conic projection fitted to the content, insets for "
        "what lies far away.",
    ),
    Exhibit(
        "figure.svg",
        "Figure (SVG)",
        "The same with live text, to be edited further.",
        ("--size", f"{SVG_PX}x900px"),
    ),
    Exhibit(
        "figure.pdf",
        "Figure (PDF)",
        "The same for print, here on a page held upright.",
        ("--size", "210x297mm"),
    ),
    Exhibit(
        "slides.pptx",
        "Slides",
        "What has to be said on six, all it rests on in an annex. Real text boxes, tables, charts "
        "and an editable legend; in your own template if you like.",
        pages=(2, 3, 4, 5, 6),
    ),
    Exhibit(
        "document.docx",
        "Document",
        "Headings, captions, tables with repeated headers, alternative texts, page numbers.",
        pages=(1, 2, 3),
    ),
    Exhibit(
        "coarse.png",
        "Coarsened for publication",
        "Places rounded to the province; the figure says so.",
        ("--coarsen", "province"),
    ),
)
EMBEDDED = Exhibit(
    "embedded.html",
    "Embedded map",
    "The same map inside somebody else's page, as `/embed` serves it and *Share* hands it out. It "
    "sleeps until it is clicked.",
)
PACK = Exhibit("pack.zip", "Pack", "All of these with the data, the sources and a manifest.")


def main() -> int:
    """Write docs/gallery.md and the pictures in docs/gallery/."""
    path = find_chromium()
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if path is None or missing:
        print(HOW_TO_GET_ONE if path is None else f"needed: {', '.join(missing)}", file=sys.stderr)
        return 1
    pictures = DOCS / "gallery"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    parts = [_head()]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for one in EXHIBITS:
            file = _make(one, Path(folder))
            shots = _pictures_of(file, one, browser)
            names = [f"{file.stem}-{file.suffix[1:]}-{n}.webp" for n in range(1, len(shots) + 1)]
            for name, shot in zip(names, shots, strict=True):
                _save(shot, pictures / name)
            parts.append(_section(one, file, names))
            print(file.name)
        parts.append(_embedded_section(Path(folder), pictures, browser))
        parts.append(_pack_section(_make(PACK, Path(folder))))
        parts.append(_data_section(Path(folder)))
        browser.close()
    (DOCS / "gallery.md").write_text("\n".join(parts), "utf-8")
    return 0


def _make(one: Exhibit, folder: Path) -> Path:
    file = folder / one.file
    if mapview(["brief", str(file), *one.choice, *one.more]):
        raise SystemExit(f"{one.file} could not be made")
    return file


def _pictures_of(file: Path, one: Exhibit, browser: Browser) -> list[Image.Image]:
    if file.suffix == ".png":
        return [Image.open(file)]
    if file.suffix == ".html":
        return [_screenshot(file, browser)]
    if file.suffix == ".svg":
        # As wide as it says itself, or its legend would be cut off.
        return [_screenshot(file, browser, width=SVG_PX)]
    if file.suffix == ".pdf":
        return _pages(file, one.pages)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(file.parent)]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    return _pages(file.with_suffix(".pdf"), one.pages)


def _screenshot(
    file: Path, browser: Browser, *, width: int = WIDTH_PX, height: int = 900
) -> Image.Image:
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_timeout(2_500)
    shot = page.screenshot()
    context.close()
    return Image.open(io.BytesIO(shot))


def _pages(file: Path, wanted: tuple[int, ...]) -> list[Image.Image]:
    shots = []
    for number in wanted:
        command = ["pdftoppm", "-png", "-r", "110", "-f", str(number), "-l", str(number), str(file)]
        made = subprocess.run(command, check=True, capture_output=True).stdout
        if made:
            shots.append(Image.open(io.BytesIO(made)))
    return shots


def _save(shot: Image.Image, path: Path) -> None:
    """Save a picture small enough for a repository, without dates in it."""
    small = shot.convert("RGB")
    if small.width > WIDTH_PX:
        height = round(small.height * WIDTH_PX / small.width)
        small = small.resize((WIDTH_PX, height), Image.Resampling.LANCZOS)
    small.save(path, quality=QUALITY, method=6)


def _head() -> str:
    return (
        "# Gallery\n\nOne of each kind of briefing, made from the shipped records by "
        "`tools/make_gallery.py`, opened as its reader would open it, and pictured.\n"
    )


def _console(one: Exhibit) -> str:
    command = shlex.join(["mapview", "brief", one.file, *one.choice, *one.more])
    return f"```console\n{command}\n```"


def _section(one: Exhibit, file: Path, names: list[str]) -> str:
    size = f"{file.stat().st_size / 1e6:.1f} MB"
    pictures = "\n\n".join(
        f"![{one.heading}, picture {n}](gallery/{name})" for n, name in enumerate(names, 1)
    )
    return "\n\n".join(
        (f"## {one.heading}", f"{one.text} ({size})", _console(one), f"{pictures}\n")
    )


def _embedded_section(folder: Path, pictures: Path, browser: Browser) -> str:
    store = Store.of(load())
    file = folder / EMBEDDED.file
    page = write_page(compose(store, CHOSEN), embedded=True, home="https://maps.example/")
    file.write_bytes(page)
    name = "embedded.webp"
    _save(_screenshot(file, browser, width=900, height=520), pictures / name)
    frame = snippet(f"https://maps.example/embed?{CHOSEN.to_query()}", "Documented incidents")
    return "\n\n".join(
        (
            f"## {EMBEDDED.heading}",
            EMBEDDED.text,
            f"```html\n{frame}\n```",
            f"![{EMBEDDED.heading}](gallery/{name})\n",
        )
    )


def _data_section(folder: Path) -> str:
    """Write every data export with the same filter, and list them."""
    rows = []
    for ending, kind in EXPORTS.items():
        file = folder / f"incidents.{ending}"
        if mapview(["export", str(file), *CHOICE]):
            raise SystemExit(f"{file.name} could not be made")
        rows.append(f"| `mapview export {file.name} …` | {kind.label} | {file.stat().st_size:,} |")
    table = "\n".join(("| command | format | bytes |", "|---|---|---:|", *rows))
    return f"## Data\n\nThe records with all claims, in every format.\n\n{table}\n"


def _pack_section(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        rows = "\n".join(f"| `{i.filename}` | {i.file_size:,} |" for i in archive.infolist())
    table = f"| file | bytes |\n|---|---:|\n{rows}\n"
    return "\n\n".join((f"## {PACK.heading}", PACK.text, _console(PACK), table))


if __name__ == "__main__":
    sys.exit(main())
