"""What the parts that columns play are called on the page."""

from __future__ import annotations

from typing import Final

__all__ = ["PARTS"]

PARTS: Final = {
    "id": "Id of the row", "date": "Date", "end": "Last day", "year": "Year", "month": "Month",
    "day": "Day", "lat": "Latitude", "lon": "Longitude", "point": "Both coordinates",
    "geometry": "Shape", "place": "Name of the place", "admin1": "Province", "admin2": "District",
    "precision": "How exact the place is", "radius": "Within km", "status": "Whether it happened",
    "country": "Country", "type": "Type", "killed": "Killed", "killed_low": "Killed, at least",
    "killed_high": "Killed, at most", "injured": "Injured", "injured_low": "Injured, at least",
    "injured_high": "Injured, at most", "casualties": "Killed and injured together",
    "actor": "Parties", "target": "Target", "title": "Title", "text": "Description",
    "source": "Source", "url": "Link to the source", "victim": "Names of persons",
}  # fmt: skip
