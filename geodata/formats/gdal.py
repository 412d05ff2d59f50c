"""What the formats that GDAL knows have in common: layers as Arrow tables, and our errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from warnings import catch_warnings

import pyarrow as pa
import shapely

from geodata.errors import FormatError, told

__all__ = ["WaitingRows", "read_layers", "write_layer"]

_Row = dict[str, Any]
_ROWS_AT_ONCE = 5_000


def write_layer(
    to: Path,
    layer: str,
    rows: pa.Table | pa.RecordBatchReader,
    *,
    target: str | Path,
    driver: str,
    geometry: tuple[str, str] | None = None,
    **options: Any,
) -> None:
    """Write rows as one layer of a file.

    Args:
        to: The file, to which the layer is added with `append`.
        layer: Its name.
        rows: From `columns.to_table`, flat, or from `WaitingRows`.
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
        pyogrio.write_arrow(rows, to, layer=layer, driver=driver, **options)
    except (DataLayerError, DataSourceError, RuntimeError) as error:
        raise FormatError(f"{target} must be writable, got: {error}") from error


class WaitingRows:
    """Rows of a layer that wait on the disk, since they come beside those of others.

    Args:
        path: A new file for them.
        table: Makes a table of some.
    """

    def __init__(self, path: Path, table: Callable[[Iterable[_Row]], pa.Table]) -> None:
        self._path, self._table = path, table
        self._held: list[_Row] = []
        self._writer = pa.ipc.new_stream(pa.OSFile(str(path), "wb"), table(()).schema)
        self.count = 0

    def add(self, row: _Row) -> None:
        """Put a row behind those before."""
        self.count += 1
        self._held.append(row)
        if len(self._held) == _ROWS_AT_ONCE:
            self._write()

    def _write(self) -> None:
        if self._held:
            self._writer.write_table(self._table(self._held))
            self._held.clear()

    @contextmanager
    def read(self, tick: Callable[[], None]) -> Iterator[pa.RecordBatchReader]:
        """Give the rows, to which no more may come.

        Args:
            tick: Is called now and then while they are read, and may stop it.
        """
        self._write()
        self._writer.close()
        stopped: list[BaseException] = []
        with pa.OSFile(str(self._path)) as source, pa.ipc.open_stream(source) as reader:
            rows = _ticking(reader, tick, stopped)
            try:
                yield pa.RecordBatchReader.from_batches(reader.schema, rows)
            except Exception:
                if not stopped:
                    raise
        # Whoever reads is not Python, and does not hand on who stopped it.
        if stopped:
            raise stopped[0]


def _ticking(
    batches: Iterable[pa.RecordBatch], tick: Callable[[], None], stopped: list[BaseException]
) -> Iterator[pa.RecordBatch]:
    for one in batches:
        try:
            tick()
        except BaseException as error:
            stopped.append(error)
            raise
        yield one


def read_layers(path: str | Path, *, signature: bytes) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the layers of a file by name, as rows; `geometry` is in WGS 84.

    Args:
        path: The file.
        signature: How it begins. GDAL goes by what is in a file and not by its name, and some
            formats fetch what they say from elsewhere.

    Raises:
        FormatError: If the file cannot be read.
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:
            begins = stream.read(len(signature))
    except OSError as error:
        raise FormatError(f"{path} must be a readable file, got: {error.strerror}") from error
    if begins != signature:
        raise FormatError(f"{path.name} must be what its ending says, got {told(begins)}")
    try:
        with catch_warnings(action="ignore"):
            return list(_layers(path.resolve()))
    except (RuntimeError, ValueError) as error:
        raise FormatError(f"{path.name} must be readable, got: {error}") from error


def _layers(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    import pyogrio

    for name, _ in pyogrio.list_layers(path):
        about, table = pyogrio.read_arrow(path, layer=name)
        yield name, _rows(about, table)


def _rows(about: dict[str, Any], table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    name = about["geometry_name"]
    if not name:
        return rows
    shapes = shapely.from_wkb([row.pop(name) for row in rows])
    for row, shape in zip(rows, _in_degrees(shapes, about["crs"]), strict=True):
        row["geometry"] = shape
    return rows


def _in_degrees(shapes: Any, system: str | None) -> Any:
    """Return geometries in longitude and latitude, whatever they were in."""
    from pyproj import CRS, Transformer

    if system is None or CRS(system).equals(CRS("EPSG:4326"), ignore_axis_order=True):
        return shapes
    turn = Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    return shapely.transform(shapes, turn.transform, interleaved=False)
