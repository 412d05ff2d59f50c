"""Which language does somebody ask for?"""

from __future__ import annotations

from geodata.errors import RequestError
from geodata.tongue.catalogue import LANGUAGES

__all__ = ["language_asked"]


def language_asked(code: str) -> str:
    """Return the code of a language that somebody asks for.

    Raises:
        RequestError: If it is none of `LANGUAGES`.

    Example:
        >>> language_asked("fa")
        'fa'
    """
    if code not in LANGUAGES:
        raise RequestError(f"lang must be one of {', '.join(LANGUAGES)}, got {code!r:.40}")
    return code
