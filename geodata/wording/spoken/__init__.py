"""What does a text in another language say in figures, days and comparisons?"""

from geodata.wording.spoken.glossed import glossed, is_spoken
from geodata.wording.spoken.peoples import all_of_a_people, peoples
from geodata.wording.spoken.phrases import joined, phrases
from geodata.wording.spoken.tables import SPOKEN, plain

__all__ = [
    "SPOKEN", "all_of_a_people", "glossed", "is_spoken", "joined", "peoples", "phrases", "plain",
]  # fmt: skip
