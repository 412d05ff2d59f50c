"""What the formats that GDAL writes have in common: layers from Arrow tables, and our errors."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa

from geodata.errors import FormatError

__all__ = ["write_layer"]


def write_layer(
    to: Path | io.BytesIO,
    layer: str,
    table: pa.Table,
    *,
    target: str | Path,
    driver: str,
    geometry: tuple[str, str] | None = None,
    **options: Any,
) -> None:
    """Write a table as one layer of a file.

    Args:
        to: The file, to which the layer is added with `append`; or memory, for one layer.
        layer: Its name.
        table: From `columns.to_table`, flat.
        target: The file that it will be, for messages.
        driver: GDAL's name of the format.
        geometry: Name of the column and type as GDAL names it; `None` for a table without.
        options: Further arguments of `pyogrio.write_arrow`.

    Raises:
        FormatError: If GDAL cannot write the file.
    """
    # It brings geopandas along, which takes longer to import than most commands run.
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    if geometry is not None:
        name, kind = geometry
        options |= {"geometry_name": name, "geometry_type": kind, "crs": "EPSG:4326"}
    try:
        pyogrio.write_arrow(table, to, layer=layer, driver=driver, **options)
    except (DataLayerError, DataSourceError, RuntimeError) as error:
        raise FormatError(f"{target} must be writable, got: {error}") from error
