// Owns which records a filter keeps, by the store's rule: a condition for each part of a filter.
import { hasWords } from "./search.js";
import { boxOf, placesInShape } from "./shapes.js";

const TURN = 360;

/**
 * @import { Bounds, Filter } from "./filter.js"
 * @import { AreaRow, Days, Incidents, PageData, Time, Validity } from "./records.js"
 * @typedef {(i: number) => boolean} Test of incidents by their position
 * @typedef {"types" | "sourceTypes" | "countries" | "statuses" | "attributions" | "precision" | "parties"
 *   | "rest"} Name
 * @typedef {{ part: Name, holds: Test }} Condition of a part, with those that no facet leaves out as `rest`
 */

/**
 * Whether days reach into a period, of which either end may be open; everything does without one.
 * @param {Days} held @param {number | null} from @param {number | null} to
 */
function meets(held, from, to) {
  if (from === null && to === null) return true;
  return held !== null && (from === null || held[1] >= from) && (to === null || held[0] <= to);
}

/**
 * A test of times: whether a key that a filter asks for holds or may hold in its period.
 * @param {(key: number) => boolean} isAsked @param {Pick<Filter, "from" | "to">} period
 * @returns {(time: Time) => boolean}
 */
const atTimes = (isAsked, { from, to }) => ([key, first, last]) => (
  isAsked(key) && (from === null || last >= from) && (to === null || first <= to));

/** Positions of some values in a list. @param {string[]} all @param {string[]} some */
const codesOf = (all, some) => new Set(some.map((one) => all.indexOf(one)).filter((code) => code >= 0));

/** The days of incidents by which periods keep them, in columns of numbers alone. @param {Incidents} incidents */
function daysOf({ start, end }) {
  const ends = Float64Array.from(end, (day) => day ?? Infinity);
  return {
    dated: Uint8Array.from(start, (day, i) => Number(day !== null || end[i] !== null)),
    /** The last day on which each may lie, or surely begins, and the first on which it may, or surely ends. */
    possible: { last: ends, first: Float64Array.from(start, (day, i) => day ?? ends[i]) },
    certain: { last: Float64Array.from(start, (day) => day ?? -Infinity), first: ends },
  };
}

class Keeping {
  /** @param {PageData} data */
  constructor(data) {
    this.data = data;
    /** @type {ReturnType<typeof daysOf> | null} made as the first period is asked for */
    this.days = null;
    /** @type {{ key: string, found: Set<number> }} */
    this.within = { key: "", found: new Set() };
    /** @type {{ key: string, found: Set<number> }} */
    this.shaped = { key: "", found: new Set() };
  }

  /**
   * A test of keys: whether one is a group in a role that a filter asks for.
   * @param {Filter} filter @returns {(key: number) => boolean}
   */
  isSought({ groups, roles }) {
    const { data } = this;
    const size = data.groups.length;
    const wanted = codesOf(data.groups, groups);
    // Without groups it is asked in which role anybody stands, else in which role they do.
    const sought = roles.length || !groups.length ? roles : data.roles_sought;
    const codes = codesOf(data.roles, sought);
    return (key) => codes.has(Math.floor(key / size)) && (!groups.length || wanted.has(key % size));
  }

  /** The conditions of the parts that ask for something. @param {Filter} filter @returns {Condition[]} */
  conditions(filter) {
    const { incidents, types, countries, statuses, attributions, precisions } = this.data;
    /** @type {Condition[]} */
    const conditions = [];
    /** @type {(part: Name, holds: Test) => void} */
    const add = (part, holds) => conditions.push({ part, holds });
    /** @type {(part: Name, column: number[], all: string[], some: string[]) => void} */
    const anyOf = (part, column, all, some) => {
      const codes = codesOf(all, some);
      if (some.length) add(part, (i) => codes.has(column[i]));
    };
    /** @type {(part: Name, column: number[][], all: string[], some: string[]) => void} */
    const anyOfList = (part, column, all, some) => {
      const codes = codesOf(all, some);
      if (some.length) add(part, (i) => column[i].some((code) => codes.has(code)));
    };
    anyOfList("types", incidents.type_codes, types, filter.types);
    anyOf("sourceTypes", incidents.source_type, this.data.sourceTypes, filter.sourceTypes);
    anyOfList("countries", incidents.country_codes, countries, filter.countries);
    anyOf("statuses", incidents.status, statuses, filter.statuses);
    anyOf("attributions", incidents.attribution, attributions, filter.attributions);
    if (filter.ids.length) {
      const wanted = new Set(filter.ids);
      add("rest", (i) => wanted.has(incidents.id[i]));
    }
    if (filter.precision !== null) {
      const least = precisions.indexOf(filter.precision);
      add("precision", (i) => incidents.precision[i] <= least);
    }
    if (filter.groups.length || filter.roles.length) add("parties", this.ofParties(filter));
    for (const holds of this.tolls(filter)) add("rest", holds);
    if (filter.from !== null || filter.to !== null) add("rest", this.inPeriod(filter));
    if (filter.bounds) add("rest", this.inBounds(filter.bounds, filter.certain));
    if (filter.within !== null) add("rest", this.inShape(filter.within, filter.certain));
    if (filter.words) {
      const matches = hasWords(filter.words);
      add("rest", (i) => matches(incidents.search[i]));
    }
    return conditions;
  }

  /** Figures against the highest or the lowest that is given. @param {Filter} filter @returns {Test[]} */
  tolls({ killed, mostKilled, injured }) {
    const { most_killed: high, least_killed: low, most_injured: hurt } = this.data.incidents;
    /** @type {(least: number | null, column: (number | null)[]) => Test[]} */
    const atLeast = (least, column) => (
      least === null ? [] : [(i) => column[i] !== null && Number(column[i]) >= least]);
    return [
      ...atLeast(killed, high), ...atLeast(injured, hurt),
      ...(mostKilled === null ? [] : [(/** @type {number} */ i) => low[i] !== null && Number(low[i]) <= mostKilled]),
    ];
  }

  /** Whether one is found by the groups and roles of a filter. @param {Filter} filter @returns {Test} */
  ofParties(filter) {
    const { found, found_at: foundAt } = this.data.incidents;
    const isAsked = this.isSought(filter);
    const isAtTime = atTimes(isAsked, filter);
    return (i) => found[i].some(isAsked) || (!filter.certain && foundAt[i].some(isAtTime));
  }

  /**
   * A test of incidents: whether one may lie, or certainly lies, in the period of a filter. What has no
   * date is in none, and what has no beginning counts from its known end on.
   * @param {Filter} filter @returns {Test}
   */
  inPeriod({ from, to, certain }) {
    this.days ??= daysOf(this.data.incidents);
    const { dated, [certain ? "certain" : "possible"]: { last, first } } = this.days;
    const [least, most] = [from ?? -Infinity, to ?? Infinity];
    return (i) => dated[i] === 1 && last[i] >= least && first[i] <= most;
  }

  /**
   * Whether any place of an incident may lie, or certainly lies, in a part of the world.
   * @param {Bounds} bounds @param {boolean} certain @returns {Test}
   */
  inBounds(bounds, certain) {
    const key = `${bounds.join(",")} ${certain}`;
    if (this.within.key !== key) this.within = { key, found: this.placesIn(bounds, certain) };
    const { found } = this.within;
    return (i) => found.has(i);
  }

  /** The same for a shape. @param {string} shape @param {boolean} certain @returns {Test} */
  inShape(shape, certain) {
    const key = `${shape} ${certain}`;
    if (this.shaped.key !== key) this.shaped = { key, found: placesInShape(shape, certain, this.data.circles) };
    const { found } = this.shaped;
    return (i) => found.has(i);
  }

  /** @param {Bounds} bounds @param {boolean} certain */
  placesIn([west, south, east, north], certain) {
    const { of, lon, south: souths, north: norths, reach } = this.data.circles;
    const width = west <= east ? east - west : east - west + TURN;
    return new Set(of.filter((_, row) => {
      // How far east of the western edge a place lies, on the way around the world.
      const eastOf = lon[row] - west + (lon[row] < west ? TURN : 0);
      const [first, last] = [eastOf - reach[row], eastOf + reach[row]];
      return certain
        ? souths[row] >= south && norths[row] <= north && (width >= TURN || (first >= 0 && last <= width))
        : souths[row] <= north && norths[row] >= south && (first <= width || last >= TURN);
    }));
  }

  /**
   * The groups in roles by which incident i is found in the period of a filter.
   * @param {number} i @param {Filter} filter
   */
  keysOf(i, filter) {
    const { found, found_at: foundAt } = this.data.incidents;
    if (filter.certain || !foundAt[i].length) return found[i];
    return [...found[i], ...foundAt[i].filter(atTimes(() => true, filter)).map(([key]) => key)];
  }

  /** Whether what certainly fits may be less than what a filter finds. @param {Filter} filter */
  mayDiffer({ from, to, groups, bounds, within }) {
    return from !== null || to !== null || bounds !== null || within !== null || groups.length > 0;
  }

  /**
   * Whether an area does not certainly reach into a period or, where there is none, into that of the page;
   * one of which no beginning is stated never does.
   * @param {Validity} area @param {Filter} filter
   */
  isFaded({ certain }, { from, to }) {
    const [since, until] = this.data.period;
    return certain === null || !meets(certain, from ?? since, to ?? until);
  }

  /**
   * Whether an area was lost or given up by the end of the same period.
   * @param {Validity} area @param {Filter} filter
   */
  hasEnded({ last_day: last }, { to }) {
    const until = to ?? this.data.period[1];
    return last !== null && (until === null || until > last);
  }

  /** A test of base areas: whether a filter shows one. @param {Filter} filter @returns {(area: AreaRow) => boolean} */
  isAreaKept(filter) {
    const { from, to, certain, groups, countries, ids, precision, words, bounds, within } = filter;
    const times = certain ? this.data.area_groups_certain : this.data.area_groups;
    const wanted = codesOf(this.data.groups, groups);
    const isAtTime = atTimes((group) => wanted.has(group), { from, to });
    const least = precision === null ? Infinity : this.data.precisions.indexOf(precision);
    const matches = hasWords(words);
    const boxes = [...(bounds ? [bounds] : []), ...(within ? [boxOf(within)] : [])];
    return (area) => (
      filter.areas && meets(certain ? area.certain : area.possible, from, to)
      && (!groups.length || (times[area.id] ?? []).some(isAtTime))
      && (!ids.length || ids.includes(area.id)) && (!countries.length || countries.includes(area.country))
      && area.precision <= least && matches(area.search) && boxes.every((box) => touches(area.box, box)));
  }
}

/** Whether a box, where there is one, meets a part of the world. @param {Bounds | null} box @param {Bounds} bounds */
function touches(box, [west, south, east, north]) {
  if (box === null || box[3] < south || box[1] > north) return false;
  return west <= east ? box[2] >= west && box[0] <= east : box[2] >= west || box[0] <= east;
}

export { Keeping };
