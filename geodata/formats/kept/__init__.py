"""What goes out of a dataset, kept as text beside the records that it was made of.

`keeping` has the file, `texts` and `lines` make features and lines, `blocks` both of many records,
`gathering` sees what they name, and `bodies` has rows of them as they lie in a GeoParquet.
"""

from geodata.formats.kept.blocks import feature_block, many_to_csv
from geodata.formats.kept.bodies import KeptBody, end_anew
from geodata.formats.kept.gathering import Gathered
from geodata.formats.kept.keeping import (
    TOLD,
    FeatureBlock,
    FeatureWriter,
    Kept,
    KeptFeatures,
    as_multiple,
    joined_apart,
)
from geodata.formats.kept.lines import (
    COLUMNS,
    JSON_COLUMNS,
    area_rows,
    lines_of,
    lines_to_csv,
    row_of,
)

__all__ = [
    "COLUMNS", "JSON_COLUMNS", "TOLD", "FeatureBlock", "FeatureWriter", "Gathered",
    "Kept", "KeptBody", "KeptFeatures", "area_rows", "as_multiple", "end_anew", "feature_block",
    "joined_apart", "lines_of", "lines_to_csv", "many_to_csv", "row_of",
]  # fmt: skip
