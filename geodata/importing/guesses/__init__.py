"""Which column plays which part, and what can only the user say?"""

from geodata.importing.guesses.columns import make_plan, plan_of_sample
from geodata.importing.guesses.fixes import Broken, Fix
from geodata.importing.guesses.headers import ROLES, counted_part, header_words, name_score
from geodata.importing.guesses.plan import SETTINGS, Guess, Plan, Question, RowKind, Settings
from geodata.importing.guesses.sample import Column, Sample

__all__ = [
    "ROLES",
    "SETTINGS",
    "Broken",
    "Column",
    "Fix",
    "Guess",
    "Plan",
    "Question",
    "RowKind",
    "Sample",
    "Settings",
    "counted_part",
    "header_words",
    "make_plan",
    "name_score",
    "plan_of_sample",
]  # fmt: skip
