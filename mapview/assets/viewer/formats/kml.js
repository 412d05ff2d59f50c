// Owns reading KML: our export, with claims, and points that other programs made.
import {
  KINDS, fromJson, isPosition, nothing, ordered, propertiesOf, recordOf, take, takeMembers,
} from "../exported.js";
import { readAny } from "../guessing.js";
import { parsed, textOf, within } from "./xml.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Collected, Terms } from "../columns.js"
 * @import { Line } from "../guessing.js"
 * @typedef {Map<string, string>} Cells
 */

/** @type {[heading: string, parts: string[]][]} What a placemark says of itself, in a table. */
const OWN = [["Title", ["name"]], ["Date", ["when", "begin"]], ["Description", ["description"]]];

/** Placemarks of a KML; null where it is none. @param {string} text @returns {Element[] | null} */
function placemarksOf(text) {
  const found = parsed(text, "kml");
  return found && within(found, "Placemark");
}

/** What is kept beside a placemark or document, by name. @param {Element} node @returns {Cells} */
function cellsOf(node) {
  const kept = [...node.children].find(({ localName }) => localName === "ExtendedData");
  if (!kept) return new Map();
  const nameOf = (/** @type {Element} */ one) => one.getAttribute("name") ?? "";
  return new Map([
    ...within(kept, "Data").map((one) => /** @type {const} */ ([nameOf(one), textOf(within(one, "value")[0])])),
    ...within(kept, "SimpleData").map((one) => /** @type {const} */ ([nameOf(one), textOf(one)]))]);
}

/** The points of a placemark. @param {Element} node @returns {[number, number][]} */
function pointsOf(node) {
  return within(node, "Point").map((one) => textOf(within(one, "coordinates")[0]).split(",").map(Number))
    .filter(isPosition).map(([lon, lat]) => [lon, lat]);
}

/** @param {Element} ring @returns {number[][]} */
const lineOf = (ring) => textOf(within(ring, "coordinates")[0]).split(/\s+/).map((one) => one.split(",").map(Number))
  .map(([lon, lat]) => [lon, lat]);

/** Where a placemark of ours is drawn: points, or an area. @param {Element} node @returns {Item | null} */
function geometryOf(node) {
  const points = pointsOf(node);
  if (points.length) return { type: "MultiPoint", coordinates: points };
  const areas = within(node, "Polygon").map((one) => within(one, "LinearRing").map(lineOf));
  if (!areas.length) return null;
  return areas.length === 1 ? { type: "Polygon", coordinates: areas[0] } : { type: "MultiPolygon", coordinates: areas };
}

/** Records of placemarks. @param {Element[]} placemarks @param {Terms} terms @returns {Collected} */
function readPlacemarks(placemarks, terms) {
  const cells = placemarks.map(cellsOf);
  const isExport = cells.some((one) => KINDS.includes(one.get("record_kind") ?? ""));
  return isExport ? readOurs(placemarks, cells) : readOthers(placemarks, cells, terms);
}

/** @param {Element[]} placemarks @param {Cells[]} cells */
function readOurs(placemarks, cells) {
  const collected = nothing();
  collected.told = "A KML export of Mapview";
  /** @type {Set<string>} */
  const seen = new Set();
  let drawn = 0;
  placemarks.forEach((node, i) => {
    const cell = (/** @type {string} */ name) => cells[i].get(name) ?? "";
    if (!cells[i].size) drawn += 1;
    // A base area stands there once for each time that is told apart.
    if (!cells[i].size || seen.has(cell("id"))) return;
    collected.rows += 1;
    const where = `placemark ${i + 1}`;
    const properties = propertiesOf(cell, (text) => text);
    if (!KINDS.includes(properties.record_kind)) {
      collected.left.push({ where, why: "it is no record of Mapview" });
      return;
    }
    // What is in no place that a map may show has it beside its other values.
    const geometry = geometryOf(node) ?? fromJson(cell("geometry"));
    take(collected, recordOf(cell("id"), properties, geometry), seen, where);
  });
  if (drawn) collected.notes.push(`${drawn} shapes only draw how exact a place is; they are no rows.`);
  const members = placemarks[0]?.closest("Document");
  const kept = members ? cellsOf(members) : new Map();
  takeMembers(collected, Object.fromEntries([...kept].map(([name, value]) => [name, fromJson(value)])));
  return ordered(collected);
}

/** @param {Element[]} placemarks @param {Cells[]} cells @param {Terms} terms */
function readOthers(placemarks, cells, terms) {
  const own = (/** @type {Element} */ node, /** @type {string[]} */ names) => (
    textOf(names.flatMap((name) => within(node, name))[0]));
  const names = [...new Set(cells.flatMap((one) => [...one.keys()]))].slice(0, 2000);
  const told = OWN.map(([, parts]) => placemarks.map((node) => own(node, parts)));
  // A column that is empty throughout would hide one of the same name.
  const used = OWN.map((_, i) => i).filter((i) => told[i].some(Boolean));
  const lines = placemarks.map((node, i) => {
    const points = pointsOf(node);
    const why = points.length > 1 ? "it has several points" : "it has a shape, and only points are read";
    const isOther = points.length > 1 || (!points.length && within(node, "coordinates").length > 0);
    return /** @type {Line} */ ({
      where: `placemark ${i + 1}`, cells: [...used.map((one) => told[one][i]), ...names.map((name) => cells[i].get(name) ?? "")],
      position: isOther ? null : points[0] ?? null, ...(isOther ? { why } : {}) });
  });
  return readAny([...used.map((i) => OWN[i][0]), ...names], lines, terms, "KML of another program");
}

export { placemarksOf, readPlacemarks };
