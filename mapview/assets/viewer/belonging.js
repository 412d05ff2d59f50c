// Owns which groups find an incident, by what its parties belonged to on its days: geodata/queries/belonging.py.
import { FIRST_DAY, LAST_DAY, spanOf } from "./edtf.js";

/**
 * @import { Time } from "../page/records.js"
 * @typedef {[first: number, last: number][]} Days times apart, in order
 * @typedef {{ possible: Days, certain: Days }} Belonging
 * @typedef {Record<string, any>} Item a record as an export has it
 * @typedef {Map<string, [parent: string, days: Days][]>} Links
 */

/** @type {Days} */
const ALWAYS = [[FIRST_DAY, LAST_DAY]];
const same = (/** @type {Days} */ a, /** @type {Days} */ b) => JSON.stringify(a) === JSON.stringify(b);

/** @param {Days} times @returns {Days} */
function union(times) {
  /** @type {Days} */
  const joined = [];
  for (const [first, last] of [...times].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = joined[joined.length - 1];
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** The days that are in both. @param {Days} some @param {Days} others @returns {Days} */
const both = (some, others) => some.flatMap(([a, b]) => others.map(([c, d]) => (
  /** @type {[number, number]} */ ([Math.max(a, c), Math.min(b, d)]))).filter(([first, last]) => first <= last));

const isStated = (/** @type {string | undefined} */ text) => Boolean(text) && text !== "XXXX";
/** One end of a bound that may itself be an interval. @param {string | undefined} text @param {0 | -1} end */
const endOf = (text, end) => (text ? text.split("/").at(end) || ".." : "..");

/** @param {Item} relation @returns {Belonging} */
function daysOf({ valid_from: from, valid_to: to }) {
  const [starts, ends] = [spanOf(endOf(from, 0)), spanOf(endOf(to, -1))];
  const joined = isStated(from) ? spanOf(from)?.last ?? LAST_DAY : FIRST_DAY;
  const left = isStated(to) ? spanOf(to)?.first ?? FIRST_DAY : LAST_DAY;
  return {
    possible: [[starts?.first ?? FIRST_DAY, ends?.last ?? LAST_DAY]], certain: joined <= left ? [[joined, left]] : [] };
}

/** @param {Item} relation */
const makesParent = ({ kind, claims = [] }) => ["part of", "merged into"].includes(kind)
  && !claims.some((/** @type {Item} */ one) => one.about === "occurrence" && ["denies", "doubts"].includes(one.stance));

/** @param {string} group @param {Links} links @returns {Map<string, Days>} */
function upwards(group, links) {
  const found = new Map([[group, ALWAYS]]);
  const waiting = [group];
  while (waiting.length) {
    const child = /** @type {string} */ (waiting.pop());
    for (const [parent, days] of links.get(child) ?? []) {
      const known = found.get(parent) ?? [];
      const more = union([...known, ...both(found.get(child) ?? [], days)].map(([a, b]) => [a, b]));
      if (!same(more, known)) {
        found.set(parent, more);
        waiting.push(parent);
      }
    }
  }
  return found;
}

class Belongings {
  /** @param {Item[]} groups @param {Item[]} relations */
  constructor(groups, relations) {
    /** @type {Record<"possible" | "certain", Links>} */
    this.links = { possible: new Map(), certain: new Map() };
    for (const { id, parents = [] } of groups) {
      for (const parent of parents) this.link(id, parent, { possible: ALWAYS, certain: ALWAYS });
    }
    for (const one of relations) if (makesParent(one)) this.link(one.subject, one.object, daysOf(one));
    /** @type {Map<string, Map<string, Belonging>>} */
    this.known = new Map();
  }

  /** @param {string} child @param {string} parent @param {Belonging} days */
  link(child, parent, days) {
    for (const name of /** @type {const} */ (["possible", "certain"])) {
      const links = this.links[name];
      const some = links.get(child);
      if (some) some.push([parent, days[name]]);
      else links.set(child, [[parent, days[name]]]);
    }
  }

  /** What a group belonged to, itself included, and when. @param {string} group */
  of(group) {
    let found = this.known.get(group);
    if (!found) {
      const certain = upwards(group, this.links.certain);
      found = new Map([...upwards(group, this.links.possible)].map(([above, possible]) => (
        [above, { possible, certain: certain.get(above) ?? [] }])));
      this.known.set(group, found);
    }
    return found;
  }

  /** The same of several groups together. @param {string[]} groups @returns {Map<string, Belonging>} */
  ofAll(groups) {
    if (groups.length === 1) return this.of(groups[0]);
    /** @type {Map<string, Belonging>} */
    const found = new Map();
    for (const group of groups) {
      for (const [above, { possible, certain }] of this.of(group)) {
        const known = found.get(above);
        found.set(above, known ? {
          possible: union([...known.possible, ...possible].map(([a, b]) => [a, b])),
          certain: union([...known.certain, ...certain].map(([a, b]) => [a, b])) } : { possible, certain });
      }
    }
    return found;
  }

  /**
   * Groups by which an incident is found in one role: throughout, and at times.
   * @param {string[]} groups @param {[number, number]} span its first and last possible day
   */
  foundBy(groups, span) {
    /** @type {string[]} */
    const throughout = [];
    /** @type {[group: string, first: number, last: number][]} */
    const atTimes = [];
    for (const [above, { possible, certain }] of this.ofAll(groups)) {
      if (same(certain, ALWAYS) || same(both([span], certain), [span])) throughout.push(above);
      else for (const [first, last] of both([span], possible)) atTimes.push([above, first, last]);
    }
    return { throughout, atTimes };
  }

  /**
   * Groups that a base area was, or may have been, one of.
   * @param {string} group @param {[number, number] | null} held @param {boolean} isCertain
   * @returns {[group: string, first: number, last: number][]}
   */
  timesOfArea(group, held, isCertain) {
    return [...this.of(group)].flatMap(([above, days]) => (
      both(isCertain ? days.certain : days.possible, held ? [held] : ALWAYS).map(([first, last]) => (
        /** @type {[string, number, number]} */ ([above, first, last])))));
  }
}

export { Belongings };
