// Owns a filter in words: a short sentence for each part that asks for something.
import { plural } from "../dom.js";
import * as days from "./days.js";
import { shapeWords } from "./shapes.js";

/**
 * @import { Filter } from "./filter.js"
 * @import { Known } from "./answers.js"
 * @typedef {{ words: string, without: Partial<Filter> | null }} Said a part, and what the filter is without
 *   it; nothing of which day the data are, which no filter changes
 */

const number = (/** @type {number} */ n) => n.toLocaleString("en");
const MOST_NAMES = 3;

/** Some of a list by name, and how many more. @param {string[]} names */
function named(names) {
  const rest = names.length - MOST_NAMES;
  return rest > 1 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${rest} more` : names.join(", ");
}

/**
 * In the order of the choices, so that a filter reads alike however it was come to.
 * @param {string[]} values @param {string[]} all @param {string[]} [names]
 */
const namesOf = (values, all, names = all) => [...values].sort((a, b) => all.indexOf(a) - all.indexOf(b))
  .map((one) => names[all.indexOf(one)] ?? one);

/** @param {string | null} least */
function exactnessWords(least) {
  if (least === "not stated") return "Place given, however exactly";
  return least === null ? "" : `Place known at least to: ${least}`;
}

/** @param {Filter} filter @returns {string} */
function tollWords({ killed, mostKilled }) {
  if (killed !== null && mostKilled !== null) return `${number(killed)} to ${number(mostKilled)} killed`;
  if (killed !== null) return `At least ${number(killed)} killed`;
  return mostKilled === null ? "" : `At most ${number(mostKilled)} killed`;
}

/** @param {Filter} filter @param {Known} data */
function partyWords({ groups, roles }, data) {
  const sought = roles.length || !groups.length ? roles : data.roles_sought;
  if (!sought.length) return "";
  const who = groups.length ? named(namesOf(groups, data.groups, data.group_names)) : "Anybody";
  return who + (sought.length === data.roles.length ? " in any role" : ` as ${sought.join(" or ")}`);
}

/** Parts of the world that a filter asks for. @param {Filter} filter @returns {[string, Partial<Filter>][]} */
function placeWords({ certain, bounds, within }) {
  const how = certain ? "Certainly within" : "Within";
  return [
    ...(bounds ? [/** @type {[string, Partial<Filter>]} */ ([`${how} a part of the map`, { bounds: null }])] : []),
    ...(within ? [/** @type {[string, Partial<Filter>]} */ ([`${how} ${shapeWords(within)}`, { within: null }])] : []),
  ];
}

/**
 * What a filter asks for, part by part, in the order of its text.
 * @param {Filter} filter @param {Known} data @returns {Said[]}
 */
function said(filter, data) {
  const { from, to, certain, types, countries, statuses, attributions, ids, precision, injured } = filter;
  const { words } = filter;
  const isDated = from !== null || to !== null;
  const sure = certain && !isDated && !placeWords(filter).length;
  /** @type {[string, Partial<Filter>][]} */
  const parts = [
    [isDated ? days.periodWords(from, to) + (certain ? ", certainly" : "") : "", { from: null, to: null }],
    [sure ? "Only what certainly fits" : "", { certain: false }],
    [named(namesOf(types, data.types)), { types: [] }],
    [named(namesOf(filter.sourceTypes, data.sourceTypes)), { sourceTypes: [] }],
    [partyWords(filter, data), { groups: [], roles: [] }],
    [named(namesOf(countries, data.countries, data.country_names)), { countries: [] }],
    [namesOf(statuses, data.statuses).join(" or "), { statuses: [] }],
    [attributions.length ? `Attribution ${namesOf(attributions, data.attributions).join(" or ")}` : "", { attributions: [] }],
    [ids.length ? `${plural(ids.length, "chosen record", "chosen records")}` : "", { ids: [] }],
    [exactnessWords(precision), { precision: null }],
    [tollWords(filter), { killed: null, mostKilled: null }],
    [injured === null ? "" : `At least ${number(injured)} injured`, { injured: null }],
    [words ? `“${words}”` : "", { words: "" }],
    ...placeWords(filter),
    [filter.areas ? "" : "Without base areas", { areas: true }],
  ];
  const day = days.parse(data.known_on ?? "", true);
  return [...parts.flatMap(([text, without]) => (
    text ? [{ words: text[0].toUpperCase() + text.slice(1), without }] : [])),
  ...(day === null ? [] : [{ words: `As known on ${days.words(day)}`, without: null }])];
}

/** How far the reader narrowed the page, as sentences. @param {Filter} filter @param {Known} data */
const narrowedWords = (filter, data) => said(filter, data).map(({ words }) => `${words}.`).join(" ");

export { narrowedWords, said };
