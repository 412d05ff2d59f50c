"""How does what a row says become a record?"""

from geodata.importing.making.areas import area_of
from geodata.importing.making.draft import Doubt, Draft, RowError, clean_id, plain_value, row_hash
from geodata.importing.making.evidence import CODES, Evidence, NewNames
from geodata.importing.making.names import Named, place_by_name, proposals_for, shared_names
from geodata.importing.making.outlines import place_of_geometry, to_degrees
from geodata.importing.making.periods import in_order
from geodata.importing.making.points import check_country, on_earth, point_of
from geodata.importing.making.victims import Victims

__all__ = [
    "CODES",
    "Doubt",
    "Draft",
    "Evidence",
    "Named",
    "NewNames",
    "RowError",
    "Victims",
    "area_of",
    "check_country",
    "clean_id",
    "in_order",
    "on_earth",
    "place_by_name",
    "place_of_geometry",
    "plain_value",
    "point_of",
    "proposals_for",
    "row_hash",
    "shared_names",
    "to_degrees",
]  # fmt: skip
