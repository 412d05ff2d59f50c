// Owns reading KML: our export, with claims, and points that other programs made.
import {
  KINDS, fromJson, isPosition, nothing, ordered, propertiesOf, recordOf, take, takeMembers,
} from "../exported.js";
import { readAny } from "../guessing.js";
import { parsed, textOf, within } from "./xml.js";

/**
 * @import { Collected, Terms } from "../columns.js"
 * @import { Line } from "../guessing.js"
 * @typedef {Map<string, string>} Cells
 */

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
    const points = pointsOf(node);
    const geometry = points.length ? { type: "MultiPoint", coordinates: points } : null;
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
  const lines = placemarks.map((node, i) => {
    const points = pointsOf(node);
    const why = points.length > 1 ? "it has several points" : "it has a shape, and only points are read";
    const isOther = points.length > 1 || (!points.length && within(node, "coordinates").length > 0);
    const said = [own(node, ["name"]), own(node, ["when", "begin"]), own(node, ["description"])];
    return /** @type {Line} */ ({
      where: `placemark ${i + 1}`, cells: [...said, ...names.map((name) => cells[i].get(name) ?? "")],
      position: isOther ? null : points[0] ?? null, ...(isOther ? { why } : {}) });
  });
  return readAny(["Title", "Date", "Description", ...names], lines, terms, "KML of another program");
}

export { placemarksOf, readPlacemarks };
