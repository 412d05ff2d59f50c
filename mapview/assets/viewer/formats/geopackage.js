// Owns reading a GeoPackage: ours with its claims, and the first layer of points of another.
import { KINDS, LISTS, fromJson, readExport } from "../exported.js";
import { ReadingError, checkRows } from "../faults.js";
import { Database } from "./sqlite.js";
import { fromPackage } from "./wkb.js";
import { fromText } from "./wkt.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Collected } from "../columns.js"
 * @import { Table, Value } from "./sqlite.js"
 * @typedef {(collection: Item, told: string) => Collected} ReadPoints
 */

// A record has some claims.
const MOST_ROWS = 1_000_000;
const OWNERS = new Map([["group", "groups"], ["relation", "relations"]]);
/** @type {[kind: string, columns: string[]][]} What tells a table of ours from others: formats/geopackage.py. */
const TABLES = [
  ["claims", ["record_id", "about", "source"]], ["relations", ["id", "subject", "object"]],
  ["sources", ["id", "title", "derived_from"]], ["groups", ["id", "name", "aliases"]],
  ["not_placed", ["id", "event_date", "last_cited"]], ["incidents", ["id", "event_date"]],
  ["base_areas", ["id", "last_cited"]], ["about", ["name", "value"]],
];
const RECORDS = ["incidents", "base_areas", "not_placed"];
const WGS84 = [4326, 4979];

/** @param {Uint8Array} bytes @param {ReadPoints} readPoints @returns {Collected} */
function readGeoPackage(bytes, readPoints) {
  const database = new Database(bytes);
  const tables = database.schema();
  const layers = tables.get("gpkg_geometry_columns");
  if (!tables.has("gpkg_contents")) {
    throw new ReadingError("This is a database of SQLite, and no GeoPackage.");
  }
  const shapes = layers ? database.table("gpkg_geometry_columns", layers, MOST_ROWS).rows : [];
  const own = [...tables].filter(([name]) => !/^(gpkg|rtree|sqlite)_/i.test(name))
    .map(([name, table]) => database.table(name, table, MOST_ROWS));
  const isOurs = own.some(({ columns, rows }) => (
    columns.includes("record_kind") && columns.includes("event_date") && rows.some((one) => isKind(one.record_kind))));
  const collected = isOurs ? readOurs(own, shapes) : readOthers(own, shapes, readPoints);
  if (database.isJournaled) {
    collected.notes.push("Another program had it open to write: its newest rows may stand in a file beside it (-wal), "
      + "and are not here.");
  }
  return collected;
}

const isKind = (/** @type {Value} */ kind) => typeof kind === "string" && KINDS.includes(kind);
const columnOf = (/** @type {Item[]} */ shapes, /** @type {string} */ name) => (
  shapes.find((one) => one.table_name === name)?.column_name);

/** @param {Table[]} tables @param {Item[]} shapes */
function readOurs(tables, shapes) {
  const ofKind = (/** @type {string} */ kind) => tables.filter(({ columns }) => (
    TABLES.find(([, needed]) => needed.every((one) => columns.includes(one)))?.[0] === kind));
  const rowsOf = (/** @type {string} */ kind) => ofKind(kind).flatMap(({ rows }) => rows);
  const claims = claimsOf(rowsOf("claims"));
  const said = (/** @type {string} */ owner, /** @type {Value} */ id) => claims.get(JSON.stringify([owner, id])) ?? [];
  const features = RECORDS.flatMap((kind) => ofKind(kind).flatMap(({ name, rows }) => rows.map((row, i) => ({
    id: row.id, where: `row ${name}!${i + 1}`, geometry: placeOf(row, columnOf(shapes, name)),
    properties: { ...listed(row), claims: said("records", row.id) } }))));
  // Outlines of base areas, which few have, are a layer of the same columns.
  checkRows(features.length);
  const members = Object.fromEntries(["groups", "sources", "relations"].map((kind) => (
    [kind, rowsOf(kind).map((row) => ({ ...listed(row), claims: said(kind, row.id) }))])));
  const version = rowsOf("about").find(({ name }) => name === "data_version")?.value;
  const whole = { features, ...members, mapview: { data_version: version } };
  return readExport(whole, "A GeoPackage that Mapview exported");
}

/** Claims by what they are of, in their order. @param {Item[]} rows */
function claimsOf(rows) {
  /** @type {Map<string, Item[]>} */
  const found = new Map();
  for (const row of [...rows].sort((a, b) => Number(a.position) - Number(b.position))) {
    const key = JSON.stringify([OWNERS.get(row.record_kind) ?? "records", row.record_id]);
    const some = found.get(key);
    const claim = asClaim({ ...row, cites: fromJson(row.cites ?? "[]") });
    if (some) some.push(claim);
    else found.set(key, [claim]);
  }
  return found;
}

/** A claim as our GeoJSON has it: a number is one again. @param {Item} row @returns {Item} */
const asClaim = (row) => (typeof row.number === "number" ? { ...row, value: row.number } : row);

/** A row whose lists are lists again. @param {Item} row @returns {Item} */
const listed = (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => (
  [name, LISTED.includes(name) && typeof value === "string" ? fromJson(value) : value])));
const LISTED = [...LISTS, "aliases", "parents", "derived_from"];

/** @param {Item} row @param {string | undefined} column @returns {Item | null} */
function placeOf(row, column) {
  const place = column ? row[column] : row.geometry;
  if (typeof place === "string") return fromText(place);
  return plain(place instanceof Uint8Array ? fromPackage(place) : null);
}

/**
 * All of a layer are of one type there: an area of one part is an area.
 * @param {Item | null} geometry @returns {Item | null}
 */
function plain(geometry) {
  if (geometry?.type !== "MultiPolygon" || geometry.coordinates.length !== 1) return geometry;
  return { type: "Polygon", coordinates: geometry.coordinates[0] };
}

/** @param {Table[]} tables @param {Item[]} shapes @param {ReadPoints} readPoints */
function readOthers(tables, shapes, readPoints) {
  const layers = tables.filter(({ name }) => columnOf(shapes, name));
  const isOfPoints = (/** @type {Table} */ { name }) => (
    /point/i.test(String(shapes.find((one) => one.table_name === name)?.geometry_type_name)));
  const layer = layers.find(isOfPoints) ?? layers[0];
  if (!layer) throw new ReadingError("This GeoPackage has no layer with places.");
  const { srs_id: system } = shapes.find((one) => one.table_name === layer.name) ?? {};
  if (!WGS84.includes(Number(system))) {
    throw new ReadingError("Its coordinates are not in WGS 84 (EPSG:4326). Convert it and open that.");
  }
  const column = columnOf(shapes, layer.name);
  checkRows(layer.rows.length);
  const features = layer.rows.map((row) => {
    const properties = Object.entries(row).filter(([name, value]) => name !== column && !(value instanceof Uint8Array));
    return { type: "Feature", geometry: placeOf(row, column), properties: Object.fromEntries(properties) };
  });
  const collected = readPoints({ features }, "A GeoPackage of another program");
  if (tables.length > 1) collected.notes.unshift(`The layer “${layer.name}” was read; what else it has was not.`);
  return collected;
}

export { asClaim, listed, plain, readGeoPackage };
