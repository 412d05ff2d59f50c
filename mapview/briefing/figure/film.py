"""A briefing as a film: a picture a period, as GIF, WebP or MP4, one picture in memory at a time.

GIF and WebP are written with Pillow. MP4 needs ffmpeg, which is looked for on the PATH.
"""

from __future__ import annotations

import io
import math
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import numpy as np
from PIL import GifImagePlugin, Image, ImageChops, ImageColor

from geodata.errors import FormatError
from mapview.briefing.figure.sizes import Size
from mapview.cartography import DRAWN, PALETTE

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["KINDS_OF_FILM", "Around", "FilmKind", "fitting_size", "write_film"]

FilmKind = Literal["gif", "webp", "mp4"]
KINDS_OF_FILM: tuple[FilmKind, ...] = get_args(FilmKind)
FILM = Size(240, 135, 135.47)
"""The usual size: 1280 x 720 pixels, with letters as large as on a sheet of 240 mm."""
# As many pixels as a screen of 1920 x 1080 has.
_MOST_PIXELS = 1_920 * 1_080
_PERIOD_MS, _LAST_MS = 1_200, 3_000
_SCREEN_DPI, _MM_PER_INCH = 96, 25.4
_COLORS = 256
# Quick enough, and no smaller file with more effort.
_GROUND = ("paper", "land", "sea", "ink", "ink_muted", "rule", "border", "halo")
_GIF_END = b";"
_WEBP: dict[str, Any] = {"lossless": True, "quality": 40, "method": 2}
# ffmpeg is handed so many pictures a second, and given so long after the last one.
_A_SECOND = 2.5
_FFMPEG_S = 300
_MOST_ERROR = 300


def fitting_size(kind: str, size: Size | None) -> Size:
    """Return the size of a film's pictures, of no more pixels than one has.

    Args:
        kind: "gif", "webp" or "mp4".
        size: That was asked for; one in pixels is taken as it is, or refused.

    Raises:
        FormatError: If the kind is unknown, or there are too many pixels.
    """
    if kind not in KINDS_OF_FILM:
        raise FormatError(f"kind of film must be one of {', '.join(KINDS_OF_FILM)}, got {kind!r}")
    size = size or FILM
    width, height = size.pixels
    if width * height <= _MOST_PIXELS:
        return size
    if size.dpi <= _SCREEN_DPI:
        raise FormatError(
            f"pictures of a film must have at most {_MOST_PIXELS:,} pixels, got {width:,} x "
            f"{height:,}"
        )
    inches = size.width_mm * size.height_mm / _MM_PER_INCH**2
    return replace(size, dpi=math.floor(math.sqrt(_MOST_PIXELS / inches)))


def write_film(
    kind: FilmKind,
    count: int,
    fullest: int,
    draw: Callable[[int], bytes],
    size: tuple[int, int],
) -> bytes:
    """Return a film; equal pictures give equal bytes as GIF and WebP.

    Args:
        kind: "gif", "webp" or "mp4".
        count: How many pictures it has.
        fullest: Which of them has all colours, counted from 0.
        draw: Gives red, green and blue of each pixel of a picture, row by row.
        size: Width and height of a picture in pixels.

    Raises:
        FormatError: If there is no ffmpeg for an MP4, or it fails.
    """
    reel = _Reel(count, fullest, draw, size)
    if kind == "mp4":
        return _mp4(reel, _ffmpeg())
    return _gif(reel) if kind == "gif" else _webp(reel)


@dataclass(frozen=True)
class Around:
    """What all pictures of a film have, to be laid over what each has: they do not overlap.

    Attributes:
        colors: Red, green and blue of each pixel, shape `(pixels, 3)`.
        is_drawn: Whether something is drawn there, shape `(pixels, 1)`.
    """

    colors: NDArray[np.uint8]
    is_drawn: NDArray[np.bool_]

    @classmethod
    def of(cls, pixels: bytes, blank: bytes) -> Self:
        """Find it from a picture that has nothing else, and one without anything."""
        colors, empty = (np.frombuffer(one, np.uint8).reshape(-1, 3) for one in (pixels, blank))
        return cls(colors, (colors != empty).any(axis=1, keepdims=True))

    def over(self, pixels: bytes) -> bytes:
        """Lay it over a picture of the same size."""
        picture = np.frombuffer(pixels, np.uint8).reshape(-1, 3)
        return np.where(self.is_drawn, self.colors, picture).tobytes()


@dataclass(frozen=True)
class _Reel:
    """Pictures that are drawn one after another; see `write_film`."""

    count: int
    fullest: int
    draw: Callable[[int], bytes]
    size: tuple[int, int]

    def image(self, at: int) -> Image.Image:
        """Return a picture, counted from 0."""
        return Image.frombytes("RGB", self.size, self.draw(at))

    @property
    def times(self) -> list[int]:
        """For how many milliseconds each is seen."""
        return [_PERIOD_MS] * (self.count - 1) + [_LAST_MS]


def _gif(reel: _Reel) -> bytes:
    """Write a GIF with one palette, each picture as the part that differs from the one before."""
    # All pictures have one legend, so all colours are in the fullest one.
    palette = _palette(reel.image(reel.fullest))
    out, before = io.BytesIO(), None
    for at, time in enumerate(reel.times):
        image = reel.image(at).quantize(palette=palette, dither=Image.Dither.NONE)
        if before is None:
            for piece in GifImagePlugin.getheader(image.copy(), info={"loop": 0})[0]:
                out.write(piece)
        box = _changed(before, image)
        for piece in GifImagePlugin.getdata(image.crop(box), box[:2], duration=time, disposal=1):
            out.write(piece)
        before = image
    out.write(_GIF_END)
    return out.getvalue()


def _palette(image: Image.Image) -> Image.Image:
    """Return the colours of a picture: those of kinds and ground as they are, and others near."""
    own = {PALETTE[name].light for name in _GROUND} | {one.color.light for one in DRAWN}
    exact = [ImageColor.getrgb(one) for one in sorted(own)][: _COLORS // 2]
    rest = image.quantize(_COLORS - len(exact), Image.Quantize.MEDIANCUT).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for one in exact for part in one[:3]] + rest)
    return palette


def _changed(before: Image.Image | None, image: Image.Image) -> tuple[int, int, int, int]:
    """Return what of a picture differs from the one before; all of the first, or a corner."""
    if before is None:
        return 0, 0, *image.size
    pair = (Image.frombytes("L", one.size, one.tobytes()) for one in (before, image))
    return ImageChops.difference(*pair).getbbox() or (0, 0, 1, 1)


class _Pictures(Image.Image):
    """Pictures that an encoder asks for one after another."""

    def __init__(self, reel: _Reel) -> None:
        super().__init__()
        self._reel = reel
        self._at = -1
        self.n_frames = reel.count
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Draw a picture, if it is not the one that was drawn last."""
        if frame != self._at:
            image = self._reel.image(frame)
            self._mode, self._size, self.im, self._at = image.mode, image.size, image.im, frame

    def tell(self) -> int:
        """Return which picture it is, counted from 0."""
        return self._at


def _webp(reel: _Reel) -> bytes:
    out = io.BytesIO()
    _Pictures(reel).save(out, "WEBP", save_all=True, duration=reel.times, loop=0, **_WEBP)
    return out.getvalue()


def _ffmpeg() -> str:
    program = shutil.which("ffmpeg")
    if not program:
        raise FormatError(
            "an MP4 must be made with the program ffmpeg, which is not on the PATH: install it "
            "(Debian: apt install ffmpeg), or take GIF or WebP"
        )
    return program


def _mp4(reel: _Reel, program: str) -> bytes:
    """Let ffmpeg write the pictures, which it is handed one after another."""
    with tempfile.TemporaryDirectory(prefix="mapview-") as folder:
        path, said = Path(folder) / "film.mp4", Path(folder) / "said.txt"
        width, height = reel.size
        command = [
            program, "-hide_banner", "-loglevel", "error", "-nostats", "-y",
            "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{width}x{height}",
            "-framerate", str(_A_SECOND), "-i", "pipe:0",
            # Players of telephones want even sides and colours at half the size.
            "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-pix_fmt", "yuv420p",
            "-crf", "16", "-tune", "stillimage", "-r", "10", "-movflags", "+faststart",
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", str(path),
        ]  # fmt: skip
        with said.open("wb") as errors:
            # Its arguments are ours, and it is given no name of a record.
            running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=errors, stderr=errors)  # noqa: S603
            try:
                _feed(running, reel)
                code = running.wait(_FFMPEG_S)
            except subprocess.TimeoutExpired as error:
                raise FormatError(
                    f"ffmpeg must write an MP4 within {_FFMPEG_S} seconds of its last picture, "
                    "got nothing"
                ) from error
            finally:
                if running.poll() is None:
                    running.kill()
                    running.wait()
        if code or not path.is_file():
            told = said.read_text("utf-8", "replace").strip()[-_MOST_ERROR:]
            raise FormatError(f"ffmpeg must write an MP4, got an error: {told or code}")
        return path.read_bytes()


def _feed(running: subprocess.Popen[bytes], reel: _Reel) -> None:
    pipe = running.stdin
    if pipe is None:
        return
    # Why it ended early is in what it said.
    with suppress(BrokenPipeError), pipe:
        for at, time in enumerate(reel.times):
            colors = reel.image(at).tobytes()
            for _ in range(round(time / 1000 * _A_SECOND)):
                pipe.write(colors)
