// Owns reading a workbook: ours, with all claims, and the first sheet of another that has coordinates.
import { LISTS, readExport } from "../exported.js";
import { ReadingError, checkRows } from "../faults.js";
import { readAny } from "../guessing.js";
import { hasPlaces } from "../headings.js";
import { fromText } from "./wkt.js";
import { tablesOf } from "./xlsx.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Collected, Terms } from "../columns.js"
 * @import { Line } from "../guessing.js"
 * @import { Cell, Table } from "./xlsx.js"
 * @import { Archive } from "./zip.js"
 */

const RECORDS = ["Incidents", "Base areas"];
const OWNERS = new Map([["group", "groups"], ["relation", "relations"]]);
/** @type {[member: string, sheet: string][]} */
const MEMBERS = [["groups", "Groups"], ["sources", "Sources"], ["relations", "Relations"]];
const KNOWN_BY = ["Record id", "Source id", "About", "Where in it"];
// What is told by a number, or may be.
const AS_THEY_ARE = ["lon", "lat", "radius_km", "said", "position", "fatalities_low", "fatalities_high",
  "injured_high"];
const LISTED = [...LISTS, "cites", "aliases", "parents", "derived_from"];
const isThere = (/** @type {Cell | undefined} */ cell) => cell !== null && cell !== undefined && cell !== "";
// A heading is looked for in so many rows.
const MOST_ABOVE = 20;
const CUT = / … \[cut here: [\d,]+ letters in all\]$/;

/** @param {Archive} archive @param {Terms} terms @returns {Promise<Collected>} */
async function readWorkbook(archive, terms) {
  const tables = await tablesOf(archive);
  const isOurs = tables.some(({ name, rows }) => (
    name === "Claims" && KNOWN_BY.every((one) => rows[0]?.cells.includes(one))));
  return isOurs ? readOurs(tables, terms) : readOthers(tables, terms);
}

/**
 * Rows of a sheet of ours, by the names of our columns; what is empty is left out.
 * @param {Table[]} tables @param {Terms} terms
 */
const ourRows = (tables, terms) => (/** @type {string} */ sheet) => {
  const [head, ...rows] = tables.find(({ name }) => name === sheet)?.rows ?? [];
  const keys = new Map(terms.sheets[sheet]);
  return rows.map(({ number, cells }) => {
    const found = cells.flatMap((cell, i) => {
      const key = keys.get(String(head.cells[i] ?? ""));
      return key && isThere(cell) ? [/** @type {const} */ ([key, valueOf(key, cell)])] : [];
    });
    return /** @type {Item} */ ({ ...Object.fromEntries(found), where: `row ${sheet}!${number}` });
  });
};

/** @param {string} key @param {Cell} cell */
function valueOf(key, cell) {
  if (AS_THEY_ARE.includes(key)) return cell;
  return LISTED.includes(key) ? String(cell).split("; ") : String(cell);
}

/** @param {Table[]} tables @param {Terms} terms */
function readOurs(tables, terms) {
  const rowsOf = ourRows(tables, terms);
  /** @type {Map<string, Item[]>} */
  const claims = new Map();
  const keyOf = (/** @type {string} */ owner, /** @type {unknown} */ id) => JSON.stringify([owner, id]);
  const position = (/** @type {Item} */ one) => (typeof one.position === "number" ? one.position : 0);
  for (const one of rowsOf("Claims").sort((a, b) => position(a) - position(b))) {
    const key = keyOf(OWNERS.get(one.record_kind) ?? "records", one.record_id);
    const said = { ...one, value: one.group ?? one.said };
    const some = claims.get(key);
    if (some) some.push(said);
    else claims.set(key, [said]);
  }
  const said = (/** @type {string} */ owner, /** @type {string} */ id) => {
    const found = claims.get(keyOf(owner, id)) ?? [];
    claims.delete(keyOf(owner, id));
    return found;
  };
  const features = RECORDS.flatMap((sheet) => rowsOf(sheet).map((row) => ({
    id: row.id, where: row.where, geometry: placeOf(row),
    properties: {
      ...row, claims: said("records", row.id), ...(sheet === RECORDS[1] ? { record_kind: "base area" } : {}) } })));
  checkRows(features.length);
  const members = Object.fromEntries(MEMBERS.map(([member, sheet]) => (
    [member, rowsOf(sheet).map((row) => ({ ...row, claims: said(member, row.id) }))])));
  const about = tables.find(({ name }) => name === "About")?.rows ?? [];
  const version = about.find(({ cells }) => cells[0] === "Data version")?.cells[1];
  const whole = { features, ...members, mapview: { data_version: version } };
  const collected = readExport(whole, "A workbook that Mapview exported");
  const lost = [...claims.values()].reduce((sum, some) => sum + some.length, 0);
  if (lost) collected.notes.push(`Claims of no record in the workbook, which are left out: ${lost}.`);
  const cells = tables.flatMap(({ rows }) => rows.flatMap((one) => one.cells));
  const cut = cells.filter((one) => CUT.test(String(one))).length;
  if (cut) {
    collected.notes.push(`Texts that are longer than a cell, and end where they say so: ${cut}. The GeoJSON export has `
      + "them whole.");
  }
  return collected;
}

/** @param {Item} row @returns {Item | null} */
function placeOf({ outline, lon, lat, further_places: further = "" }) {
  if (outline) return fromText(outline);
  if (lon === undefined || lat === undefined) return null;
  const others = String(further).split("; ").filter(Boolean).map((one) => one.split(", ").map(Number));
  const first = [lon, lat];
  if (!others.length) return { type: "Point", coordinates: first };
  return { type: "MultiPoint", coordinates: [first, ...others] };
}

const texts = (/** @type {Cell[]} */ cells) => (
  Array.from(cells, (cell) => (isThere(cell) ? String(cell).trim() : "")));
/** Where the heading is: titles of a sheet, and of several columns, may stand above it. @param {Table} table */
const headingOf = ({ rows }) => rows.slice(0, MOST_ABOVE).findIndex(({ cells }) => hasPlaces(texts(cells)));

/** @param {Table[]} tables @param {Terms} terms */
function readOthers(tables, terms) {
  const table = tables.find((one) => headingOf(one) >= 0);
  if (!table) {
    const found = texts(tables.find(({ rows }) => rows.length)?.rows[0].cells ?? []).filter(Boolean).slice(0, 12)
      .map((one) => `“${one.slice(0, 40)}”`).join(", ") || "none";
    throw new ReadingError(`In no sheet one of the first ${MOST_ABOVE} rows names coordinates (lat and lon, or y and x); `
      + `the first one's columns are ${found}.`);
  }
  const at = headingOf(table);
  const [head, ...rows] = table.rows.slice(at);
  checkRows(rows.length);
  const header = texts(head.cells);
  const lines = rows.map(({ number, cells }) => (
    /** @type {Line} */ ({ where: `row ${number}`, cells: texts(cells.slice(0, header.length)) })));
  const collected = readAny(header, lines, terms, "A workbook");
  collected.notes.unshift(...notesOf(tables, table, at ? head.number : 0));
  return collected;
}

/** @param {Table[]} tables @param {Table} table @param {number} heading its row, 0 where it is the first */
function notesOf(tables, { name, open, faults }, heading) {
  const notes = [];
  if (tables.length > 1) notes.push(`The sheet “${name}” was read; the others were not.`);
  if (heading) notes.push(`The heading is row ${heading}; what stands above it is no row.`);
  if (open) {
    notes.push(`Formulas whose result the file does not hold, so that their cells are empty here: ${open}. Excel and `
      + "LibreOffice work them out: open it there, save it, and open that.");
  }
  if (faults) notes.push(`Cells that hold an error, such as #N/A, which is kept as text: ${faults}.`);
  return notes;
}

export { readWorkbook };
