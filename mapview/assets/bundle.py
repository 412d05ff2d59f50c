"""Own joining the map's ES modules into one classic script, in the order of their imports.

Pages opened from disk and the app's frame take classic scripts only. Modules keep to two forms,
so that joining them is a few replacements: `import { a, b as c } from "./x.js";` (or `* as x`),
and one `export { a, b };` at their end. Comments, a third of what is written, are not sent; lines
keep their places, so that an error is found where it says.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

__all__ = ["bundle", "in_order", "texts_among"]

_FOLDER = Path(__file__).parent
_IMPORT = re.compile(r'^import (\* as \w+|\{[^{}]*\}) from "(\.[\w./]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (\{[^{}]*\});\s*\Z", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import|export)\b.*", re.MULTILINE)
# A comment that begins its line, or one of types before what it says the type of.
_COMMENT = re.compile(
    r"^[ \t]*(?:/\*\*(?:(?!\*/)[\s\S])*\*/|//[^\n]*)[ \t]*$|/\*\* ?@(?:(?!\*/|\n).)*\*/ ?",
    re.MULTILINE,
)
_RENAMED = re.compile(r"(\w+) as (\w+)")
# Between the parts of a text that is too long for one line.
_BROKEN = re.compile(r'"\s*\+\s*"')


def bundle(*entries: str) -> str:
    """Return entry modules and all that they import as one classic script.

    Args:
        entries: Paths within this folder; what they export becomes the global `Mapview`.

    Returns:
        The script; each module is a function of its own, and all are strict.

    Raises:
        ValueError: If a module imports in a circle, or in a form that cannot be joined.
    """
    modules = "\n".join(f'modules["{name}"] = {_as_function(name)};' for name in in_order(*entries))
    exports = ", ".join(f'...modules["{name}"]' for name in entries)
    return (
        'var Mapview = (function () {\n"use strict";\nconst modules = {};\n'
        f"{modules}\nreturn Object.freeze({{ {exports} }});\n}})();\n"
    )


def texts_among(candidates: Iterable[str], *entries: str) -> frozenset[str]:
    """Return those of some texts that stand, whole, as a text in the scripts of some entries.

    Example:
        >>> texts_among(["Reset all filters", "Filters", "No such text"], "panel.js")
        frozenset()
    """
    scripts = _BROKEN.sub("", bundle(*entries))
    return frozenset(one for one in candidates if json.dumps(one, ensure_ascii=False) in scripts)


def in_order(*entries: str) -> tuple[str, ...]:
    """Return the modules that some entries need, each after all that it imports.

    Raises:
        ValueError: If a module imports in a circle, or in a form that cannot be joined.
    """
    found: list[str] = []
    _visit(entries, (), found)
    return tuple(found)


def _visit(names: Iterable[str], importers: tuple[str, ...], found: list[str]) -> None:
    for name in names:
        if name in importers:
            circle = " > ".join((*importers, name))
            raise ValueError(f"modules must not import in a circle, got {circle}")
        if name in found:
            continue
        imported = (_resolve(name, match[2]) for match in _IMPORT.finditer(_source(name)))
        _visit(imported, (*importers, name), found)
        found.append(name)


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _resolve(name: str, address: str) -> str:
    """Return the path of what a module imports.

    Example:
        >>> _resolve("page/main.js", "../dom.js")
        'dom.js'
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def _as_function(name: str) -> str:
    def take(match: re.Match[str]) -> str:
        names = _RENAMED.sub(r"\1: \2", match[1].removeprefix("* as "))
        return f'const {names} = modules["{_resolve(name, match[2])}"];'

    def give(match: re.Match[str]) -> str:
        return "return " + _RENAMED.sub(r"\2: \1", match[1]) + ";"

    source = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), _source(name))
    body = _EXPORT.sub(give, _IMPORT.sub(take, source))
    other = _OTHER.search(body)
    if other:
        raise ValueError(f"{name} must import and export in a form that is joined, got {other[0]}")
    return f"(function () {{\n{body}}})()"
