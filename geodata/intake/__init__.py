"""What other programs made of our files, brought back into what a record is.

A reader of a format hands each feature or row to an `Intake`; names, values and places that other
programs write differently are understood, and what is not understood is kept and told once.
"""

from geodata.intake.features import field_name
from geodata.intake.gathering import MEMBERS, Intake
from geodata.intake.tables import LEGACY, decode_table, read_table

__all__ = ["LEGACY", "MEMBERS", "Intake", "decode_table", "field_name", "read_table"]
