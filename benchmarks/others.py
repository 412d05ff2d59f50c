"""Pages that others would make of points, with scripts from packages in place of their hosts.

These pages name scripts on other hosts, of which none is asked: what `compared/` pins is installed
into a folder that goes at the end, and each script is answered from there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

__all__ = ["SCRIPTS", "answer_from", "install", "install_scripts", "lonboard_page"]

# A page from the disk may start no workers, so that it has a host, which nobody else answers.
_OWN_HOST = "lonboard.invalid"
_PINNED = Path(__file__).parent / "compared"
_READ = (
    "import pandas as pd, streamlit as st\n"
    "rows = pd.read_csv({csv!r})\n"
    'st.set_page_config(layout="wide")\n'
)
_FOLIUM = (
    _READ + "import folium\n"
    "from streamlit_folium import st_folium\n"
    "shown = folium.Map((33, 66), zoom_start=4, tiles=None, prefer_canvas=True, maxZoom=18)\n"
)
_SHOW = "st_folium(shown, height=700, use_container_width=True, returned_objects=[])\n"
# As somebody would write them; all have a basemap of another host, which is not there here.
SCRIPTS: Mapping[str, str] = {
    "st.map": _READ + "st.map(rows, height=700)\n",
    "st.pydeck_chart": _READ
    + "import pydeck as pdk\n"
    + "layer = pdk.Layer('ScatterplotLayer', rows, get_position='[lon, lat]', get_radius=4000,\n"
    + "    get_fill_color=[190, 40, 40], pickable=True)\n"
    + "view = pdk.ViewState(latitude=33, longitude=66, zoom=4)\n"
    + "st.pydeck_chart(pdk.Deck([layer], initial_view_state=view, map_style=None), height=700)\n",
    "FastMarkerCluster": _FOLIUM
    + "from folium.plugins import FastMarkerCluster\n"
    + "FastMarkerCluster(rows[['lat', 'lon']].values.tolist()).add_to(shown)\n"
    + _SHOW,
    "folium.GeoJson": _FOLIUM
    + "features = [{{'type': 'Feature', 'properties': {{}}, 'geometry': "
    + "{{'type': 'Point', 'coordinates': [lon, lat]}}}} for lon, lat in zip(rows.lon, rows.lat)]\n"
    + "every = {{'type': 'FeatureCollection', 'features': features}}\n"
    + "folium.GeoJson(every, marker=folium.CircleMarker(radius=3)).add_to(shown)\n"
    + _SHOW,
}
# What the pages ask other hosts for, and where it lies among the packages.
_ANSWERS = {
    r"/leaflet@[^/]+/(dist/.+)": r"leaflet/\1",
    r"/leaflet\.markercluster/[^/]+/(.+)": r"leaflet.markercluster/dist/\1",
    r"/Leaflet\.awesome-markers/[^/]+/(.+)\.(js|css)": (
        r"drmonty-leaflet-awesome-markers/\2/\1.\2"
    ),
    r"/jquery-[^/]+": r"jquery/dist/jquery.min.js",
    r"/bootstrap@[^/]+/(dist/.+)": r"bootstrap/\1",
    r"/@fortawesome/fontawesome-free@[^/]+/(.+)": r"@fortawesome/fontawesome-free/\1",
    r"/parquet-wasm@[^/]+/(.+)": r"parquet-wasm/\1",
    r"/require\.js/.+": "requirejs/require.js",
    r"/@jupyter-widgets/html-manager@[^/]+/(dist/.+)": r"@jupyter-widgets/html-manager/\1",
    r"/anywidget@[^/]+/(dist/.+)": r"anywidget/\1",
}
_MAKE_LONBOARD = """
import sys
sys.path.append(sys.argv[3])
import geopandas as gpd, pandas as pd
from lonboard import Map, ScatterplotLayer
rows = pd.read_csv(sys.argv[1])
frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(rows.lon, rows.lat), crs=4326)
layer = ScatterplotLayer.from_geopandas(frame, get_fill_color=[190, 40, 40], radius_min_pixels=2)
view = {"longitude": 66, "latitude": 33, "zoom": 4}
Map(layer, basemap=None, view_state=view, height=700).to_html(sys.argv[2])
"""


def install(scratch: Path) -> Path:
    """Install what the pages of others need into a folder, and return it."""
    folder = scratch / "compared"
    shutil.copytree(_PINNED, folder)
    install_scripts(folder)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    own = ["--no-deps", "--require-hashes", "--target", str(folder / "python")]
    subprocess.run([*pip, *own, "-r", str(folder / "requirements.txt")], check=True)
    return folder


def install_scripts(folder: Path) -> None:
    """Install the npm packages that a folder's lock file names into that folder."""
    npm = Path(sys.executable).with_name("npm")
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error")
    subprocess.run([npm if npm.exists() else "npm", "ci", *quiet], cwd=folder, check=True)


def answer_from(folder: Path, page: Page) -> None:
    """Answer what a page asks other hosts for with scripts from packages, and nothing else."""

    def answer(route: Route) -> None:
        host, path = urlsplit(route.request.url)[1:3]
        file: Path | None = folder / path.removeprefix("/")
        if host != _OWN_HOST:
            file = _file_for(path, folder / "node_modules")
        if file and file.is_file():
            route.fulfill(path=file, headers={"Access-Control-Allow-Origin": "*"})
        else:
            route.abort()

    page.route(lambda url: url.startswith("http") and urlsplit(url).hostname != "localhost", answer)


def _file_for(path: str, packages: Path) -> Path | None:
    for pattern, place in _ANSWERS.items():
        found = re.search(f"{pattern}$", path)
        file = packages / found.expand(place) if found else packages
        if file.is_file():
            return file
    return None


def lonboard_page(folder: Path, csv: Path) -> str:
    """Write the page that lonboard makes of points, and return its address."""
    target = folder / f"{csv.stem}.html"
    made = [sys.executable, "-c", _MAKE_LONBOARD, str(csv), str(target), str(folder / "python")]
    subprocess.run(made, check=True)
    # The digest is of the script made small, of which the package has none.
    text = target.read_text(encoding="utf-8")
    target.write_text(re.sub(r' integrity="[^"]*"', "", text), encoding="utf-8")
    return f"http://{_OWN_HOST}/{target.name}"
