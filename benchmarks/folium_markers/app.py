"""The app to compare with: folium markers on a map, in the way that tutorials show.

Like the real app it serves Leaflet itself, so that neither waits for a network.
"""

from pathlib import Path

import streamlit as st
import xstatic.pkg.leaflet
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

LEAFLET = Mount("/assets/leaflet", StaticFiles(directory=Path(xstatic.pkg.leaflet.BASE_DIR)))

app = st.App("page.py", routes=[LEAFLET])
