// Owns which part of the map is shown: longitude, latitude, zoom, and how an address tells it.

const MOST_ZOOM = 22;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The view {lon, lat, zoom} that a text such as `66.9,37.2,5` describes, or null. As in Python it
 * may lie up to the pole, beyond the map's last latitude; then its edge is shown.
 * @param {string} text
 */
function parse(text) {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length !== 3 || !parts.every((part) => NUMBER.test(part))) return null;
  const [lon, lat, zoom] = parts.map(Number);
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= MOST_ZOOM;
  return inside ? { lon, lat, zoom } : null;
}

/** @typedef {{ lon: number, lat: number, zoom: number }} MapView */

/** @param {MapView} view */
const toText = ({ lon, lat, zoom }) => [lon.toFixed(4), lat.toFixed(4), String(zoom)].join(",");

/** East and west go on for ever; an address tells the one world. @param {number} lon */
const wrap = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;

/** What a map shows as west, south, east, north, for a filter. @param {L.Map} map */
function edgesOf(map) {
  const box = map.getBounds();
  const whole = box.getEast() - box.getWest() >= 360;
  const edges = [
    whole ? -180 : wrap(box.getWest()), Math.max(-90, box.getSouth()),
    whole ? 180 : wrap(box.getEast()), Math.min(90, box.getNorth()),
  ];
  return /** @type {[number, number, number, number]} */ (edges.map((edge) => Number(edge.toFixed(4))));
}

/**
 * What a map shows, as it was asked for. When a map's size changes, Leaflet keeps its middle but for half
 * a pixel; told so, an address would change by itself.
 */
class HeldView {
  constructor() {
    /** @type {{ middle: L.LatLng, zoom: number, view: MapView } | null} */
    this.last = null;
  }

  /** @param {L.Map} map @returns {MapView} */
  view(map) {
    const middle = map.getCenter();
    const zoom = map.getZoom();
    if (this.last?.zoom === zoom) {
      const { x, y } = map.project(middle, zoom).subtract(map.project(this.last.middle, zoom));
      if (Math.hypot(x, y) < 1) return this.last.view;
    }
    this.last = { middle, zoom, view: { lon: wrap(middle.lng), lat: middle.lat, zoom } };
    return this.last.view;
  }
}

export { HeldView, edgesOf, parse, toText, wrap };
