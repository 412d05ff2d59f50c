"""How is XML read: KML and GPX?"""

from geodata.reading.xml.gpx import open_gpx
from geodata.reading.xml.kml import open_kml
from geodata.reading.xml.markup import root_of

__all__ = ["open_gpx", "open_kml", "root_of"]
