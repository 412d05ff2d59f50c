"""How is markup read: KML, GPX, and tables of pages?"""

from geodata.reading.xml.gpx import open_gpx
from geodata.reading.xml.kml import open_kml
from geodata.reading.xml.markup import root_of
from geodata.reading.xml.tables import open_page, open_xml_workbook

__all__ = ["open_gpx", "open_kml", "open_page", "open_xml_workbook", "root_of"]
