"""Draws documented incidents: the map, the page, the server, the command."""
