// Owns circles and polygons as parts of a filter: their text, and what lies in them; geodata/shapes.py is
// the same.
import { EARTH_RADIUS_KM, RAD, latToUnit, lonToUnit } from "../geometry.js";
import { isEnglish, number, say } from "../tongue.js";
import { wrap } from "../view.js";

const KM_AROUND = 2 * Math.PI * EARTH_RADIUS_KM;
const [MOST_CORNERS, MOST_KM] = [40, 10_000];
const NUMBER = String.raw`-?\d{1,5}(?:\.\d{1,7})?`;
const CIRCLE = new RegExp(`^circle:(${NUMBER}),(${NUMBER}),(\\d{1,5}(?:\\.\\d{1,3})?)$`);
const POLYGON = new RegExp(`^polygon:(${NUMBER},${NUMBER}(?:;${NUMBER},${NUMBER})*)$`);
const BEYOND = 0.1; // of the world

/**
 * @import { Bounds } from "./filter.js"
 * @import { PageData } from "./records.js"
 * @typedef {[number, number]} Corner longitude and latitude; of an edge, x and y as shares of the world
 */

/** @param {number} n @param {number} decimals */
const rounded = (n, decimals) => Number(n.toFixed(decimals)) + 0;

/** @param {Corner[]} corners @param {number} [km] */
const textOf = (corners, km = 0) => (km ? `circle:${corners[0].join(",")},${km}`
  : `polygon:${corners.map((corner) => corner.join(",")).join(";")}`);

/** The one text of a circle, or null where there is none. @param {number} lon @param {number} lat @param {number} km */
function circleText(lon, lat, km) {
  const radius = rounded(km, 1);
  const isOnMap = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return isOnMap && radius > 0 && radius <= MOST_KM ? textOf([[rounded(lon, 4), rounded(lat, 4)]], radius) : null;
}

/** The one text of a polygon, or null where there is none. @param {Corner[]} some */
function polygonText(some) {
  const all = some.map(([lon, lat]) => /** @type {Corner} */ ([rounded(lon, 4), rounded(lat, 4)]));
  const corners = all.filter((one, i) => one.join() !== all.at(i - 1)?.join());
  const isOnMap = corners.every(([lon, lat]) => Math.abs(lon) <= 360 && Math.abs(lat) <= 90);
  return isOnMap && corners.length >= 3 && corners.length <= MOST_CORNERS ? textOf(corners) : null;
}

/** The text of a shape in its one form, or null where it describes none. @param {string} text */
function parseShape(text) {
  const circle = CIRCLE.exec(text.trim());
  if (circle) return circleText(Number(circle[1]), Number(circle[2]), Number(circle[3]));
  const polygon = POLYGON.exec(text.trim());
  return polygon ? polygonText(cornersOf(polygon[1])) : null;
}

/** @param {string} pairs @returns {Corner[]} */
const cornersOf = (pairs) => pairs.split(";").map((pair) => /** @type {Corner} */ (pair.split(",").map(Number)));

/** Corners and radius of a text in its one form. @param {string} text @returns {{ corners: Corner[], km: number }} */
function shapeOf(text) {
  const [kind, rest] = text.split(":");
  if (kind === "polygon") return { corners: cornersOf(rest), km: 0 };
  const [lon, lat, km] = rest.split(",").map(Number);
  return { corners: [[lon, lat]], km };
}

/** @param {Corner} one @param {Corner} other */
function distance([lon, lat], [toLon, toLat]) {
  const [up, aside] = [Math.sin(((lat - toLat) * RAD) / 2), Math.sin(((lon - toLon) * RAD) / 2)];
  const share = up * up + Math.cos(lat * RAD) * Math.cos(toLat * RAD) * aside * aside;
  return Math.asin(Math.sqrt(Math.min(1, share))) * 2 * EARTH_RADIUS_KM;
}

/** @param {Corner[]} corners @returns {[Corner, Corner][]} */
const edgesOf = (corners) => corners.map((one, i) => [/** @type {Corner} */ (corners.at(i - 1)), one]);

/** Whether a line to the east crosses an edge. @param {Corner} at @param {[Corner, Corner]} edge */
function crosses([x, y], [[x0, y0], [x1, y1]]) {
  const between = y < Math.max(y0, y1) && y >= Math.min(y0, y1);
  return between && x < (y - y0) * ((x1 - x0) / (y1 - y0)) + x0;
}

/** @param {Corner} at @param {[Corner, Corner]} edge */
function squared([x, y], [[x0, y0], [x1, y1]]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const share = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
  return (share * dx + x0 - x) ** 2 + (share * dy + y0 - y) ** 2;
}

/** A test of places by how many km around they are known to. @param {string} text @param {boolean} certain */
function liesIn(text, certain) {
  const { corners, km } = shapeOf(text);
  if (km) {
    return (/** @type {Corner} */ at, /** @type {number} */ radius) => {
      const away = distance(at, corners[0]);
      return certain ? away + radius <= km : away - radius <= km;
    };
  }
  const units = corners.map(([lon, lat]) => /** @type {Corner} */ ([lonToUnit(lon), latToUnit(lat)]));
  const xs = units.map(([x]) => x);
  const [west, east] = [Math.min(...xs) - BEYOND, Math.max(...xs) + BEYOND];
  const copies = [-1, 0, 1].filter((copy) => west <= copy + 1 && east >= copy);
  const edges = edgesOf(units);
  return (/** @type {Corner} */ [lon, lat], /** @type {number} */ radius) => {
    const places = copies.map((copy) => /** @type {Corner} */ ([lonToUnit(lon) + copy, latToUnit(lat)]));
    const inside = places.some((at) => edges.filter((edge) => crosses(at, edge)).length % 2 === 1);
    const least = Math.min(...places.flatMap((at) => edges.map((edge) => squared(at, edge))));
    const away = Math.sqrt(least) * Math.cos(lat * RAD) * KM_AROUND;
    return certain ? inside && away >= radius : inside || away <= radius;
  };
}

/**
 * The incidents with a place in a shape.
 * @param {string} text @param {boolean} certain @param {PageData["circles"]} circles
 */
function placesInShape(text, certain, { of, lon, lat, south, north }) {
  const holds = liesIn(text, certain);
  const radiusOf = (/** @type {number} */ i) => (
    Math.max(north[i] - lat[i], lat[i] - south[i]) * RAD * EARTH_RADIUS_KM);
  return new Set(of.filter((_, i) => holds([lon[i], lat[i]], radiusOf(i))));
}

/** West, south, east, north of a shape. @param {string} text @returns {Bounds} */
function boxOf(text) {
  const { corners, km } = shapeOf(text);
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  const up = km / EARTH_RADIUS_KM / RAD;
  const aside = Math.min(180, up / Math.max(0.01, Math.cos(Math.min(90, Math.abs(lats[0]) + up) * RAD)));
  let [west, east] = [Math.min(...lons) - aside, Math.max(...lons) + aside];
  if (east - west >= 360) [west, east] = [-180, 180];
  return [wrapped(west), Math.max(-90, Math.min(...lats) - up), wrapped(east), Math.min(90, Math.max(...lats) + up)];
}

/** @param {number} lon */
const wrapped = (lon) => (lon >= -180 && lon <= 180 ? lon : wrap(lon));

/** A shape in words. @param {string} text */
function shapeWords(text) {
  const { corners, km } = shapeOf(text);
  const [lon, lat] = corners[0];
  if (isEnglish()) return km ? `${number(km)} km of ${lat}, ${lon}` : `a drawn area of ${corners.length} corners`;
  return km ? `${say("{n} km", { n: km })}: ${lat}°, ${lon}°` : say("a drawn area");
}

export { boxOf, circleText, liesIn, parseShape, placesInShape, polygonText, shapeOf, shapeWords };
