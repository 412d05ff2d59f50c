"""KML and KMZ for Google Earth and the like."""

from geodata.formats.kml.looks import KmlSymbols
from geodata.formats.kml.writing import write_kml, write_kmz

__all__ = ["KmlSymbols", "write_kml", "write_kmz"]
