"""What does a text in another language say in figures, days and comparisons?"""

from geodata.wording.spoken.glossed import glossed, is_spoken
from geodata.wording.spoken.peoples import peoples
from geodata.wording.spoken.tables import SPOKEN, plain

__all__ = ["SPOKEN", "glossed", "is_spoken", "peoples", "plain"]
