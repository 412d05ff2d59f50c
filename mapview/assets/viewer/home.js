// Owns which part of the world a map shows at first: the rule of geodata/queries/extents.py, for points.

/**
 * @import { Bounds } from "../page/filter.js"
 * @import { Home } from "../extent.js"
 * @typedef {[lon: number, lat: number]} Point
 */

const [WHOLE_SPAN, SHARE_NEAR, ALSO_NEAR, MOST_STEPS, TURN] = [45, 0.85, 0.1, 12, 360];
/** @type {Bounds} all land but Antarctica */
const WORLD = [-180, -60, 180, 78];

/** Cut the world along the widest empty stretch, so that east of it is always more. @param {Point[]} points */
function unrolled(points) {
  const lons = points.map(([lon]) => lon).sort((a, b) => a - b);
  let [widest, cut] = [lons[0] + TURN - lons[lons.length - 1], lons[0]];
  for (let at = 1; at < lons.length; at += 1) {
    if (lons[at] - lons[at - 1] > widest) [widest, cut] = [lons[at] - lons[at - 1], lons[at]];
  }
  return points.map(([lon, lat]) => /** @type {Point} */ ([lon < cut ? lon + TURN : lon, lat]));
}

/** @param {Point[]} points @returns {Bounds} */
function around(points) {
  /** @type {Bounds} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    [box[0], box[1]] = [Math.min(box[0], lon), Math.min(box[1], lat)];
    [box[2], box[3]] = [Math.max(box[2], lon), Math.max(box[3], lat)];
  }
  return box;
}

/** @param {Bounds} bounds @returns {Bounds} */
function turned([west, south, east, north]) {
  if (east - west >= TURN) return [-180, south, 180, north];
  const turn = (/** @type {number} */ lon) => (lon > 180 ? lon - TURN : lon);
  return [turn(west), south, turn(east), north];
}

const median = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** @param {Point[]} points */
function growing(points) {
  const [lon, lat] = [median(points.map((one) => one[0])), median(points.map((one) => one[1]))];
  const away = (/** @type {Point} */ [x, y]) => Math.max(Math.abs(x - lon), Math.abs(y - lat));
  const ordered = [...points].sort((a, b) => away(a) - away(b) || a[0] - b[0] || a[1] - b[1]);
  const most = Math.max(1, Math.round(points.length * SHARE_NEAR));
  const [west, south, east, north] = around(ordered.slice(0, most));
  const [wide, high] = [(east - west) * ALSO_NEAR, (north - south) * ALSO_NEAR];
  const isNear = (/** @type {Point} */ [x, y]) => (
    x >= west - wide && x <= east + wide && y >= south - high && y <= north + high);
  const near = points.filter(isNear);
  const rest = ordered.filter((one) => !isNear(one));
  const step = Math.ceil(rest.length / MOST_STEPS) || 1;
  const boxes = [around(near)];
  for (let end = step; end < rest.length; end += step) boxes.push(around([...near, ...rest.slice(0, end)]));
  return boxes;
}

/** Where most of some points lie, and all of them. @param {Point[]} points @returns {Home} */
function homeOf(points) {
  if (!points.length) return /** @type {Home} */ ({ near: WORLD, whole: WORLD, between: [] });
  const found = unrolled(points);
  const whole = around(found);
  if (Math.max(whole[2] - whole[0], whole[3] - whole[1]) <= WHOLE_SPAN) {
    return /** @type {Home} */ ({ near: turned(whole), whole: turned(whole), between: [] });
  }
  const [near, ...between] = growing(found).map(turned);
  return /** @type {Home} */ ({ near, whole: turned(whole), between });
}

export { homeOf };
