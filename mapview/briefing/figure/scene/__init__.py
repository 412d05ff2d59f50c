"""What is to be drawn, placed on a projection: symbols, their labels, frames."""

from mapview.briefing.figure.scene.areas import DrawnArea, drawn_areas, rings_and_provinces
from mapview.briefing.figure.scene.clusters import Cluster, MapData
from mapview.briefing.figure.scene.gather import area_places, gather
from mapview.briefing.figure.scene.labels import (
    brief_words,
    label_words,
    short_date,
    short_place,
)
from mapview.briefing.figure.scene.places import IncidentPlace
from mapview.briefing.figure.scene.projection import fit_view
from mapview.briefing.figure.scene.scene import Inset, Scene, plan_scene
from mapview.briefing.figure.scene.stacks import (
    LEAST_RING,
    MOST_EXACT,
    SYMBOL_MM,
    DiscScale,
    Symbol,
    move_off,
    stack_symbols,
)
from mapview.briefing.figure.scene.view import View

__all__ = [
    "LEAST_RING", "MOST_EXACT", "SYMBOL_MM", "Cluster", "DiscScale", "DrawnArea",
    "IncidentPlace", "Inset", "MapData", "Scene", "Symbol", "View", "area_places",
    "brief_words", "drawn_areas", "fit_view", "gather", "label_words", "move_off", "plan_scene",
    "rings_and_provinces", "short_date", "short_place", "stack_symbols",
]  # fmt: skip
