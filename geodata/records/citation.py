"""How a source is cited in one line, and which of its addresses may become a link."""

from __future__ import annotations

from urllib.parse import urlsplit

from geodata.records.dates import describe_date
from geodata.records.model import Source

__all__ = ["cite", "safe_url"]


def cite(source: Source) -> str:
    """Return a source in one line: author, title, publisher, date.

    Example:
        >>> cite(Source(id="a", title="T", publisher="P", date="2024-01"))
        '“T”, P, January 2024'
    """
    date = describe_date(source.date) if source.date else ""
    parts = (source.author, f"“{source.title}”", source.publisher, date)
    return ", ".join(part for part in parts if part)


def safe_url(url: str) -> str:
    """Return an address if it is http or https, and nothing otherwise.

    Example:
        >>> safe_url("javascript:alert(1)"), safe_url("https://example.org/a")
        ('', 'https://example.org/a')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
