"""How do other programs ask for features, by OGC API – Features?"""

from mapview.web.ogc.routes import OGC_ROUTES

__all__ = ["OGC_ROUTES"]
