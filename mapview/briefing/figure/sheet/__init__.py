"""What stands on the sheet around the map: heading, legend, notes, layout."""
