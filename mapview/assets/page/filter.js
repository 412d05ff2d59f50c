// Owns the filter of the page: what may be asked, and its text, which the program reads too.
import { say } from "../tongue.js";
import * as days from "./days.js";
import { normalise } from "./search.js";
import { parseShape } from "./shapes.js";

/**
 * @import { PageData } from "./records.js"
 *
 * The filter of the page.
 * @typedef {{
 *   from: number | null, to: number | null, certain: boolean, types: string[], sourceTypes: string[],
 *   groups: string[], roles: string[], countries: string[], statuses: string[], attributions: string[],
 *   ids: string[], precision: string | null, killed: number | null, mostKilled: number | null, injured: number | null,
 *   words: string, bounds: Bounds | null, within: string | null, areas: boolean,
 * }} Filter
 * @typedef {[west: number, south: number, east: number, north: number]} Bounds degrees; across 180°
 *   west is more than east
 */

/**
 * @typedef {Pick<PageData, "types" | "sourceTypes" | "groups" | "roles" | "countries" | "statuses" | "attributions"
 *   | "precisions" | "group_spellings" | "known_on">} Known
 * @type {Readonly<Filter>}
 */
const EVERYTHING = Object.freeze({
  from: null, to: null, certain: false, types: [], sourceTypes: [], groups: [], roles: [], countries: [], statuses: [],
  attributions: [], ids: [], precision: null, killed: null, mostKilled: null, injured: null, words: "", bounds: null,
  within: null,  areas: true });

/** Parts of a filter that hold a number, and the key of each. */
const NUMBERS = /** @type {const} */ ([
  { name: "killed", key: "deaths_min" },
  { name: "mostKilled", key: "deaths_max" },
  { name: "injured", key: "injured_min" },
]);

/** Parts of a filter that ask for any of some values, and the key of each. */
const LISTS = /** @type {const} */ ([
  { name: "types", key: "type" },
  { name: "sourceTypes", key: "source_type" },
  { name: "groups", key: "group" },
  { name: "roles", key: "role" },
  { name: "countries", key: "country" },
  { name: "statuses", key: "status" },
  { name: "attributions", key: "attribution" },
  { name: "ids", key: "record" },
]);

/** The keys of a filter's text, in its order. */
const KEYS = Object.freeze([
  "from", "to", "when", ...LISTS.map(({ key }) => key), "precision", ...NUMBERS.map(({ key }) => key), "q",
  "bounds", "within", "areas", "known"]);
const ANY = "any";
const SHAPES = "circle:lon,lat,km or polygon:lon,lat;lon,lat;lon,lat";
const MOST_WORDS = 200;
const MOST_RECORDS = 100;
// What else may stand in the address of the page.
const OTHER_KEYS = ["id", "area", "view", "panel", "sort", "columns", "charts", "compare", "hide", "lang", "v"];

/**
 * A filter's text with the day whose state of the data answers it: that is no choice of the stage, which
 * holds one state, so every text that leaves it says which.
 * @param {string} text @param {string} [knownOn] empty for the data of now
 */
function asKnown(text, knownOn) {
  if (!knownOn || new URLSearchParams(text).has("known")) return text;
  return `${text}${text ? "&" : ""}known=${knownOn}`;
}

/** What is wrong with a part of an address. @param {string} key @param {string} wanted @param {string} got */
const wrong = (key, wanted, got) => (
  say("{key} must be {wanted}, got “{got}”", { key, wanted, got: got.slice(0, 40) }));

/** A whole number from 0 on, or null. @param {string} text */
function parseNumber(text) {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** @param {string} text @returns {Bounds | null} */
function parseBounds(text) {
  const numbers = text.split(",").map((one) => (one.trim() ? Number(one) : NaN));
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return null;
  const [west, south, east, north] = numbers.map((one) => Math.round(one * 1e5) / 1e5);
  const isWithin = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && south <= north && north <= 90;
  return isWithin ? [west, south, east, north] : null;
}

/** The one text of a filter; the program's own filter reads it too. @param {Filter} filter */
function toText(filter) {
  const { from, to, certain, precision, words, bounds, within, areas } = filter;
  const query = new URLSearchParams();
  if (from !== null) query.append("from", days.iso(from));
  if (to !== null) query.append("to", days.iso(to));
  if (certain) query.append("when", "certain");
  for (const { name, key } of LISTS) {
    for (const value of [...new Set(filter[name])].sort()) query.append(key, value);
  }
  if (precision !== null) query.append("precision", precision);
  for (const { name, key } of NUMBERS) if (filter[name] !== null) query.append(key, String(filter[name]));
  if (words) query.append("q", words);
  if (bounds) query.append("bounds", bounds.join(","));
  if (within) query.append("within", within);
  if (!areas) query.append("areas", "off");
  return query.toString();
}

/**
 * The groups with that id, or that name or alias in any script.
 * @param {string} name @param {Known} known
 */
function groupsOf(name, { groups, group_spellings: spellings }) {
  const key = (normalise(name) ?? "").replaceAll(" ", "");
  return !groups.includes(name) && Object.hasOwn(spellings, key) ? spellings[key] : [name];
}

/**
 * The filter that a text describes; what cannot be understood is left out and told.
 * @param {string} text @param {Known} known what may be chosen
 */
function fromText(text, known) {
  const query = new URLSearchParams(text);
  /** @type {string[]} */
  const faults = [];
  const unknown = [...query].find(([key, value]) => value && !KEYS.includes(key) && !OTHER_KEYS.includes(key));
  if (unknown) faults.push(wrong(say("a filter key"), say("one of {names}", { names: KEYS.join(", ") }), unknown[0]));
  /**
   * @template T
   * @param {string} key @param {(value: string) => T | null} parse @param {string} wanted
   */
  const one = (key, parse, wanted) => {
    const value = query.get(key) ?? "";
    const found = value ? parse(value) : null;
    if (value && found === null) faults.push(wrong(key, wanted, value));
    return found;
  };
  const date = say("a date such as 2018-07-29, 2018-07 or 2018");
  const from = one("from", (value) => days.parse(value, true), date);
  const to = one("to", (value) => days.parse(value, false), date);
  const turned = from !== null && to !== null && to < from;
  if (turned) faults.push(say("to must not be before from"));
  const knownDay = one("known", (value) => days.parse(value, false), date);
  if (knownDay !== null && days.iso(knownDay) !== known.known_on) {
    faults.push(say("known must be the day of the data that are shown"));
  }
  const exact = (/** @type {string} */ value) => (known.precisions.includes(value) ? value : null);
  /** @type {Filter} */
  const filter = {
    ...EVERYTHING, from: turned ? null : from, to: turned ? null : to,
    certain: query.get("when") === "certain", areas: query.get("areas") !== "off",
    precision: one("precision", exact, say("one of {names}", { names: known.precisions.join(", ") })),
    words: settleWords(query.get("q") ?? ""),
    bounds: one("bounds", parseBounds, say("west,south,east,north in degrees")),
    within: one("within", parseShape, SHAPES),
  };
  for (const { name, key } of LISTS) {
    const values = valuesOf(name, query.getAll(key).filter(Boolean), known);
    filter[name] = values.filter((value) => isOf(name, value, known));
    if (filter[name].length < values.length) faults.push(say("{key} must be one of those in the list", { key }));
  }
  if (filter.ids.length > MOST_RECORDS) faults.push(say("record must be given at most {n} times", { n: MOST_RECORDS }));
  filter.ids = filter.ids.slice(0, MOST_RECORDS);
  for (const { name, key } of NUMBERS) filter[name] = one(key, parseNumber, say("a whole number from 0 on"));
  if (isTurned(filter)) {
    faults.push(say("deaths_max must not be below deaths_min"));
    filter.mostKilled = null;
  }
  return { filter, faults };
}

/**
 * The values that texts stand for: any role, groups by any name.
 * @param {(typeof LISTS)[number]["name"]} name @param {string[]} asked @param {Known} known
 */
function valuesOf(name, asked, known) {
  if (name === "roles" && asked.includes(ANY)) return known.roles;
  return name === "groups" ? asked.flatMap((value) => groupsOf(value, known)) : asked;
}

/**
 * Whether that may be asked for. Words of sources and ids are no list of ours: one that none has finds nothing.
 * @param {(typeof LISTS)[number]["name"]} name @param {string} value @param {Known} known
 */
const isOf = (name, value, known) => name === "sourceTypes" || name === "ids" || known[name].includes(value);

/** Whether the most killed are fewer than the least. @param {Filter} filter */
const isTurned = ({ killed, mostKilled }) => killed !== null && mostKilled !== null && mostKilled < killed;

/** Words to search for in their one form. @param {string} text */
const settleWords = (text) => (
  Array.from(text.trim().split(/\s+/).join(" ")).slice(0, MOST_WORDS).join("").trimEnd());

export {
  EVERYTHING, KEYS, asKnown, LISTS, MOST_RECORDS, NUMBERS, SHAPES, parseNumber, settleWords, toText, fromText, wrong,
};
