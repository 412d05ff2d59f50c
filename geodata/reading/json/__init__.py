"""How are JSON's records read: GeoJSON, its lines, and arrays of objects?"""

from geodata.reading.json.objects import open_json

__all__ = ["open_json"]
