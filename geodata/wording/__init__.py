"""What somebody wrote about records, held against them: numbers, dates and comparisons in words."""

from geodata.wording.holding import hold, unmatched
from geodata.wording.ledger import Ledger
from geodata.wording.spans import Span, SpanKind

__all__ = ["Ledger", "Span", "SpanKind", "hold", "unmatched"]
