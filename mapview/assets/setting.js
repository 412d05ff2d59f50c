// Owns how a map and its page are set up for ours: limits, panes, full screen, what the reader prefers.
import { MIN_ZOOM } from "./extent.js";
import { LAST_LATITUDE } from "./geometry.js";

const MAX_ZOOM = 14;

/** @param {string} what */
const prefers = (what) => window.matchMedia(`(prefers-${what})`);

/** What is told of a choice stands beside the map. */
function leaveFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
}

/** Bring a Leaflet map's limits and panes in line with what is drawn on it. @param {L.Map} map */
function setUp(map) {
  map.getContainer().classList.add("mapview");
  map.setMinZoom(Math.max(MIN_ZOOM, map.getMinZoom()));
  if (!Number.isFinite(map.getMaxZoom())) map.setMaxZoom(MAX_ZOOM);
  // East and west go on for ever; only north and south end.
  map.options.maxBoundsViscosity = 1;
  const edge = LAST_LATITUDE + 0.01; // exactly at it, rounding would pull the map to and fro
  map.setMaxBounds([[-edge, -36000], [edge, 36000]]);
  map.attributionControl?.remove();
  for (const [name, level] of [["mapview-ground", "150"], ["mapview-incidents", "450"]]) {
    const pane = map.getPane(name) ?? map.createPane(name);
    pane.style.zIndex = level;
    pane.style.pointerEvents = "none";
  }
}

export { leaveFullScreen, prefers, setUp };
