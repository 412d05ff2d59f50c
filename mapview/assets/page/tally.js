// Owns counting the records for a filter: which it keeps, and what each choice of a facet would find.
import { toText } from "./filter.js";

/**
 * @import { Filter } from "./filter.js"
 * @import { Condition, Name } from "./keeping.js"
 * @import { Records } from "./records.js"
 * @typedef {"type" | "source_type" | "group" | "role" | "country" | "status" | "attribution"
 *   | "precision"} FacetName
 * @typedef {{
 *   flags: Uint8Array, shown: number, placed: number, events: number, facets: Record<FacetName, number[]>,
 * }} Tally flags by incident; for each facet a number by the position of its values
 */

/** How an incident counts: not at all, as one that is found, or without one part as one that would be. */
const [OUT, FOUND] = [0, 1];
/** @type {Record<Exclude<Name, "rest">, number>} */
const BUT = { types: 2, sourceTypes: 3, parties: 4, countries: 5, statuses: 6, attributions: 7, precision: 8 };

/** @param {Condition[]} conditions @param {number} i */
function countsAs(conditions, i) {
  let as = FOUND;
  for (const { part, holds } of conditions) {
    if (holds(i)) continue;
    if (as !== FOUND || part === "rest") return OUT;
    as = BUT[part];
  }
  return as;
}

/**
 * Counts that follow the period of a filter: between two frames of a drag most records stay, so what comes
 * and what goes is counted, and nothing else. Any other part that changes begins anew.
 */
class Running {
  /** @param {Records} records @param {Filter} filter whose period may be any */
  constructor({ data, count, keeping }, filter) {
    this.data = data;
    this.keeping = keeping;
    this.text = Running.textOf(filter);
    const conditions = keeping.conditions({ ...filter, from: null, to: null });
    const size = data.groups.length;
    /** Whether each key is a group in a role that is asked for, among all groups or in all roles. */
    const keys = Array.from({ length: size * data.roles.length }, (_, key) => key);
    this.isGroup = keys.map(keeping.isSought({ ...filter, groups: data.groups }));
    this.isRole = keys.map(keeping.isSought({ ...filter, roles: data.roles }));
    this.seen = { groups: new Int32Array(size), roles: new Int32Array(data.roles.length), at: 0 };
    /** What each counts as within its period; whom groups find at times only is asked each time. */
    this.within = new Uint8Array(count);
    this.now = new Uint8Array(count);
    /** @type {Map<number, number[]>} incidents that are found at times, by keys that hold now */
    this.timed = new Map();
    /** @type {number[]} */
    this.others = [];
    for (let i = 0; i < count; i += 1) {
      if (!filter.certain && data.incidents.found_at[i].length) this.timed.set(i, []);
      else this.others.push(i);
    }
    for (const i of this.others) this.within[i] = countsAs(conditions, i);
    const zeros = (/** @type {unknown[]} */ values) => values.map(() => 0);
    /** @type {Tally} */
    this.tally = {
      flags: new Uint8Array(count), shown: 0, placed: 0, events: 0, facets: {
        type: zeros(data.types), source_type: zeros(data.sourceTypes), group: zeros(data.groups),
        role: zeros(data.roles), country: zeros(data.countries), status: zeros(data.statuses),
        attribution: zeros(data.attributions), precision: zeros(data.precisions) } };
    const { incidents } = data;
    const { facets } = this.tally;
    /** Facets with one value an incident, or -1 for none, and with several; each with the part it does not feel. */
    this.singles = [
      { column: incidents.source_type, counts: facets.source_type, but: BUT.sourceTypes },
      { column: incidents.status, counts: facets.status, but: BUT.statuses },
      { column: incidents.attribution, counts: facets.attribution, but: BUT.attributions },
      { column: incidents.precision, counts: facets.precision, but: BUT.precision },
    ];
    this.lists = [
      { column: incidents.type_codes, counts: facets.type, but: BUT.types },
      { column: incidents.country_codes, counts: facets.country, but: BUT.countries },
    ];
  }

  /** What may not change for counts to go on. @param {Filter} filter */
  static textOf(filter) {
    return `${filter.certain} ${toText({ ...filter, from: null, to: null })}`;
  }

  /** Counts for a filter that is the same but for its period; they are the caller's own. @param {Filter} filter */
  count(filter) {
    const { keeping, within, now, timed, data: { incidents }, tally } = this;
    const isIn = filter.from === null && filter.to === null ? () => true : keeping.inPeriod(filter);
    for (const i of this.others) {
      const as = within[i] && isIn(i) ? within[i] : OUT;
      if (as !== now[i]) this.turn(i, as, incidents.found[i], incidents.found[i]);
    }
    if (timed.size) {
      const conditions = keeping.conditions(filter);
      for (const [i, before] of timed) {
        const keys = keeping.keysOf(i, filter);
        this.turn(i, countsAs(conditions, i), before, keys);
        timed.set(i, keys);
      }
    }
    const facets = Object.fromEntries(Object.entries(tally.facets).map(([name, counts]) => [name, [...counts]]));
    return /** @type {Tally} */ ({ ...tally, flags: tally.flags.slice(), facets });
  }

  /** @param {number} i @param {number} as @param {number[]} before its keys until now @param {number[]} keys */
  turn(i, as, before, keys) {
    this.add(i, this.now[i], before, -1);
    this.add(i, as, keys, 1);
    this.now[i] = as;
    this.tally.flags[i] = Number(as === FOUND);
  }

  /** @param {number} i @param {number} as @param {number[]} keys @param {1 | -1} by */
  add(i, as, keys, by) {
    if (as === OUT) return;
    const { data: { incidents }, tally } = this;
    const isFound = as === FOUND;
    if (isFound) {
      tally.shown += by;
      tally.placed += by * incidents.placed[i];
      tally.events += by * incidents.event[i];
    }
    // Choosing a value replaces a facet's own part, which it therefore does not feel.
    for (const one of this.singles) {
      const value = isFound || as === one.but ? one.column[i] : -1;
      if (value >= 0) one.counts[value] += by;
    }
    for (const one of this.lists) {
      if (!isFound && as !== one.but) continue;
      for (const value of one.column[i]) one.counts[value] += by;
    }
    if (isFound || as === BUT.parties) this.addParties(keys, by);
  }

  /** Each group and each role once, however often it stands. @param {number[]} keys @param {1 | -1} by */
  addParties(keys, by) {
    const { seen, isGroup, isRole, tally: { facets } } = this;
    seen.at += 1;
    for (const key of keys) {
      const group = key % seen.groups.length;
      const role = Math.floor(key / seen.groups.length);
      if (isGroup[key] && seen.groups[group] !== seen.at) {
        seen.groups[group] = seen.at;
        facets.group[group] += by;
      }
      if (isRole[key] && seen.roles[role] !== seen.at) {
        seen.roles[role] = seen.at;
        facets.role[role] += by;
      }
    }
  }
}

/** Counts for a filter, from all records. @param {Records} records @param {Filter} filter */
const tally = (records, filter) => new Running(records, filter).count(filter);

export { Running, tally };
