"""Films: a picture a period as GIF, WebP and MP4, or a sentence on what an MP4 needs."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import weakref
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from geodata import Filter, Store, load
from geodata.errors import FormatError
from geodata.publication import Tlp
from geodata.tongue import speaking
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import Briefing
from mapview.briefing.figure import draw as figures
from mapview.briefing.figure.draw import FilmKind, draw_film
from mapview.briefing.figure.film import Around, fitting_size, write_film
from mapview.briefing.figure.paper import Canvas
from mapview.briefing.figure.periods import draw_parts
from mapview.briefing.figure.sheet import Plan, draw_around
from mapview.briefing.figure.sizes import SHEETS, Size
from mapview.briefing.progress import Cancelled, Progress
from mapview.cartography import DRAWN

SMALL = Size(240, 135, 60)
YEARS = "from=2017&to=2020&areas=off"
FFMPEG = shutil.which("ffmpeg")


@cache
def briefing(query: str = YEARS, **options: object) -> Briefing:
    return compose(Store.of(load()), Filter.from_query(query), BriefingOptions(**options))  # type: ignore[arg-type]


@cache
def film(kind: FilmKind, query: str = YEARS) -> bytes:
    return draw_film(briefing(query), kind, size=SMALL, unit="year")


def pictures(content: bytes) -> list[Image.Image]:
    with Image.open(io.BytesIO(content)) as opened:
        found = []
        for at in range(opened.n_frames):  # type: ignore[attr-defined]
            opened.seek(at)
            found.append(opened.convert("RGB"))
        return found


def far_apart(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that anybody would see as different."""
    changed = ImageChops.difference(one, other).convert("L").point(lambda v: 255 if v > 40 else 0)
    return changed.histogram()[255] / (one.width * one.height)


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_there_is_a_picture_a_period_of_one_size(kind: FilmKind) -> None:
    some = pictures(film(kind))
    assert len(some) == 4
    assert {one.size for one in some} == {SMALL.pixels}
    for one, after in pairwise(some):
        box = ImageChops.difference(one, after).getbbox()
        assert box
        # Head and foot stay as they are.
        assert box[1] > 0.1 * one.height
        assert 0.001 < far_apart(one, after) < 0.2


def test_both_show_the_same() -> None:
    for one, other in zip(pictures(film("gif")), pictures(film("webp")), strict=True):
        assert far_apart(one, other) < 0.01


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_equal_briefings_give_equal_bytes(kind: FilmKind) -> None:
    assert draw_film(briefing(), kind, size=SMALL, unit="year") == film(kind)


@pytest.mark.parametrize("options", [{}, {"tlp": Tlp.AMBER, "language": "fa"}], ids=["", "fa"])
def test_what_stands_around_the_map_is_drawn_once_and_looks_the_same(
    options: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn() -> list[bytes]:
        found: list[bytes] = []

        def keep(
            kind: str, count: int, fullest: int, draw: Callable[[int], bytes], _: object
        ) -> bytes:
            found.extend(map(draw, range(count)))
            return b""

        with monkeypatch.context() as patched, speaking(str(options.get("language", "en"))):
            patched.setattr(figures, "write_film", keep)
            draw_film(briefing(**options), "webp", size=SMALL, unit="year")
        return found

    plans: list[Plan] = []
    real_around, real_parts = draw_around, draw_parts

    def around(canvas: Canvas, plan: Plan) -> None:
        plans.append(plan)
        real_around(canvas, plan)

    def parts(canvas: Canvas, *others: object) -> None:
        real_parts(canvas, *others)  # type: ignore[arg-type]
        real_around(canvas, plans[0])

    once = drawn()
    monkeypatch.setattr(figures, "draw_around", around)
    monkeypatch.setattr(figures, "draw_parts", parts)
    monkeypatch.setattr(Around, "over", lambda _, picture: picture)
    each = drawn()
    assert len(plans) == 1
    assert len(set(once)) == len(once) == 4
    assert once == each


def test_colours_of_kinds_are_kept() -> None:
    def first(at: int) -> bytes:
        return b"\xff\xff\xff" * (40 * 20 - len(DRAWN)) + colors

    wanted = [one.color.light for one in DRAWN[:12]]
    colors = b"".join(bytes.fromhex(DRAWN[at % 12].color.light[1:]) for at in range(len(DRAWN)))
    [only] = pictures(write_film("gif", 1, 0, first, (40, 20)))
    seen = {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in only.get_flattened_data()}
    assert seen >= {one.lower() for one in wanted}


def test_a_film_plays_on_and_rests_on_its_last_picture() -> None:
    with Image.open(io.BytesIO(film("gif"))) as opened:
        assert opened.info["loop"] == 0
        times = []
        for at in range(4):
            opened.seek(at)
            times.append(opened.info["duration"])
    assert times == [1200, 1200, 1200, 3000]


def test_the_marking_is_on_every_picture() -> None:
    marked = pictures(draw_film(briefing(tlp=Tlp.RED), "gif", size=SMALL, unit="year"))
    for one in marked:
        for top in (0.0, 0.95):
            strip = one.crop((int(0.8 * one.width), int(top * one.height), one.width,
                              int((top + 0.05) * one.height)))  # fmt: skip
            assert (0, 0, 0) in {color for _, color in strip.getcolors(100_000) or ()}


@pytest.mark.parametrize("query", ["record=kerman-2024-01-03&areas=off", "q=zz&from=2020&to=2021"])
def test_one_event_and_none_have_a_film(query: str) -> None:
    assert pictures(draw_film(briefing(query), "webp", size=SMALL, unit="year"))


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_few_pictures_are_held_at_once(kind: FilmKind, monkeypatch: pytest.MonkeyPatch) -> None:
    size, count, most = (64, 36), 30, 0
    made: list[weakref.ref[Image.Image]] = []
    begin = Image.Image.__init__

    def noted(picture: Image.Image) -> None:
        begin(picture)
        made.append(weakref.ref(picture))

    monkeypatch.setattr(Image.Image, "__init__", noted)

    def draw(at: int) -> bytes:
        nonlocal most
        held = [one for ref in made if (one := ref()) is not None and one.size == size]
        most = max(most, len(held))
        return bytes([at * 8, 0, 0]) * (size[0] * size[1])

    assert len(pictures(write_film(kind, count, 0, draw, size))) == count
    assert 0 < most < 8


def test_sizes_in_mm_have_as_many_pixels_as_a_film_may_and_those_in_pixels_are_refused() -> None:
    a4 = fitting_size("gif", SHEETS["a4"].size)
    width, height = a4.pixels
    assert 1_900_000 < width * height <= 1_920 * 1_080
    assert fitting_size("gif", SHEETS["slide"].size).pixels == (1_920, 1_080)
    assert fitting_size("webp", None).pixels == (1_280, 720)
    with pytest.raises(FormatError, match=r"at most 2,073,600 pixels, got 3,840 x 2,160"):
        fitting_size("gif", Size.parse("3840x2160px"))
    with pytest.raises(FormatError, match="one of gif, webp, mp4, got 'avi'"):
        draw_film(briefing(), "avi")  # type: ignore[arg-type]


def test_a_shape_without_room_for_a_map_is_refused() -> None:
    with pytest.raises(FormatError, match="room for a map with its legend"):
        draw_film(briefing(), "gif", size=Size(300, 60, 60))


def test_a_film_that_is_cancelled_ends_between_pictures() -> None:
    progress = Progress()
    told: list[str] = []

    def stop(_: float, words: str) -> None:
        told.append(words)
        if words.startswith("Drawing 2018"):
            progress.cancel()

    watched = Progress(stop)
    progress = watched
    with pytest.raises(Cancelled):
        draw_film(briefing(), "gif", size=SMALL, unit="year", progress=watched)
    assert "Drawing 2018" in told
    assert "Drawing 2020" not in told


def test_an_mp4_is_made_where_ffmpeg_is_and_refused_in_words_where_it_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if FFMPEG:
        content = film("mp4")
        assert content[4:8] == b"ftyp"
        path = tmp_path / "film.mp4"
        path.write_bytes(content)
        probe = subprocess.run(
            [
                str(Path(FFMPEG).with_name("ffprobe")),
                "-v",
                "error",
                "-of",
                "json",
                "-show_entries",
                "stream=width,height,pix_fmt,codec_name:format=duration",
                str(path),
            ],
            capture_output=True,
            check=True,
        )
        told = json.loads(probe.stdout)
        [stream] = told["streams"]
        even = tuple(one + one % 2 for one in SMALL.pixels)
        assert (stream["width"], stream["height"]) == even
        assert (stream["codec_name"], stream["pix_fmt"]) == ("h264", "yuv420p")
        assert float(told["format"]["duration"]) == pytest.approx(3 * 1.2 + 3, abs=0.5)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FormatError, match="program ffmpeg, which is not on the PATH: install it"):
        draw_film(briefing(), "mp4", size=SMALL, unit="year")


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("echo 'Unknown encoder libx264' >&2\nexit 1", "got an error: Unknown encoder libx264"),
        ("cat > /dev/null\nexec sleep 60", "within 0.3 seconds of its last picture, got nothing"),
    ],
)
def test_what_ffmpeg_says_is_told_where_it_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str, told: str
) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr("mapview.briefing.figure.film._FFMPEG_S", 0.3)
    with pytest.raises(FormatError, match=told):
        draw_film(briefing(), "mp4", size=SMALL, unit="year")
