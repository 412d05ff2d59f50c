"""The page "Data": a file of one's own is checked, put on the map and looked after."""

from mapview.ui.data.listing import notices_of_datasets
from mapview.ui.data.work import show

__all__ = ["notices_of_datasets", "show"]
