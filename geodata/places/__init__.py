"""Where things are: countries, provinces and place names, offline."""
