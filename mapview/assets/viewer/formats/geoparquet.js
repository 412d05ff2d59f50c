// Owns reading GeoParquet: ours with claims, and points of others in WGS 84.
import { KINDS, fromJson, isObject, readExport } from "../exported.js";
import { ReadingError } from "../faults.js";
import { asClaim } from "./geopackage.js";
import { Parquet } from "./parquet.js";
import { fromBinary } from "./wkb.js";

/**
 * @import { Item } from "../belonging.js"
 * @import { Collected } from "../columns.js"
 * @import { ReadPoints } from "./geopackage.js"
 */

/** @param {Uint8Array} bytes @param {ReadPoints} readPoints @returns {Collected} */
function readGeoParquet(bytes, readPoints) {
  const file = new Parquet(bytes);
  const geo = fromJson(file.said.get("geo") ?? "");
  if (!isObject(geo) || !isObject(geo.columns)) {
    throw new ReadingError("This is a Parquet without places, and no GeoParquet.");
  }
  const name = String(geo.primary_column);
  const { encoding, crs } = /** @type {Item} */ (geo.columns[name] ?? {});
  if (encoding !== "WKB") throw new ReadingError("Its places are written in a way that this page does not know.");
  const features = file.rows().map((row) => {
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
