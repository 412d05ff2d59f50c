"""File formats, one module each, that know nothing of one another.

Each has a `write_…` or gives its text piece by piece, and a `read_…` where what we wrote is read
again. `registry` is the table of them; `columns`, `gdal`, `sheets` and `xmltext` are what some of
them share.
"""
