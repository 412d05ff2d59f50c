"""One page: a widget, and a marker for every record that it leaves."""

import json
import os
from pathlib import Path
from typing import Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

RECORDS_VARIABLE = "BENCHMARK_RECORDS"
HOME_BOUNDS = ((23.0, 44.0), (46.0, 82.0))


class LocalMap(folium.Map):
    """A folium map that takes Leaflet from this server instead of four other hosts."""

    default_js = [("leaflet", "/assets/leaflet/leaflet.js")]  # noqa: RUF012 - folium reads it
    default_css = [("leaflet_css", "/assets/leaflet/leaflet.css")]  # noqa: RUF012


@st.cache_data
def read_frame() -> pd.DataFrame:
    """Return the placed records; read once."""
    text = Path(os.environ[RECORDS_VARIABLE]).read_text(encoding="utf-8")
    features = [one for one in json.loads(text)["features"] if one["geometry"]]
    return pd.DataFrame(
        {
            "lon": [one["geometry"]["coordinates"][0] for one in features],
            "lat": [one["geometry"]["coordinates"][1] for one in features],
            **{
                name: [one["properties"][name] for one in features]
                for name in ("title", "attribution", "status")
            },
        }
    )


def draw_map(rows: pd.DataFrame) -> folium.Map:
    """Return a map with one marker for each row, as tutorials do, but without popups.

    Popups are left out, in favour of this way: they would need jQuery and more time.
    """
    figure = LocalMap(tiles=None)
    figure.fit_bounds(HOME_BOUNDS)
    for row in rows.itertuples():
        folium.Marker((row.lat, row.lon)).add_to(figure)
    return figure


def choose(name: str, frame: pd.DataFrame) -> Any:
    """Draw the widget for a column and return which rows it leaves."""
    options = sorted(frame[name].unique())
    chosen = st.sidebar.pills(
        name.capitalize(), options, selection_mode="multi", format_func=str.capitalize
    )
    return frame[name].isin(chosen or options)


st.set_page_config(layout="wide")
records = read_frame()
kept = records[choose("status", records) & choose("attribution", records)]
st_folium(
    draw_map(kept),
    key="map",
    height=600,
    use_container_width=True,
    returned_objects=["last_object_clicked"],
)
