"""Which records, and what is asked of them: filters, their conditions, the table and its engine."""

from geodata.geodesy import MercatorBox
from geodata.queries.answers import Cells, IncidentRow, Listed, Points
from geodata.queries.areas import (
    AreaView,
    areas_in,
    describe_validity,
    last_day,
)
from geodata.queries.asked import Cube, open_cube, write_cube
from geodata.queries.belonging import (
    Belongings,
    area_search_text,
    found_by,
    search_text,
    times_of_area,
)
from geodata.queries.catalogue import Catalogue, JoinedCatalogue, RecordsCatalogue, StoredCatalogue
from geodata.queries.columns import (
    ATTRIBUTIONS,
    EVENT_TYPES,
    MOST_OWN,
    POINT_COLUMNS,
    PRECISIONS,
    ROLES,
    SAYS_NOTHING,
    SCHEMA,
    STATUSES,
    Key,
    in_column,
    own_types_of,
)
from geodata.queries.engine import (
    DuckDBEngine,
    Engine,
    Numbers,
    OrderedEngine,
    duckdb_engine,
    narrowed,
)
from geodata.queries.extents import WORLD, Extent, Spot, area_box, extent_of
from geodata.queries.filters import FILTER_KEYS, PARTS, Bounds, DateMatch, Filter, as_known_on
from geodata.queries.parts import parse_day
from geodata.queries.store import Store
from geodata.queries.sums import (
    SUMMED,
    UNITS,
    Bin,
    Histogram,
    Slice,
    Slices,
    TollSum,
    histogram_of,
    slices_of,
    spread_of,
)
from geodata.queries.table import morton_codes, to_rows, to_table
from geodata.queries.words import describe_filter, describe_period

__all__ = [
    "ATTRIBUTIONS",
    "EVENT_TYPES",
    "FILTER_KEYS",
    "MOST_OWN",
    "PARTS",
    "POINT_COLUMNS",
    "PRECISIONS",
    "ROLES",
    "SAYS_NOTHING",
    "SCHEMA",
    "STATUSES",
    "SUMMED",
    "UNITS",
    "WORLD",
    "AreaView",
    "Belongings",
    "Bin",
    "Bounds",
    "Catalogue",
    "Cells",
    "Cube",
    "DateMatch",
    "DuckDBEngine",
    "Engine",
    "Extent",
    "Filter",
    "Histogram",
    "IncidentRow",
    "JoinedCatalogue",
    "Key",
    "Listed",
    "MercatorBox",
    "Numbers",
    "OrderedEngine",
    "Points",
    "RecordsCatalogue",
    "Slice",
    "Slices",
    "Spot",
    "Store",
    "StoredCatalogue",
    "TollSum",
    "area_box",
    "area_search_text",
    "areas_in",
    "as_known_on",
    "describe_filter",
    "describe_period",
    "describe_validity",
    "duckdb_engine",
    "extent_of",
    "found_by",
    "histogram_of",
    "in_column",
    "last_day",
    "morton_codes",
    "narrowed",
    "open_cube",
    "own_types_of",
    "parse_day",
    "search_text",
    "slices_of",
    "spread_of",
    "times_of_area",
    "to_rows",
    "to_table",
    "write_cube",
]
