// Owns reading GeoParquet: ours with claims, and points of others in WGS 84.
import { KINDS, fromJson, inWords, isObject, readExport } from "../exported.js";
import { INSTEAD, ReadingError } from "../faults.js";
import { readAny } from "../guessing.js";
import { columnsOf, hasPlaces } from "../headings.js";
import { asClaim } from "./geopackage.js";
import { Parquet } from "./parquet.js";
import { fromBinary } from "./wkb.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Collected, Terms } from "../columns.js"
 * @import { Line } from "../guessing.js"
 * @import { ReadPoints } from "./geopackage.js"
 */

const named = (/** @type {Iterable<string>} */ names) => [...names].slice(0, 12).map((one) => `“${one.slice(0, 40)}”`)
  .join(", ");

/**
 * @param {Uint8Array<ArrayBuffer>} bytes @param {ReadPoints} readPoints @param {Terms} terms
 * @returns {Promise<Collected>}
 */
async function readGeoParquet(bytes, readPoints, terms) {
  const file = new Parquet(bytes);
  const geo = fromJson(file.said.get("geo") ?? "");
  const collected = await (isObject(geo) && isObject(geo.columns) ? readPlaces(file, geo, readPoints)
    : readColumns(file, terms));
  if (file.unread.size) {
    collected.notes.push("Columns that are written in a way that this page does not know, and are left out: "
      + `${named(file.unread)}.`);
  }
  return collected;
}

/** A table without a column of places, by those of coordinates. @param {Parquet} file @param {Terms} terms */
async function readColumns(file, terms) {
  const { names } = file;
  if (!hasPlaces(names)) {
    throw new ReadingError("This is a Parquet without places, and no GeoParquet; no column is named like coordinates "
      + `(lat and lon, or y and x), its columns are ${named(names) || "none"}.`);
  }
  const { lat, lon } = columnsOf(names);
  const rows = await file.rows([names[lat], names[lon]]);
  const lines = rows.map((row, i) => (
    /** @type {Line} */ ({ where: `row ${i + 1}`, cells: names.map((name) => inWords(row[name])) })));
  return readAny(names, lines, terms, "Parquet of another program");
}

/** @param {Parquet} file @param {Item} geo @param {ReadPoints} readPoints */
async function readPlaces(file, geo, readPoints) {
  const name = String(geo.primary_column);
  const { encoding, crs } = /** @type {Item} */ (geo.columns[name] ?? {});
  if (encoding !== "WKB") {
    throw new ReadingError(`Its places are written in a way that this page does not know: ${INSTEAD}.`);
  }
  const features = (await file.rows([name])).map((row) => {
    const { [name]: place, ...properties } = row;
    return {
      type: "Feature", id: row.id, properties,
      geometry: place instanceof Uint8Array ? fromBinary(place) : null };
  });
  const isOurs = features.some(({ properties }) => KINDS.includes(properties.record_kind));
  if (isOurs) return readOurs(features, /** @type {Item} */ (fromJson(file.said.get("mapview") ?? "{}") ?? {}));
  // Without a system they are longitude and latitude.
  const code = isObject(crs) && isObject(crs.id) ? String(crs.id.code) : "";
  if (crs !== undefined && !["CRS84", "4326", "4979"].includes(code)) {
    throw new ReadingError("Its coordinates are not in WGS 84 (EPSG:4326). Convert it and open that.");
  }
  return readPoints({ features }, "GeoParquet of another program");
}

/** @param {Item[]} features @param {Item} said */
function readOurs(features, { about, ...members }) {
  for (const { properties } of features) {
    const { claims } = properties;
    properties.claims = Array.isArray(claims) ? claims.filter(isObject).map(asClaim) : [];
  }
  return readExport({ ...members, features, mapview: about }, "A GeoParquet that Mapview exported");
}

export { readGeoParquet };
