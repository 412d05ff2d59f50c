// Owns how an address tells which part of the map is shown: longitude, latitude, zoom.

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

export { parse, toText };
