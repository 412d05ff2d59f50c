// Owns how an address tells which part of the map is shown: longitude, latitude, zoom.

const MOST_ZOOM = 22;
/** The map ends there; the program takes addresses up to the pole, and shows its edge. */
const MOST_LAT = 85;

/** The view {lon, lat, zoom} that a text such as `66.9,37.2,5` describes, or null. */
function parse(text) {
  const numbers = text.split(",").map((part) => (part.trim() ? Number(part) : NaN));
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  const [lon, lat, zoom] = numbers;
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= MOST_LAT && zoom >= 0 && zoom <= MOST_ZOOM;
  return inside ? { lon, lat, zoom } : null;
}

const toText = ({ lon, lat, zoom }) => [lon.toFixed(4), lat.toFixed(4), String(zoom)].join(",");

export { parse, toText };
