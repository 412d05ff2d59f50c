// Owns where on a map a geometry of another program stands: at its only point, or nowhere with a reason.
import { isObject, isPosition, text as textOf } from "./exported.js";

/** @import { Item } from "./belonging.js" */

const OUTSIDE = "its coordinates lie outside of the world or are none";
const MOST_DEPTH = 5;

/** Parts of a geometry that are no collections; empty ones are none. @param {Item} geometry @returns {Item[]} */
function partsOf(geometry, depth = 0) {
  if (depth > MOST_DEPTH) return [geometry];
  if (Array.isArray(geometry.geometries)) {
    return geometry.geometries.filter(isObject).flatMap((/** @type {Item} */ one) => partsOf(one, depth + 1));
  }
  const { coordinates } = geometry;
  // Binary forms write a point that is nowhere as one of no numbers.
  return Array.isArray(coordinates) && coordinates.every(Number.isNaN) ? [] : [geometry];
}

/** @param {unknown} geometry @returns {{ position: [number, number] | null, why?: string }} */
function placeOf(geometry) {
  if (!isObject(geometry)) return { position: null };
  if (geometry.why) return { position: null, why: geometry.why };
  const parts = partsOf(geometry);
  const other = parts.find(({ type }) => type !== "Point" && type !== "MultiPoint");
  if (other) {
    const kind = textOf((parts.length > 1 ? geometry : other).type).slice(0, 40) || "shape of no kind";
    return { position: null, why: `it is a ${kind}, and only points are read` };
  }
  const all = parts.flatMap(({ type, coordinates }) => (type === "Point" ? [coordinates] : coordinates));
  if (!all.every(isPosition)) return { position: null, why: OUTSIDE };
  if (all.length > 1) return { position: null, why: "it has several points" };
  return { position: all.length ? [all[0][0], all[0][1]] : null };
}

export { placeOf };
