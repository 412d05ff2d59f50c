"""Colours as python-pptx takes them."""

from __future__ import annotations

from typing import Any, cast

__all__ = ["rgb"]


def rgb(color: str) -> Any:
    """Return a colour given as `#rrggbb` or `RRGGBB`."""
    from pptx.dml.color import RGBColor

    return cast("Any", RGBColor).from_string(color.lstrip("#").upper())
