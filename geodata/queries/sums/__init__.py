"""What many records come to: how many in which time, and how many killed or injured."""

from geodata.queries.sums.bins import (
    Bin,
    Dated,
    Histogram,
    Months,
    Spread,
    far_dates,
    histogram_of,
    spread_of,
    spread_of_months,
    to_histogram,
)
from geodata.queries.sums.shared import by_shared_toll
from geodata.queries.sums.slices import UNITS, Slice, Slices, slices_of
from geodata.queries.sums.tolls import SUMMED, Alone, TollSum, TollSums

__all__ = [
    "SUMMED",
    "UNITS",
    "Alone",
    "Bin",
    "Dated",
    "Histogram",
    "Months",
    "Slice",
    "Slices",
    "Spread",
    "TollSum",
    "TollSums",
    "by_shared_toll",
    "far_dates",
    "histogram_of",
    "slices_of",
    "spread_of",
    "spread_of_months",
    "to_histogram",
]  # fmt: skip
