"""How questions about rows are answered: by an engine through Ibis, from columns, from a cube."""

from geodata.queries.asked.counting import write_cube
from geodata.queries.asked.cube import Cube, cell_shift, open_cube
from geodata.queries.asked.held import HeldQuestions
from geodata.queries.asked.questions import Questions

__all__ = ["Cube", "HeldQuestions", "Questions", "cell_shift", "open_cube", "write_cube"]
