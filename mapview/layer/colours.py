"""The colours of both themes as a stylesheet: by the reader's system, or as the app has it."""

from __future__ import annotations

from mapview.cartography import PALETTE

__all__ = ["colours"]


def colours() -> str:
    """Return the palette as CSS variables."""
    light, dark = (
        "".join(
            f"--mapview-{name.replace('_', '-')}:{getattr(tone, theme)};"
            for name, tone in PALETTE.items()
        )
        for theme in ("light", "dark")
    )
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}"
        ":root[data-theme=light]{color-scheme:light}"
    )
