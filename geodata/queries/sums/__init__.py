"""What many records come to: how many in which time, and how many killed or injured."""

from geodata.queries.sums.bins import Bin, Histogram, histogram_of, to_histogram
from geodata.queries.sums.shared import by_shared_toll
from geodata.queries.sums.slices import UNITS, Slice, Slices, slices_of
from geodata.queries.sums.tolls import SUMMED, Alone, TollSum, TollSums
from geodata.records import Months, Spread, spread_of, spread_of_months

__all__ = [
    "SUMMED",
    "UNITS",
    "Alone",
    "Bin",
    "Histogram",
    "Months",
    "Slice",
    "Slices",
    "Spread",
    "TollSum",
    "TollSums",
    "by_shared_toll",
    "histogram_of",
    "slices_of",
    "spread_of",
    "spread_of_months",
    "to_histogram",
]  # fmt: skip
