"""One module a file format, each with the same shape: `read_…` and `write_…`."""
