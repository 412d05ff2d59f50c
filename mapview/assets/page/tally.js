// Owns one pass over the records for a filter: which it keeps, and what each choice of a facet would find.

/**
 * @import { Filter } from "./filter.js"
 * @import { Name } from "./keeping.js"
 * @import { Records } from "./records.js"
 * @typedef {"type" | "source_type" | "group" | "role" | "country" | "status" | "attribution"
 *   | "precision"} FacetName
 * @typedef {{
 *   flags: Uint8Array, shown: number, placed: number, events: number, facets: Record<FacetName, number[]>,
 * }} Tally flags by incident; for each facet a number by the position of its values
 */

/** The part of a filter that each facet does not feel, as choosing a value would replace it. */
const OWN = /** @type {const} */ ({
  type: "types", source_type: "sourceTypes", group: "parties", role: "parties", country: "countries",
  status: "statuses", attribution: "attributions", precision: "precision",
});

/** Add one to each of some positions. @param {number[]} counts @param {Iterable<number>} positions */
function add(counts, positions) {
  for (const one of positions) counts[one] += 1;
}

/** @param {Records} records @param {Filter} filter @returns {Tally} */
function tally({ data, count, keeping }, filter) {
  const { incidents, groups } = data;
  const conditions = keeping.conditions(filter);
  const flags = new Uint8Array(count);
  const zeros = (/** @type {unknown[]} */ values) => values.map(() => 0);
  const facets = {
    type: zeros(data.types), source_type: zeros(data.sourceTypes), group: zeros(groups), role: zeros(data.roles),
    country: zeros(data.countries), status: zeros(data.statuses),
    attribution: zeros(data.attributions), precision: zeros(data.precisions),
  };
  const isGroup = keeping.isSought({ ...filter, groups });
  const isRole = keeping.isSought({ ...filter, roles: data.roles });
  let [shown, placed, events] = [0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    const failed = conditions.filter(({ holds }) => !holds(i));
    /** @type {Name | null} the one part without which it would be found */
    const but = failed.length ? failed[0].part : null;
    if (failed.length > 1 || but === "rest") continue;
    if (!but) {
      flags[i] = 1;
      shown += 1;
      placed += incidents.placed[i];
      events += incidents.event[i];
    }
    const feels = (/** @type {FacetName} */ name) => !but || OWN[name] === but;
    if (feels("type")) add(facets.type, incidents.type_codes[i]);
    const sourceType = incidents.source_type[i];
    if (feels("source_type") && sourceType >= 0) facets.source_type[sourceType] += 1;
    if (feels("country")) add(facets.country, incidents.country_codes[i]);
    if (feels("status")) facets.status[incidents.status[i]] += 1;
    if (feels("attribution")) facets.attribution[incidents.attribution[i]] += 1;
    if (feels("precision")) facets.precision[incidents.precision[i]] += 1;
    if (feels("group")) {
      const keys = keeping.keysOf(i, filter);
      add(facets.group, new Set(keys.filter(isGroup).map((key) => key % groups.length)));
      add(facets.role, new Set(keys.filter(isRole).map((key) => Math.floor(key / groups.length))));
    }
  }
  return { flags, shown, placed, events, facets };
}

export { tally };
