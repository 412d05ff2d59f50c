// Owns the filter of the page: what may be asked, and its text, which the program reads too.
import * as days from "./days.js";

/**
 * @import { PageData } from "./records.js"
 *
 * The filter of the page.
 * @typedef {{
 *   from: number | null, to: number | null, certain: boolean, types: string[],
 *   groups: string[], roles: string[],
 *   killed: number | null, injured: number | null, areas: boolean,
 * }} Filter
 */

/**
 * @typedef {Pick<PageData, "types" | "groups" | "roles">} Known
 * @type {Readonly<Filter>}
 */
const EVERYTHING = Object.freeze({
  from: null, to: null, certain: false, types: [], groups: [], roles: [], killed: null, injured: null,
  areas: true });

/** Parts of a filter that ask for at least a number, and the column of highest figures for each. */
const LEAST = /** @type {const} */ ([
  { name: "killed", key: "deaths_min", column: "most_killed" },
  { name: "injured", key: "injured_min", column: "most_injured" },
]);

/** Parts of a filter that ask for any of some values, and the key of each. */
const LISTS = /** @type {const} */ ([
  { name: "types", key: "type" },
  { name: "groups", key: "group" },
  { name: "roles", key: "role" },
]);

/** The keys of a filter's text that the page has a field for. */
const KEYS = Object.freeze([
  "from", "to", "when", "type", "group", "role", ...LEAST.map(({ key }) => key), "areas"]);
const ANY = "any";
// What else may stand in the address of the page.
const OTHER_KEYS = ["id", "area", "view"];

/** A whole number from 0 on, or null. @param {string} text */
function parseNumber(text) {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** The one text of a filter; the program's own filter reads it too. @param {Filter} filter */
function toText(filter) {
  const { from, to, certain, areas } = filter;
  const query = new URLSearchParams();
  if (from !== null) query.append("from", days.iso(from));
  if (to !== null) query.append("to", days.iso(to));
  if (certain) query.append("when", "certain");
  for (const { name, key } of LISTS) {
    for (const value of [...new Set(filter[name])].sort()) query.append(key, value);
  }
  for (const { name, key } of LEAST) if (filter[name] !== null) query.append(key, String(filter[name]));
  if (!areas) query.append("areas", "off");
  return query.toString();
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
  if (unknown) faults.push(`a filter key must be one of ${KEYS.join(", ")}, got “${unknown[0].slice(0, 40)}”`);
  /**
   * @param {string} key @param {(value: string) => number | null} parse
   * @param {string} wanted
   */
  const number = (key, parse, wanted) => {
    const value = query.get(key) ?? "";
    const found = value ? parse(value) : null;
    if (value && found === null) faults.push(`${key} must be ${wanted}, got “${value.slice(0, 40)}”`);
    return found;
  };
  const date = "a date such as 2018-07-29, 2018-07 or 2018";
  const from = number("from", (value) => days.parse(value, true), date);
  const to = number("to", (value) => days.parse(value, false), date);
  const turned = from !== null && to !== null && to < from;
  if (turned) faults.push("to must not be before from");
  /** @type {Filter} */
  const filter = {
    ...EVERYTHING, from: turned ? null : from, to: turned ? null : to,
    certain: query.get("when") === "certain", areas: query.get("areas") !== "off",
  };
  for (const { name, key } of LISTS) {
    const asked = query.getAll(key).filter(Boolean);
    const values = name === "roles" && asked.includes(ANY) ? known.roles : asked;
    filter[name] = values.filter((value) => known[name].includes(value));
    if (filter[name].length < values.length) faults.push(`${key} must be one of those in the list`);
  }
  for (const { name, key } of LEAST) filter[name] = number(key, parseNumber, "a whole number from 0 on");
  return { filter, faults };
}

/** How far the reader narrowed the page, as sentences. @param {Filter} filter @param {PageData} data */
function narrowedWords({ from, to, certain, types, groups, roles, ...least }, data) {
  const within = certain ? ", only what certainly lies within" : "";
  const names = groups.map((group) => data.group_names[data.groups.indexOf(group)]);
  const sought = roles.length || !groups.length ? roles : data.roles_sought;
  const parts = [
    `${days.periodWords(from, to)}${within}.`,
    types.length ? `Event types: ${types.join(", ")}.` : "",
    groups.length ? `Groups: ${names.join(", ")}.` : "",
    sought.length ? `In the role of ${sought.join(", ")}.` : "",
    ...LEAST.map(({ name }) => (
      least[name] === null ? "" : `At least ${least[name].toLocaleString("en")} ${name}.`)),
  ];
  return parts.filter(Boolean).join(" ");
}

export { EVERYTHING, KEYS, LEAST, LISTS, parseNumber, toText, fromText, narrowedWords };
