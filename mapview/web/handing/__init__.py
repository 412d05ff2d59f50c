"""Whom does the server take files from, and where do they go?"""

from mapview.web.handing.own_use import refusal_of_files, serves_at
from mapview.web.handing.routes import HANDING_ROUTES, incoming

__all__ = ["HANDING_ROUTES", "incoming", "refusal_of_files", "serves_at"]
