"""Incidents as a GeoDataFrame, with the columns of the GeoJSON export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.records import Records, to_feature

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["to_geodataframe"]


def to_geodataframe(records: Records) -> GeoDataFrame:
    """Return the incidents as a GeoDataFrame in WGS 84, one row each.

    Columns are the properties of the GeoJSON export; claims and sources are lists of dicts.
    Incidents without a place have an empty geometry.
    """
    # Importing geopandas takes a second, which `import geodata` must not cost.
    import geopandas
    from shapely.geometry import shape

    features = [to_feature(incident, records) for incident in records.incidents]
    rows = [{"id": feature["id"], **feature["properties"]} for feature in features]
    geometry = [shape(f["geometry"]) if f["geometry"] else None for f in features]
    return geopandas.GeoDataFrame(rows, geometry=geometry, crs="EPSG:4326")
