"""The parts that a standalone page carries: scripts, styles, packed data, and its own policy."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rjsmin
import xstatic.pkg.leaflet
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from mapview import assets
from mapview.assets.bundle import bundle
from mapview.layer.colours import colours

__all__ = [
    "Block", "group_stylesheet", "marking_stylesheet", "pack", "policy", "script_json",
    "scripts", "stylesheet", "viewer_scripts", "viewer_stylesheet",
]  # fmt: skip

_ASSETS = Path(assets.__file__).parent
_LEAFLET = Path(xstatic.pkg.leaflet.BASE_DIR)

PAGE_STYLES = ("document.css", "embed.css", "print.css")

# What would end a script or style element, whatever comes before it.
_ENDS_ELEMENT = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """Packed data in the page.

    Attributes:
        id: Id of its element.
        text: Base64 of gzip of JSON; it can hold no tag.
    """

    id: str
    text: str


def pack(identifier: str, value: object) -> Block:
    """Return a value as packed data; equal values give equal text.

    Example:
        >>> pack("a", [1]) == pack("a", [1])
        True
    """
    # Half of a surrogate pair cannot be written in UTF-8, but as an escape in JSON.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    packed = gzip.compress(text.encode("utf-8", "backslashreplace"), 9, mtime=0)
    # The tenth byte names the system that it was packed on.
    stable = packed[:9] + b"\xff" + packed[10:]
    return Block(identifier, base64.b64encode(stable).decode("ascii"))


def script_json(value: object) -> Markup:
    r"""Return a value as JSON in which no text can end a script.

    Example:
        >>> print(script_json(["</script>"]))
        ["\u003c/script\u003e"]
    """
    return Markup(htmlsafe_json_dumps(value))  # noqa: S704 - it escapes <, >, & and '


@cache
def scripts() -> tuple[Markup, ...]:
    """Return the scripts of the page: Leaflet, and ours without their comments."""
    return _scripts_from(assets.PAGE_ENTRY)


@cache
def viewer_scripts() -> tuple[Markup, ...]:
    """Return the same of the page that reads a file by itself."""
    return _scripts_from(assets.VIEWER_ENTRY)


def _scripts_from(entry: str) -> tuple[Markup, ...]:
    leaflet = (_LEAFLET / "leaflet.js").read_text("utf-8")
    without_map = re.sub(r"\s*//# sourceMappingURL=.*$", "", leaflet)
    ours = _by_number(str(rjsmin.jsmin(bundle(entry))))
    return _inline(without_map), _inline(ours)


def _by_number(script: str) -> str:
    """Return joined modules that know each other by a number, which is shorter than a path.

    Example:
        >>> _by_number('modules["a.js"]=1;modules["b.js"]=modules["a.js"];')
        'modules[0]=1;modules[1]=modules[0];'
    """
    numbers: dict[str, int] = {}
    return re.sub(
        r'modules\["([\w./]+)"\]',
        lambda name: f"modules[{numbers.setdefault(name[1], len(numbers))}]",
        script,
    )


@cache
def stylesheet() -> Markup:
    """Return the styles of the page, the colours of both themes first."""
    names = (*assets.STYLESHEETS, *(f"page/{name}" for name in PAGE_STYLES))
    own = "\n".join((_ASSETS / name).read_text("utf-8") for name in names)
    return _inline(f"{colours()}\n{_compact(_leaflet_styles())}\n{_compact(own)}")


@cache
def group_stylesheet() -> Markup:
    """Return the styles of what a page tells of groups, which few pages do."""
    return _inline(_compact((_ASSETS / assets.GROUP_STYLES).read_text("utf-8")))


@cache
def marking_stylesheet(label: str) -> Markup:
    """Return the styles that put a marking, of plain letters, on each page of paper."""
    box = f'{{content:"{label}";font:bold 12pt system-ui,sans-serif}}'
    return _inline(f"@page{{@top-right{box}@bottom-left{box}}}")


@cache
def viewer_stylesheet() -> Markup:
    """Return the styles of what the empty viewer has around the stage."""
    return _inline(_compact((_ASSETS / assets.VIEWER_STYLES).read_text("utf-8")))


def _leaflet_styles() -> str:
    """Return Leaflet's styles without the rules that name files: a page has no files beside it."""
    text = re.sub(r"/\*.*?\*/", "", (_LEAFLET / "leaflet.css").read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"[^{}]+\{[^{}]*url\([^{}]*\}", "", text)


def _compact(styles: str) -> str:
    plain = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    return re.sub(r"\s*([{};\n])\s*", r"\1", re.sub(r"\s*\n\s*", "\n", plain)).strip()


def _inline(text: str) -> Markup:
    """Return our own script or style as it stands in the page.

    Raises:
        ValueError: If it would end its element.
    """
    found = _ENDS_ELEMENT.search(text)
    if found:
        raise ValueError(f"inline text must not end its element, got {found[0]!r}")
    # The policy holds the hash of exactly these letters, and readers turn every line end into LF.
    return Markup(text.replace("\r\n", "\n").strip())  # noqa: S704 - no text of records


def policy(inline_scripts: Sequence[str], inline_styles: Sequence[str]) -> str:
    """Return the Content-Security-Policy of a page: its own scripts and styles, nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(inline_scripts)}",
            f"style-src {_hashes(inline_styles)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(one).decode('ascii')}'" for one in digests)
