// Owns the records of the page: which a filter keeps, by the store's rule, and counts of them.
import { EmbeddedFeed } from "../feed.js";
import * as days from "./days.js";

const COMPARED = new Intl.Collator("en", { numeric: true });
// Days before the year 3 and after 9998 stand for dates that nobody knows.
const [FIRST, LAST] = [days.dayOf(3, 1, 1), days.dayOf(9998, 12, 31)];

/**
 * @import { Area, Points } from "../feed.js"
 * @import { Step } from "./days.js"
 *
 * The filter of the page.
 * @typedef {{
 *   from: number | null, to: number | null, certain: boolean, types: string[],
 *   killed: number | null, injured: number | null, areas: boolean,
 * }} Filter
 *
 * The page's data as briefing/page/data.py writes them: columns of incidents and of their places,
 * base areas with the days that decide when each is shown; `of` is the position of an incident.
 * @typedef {"id" | "title" | "when" | "types" | "place" | "known" | "killed" | "injured"
 *   | "responsibility"} Words
 * @typedef {Record<Words, string[]>
 *   & Record<"start" | "end" | "kind" | "status" | "precision" | "placed", number[]>
 *   & Record<"most_killed" | "most_injured", (number | null)[]>
 *   & { type_codes: number[][] }} Incidents
 * @typedef {"start" | "title" | "place" | "types" | "killed"} SortColumn
 * @typedef {{ from_day: number | null, to_day: number | null, cited_day: number }} Validity
 * @typedef {{
 *   version: string, types: string[], kind_of_type: number[], statuses: string[],
 *   incidents: Incidents, since: number | null, block: number,
 *   points: { of: number[] } & Pick<Points, "x" | "y" | "radius_km" | "province">,
 *   areas: (Area & Validity)[], area_rows: ({ id: string, drawn: boolean } & Validity)[],
 * }} PageData
 */

/** @type {Readonly<Filter>} */
const EVERYTHING = Object.freeze({
  from: null, to: null, certain: false, types: [], killed: null, injured: null, areas: true });

/** Parts of a filter that ask for at least a number, and the column of highest figures for each. */
const LEAST = /** @type {const} */ ([
  { name: "killed", key: "deaths_min", column: "most_killed" },
  { name: "injured", key: "injured_min", column: "most_injured" },
]);

/** The keys of a filter's text that the page has a field for. */
const KEYS = Object.freeze(["from", "to", "when", "type", ...LEAST.map(({ key }) => key), "areas"]);
// What else may stand in the address of the page.
const OTHER_KEYS = ["id", "area", "view"];

/** A whole number from 0 on, or null. @param {string} text */
function parseNumber(text) {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** The one text of a filter; the program's own filter reads it too. @param {Filter} filter */
function toText(filter) {
  const { from, to, certain, types, areas } = filter;
  const query = new URLSearchParams();
  if (from !== null) query.append("from", days.iso(from));
  if (to !== null) query.append("to", days.iso(to));
  if (certain) query.append("when", "certain");
  for (const type of [...new Set(types)].sort()) query.append("type", type);
  for (const { name, key } of LEAST) if (filter[name] !== null) query.append(key, String(filter[name]));
  if (!areas) query.append("areas", "off");
  return query.toString();
}

/**
 * The filter that a text describes; what cannot be understood is left out and told.
 * @param {string} text @param {string[]} knownTypes
 */
function fromText(text, knownTypes) {
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
  const asked = query.getAll("type");
  const types = asked.filter((type) => knownTypes.includes(type));
  if (types.length < asked.length) faults.push("type must be one of those in the list");
  const turned = from !== null && to !== null && to < from;
  if (turned) faults.push("to must not be before from");
  /** @type {Filter} */
  const filter = {
    ...EVERYTHING, from: turned ? null : from, to: turned ? null : to, types,
    certain: query.get("when") === "certain", areas: query.get("areas") !== "off",
  };
  for (const { name, key } of LEAST) filter[name] = number(key, parseNumber, "a whole number from 0 on");
  return { filter, faults };
}

class Records {
  /** @param {PageData} data */
  constructor(data) {
    this.data = data;
    this.incidents = data.incidents;
    this.count = data.incidents.id.length;
    this.position = new Map(data.incidents.id.map((id, i) => [id, i]));
    const { id, start } = data.incidents;
    this.byDate = id.map((_, i) => i).sort((a, b) => start[a] - start[b] || (id[a] < id[b] ? -1 : 1));
    /** @type {Map<number, number>} first row among the points of an incident */
    this.pointOf = new Map();
    data.points.of.forEach((of, row) => {
      if (!this.pointOf.has(of)) this.pointOf.set(of, row);
    });
    this.areaPosition = new Map(data.area_rows.map((area, i) => [area.id, i]));
    this.drawnAreas = new Map(data.areas.map((area) => [area.id, area]));
    /**
     * @type {{ text: string, filter: Filter, flags: Uint8Array, shown: number, placed: number } | null}
     */
    this.memo = null;
  }

  /** Columns of points as the layer reads them; strings are shared, not copied. */
  columns() {
    const { of, ...own } = this.data.points;
    const { id, title, when, kind, status, precision, start } = this.incidents;
    /** @template T @param {T[]} column */
    const take = (column) => of.map((i) => column[i]);
    return {
      ...own, id: take(id), title: take(title), date: take(when), kind: take(kind),
      status: take(status), precision: take(precision), day_start: take(start),
    };
  }

  /**
   * A test of incidents by position: whether one is of some types, given by name; none: any.
   * @param {string[]} types @returns {(i: number) => boolean}
   */
  ofTypes(types) {
    if (!types.length) return () => true;
    const chosen = new Set(types.map((type) => this.data.types.indexOf(type)));
    return (i) => this.incidents.type_codes[i].some((code) => chosen.has(code));
  }

  /**
   * Whether incident i may lie, or certainly lies, in the period of a filter.
   * @param {number} i @param {Filter} filter
   */
  isWithin(i, { from, to, certain }) {
    const { start, end } = this.incidents;
    if (from !== null && (certain ? start : end)[i] < from) return false;
    return to === null || (certain ? end : start)[i] <= to;
  }

  /**
   * Whether the highest figures given of incident i are as high as a filter asks.
   * @param {number} i @param {Filter} filter
   */
  hasLeast(i, filter) {
    return LEAST.every(({ name, column }) => {
      const [least, most] = [filter[name], this.incidents[column][i]];
      return least === null || (most !== null && most >= least);
    });
  }

  /**
   * What a filter keeps: flags by incident, how many, how many of them are on the map.
   * @param {string} text
   */
  kept(text) {
    if (this.memo && this.memo.text === text) return this.memo;
    const { filter } = fromText(text, this.data.types);
    const isOfTypes = this.ofTypes(filter.types);
    const flags = new Uint8Array(this.count);
    let [shown, placed] = [0, 0];
    for (let i = 0; i < this.count; i += 1) {
      if (!isOfTypes(i) || !this.isWithin(i, filter) || !this.hasLeast(i, filter)) continue;
      flags[i] = 1;
      shown += 1;
      placed += this.incidents.placed[i];
    }
    this.memo = { text, filter, flags, shown, placed };
    return this.memo;
  }

  /** Positions of the incidents that a filter keeps, oldest first. @param {string} text */
  list(text) {
    const { flags } = this.kept(text);
    return this.byDate.filter((i) => flags[i]);
  }

  /**
   * How many incidents that a filter asks for each type has, whatever types are chosen.
   * @param {Filter} filter
   */
  typeCounts(filter) {
    const counts = this.data.types.map(() => 0);
    for (let i = 0; i < this.count; i += 1) {
      if (!this.isWithin(i, filter) || !this.hasLeast(i, filter)) continue;
      for (const code of this.incidents.type_codes[i]) counts[code] += 1;
    }
    return counts;
  }

  /** @param {number} i */
  isDated(i) {
    return this.incidents.start[i] >= FIRST;
  }

  /** First and last day that any dated incident may lie on, or null. */
  span() {
    let [first, last] = [Infinity, -Infinity];
    for (let i = 0; i < this.count; i += 1) {
      if (!this.isDated(i)) continue;
      first = Math.min(first, this.incidents.start[i]);
      const end = this.incidents.end[i];
      last = Math.max(last, end <= LAST ? end : this.incidents.start[i]);
    }
    return last < first ? null : [first, last];
  }

  /**
   * Dated incidents that a filter asks for, whatever its period, by the step they begin in:
   * surely in it, and maybe later.
   * @param {Filter} filter @param {Step} step @param {number} first @param {number} last
   */
  bins(filter, step, first, last) {
    const bars = Array.from({ length: last - first + 1 }, () => ({ exact: 0, inexact: 0 }));
    const isOfTypes = this.ofTypes(filter.types);
    for (let i = 0; i < this.count; i += 1) {
      if (!this.isDated(i) || !isOfTypes(i) || !this.hasLeast(i, filter)) continue;
      const index = step.index(this.incidents.start[i]);
      bars[index - first][step.index(this.incidents.end[i]) === index ? "exact" : "inexact"] += 1;
    }
    return bars;
  }

  /**
   * Whether an area may have been used in a period, and whether that is after its last source.
   * @param {Validity} area @param {Filter} filter
   */
  areaState(area, { from, to }) {
    const { since } = this.data;
    const start = from === null ? since : Math.max(from, since ?? from);
    const early = area.from_day !== null && to !== null && area.from_day > to;
    const late = area.to_day !== null && start !== null && area.to_day < start;
    return { shown: !early && !late, faded: start !== null && area.cited_day < start };
  }

  /** Base areas on the map for a filter. @param {string} text */
  areas(text) {
    const { filter } = this.kept(text);
    if (!filter.areas) return [];
    return this.data.areas.flatMap((area) => {
      const { shown, faded } = this.areaState(area, filter);
      return shown ? [{ ...area, faded }] : [];
    });
  }

  /** All base areas for a filter, on the map or not, by their position. @param {string} text */
  areaList(text) {
    const { filter } = this.kept(text);
    if (!filter.areas) return [];
    return this.data.area_rows.flatMap((area, index) => {
      const { shown, faded } = this.areaState(area, filter);
      return shown ? [{ index, id: area.id, drawn: area.drawn, faded }] : [];
    });
  }

  /**
   * Positions, given oldest first, by a column; equal ones stay in the order of their dates.
   * @param {number[]} positions @param {SortColumn} column @param {boolean} down
   */
  sorted(positions, column, down) {
    if (column === "start") return down ? [...positions].reverse() : positions;
    const { [column]: values, most_killed: most } = this.incidents;
    /** @type {(a: number, b: number) => number} */
    const compare = column === "killed"
      ? (a, b) => (most[a] ?? -1) - (most[b] ?? -1)
      : (a, b) => COMPARED.compare(values[a], values[b]);
    return [...positions].sort((a, b) => (down ? compare(b, a) : compare(a, b)));
  }
}

/** Answers the layer from the page's records. @param {Records} records */
function feedOf(records) {
  const { of } = records.data.points;
  return new EmbeddedFeed(records.columns(), {
    isKept: (row, text) => records.kept(text).flags[of[row]] === 1,
    areas: (text) => records.areas(text),
  });
}

export { Records, feedOf, EVERYTHING, KEYS, LEAST, parseNumber, toText, fromText };
