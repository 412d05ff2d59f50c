// Owns reading places as well-known text, as GeoJSON has them.

/** @import { Item } from "../belonging.js" */

const DEPTHS = new Map([["POINT", 0], ["MULTIPOINT", 1], ["POLYGON", 2], ["MULTIPOLYGON", 3]]);
const NAMES = new Map([["POINT", "Point"], ["MULTIPOINT", "MultiPoint"], ["POLYGON", "Polygon"],
  ["MULTIPOLYGON", "MultiPolygon"]]);

/** A place; null where a text is none that has points or areas. @param {string} text @returns {Item | null} */
function fromText(text) {
  const match = /^\s*(MULTIPOINT|POINT|MULTIPOLYGON|POLYGON)\s*(\([-+\d.eE,\s()]*\))\s*$/i.exec(text);
  if (!match) return null;
  const kind = match[1].toUpperCase();
  const [numbers, depth] = [match[2], DEPTHS.get(kind) ?? 0];
  // "1 2" becomes [1,2], and brackets stay brackets; those around single points may be missing.
  const listed = numbers.replace(/[-+\d.eE]+(?:\s+[-+\d.eE]+)+/g, (pair) => `[${pair.trim().split(/\s+/).join(",")}]`)
    .replaceAll("(", "[").replaceAll(")", "]");
  try {
    const nested = JSON.parse(listed);
    if (depth === 0) return { type: "Point", coordinates: nested[0] };
    const isBare = depth === 1 && !Array.isArray(nested[0]?.[0]);
    return { type: NAMES.get(kind), coordinates: depth === 1 && !isBare ? nested.flat() : nested };
  } catch {
    return null;
  }
}

export { fromText };
