// Owns reading our own exports, and what other formats of ours come to: every value is checked, as anybody can write
// such a file.
import { cartography } from "../cartography.js";
import { spanOf } from "./edtf.js";

/**
 * @import { Item } from "./belonging.js"
 * @import { Collected } from "./columns.js"
 * @import { Row } from "./delimited.js"
 */

const TEXTS = ["title", "event_date", "status", "attribution", "place", "admin1", "admin2", "admin1_code", "country",
  "geo_precision", "geo_basis", "target", "means", "summary", "type_of_source", "fatalities_text", "injured_text",
  "casualties_text", "attribution_text", "sources_text"];
const AREA_TEXTS = ["group", "group_name", "place", "admin1", "admin1_code", "country", "geo_precision", "geo_basis",
  "level", "kind", "status", "valid_from", "valid_to", "last_cited", "note"];
const LISTS = ["event_types", "actors", "actor_names", "accused", "accused_names", "cleared", "cleared_names",
  "targets", "target_names", "other_countries", "casualties_combined", "related"];
const SWITCHES = ["shares_toll_beyond"];
const NUMBERS = ["fatalities_low", "fatalities_high", "injured_high", "radius_km"];
const CLAIM_TEXTS = ["about", "stance", "role", "by", "source", "locator", "note", "caveat", "part", "as_of",
  "topic", "qualifier"];
const MOST_CLAIMS = 2000;
const NO_RECORD = "it is no record of Mapview";
const KINDS = ["event", "aggregate", "base area"];

/** @param {unknown} value @returns {value is Item} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (/** @type {unknown} */ value) => (typeof value === "string" ? value : "");
const texts = (/** @type {unknown} */ value) => (
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
/** A code of a country, as two letters; empty for all else. @param {string} code */
const country = (code) => (/^[A-Z]{2}$/.test(code) ? code : "");
/** @type {{ id: string }[]} */
const STATUSES = cartography.statuses;
const number = (/** @type {unknown} */ value) => (typeof value === "number" && Number.isFinite(value) ? value : null);
const SO = /^\s*(?:true|t|yes|y|on|1(?:[.,]0+)?)\s*$/i;
/** What is so, as each format of ours, who saved it again, and any number writes it. @param {unknown} value */
const isSo = (value) => value === true || (Number.isInteger(value) ? value !== 0 : SO.test(String(value)));
/** A value as a cell of a table has it. @param {unknown} value */
function inWords(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
const objects = (/** @type {unknown} */ value) => (Array.isArray(value) ? value.filter(isObject) : []);

/** @param {unknown} value @returns {Item[]} */
function claimsOf(value) {
  return objects(value).slice(0, MOST_CLAIMS).flatMap((claim) => {
    const known = Object.fromEntries(CLAIM_TEXTS.map((name) => [name, text(claim[name])]));
    const said = ["string", "number"].includes(typeof claim.value) ? claim.value : null;
    return known.about ? [{ ...known, value: said, cites: texts(claim.cites) }] : [];
  });
}

/** Groups, sources or relations. @param {unknown} value @param {string[]} lists @returns {Item[]} */
function membersOf(value, lists) {
  return objects(value).flatMap((one) => {
    if (!text(one.id)) return [];
    const words = Object.fromEntries(Object.entries(one).filter(([, some]) => typeof some === "string"));
    const listed = Object.fromEntries(lists.map((name) => [name, texts(one[name])]));
    return [{ ...words, ...listed, claims: claimsOf(one.claims) }];
  });
}

/** Who stands in no other role: those that claims name as involved. @param {Item[]} claims */
const othersOf = (claims) => [...new Set(claims.filter(({ role, about, value, stance }) => (
  (role === "other" || (about === "involved" && !role)) && typeof value === "string" && value
  && !["denies", "doubts"].includes(stance))).map(({ value }) => String(value)))];

/** @param {unknown} pair @returns {pair is [number, number]} */
const isPosition = (pair) => Array.isArray(pair) && pair.slice(0, 2).every((one) => number(one) !== null)
  && pair.length >= 2 && Math.abs(pair[0]) <= 180 && Math.abs(pair[1]) <= 90;
/** 0°, 0° is what programs write where nothing is known. @param {number[]} position */
const isNowhere = ([lon, lat]) => lon === 0 && lat === 0;

/** The positions of a geometry of points. @param {unknown} geometry @returns {[number, number][]} */
function positionsOf(geometry) {
  if (!isObject(geometry)) return [];
  const { type, coordinates } = geometry;
  const several = type === "MultiPoint" && Array.isArray(coordinates) ? coordinates : [];
  const all = type === "Point" ? [coordinates] : several;
  return all.filter(isPosition).filter((one) => !isNowhere(one)).map(([lon, lat]) => [lon, lat]);
}

const DEPTHS = new Map([["Point", 0], ["MultiPoint", 1], ["Polygon", 2], ["MultiPolygon", 3]]);

/** The geometry of a base area, if all of it is positions. @param {unknown} geometry @returns {Item | null} */
function areaGeometry(geometry) {
  if (!isObject(geometry) || !Array.isArray(geometry.coordinates)) return null;
  const depth = DEPTHS.get(String(geometry.type));
  /** @type {(nested: unknown, left: number) => boolean} */
  const fits = (nested, left) => (left === 0 ? isPosition(nested)
    : Array.isArray(nested) && nested.length > 0 && nested.every((one) => fits(one, left - 1)));
  if (depth === undefined || !fits(geometry.coordinates, depth)) return null;
  const { type, coordinates } = geometry;
  const isAtZero = depth < 2 && isNowhere(type === "Point" ? coordinates : coordinates[0]);
  return isAtZero ? null : { type, coordinates };
}

/** @param {unknown} properties */
const isOurs = (properties) => isObject(properties) && KINDS.includes(properties.record_kind);

/**
 * A feature of ours as a record.
 * @param {string} id @param {Item} properties @param {unknown} geometry @returns {Item}
 */
function recordOf(id, properties, geometry) {
  const claims = claimsOf(properties.claims);
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, number(properties[name])]));
  if (properties.record_kind === "base area") {
    const known = Object.fromEntries(AREA_TEXTS.map((name) => [name, text(properties[name])]));
    return {
      ...known, ...numbers, id, record_kind: "base area", claims, geometry: areaGeometry(geometry),
      country: country(known.country) };
  }
  const known = Object.fromEntries(TEXTS.map((name) => [name, text(properties[name])]));
  const lists = Object.fromEntries(LISTS.map((name) => [name, texts(properties[name])]));
  const switches = Object.fromEntries(SWITCHES.map((name) => [name, isSo(properties[name])]));
  const types = lists.event_types.length ? lists.event_types : ["other"];
  return {
    ...known, ...lists, ...numbers, ...switches, id, record_kind: properties.record_kind, claims, event_types: types,
    country: country(known.country), other_countries: lists.other_countries.filter(country),
    others: othersOf(claims), points: positionsOf(geometry), status: known.status || "carried out",
    title: known.title || "Untitled", event_date: known.event_date || "XXXX",
    attribution: known.attribution || "unattributed",
    attribution_text: known.attribution_text || "no claim about responsibility",
    fatalities_text: known.fatalities_text || "not stated", injured_text: known.injured_text || "not stated" };
}

/** @returns {Collected} */
const nothing = () => ({
  incidents: [], areas: [], groups: [], sources: [], relations: [], rows: 0, left: [], notes: [], told: "",
  version: "" });

/**
 * Put a record among what was read, with an id that no other has.
 * @param {Collected} collected @param {Item} record @param {Set<string>} seen @param {string} where
 */
function take(collected, record, seen, where) {
  if (!record.id) return void collected.left.push({ where, why: "it has no id" });
  const isKnown = record.record_kind === "base area" || STATUSES.some(({ id }) => id === record.status);
  if (!isKnown) return void collected.left.push({ where, why: "its status is none that Mapview has" });
  if (seen.has(record.id)) return void collected.left.push({ where, why: "another row has the same id" });
  seen.add(record.id);
  return void (record.record_kind === "base area" ? collected.areas : collected.incidents).push(record);
}

/** Have each incident name whom it shares a toll with, whoever said it. @param {Collected} collected */
function linkBack({ incidents, notes }) {
  const byId = new Map(incidents.map((one) => [one.id, one]));
  const named = new Map(incidents.map((one) => [one.id, new Set(one.casualties_combined)]));
  /** @type {Map<string, string[]>} */
  const lacking = new Map();
  for (const [id, others] of named) {
    for (const other of others) {
      if (other === id || (named.get(other)?.has(id) ?? true)) continue;
      const names = lacking.get(other) ?? [];
      names.push(id);
      lacking.set(other, names);
    }
  }
  if (!lacking.size) return;
  for (const [id, others] of lacking) {
    const one = /** @type {Item} */ (byId.get(id));
    one.casualties_combined = [...one.casualties_combined, ...others];
  }
  const [first] = lacking.keys();
  const more = lacking.size > 1 ? ` and ${(lacking.size - 1).toLocaleString("en")} more` : "";
  notes.push(`The toll of “${first.slice(0, 80)}”${more} is read as shared with others, since these say so.`);
}

/**
 * Records in the order in which pages have them: oldest first, those without a date last; areas by id.
 * @param {Collected} collected
 */
function ordered(collected) {
  linkBack(collected);
  const byId = (/** @type {Item} */ a, /** @type {Item} */ b) => (a.id < b.id ? -1 : 1);
  collected.areas.sort(byId);
  const starts = new Map(collected.incidents.map((one) => [one, spanOf(one.event_date)?.first ?? Infinity]));
  collected.incidents.sort((a, b) => {
    const [first, second] = [Number(starts.get(a)), Number(starts.get(b))];
    return first === second ? byId(a, b) : first - second;
  });
  return collected;
}

/**
 * Our GeoJSON, and what other formats of ours hold as one; a feature of these may say where in its file it is.
 * @param {Item} collection @param {string} told @returns {Collected}
 */
function readExport(collection, told = "A GeoJSON export of Mapview") {
  const collected = nothing();
  collected.told = told;
  /** @type {Set<string>} */
  const seen = new Set();
  collected.rows = collection.features.length;
  collection.features.forEach((/** @type {unknown} */ feature, /** @type {number} */ i) => {
    const where = (isObject(feature) && text(feature.where)) || `feature ${i + 1}`;
    if (!isObject(feature) || !isOurs(feature.properties)) collected.left.push({ where, why: NO_RECORD });
    else take(collected, recordOf(text(feature.id), feature.properties, feature.geometry), seen, where);
  });
  const { data_version: version } = isObject(collection.mapview) ? collection.mapview : {};
  if (/^\w{1,40}$/.test(text(version))) collected.version = version;
  takeMembers(collected, collection);
  return ordered(collected);
}

/** What travels beside the records. @param {Collected} collected @param {Item} members */
function takeMembers(collected, { groups, sources, relations }) {
  collected.groups = membersOf(groups, ["aliases", "parents"]);
  collected.sources = membersOf(sources, ["derived_from"]);
  collected.relations = membersOf(relations, []);
}

const MARKED = /^'(?:[\s']*[=+\-@＝＋－＠]|'*[\t\r\n])/;
const MARKED_WITHIN = /([;|\t\r\n])'(?=[\s'"]*[=+\-@＝＋－＠])/g;
/** The text that an export made harmless for spreadsheets. @param {string} cell */
const unguard = (cell) => (MARKED.test(cell) ? cell.slice(1) : cell).replace(MARKED_WITHIN, "$1");

/** @param {string} cell @returns {unknown} */
function fromJson(cell) {
  try {
    return JSON.parse(cell);
  } catch {
    return null;
  }
}

/**
 * The properties of a record of which each value is text.
 * @param {(name: string) => string} cell @param {(text: string) => string} plain takes off what an export put there
 */
function propertiesOf(cell, plain) {
  /** @type {Item} */
  const properties = {};
  for (const name of new Set([...TEXTS, ...AREA_TEXTS, ...SWITCHES])) properties[name] = plain(cell(name));
  for (const name of LISTS) properties[name] = plain(cell(name)).split("; ").filter(Boolean);
  for (const name of NUMBERS) properties[name] = cell(name) === "" ? null : Number(cell(name));
  properties.record_kind = cell("record_kind");
  properties.claims = fromJson(cell("claims"));
  return properties;
}

/** Whether a heading is that of our CSV. @param {string[]} header */
const isOurTable = (header) => (
  ["id", "record_kind", "event_date", "claims", "geo_precision"].every((one) => header.includes(one)));

/** Our CSV. @param {string[]} header @param {Row[]} rows @returns {Collected} */
function readExportTable(header, rows) {
  const collected = nothing();
  collected.told = "A table that Mapview exported";
  collected.notes.push("A table has no list of sources and groups: sources are named by their id, and a group is "
    + "found by its own name alone. The GeoJSON export has all of it.");
  /** @type {Set<string>} */
  const seen = new Set();
  collected.rows = rows.length;
  for (const { line, cells } of rows) {
    const cell = (/** @type {string} */ name) => cells[header.indexOf(name)] ?? "";
    const properties = propertiesOf(cell, unguard);
    const where = `line ${line}`;
    if (cells.length > header.length) collected.left.push({ where, why: "it has more cells than the heading" });
    else if (!isOurs(properties)) collected.left.push({ where, why: NO_RECORD });
    else {
      if (cell("claims") && !Array.isArray(properties.claims)) collected.notes.push(`Claims of ${where} could not be read.`);
      take(collected, recordOf(unguard(cell("id")), properties, fromJson(cell("geometry"))), seen, where);
    }
  }
  return ordered(collected);
}

export {
  KINDS, LISTS, fromJson, inWords, isNowhere, isObject, isOurTable, isOurs, isPosition, nothing, ordered, propertiesOf,
  readExport, readExportTable, recordOf, take, takeMembers, text,
};
