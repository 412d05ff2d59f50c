// Owns the records of the page: which a filter keeps, by the store's rule, and counts of them.
import { EmbeddedFeed } from "../feed.js";
import * as days from "./days.js";
import { LEAST, fromText } from "./filter.js";

const COMPARED = new Intl.Collator("en", { numeric: true });
/** A day to order by, where nobody knows one: the first of all. @param {number | null} day */
const orFirst = (day) => day ?? days.FIRST;

/**
 * @import { Area, Points, Unplaced } from "../feed.js"
 * @import { Step } from "./days.js"
 * @import { Filter } from "./filter.js"
 *
 * The page's data as briefing/page/data.py writes them: columns of incidents and of their places,
 * base areas with the days that decide when each is shown and when it is faded, and the period of
 * all of them; `of` is the position of an incident.
 * @typedef {"id" | "title" | "when" | "what" | "place" | "known" | "killed" | "together" | "injured"
 *   | "responsibility" | "off_the_map"} Words
 * @typedef {Record<Words, string[]>
 *   & Record<"kind" | "status" | "precision" | "placed" | "event", number[]>
 *   & Record<"start" | "end" | "most_killed" | "most_injured", (number | null)[]>
 *   & { type_codes: number[][], found: number[][], found_at: Time[][] }} Incidents
 * @typedef {"start" | "title" | "place" | "what" | "killed"} SortColumn
 * A group in a role is role * number of groups + group, and so are the days on which it holds or may
 * hold where it does not on each that the incident may lie on; of an area it is the group alone.
 * @typedef {[key: number, first: number, last: number]} Time
 * @typedef {[first: number, last: number] | null} Days none where nothing is dated
 * @typedef {{ possible: Days, certain: Days }} Validity
 * @typedef {{
 *   groups: string[], group_names: string[], roles: string[], roles_sought: string[],
 *   version: string, types: string[], kind_of_type: number[],
 *   span: [first: number, last: number] | null, far: string,
 *   incidents: Incidents, period: [number | null, number | null], block: number,
 *   points: { of: number[] } & Pick<Points, "x" | "y" | "radius_km" | "province">,
 *   areas: (Area & Validity)[], area_rows: ({ id: string, drawn: boolean } & Validity)[],
 *   area_groups: Record<string, Time[]>, area_groups_certain: Record<string, Time[]>,
 * }} PageData
 */

/**
 * Whether days reach into a period, of which either end may be open; everything does without one.
 * @param {Days} held @param {number | null} from @param {number | null} to
 */
function meets(held, from, to) {
  if (from === null && to === null) return true;
  return held !== null && (from === null || held[1] >= from) && (to === null || held[0] <= to);
}

class Records {
  /** @param {PageData} data */
  constructor(data) {
    this.data = data;
    this.incidents = data.incidents;
    this.count = data.incidents.id.length;
    this.position = new Map(data.incidents.id.map((id, i) => [id, i]));
    const { id, start } = data.incidents;
    this.byDate = id.map((_, i) => i).sort((a, b) => (
      orFirst(start[a]) - orFirst(start[b]) || (id[a] < id[b] ? -1 : 1)));
    /** @type {Map<number, number>} first row among the points of an incident */
    this.pointOf = new Map();
    data.points.of.forEach((of, row) => {
      if (!this.pointOf.has(of)) this.pointOf.set(of, row);
    });
    this.areaPosition = new Map(data.area_rows.map((area, i) => [area.id, i]));
    this.drawnAreas = new Map(data.areas.map((area) => [area.id, area]));
    /**
     * @type {{
     *   text: string, filter: Filter, flags: Uint8Array, shown: number, placed: number, events: number,
     *   certain: number, certainEvents: number,
     * } | null}
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
      status: take(status), precision: take(precision), day_start: take(start.map(orFirst)),
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
   * A test of times: whether a key that a filter asks for holds or may hold in its period.
   * @param {(key: number) => boolean} isAsked @param {Pick<Filter, "from" | "to">} period
   * @returns {(time: Time) => boolean}
   */
  atTimes(isAsked, { from, to }) {
    return ([key, first, last]) => (
      isAsked(key) && (from === null || last >= from) && (to === null || first <= to));
  }

  /**
   * A test of keys: whether one is a group in a role that a filter asks for.
   * @param {Filter} filter @returns {(key: number) => boolean}
   */
  isSought({ groups, roles }) {
    const { data } = this;
    const size = data.groups.length;
    const wanted = new Set(groups.map((group) => data.groups.indexOf(group)));
    // Without groups it is asked in which role anybody stands, else in which role they do.
    const sought = roles.length || !groups.length ? roles : data.roles_sought;
    const codes = new Set(sought.map((role) => data.roles.indexOf(role)));
    return (key) => codes.has(Math.floor(key / size)) && (!wanted.size || wanted.has(key % size));
  }

  /**
   * A test of incidents by position: whether one is found by the groups and roles of a filter.
   * @param {Filter} filter @returns {(i: number) => boolean}
   */
  ofParties(filter) {
    if (!filter.groups.length && !filter.roles.length) return () => true;
    const { found, found_at: foundAt } = this.incidents;
    const isAsked = this.isSought(filter);
    const isAtTime = this.atTimes(isAsked, filter);
    return (i) => found[i].some(isAsked) || (!filter.certain && foundAt[i].some(isAtTime));
  }

  /**
   * A test of incidents by position: whether a filter keeps one.
   * @param {Filter} filter @returns {(i: number) => boolean}
   */
  isKept(filter) {
    const [isOfTypes, isOfParties] = [this.ofTypes(filter.types), this.ofParties(filter)];
    return (i) => (
      isOfTypes(i) && isOfParties(i) && this.isWithin(i, filter) && this.hasLeast(i, filter));
  }

  /**
   * Whether incident i may lie, or certainly lies, in the period of a filter. What has no date is
   * in none, and what has no beginning counts from its known end on.
   * @param {number} i @param {Filter} filter
   */
  isWithin(i, { from, to, certain }) {
    if (from === null && to === null) return true;
    const [start, end] = [this.incidents.start[i], this.incidents.end[i]];
    if (start === null && end === null) return false;
    if (from !== null && (certain ? start ?? -Infinity : end ?? Infinity) < from) return false;
    return to === null || (certain || start === null ? end ?? Infinity : start) <= to;
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
   * What a filter keeps: flags by incident, how many, how many of them are on the map, and how many
   * fit it whatever their exact dates are.
   * @param {string} text
   */
  kept(text) {
    if (this.memo && this.memo.text === text) return this.memo;
    const { filter } = fromText(text, this.data);
    const [isKept, isCertain] = [this.isKept(filter), this.isKept({ ...filter, certain: true })];
    const flags = new Uint8Array(this.count);
    let [shown, placed, events, certain, certainEvents] = [0, 0, 0, 0, 0];
    for (let i = 0; i < this.count; i += 1) {
      if (!isKept(i)) continue;
      flags[i] = 1;
      shown += 1;
      placed += this.incidents.placed[i];
      events += this.incidents.event[i];
      if (!isCertain(i)) continue;
      certain += 1;
      certainEvents += this.incidents.event[i];
    }
    this.memo = { text, filter, flags, shown, placed, events, certain, certainEvents };
    return this.memo;
  }

  /** How many of each kind a filter keeps, and how many there are. @param {string} text */
  totals(text) {
    const { shown, placed, events, certain, certainEvents } = this.kept(text);
    const allEvents = this.incidents.event.reduce((n, one) => n + one, 0);
    return {
      events, placed, aggregates: shown - events,
      uncertain_events: events - certainEvents,
      uncertain_aggregates: shown - events - (certain - certainEvents),
      all_events: allEvents, all_aggregates: this.count - allEvents };
  }

  /**
   * How many events of each country a filter keeps that no map can show.
   * @param {string} text @returns {Unplaced}
   */
  unplaced(text) {
    const { filter, flags } = this.kept(text);
    const isSure = this.isKept({ ...filter, certain: true });
    /** @type {Unplaced} */
    const counts = {};
    this.incidents.off_the_map.forEach((country, i) => {
      if (!country || !flags[i]) return;
      const [certain, possible] = counts[country] ?? [0, 0];
      counts[country] = [certain + Number(isSure(i)), possible + 1];
    });
    return counts;
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
    const isKept = this.isKept({ ...filter, types: [] });
    const counts = this.data.types.map(() => 0);
    for (let i = 0; i < this.count; i += 1) {
      if (isKept(i)) for (const code of this.incidents.type_codes[i]) counts[code] += 1;
    }
    return counts;
  }

  /**
   * The groups in roles by which incident i is found in the period of a filter.
   * @param {number} i @param {Filter} filter
   */
  keysOf(i, filter) {
    const { found, found_at: foundAt } = this.incidents;
    if (filter.certain) return found[i];
    return [...found[i], ...foundAt[i].filter(this.atTimes(() => true, filter)).map(([key]) => key)];
  }

  /**
   * How many incidents that a filter keeps have each value that their keys stand for.
   * @param {Filter} filter @param {(key: number) => boolean} isCounted
   * @param {(key: number) => number} value @param {unknown[]} values
   */
  keyCounts(filter, isCounted, value, values) {
    const isKept = this.isKept(filter);
    const counts = values.map(() => 0);
    for (let i = 0; i < this.count; i += 1) {
      if (!isKept(i)) continue;
      for (const one of new Set(this.keysOf(i, filter).filter(isCounted).map(value))) counts[one] += 1;
    }
    return counts;
  }

  /** How many incidents each group alone would show. @param {Filter} filter */
  groupCounts(filter) {
    const { groups } = this.data;
    const isSought = this.isSought({ ...filter, groups });
    return this.keyCounts({ ...filter, groups: [] }, isSought, (key) => key % groups.length, groups);
  }

  /** How many incidents each role alone would show. @param {Filter} filter */
  roleCounts(filter) {
    const { groups, roles } = this.data;
    const isSought = this.isSought({ ...filter, roles });
    const value = (/** @type {number} */ key) => Math.floor(key / groups.length);
    return this.keyCounts({ ...filter, groups: [], roles: [] }, isSought, value, roles);
  }

  /**
   * How many incidents that a filter asks for, whatever its period, certainly lie in each step, and how
   * many may; what begins before the first or after the last step is left out.
   * @param {Filter} filter @param {Step} step @param {number} first @param {number} last
   */
  bins(filter, step, first, last) {
    const bars = Array.from({ length: last - first + 1 }, () => ({ certain: 0, possible: 0 }));
    const timeless = { ...filter, from: null, to: null, certain: false };
    const [isKept, isCertain] = [this.isKept(timeless), this.isKept({ ...timeless, certain: true })];
    for (let i = 0; i < this.count; i += 1) {
      const lies = isKept(i) ? this.daysOf(i, timeless, !isCertain(i)) : null;
      if (!lies) continue;
      const [begins, ends] = lies.map((day) => (day === Infinity ? Infinity : step.index(day)));
      if (begins < first || begins > last) continue;
      for (let index = begins; index <= Math.min(ends, last); index += 1) bars[index - first].possible += 1;
      const isExact = this.incidents.start[i] !== null && begins === ends;
      if (isExact && isCertain(i)) bars[ends - first].certain += 1;
    }
    return bars;
  }

  /**
   * The days on which incident i may lie, or, with a group, may have been one of it; null where nothing
   * is dated. As in periods, what has no beginning counts at its known end; an open end is Infinity.
   * @param {number} i @param {Filter} filter @param {boolean} isAtTimes
   */
  daysOf(i, filter, isAtTimes) {
    const [start, end] = [this.incidents.start[i], this.incidents.end[i]];
    const isAsked = isAtTimes && filter.groups.length ? this.isSought(filter) : null;
    const times = isAsked ? this.incidents.found_at[i].filter(([key]) => isAsked(key)) : [];
    const begins = start ?? end;
    if (begins === null) return null;
    const from = times.length ? Math.max(begins, Math.min(...times.map((time) => time[1]))) : begins;
    const to = Math.min(end ?? Infinity, times.length ? Math.max(...times.map((time) => time[2])) : Infinity);
    return to < from ? null : [from, to];
  }

  /**
   * Whether an area is shown in a period, and whether it does not certainly reach into it or, where
   * the filter has none, into that of the page.
   * @param {Validity} area @param {Filter} filter
   */
  areaState({ possible, certain }, filter) {
    const [since, until] = this.data.period;
    const { from, to } = filter;
    return {
      shown: meets(filter.certain ? certain : possible, from, to),
      faded: !meets(certain, from ?? since, to ?? until),
    };
  }

  /**
   * Whether an area is one of a group that a filter asks for, in its period.
   * @param {string} id @param {Filter} filter
   */
  isAreaOf(id, { groups, from, to, certain }) {
    const times = certain ? this.data.area_groups_certain : this.data.area_groups;
    const wanted = new Set(groups.map((group) => this.data.groups.indexOf(group)));
    const isAtTime = this.atTimes((group) => wanted.has(group), { from, to });
    return !groups.length || (times[id] ?? []).some(isAtTime);
  }

  /** Base areas on the map for a filter. @param {string} text */
  areas(text) {
    const { filter } = this.kept(text);
    if (!filter.areas) return [];
    return this.data.areas.flatMap((area) => {
      const { shown, faded } = this.areaState(area, filter);
      return shown && this.isAreaOf(area.id, filter) ? [{ ...area, faded }] : [];
    });
  }

  /** All base areas for a filter, on the map or not, by their position. @param {string} text */
  areaList(text) {
    const { filter } = this.kept(text);
    if (!filter.areas) return [];
    return this.data.area_rows.flatMap((area, index) => {
      const { shown, faded } = this.areaState(area, filter);
      return shown && this.isAreaOf(area.id, filter) ? [{ index, id: area.id, drawn: area.drawn, faded }] : [];
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
    areas: (text) => ({ areas: records.areas(text), unplaced: records.unplaced(text) }),
  });
}

export { Records, feedOf };
