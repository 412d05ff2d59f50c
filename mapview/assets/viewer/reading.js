// Owns what a file holds, by its content and not by its ending; what cannot be read gets a sentence.
import { readTable } from "./delimited.js";
import {
  inWords, isObject, isOurTable, isOurs, readExport, readExportTable, text as textOf,
} from "./exported.js";
import { INSTEAD, ReadingError, checkCells, checkRows, guarded, megabytes } from "./faults.js";
import { readFlatGeobuf } from "./formats/flatgeobuf.js";
import { readGeoPackage } from "./formats/geopackage.js";
import { readGeoParquet } from "./formats/geoparquet.js";
import { placemarksOf, readPlacemarks } from "./formats/kml.js";
import { readWorkbook } from "./formats/workbook.js";
import { Archive } from "./formats/zip.js";
import { readAny } from "./guessing.js";
import { hasPlaces } from "./headings.js";
import { decode, latin } from "./letters.js";
import { placeOf } from "./spots.js";

/**
 * @import { Item } from "./belonging.js"
 * @import { Collected, Terms } from "./columns.js"
 * @import { Line } from "./guessing.js"
 */

const MOST_BYTES = 100e6;
// Before each feature of a sequence of them.
const MARK = "\u001e";
// What is looked for in an archive, the one with most in it first.
const READ_WITHIN = [".geojson", ".kml", ".kmz", ".xlsx", ".gpkg", ".fgb", ".parquet", ".csv"];
/** @param {string} text @returns {any} */
function parsedOr(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text, or one feature a line, each of which may stand behind a mark. @param {string} text @returns {any} */
function parseJson(text) {
  const whole = parsedOr(text);
  if (whole !== undefined) return whole;
  const lines = text.split("\n").map((one) => one.replace(MARK, "").trim()).filter(Boolean);
  checkRows(lines.length);
  const features = lines.map(parsedOr);
  if (lines.length > 1 && features.every((one) => isObject(one) && one.type === "Feature")) {
    return { type: "FeatureCollection", features };
  }
  throw new ReadingError("This begins like GeoJSON and is damaged or incomplete. Get the file again.");
}

/** Refuse coordinates that an old member says are none of WGS 84. @param {Item} collection */
function checkReference({ crs }) {
  const name = isObject(crs) && isObject(crs.properties) ? textOf(crs.properties.name) : "";
  if (name && !/(CRS:?:?84|4326|4979)$/.test(name.trim())) {
    throw new ReadingError("Its coordinates are not in WGS 84 (EPSG:4326). Convert it and open that.");
  }
}

/**
 * Points of any GeoJSON, and what other formats hold as one.
 * @param {Item} collection @param {Terms} terms @param {string} told @returns {Collected}
 */
function readPoints({ features }, terms, told = "GeoJSON of another program") {
  const properties = features.map((/** @type {unknown} */ one) => (
    isObject(one) && isObject(one.properties) ? one.properties : {}));
  const header = [...new Set(properties.flatMap(Object.keys))].slice(0, 2000);
  checkCells(header.length, features.length);
  const lines = features.map((/** @type {unknown} */ feature, /** @type {number} */ i) => {
    const cells = header.map((name) => inWords(properties[i][name]));
    const where = `feature ${i + 1}`;
    const place = isObject(feature) ? placeOf(feature.geometry) : { position: null, why: "it is no feature" };
    return /** @type {Line} */ ({ where, cells, ...place });
  });
  return readAny(header, lines, terms, told);
}

/** @param {string} text @param {Terms} terms @returns {Collected} */
function readJson(text, terms) {
  let collection = parseJson(text);
  if (isObject(collection) && collection.type === "Feature") {
    collection = { type: "FeatureCollection", features: [collection] };
  }
  if (!isObject(collection) || collection.type !== "FeatureCollection" || !Array.isArray(collection.features)) {
    throw new ReadingError(`This is JSON, and no GeoJSON FeatureCollection: ${INSTEAD}.`);
  }
  checkReference(collection);
  checkRows(collection.features.length);
  const isExport = collection.features.some((/** @type {unknown} */ one) => isObject(one) && isOurs(one.properties));
  return isExport ? readExport(collection) : readPoints(collection, terms);
}

/** @param {string} text @param {Terms} terms @returns {Collected} */
function readDelimited(text, terms) {
  const table = readTable(text, (header) => isOurTable(header) || hasPlaces(header));
  if (!table) throw new ReadingError("This is no table with a heading and columns, and no GeoJSON.");
  const { header, rows, open, line: heading } = table;
  checkRows(rows.length);
  const isOurOwn = isOurTable(header);
  if (!isOurOwn && !hasPlaces(header)) {
    const found = header.slice(0, 12).map((one) => `“${one.slice(0, 40)}”`).join(", ");
    throw new ReadingError(`No column is named like coordinates (lat and lon, or y and x); its columns are ${found}.`);
  }
  const lines = rows.map(({ line, cells }) => ({ where: `line ${line}`, cells }));
  const collected = isOurOwn ? readExportTable(header, rows) : readAny(header, lines, terms, "A table");
  if (heading > 1) collected.notes.unshift(`The heading is line ${heading}; what stands above it is no row.`);
  if (open !== null) {
    collected.rows += 1;
    collected.left.push({ where: `line ${open}`, why: "a quotation mark is never closed, so all that follows it is one cell" });
  }
  return collected;
}

/**
 * What a file holds.
 * @param {File} file @param {Terms} terms @returns {Promise<Collected>}
 */
async function readFile(file, terms) {
  if (!file.size) throw new ReadingError("The file is empty.");
  if (file.size > MOST_BYTES) {
    throw new ReadingError(`The file has ${megabytes(file.size)}, and this page reads at most ${megabytes(MOST_BYTES)}.`);
  }
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new ReadingError("The file could not be read. Is it still there, and is it a file and no folder?");
  }
  const collected = await readBytes(bytes, terms);
  if (!collected.rows) throw new ReadingError("The file has a heading and no rows.");
  return { ...collected, version: collected.version || await fingerprint(bytes) };
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes @param {Terms} terms @param {Archive[]} outer archives that it is in
 * @returns {Promise<Collected>}
 */
async function readBytes(bytes, terms, outer = []) {
  if (latin(bytes).startsWith("PK")) {
    // A map or workbook may be in a pack; deeper, an archive can hold itself without an end.
    if (outer.length > 1) {
      throw new ReadingError("It is an archive in an archive in another. Unpack it and open what is in it.");
    }
    return guarded("archive or workbook", () => (
      readArchive(new Archive(bytes, outer[0]?.room), terms, outer)));
  }
  const points = (/** @type {Item} */ collection, /** @type {string} */ told) => readPoints(collection, terms, told);
  if (latin(bytes).startsWith("SQLite format 3\0")) return guarded("GeoPackage", () => readGeoPackage(bytes, points));
  if (latin(bytes).startsWith("fgb\x03fgb")) return guarded("FlatGeobuf", () => readFlatGeobuf(bytes, points));
  if (latin(bytes).startsWith("PAR1")) return guarded("GeoParquet", () => readGeoParquet(bytes, points, terms));
  const [raw, note] = decode(bytes);
  const collected = readText(raw.replace(/^\ufeff/, ""), terms);
  if (note) collected.notes.unshift(note);
  return collected;
}

/**
 * A workbook, a KMZ, or an archive with a file that this page reads, such as a pack.
 * @param {Archive} archive @param {Terms} terms @param {Archive[]} outer @returns {Promise<Collected>}
 */
async function readArchive(archive, terms, outer) {
  if (archive.entries.has("xl/workbook.xml")) return readWorkbook(archive, terms);
  const endings = outer.length ? [".kml"] : READ_WITHIN;
  const found = endings.map((one) => archive.ending(one)).find((one) => one !== undefined);
  if (found === undefined) {
    const names = [...archive.entries.keys()].slice(0, 6).map((one) => `“${one.slice(0, 40)}”`).join(", ");
    const isSheet = archive.entries.has("content.xml") && archive.entries.has("mimetype");
    const isShape = archive.ending(".shp") !== undefined;
    const told = isSheet ? `: an OpenDocument. Save it as XLSX or CSV, and open that` : isShape
      ? `: a Shapefile. Save it as GeoJSON or GeoPackage, and open that` : "";
    throw new ReadingError(`This is an archive without a file that this page reads; it holds ${names || "nothing"}${told}.`);
  }
  const isMap = found.toLowerCase().endsWith(".kml");
  const collected = await readBytes(await archive.unpack(found), terms, [...outer, archive]);
  if (!isMap) collected.notes.unshift(`Of the archive, “${found.slice(0, 80)}” was read.`);
  return collected;
}

/** @param {string} text @param {Terms} terms @returns {Collected} */
function readMarkup(text, terms) {
  if (/^\s*<(!doctype\s+)?html\b/i.test(text)) {
    throw new ReadingError(`This is a web page, which a browser opens by itself; here, ${INSTEAD}.`);
  }
  const placemarks = placemarksOf(text);
  if (!placemarks) throw new ReadingError(`This is no KML, or it is damaged or incomplete: ${INSTEAD}.`);
  checkRows(placemarks.length);
  return readPlacemarks(placemarks, terms);
}

/** What a text holds. @param {string} text @param {Terms} terms @returns {Collected} */
function readText(text, terms) {
  const begins = text.slice(0, 1000).replace(MARK, "").trimStart().slice(0, 1);
  if (!text.trim()) throw new ReadingError("The file is empty.");
  const read = begins === "<" ? readMarkup : "{[".includes(begins) ? readJson : readDelimited;
  return read(text, terms);
}

/** A few letters that stand for the bytes of a file. @param {Uint8Array<ArrayBuffer>} bytes */
async function fingerprint(bytes) {
  if (!crypto.subtle) return `${bytes.length}-bytes`;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.subarray(0, 6)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

export { readFile, readText };
