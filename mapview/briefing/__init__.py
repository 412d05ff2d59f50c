"""Briefings: what a map that is handed over says, and one writer a format."""
