"""What does a cell say: a date, a place, a number, a country, a type?"""

from geodata.importing.values.cells import (
    Figure,
    both_counts,
    figure_of,
    is_null,
    names_of,
    number_of,
    read_once,
    text_of,
)
from geodata.importing.values.coordinates import (
    LATEST,
    degrees_of,
    is_hemisphere,
    joined_axis,
    letter_o,
    pair_of,
    settle_o,
)
from geodata.importing.values.countries import country_code
from geodata.importing.values.dates import Order, edtf_of, order_of
from geodata.importing.values.eras import month_of_era
from geodata.importing.values.grid import epsg_of_zone
from geodata.importing.values.months import SEASONS, month_number
from geodata.importing.values.parted import date_of_parts, era_of_parts
from geodata.importing.values.parts import from_parts
from geodata.importing.values.shapes import shape_of
from geodata.importing.values.types import type_of

__all__ = [
    "LATEST",
    "SEASONS",
    "Figure",
    "Order",
    "both_counts",
    "country_code",
    "date_of_parts",
    "degrees_of",
    "edtf_of",
    "epsg_of_zone",
    "era_of_parts",
    "figure_of",
    "from_parts",
    "is_hemisphere",
    "is_null",
    "joined_axis",
    "letter_o",
    "month_number",
    "month_of_era",
    "names_of",
    "number_of",
    "order_of",
    "pair_of",
    "read_once",
    "settle_o",
    "shape_of",
    "text_of",
    "type_of",
]  # fmt: skip
