"""Whose citizens a text speaks of, in any of the languages: "US citizens", "двое американцев"."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from geodata.wording.spoken.tables import plain

__all__ = ["peoples"]


@lru_cache(maxsize=10_000)
def peoples(text: str) -> frozenset[str]:
    """Return the codes of countries whose people, not whose ground, a text names.

    Example:
        >>> sorted(peoples("two Dutch citizens, двое граждан США, un Suisse"))
        ['CH', 'NL', 'US']
        >>> sorted(peoples("killed in Iran"))
        []
    """
    bare = plain(text)
    return frozenset(code for code, words in _patterns().items() if words.search(bare))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    read = json.loads(Path(__file__).with_name("peoples.json").read_text("utf-8"))
    return {
        code: re.compile(rf"(?<!\w)و?(?:{plain(words)})(?!\w)", re.IGNORECASE)
        for code, words in read.items()
    }
