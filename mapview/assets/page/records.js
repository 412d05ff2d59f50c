// Owns the records of the page: what a filter keeps of them, counted, listed and on the map.
import { EmbeddedFeed } from "../feed.js";
import * as days from "./days.js";
import { fromText, toText } from "./filter.js";
import { Keeping } from "./keeping.js";
import { Running, tally } from "./tally.js";

const MOST_KEPT = 3; // all, what is shown, what that is compared with
const COMPARED = new Intl.Collator("en", { numeric: true });
/** A day to order by, where nobody knows one: the first of all. @param {number | null} day */
const orFirst = (day) => day ?? days.FIRST;

/**
 * @import { Count } from "../counting.js"
 * @import { Area, Points, Unplaced } from "../feed.js"
 * @import { Step } from "./days.js"
 * @import { Bounds, Filter } from "./filter.js"
 * @import { FacetName, Tally } from "./tally.js"
 * @typedef {{ text: string, filter: Filter, possible: Tally, certain: Tally }} Kept
 *
 * The page's data as briefing/page/data.py writes them: columns of incidents and of their places,
 * base areas with the days that decide when each is shown and when it is faded, and the period of
 * all of them; `of` is the position of an incident. `known_on` is the day whose state of the data this
 * is, where it is not that of now.
 * @typedef {"id" | "title" | "when" | "what" | "place" | "known" | "killed" | "together" | "injured"
 *   | "responsibility" | "off_the_map"} Words
 * @typedef {Record<Words, string[]>
 *   & Record<"kind" | "source_type" | "status" | "attribution" | "precision" | "placed" | "event", number[]>
 *   & Record<"start" | "end" | "least_killed" | "most_killed" | "most_injured", (number | null)[]>
 *   & { type_codes: number[][], country_codes: number[][], search: string[] }
 *   & { found: number[][], found_at: Time[][] }} Incidents
 * @typedef {"start" | "title" | "place" | "what" | "killed" | "injured"} SortColumn
 * A group in a role is role * number of groups + group, and so are the days on which it holds or may
 * hold where it does not on each that the incident may lie on; of an area it is the group alone.
 * @typedef {[key: number, first: number, last: number]} Time
 * @typedef {[first: number, last: number] | null} Days none where nothing is dated
 * @typedef {{ possible: Days, certain: Days, last_day: number | null }} Validity
 * @typedef {Validity & {
 *   id: string, drawn: boolean, country: string, precision: number, box: Bounds | null, search: string,
 * }} AreaRow
 * @typedef {{
 *   groups: string[], group_names: string[], group_spellings: Record<string, string[]>,
 *   roles: string[], roles_sought: string[],
 *   countries: string[], country_names: string[], statuses: string[], attributions: string[],
 *   precisions: string[],
 *   version: string, known_on?: string, types: string[], sourceTypes: string[], kind_of_type: number[],
 *   kind_of_source_type: number[], ownTypes: string[], otherTypes: string[],
 *   span: [first: number, last: number] | null, far: string, shortest_step: string,
 *   incidents: Incidents, period: [number | null, number | null], block: number,
 *   points: { of: number[] } & Pick<Points, "x" | "y" | "radius_km" | "province">,
 *   circles: { of: number[] } & Record<"lon" | "lat" | "south" | "north" | "reach", number[]>,
 *   areas: (Area & Validity)[], area_rows: AreaRow[],
 *   area_groups: Record<string, Time[]>, area_groups_certain: Record<string, Time[]>,
 * }} PageData
 */

class Records {
  /** @param {PageData} data */
  constructor(data) {
    this.data = data;
    this.keeping = new Keeping(data);
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
    /** Whether some are found by a group at times only. */
    this.hasTimes = data.incidents.found_at.some((times) => times.length > 0);
    this.areaPosition = new Map(data.area_rows.map((area, i) => [area.id, i]));
    this.drawnAreas = new Map(data.areas.map((area) => [area.id, area]));
    /** @type {Map<string, Area>} */
    this.areaStates = new Map();
    /** @type {Kept[]} of the last few filters, the last first */
    this.memos = [];
    /** @type {Kept | null} the same whatever the period, for bars */
    this.timeless = null;
    /** @type {Record<string, Running | null>} counts of what may fit, and of what certainly does, that go on */
    this.running = { possible: null, certain: null };
    this.events = data.incidents.event.reduce((n, one) => n + one, 0);
    this.unmapped = data.incidents.off_the_map.flatMap((country, i) => (country ? [{ i, country }] : []));
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

  /** What a filter keeps, and what certainly fits it. @param {string} text @returns {Kept} */
  kept(text) {
    const [last] = this.memos;
    if (last?.text === text) return last;
    const known = this.memos.find((one) => one.text === text);
    const kept = known ?? this.ask(text, fromText(text, this.data).filter, (filter) => this.goOn(filter));
    this.memos = [kept, ...this.memos.filter((one) => one !== kept)].slice(0, MOST_KEPT);
    return kept;
  }

  /** Counts for a filter, from those before where only its period is another. @param {Filter} filter */
  goOn(filter) {
    const name = filter.certain ? "certain" : "possible";
    const before = this.running[name];
    const running = before?.text === Running.textOf(filter) ? before : new Running(this, filter);
    this.running[name] = running;
    return running.count(filter);
  }

  /** @param {string} text @param {Filter} filter @param {(filter: Filter) => Tally} count @returns {Kept} */
  ask(text, filter, count) {
    const possible = count(filter);
    const isSame = filter.certain || !(this.keeping.mayDiffer(filter) || this.hasTimes);
    const certain = isSame ? possible : count({ ...filter, certain: true });
    return { text, filter, possible, certain };
  }

  /** How many of each kind a filter keeps, and how many there are. @param {string} text */
  totals(text) {
    const { possible, certain } = this.kept(text);
    const [aggregates, sure] = [possible, certain].map(({ shown, events }) => shown - events);
    return {
      events: possible.events, placed: possible.placed, aggregates,
      uncertain_events: possible.events - certain.events,
      uncertain_placed: possible.placed - certain.placed, uncertain_aggregates: aggregates - sure,
      all_events: this.events, all_aggregates: this.count - this.events };
  }

  /**
   * How many events of each country a filter keeps that no map can show.
   * @param {string} text @returns {Unplaced}
   */
  unplaced(text) {
    const { possible, certain } = this.kept(text);
    /** @type {Unplaced} */
    const counts = {};
    for (const { i, country } of this.unmapped) {
      if (!possible.flags[i]) continue;
      const [least, most] = counts[country] ?? [0, 0];
      counts[country] = [least + certain.flags[i], most + 1];
    }
    return counts;
  }

  /**
   * How many incidents each value of a facet would find, certainly and possibly.
   * @param {string} text @param {FacetName} name @returns {Count[]}
   */
  facet(text, name) {
    const { possible, certain } = this.kept(text);
    return possible.facets[name].map((n, i) => [certain.facets[name][i], n]);
  }

  /** Positions of the incidents that a filter keeps, oldest first. @param {string} text */
  list(text) {
    const { flags } = this.kept(text).possible;
    return this.byDate.filter((i) => flags[i]);
  }

  /**
   * How many incidents that a filter asks for, whatever its period, certainly lie in each step, and how
   * many may; what begins before the first or after the last step is left out.
   * @param {Filter} filter @param {Step} step @param {number} first @param {number} last
   */
  bins(filter, step, first, last) {
    const bars = Array.from({ length: last - first + 1 }, () => ({ certain: 0, possible: 0 }));
    const timeless = { ...filter, from: null, to: null, certain: false };
    const key = toText(timeless);
    if (this.timeless?.text !== key) this.timeless = this.ask(key, timeless, (one) => tally(this, one));
    const { possible, certain } = this.timeless;
    for (let i = 0; i < this.count; i += 1) {
      const lies = possible.flags[i] ? this.daysOf(i, timeless, !certain.flags[i]) : null;
      if (!lies) continue;
      const [begins, ends] = lies.map((day) => (day === Infinity ? Infinity : step.index(day)));
      if (begins < first || begins > last) continue;
      for (let index = begins; index <= Math.min(ends, last); index += 1) bars[index - first].possible += 1;
      const isExact = this.incidents.start[i] !== null && begins === ends;
      if (isExact && certain.flags[i]) bars[ends - first].certain += 1;
    }
    return bars;
  }

  /**
   * The days on which incident i may lie, or, with a group, may have been one of it; null where nothing
   * is dated. As in periods, what has no beginning counts at its known end; an open end is Infinity. Days end
   * before they begin where it was one of the group before that end alone: a step has it that reaches over both.
   * @param {number} i @param {Filter} filter @param {boolean} isAtTimes
   */
  daysOf(i, filter, isAtTimes) {
    const [start, end] = [this.incidents.start[i], this.incidents.end[i]];
    const isAsked = isAtTimes && filter.groups.length ? this.keeping.isSought(filter) : null;
    const times = isAsked ? this.incidents.found_at[i].filter(([key]) => isAsked(key)) : [];
    const begins = start ?? end;
    if (begins === null) return null;
    const from = times.length ? Math.max(begins, Math.min(...times.map((time) => time[1]))) : begins;
    const to = Math.min(end ?? Infinity, times.length ? Math.max(...times.map((time) => time[2])) : Infinity);
    return [from, to];
  }

  /** Base areas on the map for a filter. @param {string} text */
  areas(text) {
    return this.areaList(text).flatMap(({ id, faded, ended }) => {
      const area = this.drawnAreas.get(id);
      return area ? [this.areaIn(area, faded, ended)] : [];
    });
  }

  /**
   * An area in one of its states: the same each time, so that its outline is not made anew in each frame.
   * @param {Area} area @param {boolean} faded @param {boolean} ended
   */
  areaIn(area, faded, ended) {
    const key = `${faded} ${ended} ${area.id}`;
    const known = this.areaStates.get(key) ?? { ...area, faded, ended };
    this.areaStates.set(key, known);
    return known;
  }

  /** All base areas for a filter, on the map or not, by their position. @param {string} text */
  areaList(text) {
    const { filter } = this.kept(text);
    const isKept = this.keeping.isAreaKept(filter);
    return this.data.area_rows.filter(isKept).map((area) => ({
      index: this.areaPosition.get(area.id) ?? 0, id: area.id, drawn: area.drawn, undated: area.certain === null,
      faded: this.keeping.isFaded(area, filter), ended: this.keeping.hasEnded(area, filter) }));
  }

  /**
   * Positions, given oldest first, by a column; equal ones stay in the order of their dates.
   * @param {number[]} positions @param {SortColumn} column @param {boolean} down
   */
  sorted(positions, column, down) {
    if (column === "start") return down ? [...positions].reverse() : positions;
    const { [column]: values, most_killed: killed, most_injured: injured } = this.incidents;
    const most = column === "killed" ? killed : column === "injured" ? injured : null;
    /** @type {(a: number, b: number) => number} */
    const compare = most
      ? (a, b) => (most[a] ?? -1) - (most[b] ?? -1)
      : (a, b) => COMPARED.compare(values[a], values[b]);
    return [...positions].sort((a, b) => (down ? compare(b, a) : compare(a, b)));
  }
}

/** Answers the layer from the page's records. @param {Records} records */
function feedOf(records) {
  const of = Int32Array.from(records.data.points.of);
  return new EmbeddedFeed(records.columns(), {
    kept: (text) => {
      const { possible: { flags }, certain: { flags: sure } } = records.kept(text);
      return { isKept: (row) => flags[of[row]] === 1, isCertain: (row) => sure[of[row]] === 1 };
    },
    areas: (text) => ({ areas: records.areas(text), unplaced: records.unplaced(text) }),
  });
}

export { Records, feedOf };
