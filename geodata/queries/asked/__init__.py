"""How questions about rows are answered: by an engine through Ibis, or from columns in memory."""

from geodata.queries.asked.held import HeldQuestions
from geodata.queries.asked.questions import Questions

__all__ = ["HeldQuestions", "Questions"]
