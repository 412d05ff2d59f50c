"""What the whole set holds: coverage, contradictions, and the account of them."""

from geodata.account.contradictions import contradictions
from geodata.account.counts import SourceUse, newest_document
from geodata.account.matters import Contradiction, Matter

__all__ = ["Contradiction", "Matter", "SourceUse", "contradictions", "newest_document"]
