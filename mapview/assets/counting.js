// Owns how counts are said: exactly, or from what certainly fits to what may.
import { isEnglish, number as grouped, say, term } from "./tongue.js";

/** @typedef {[certain: number, possible: number]} Count how many certainly fit a filter, and how many may */

/** @param {number} certain @param {number} possible @param {string} [to] between both, in any language */
function between(certain, possible, to) {
  if (certain === possible) return grouped(possible);
  const dash = to ?? (isEnglish() ? " to " : "");
  if (dash) return `${grouped(certain)}${dash}${grouped(possible)}`;
  return say("{low} to {high}", { low: certain, high: possible });
}

/**
 * A count with what is counted: other languages have it before the number, since the end of a range and its
 * beginning may ask for different endings of a noun.
 * @param {Count} count @param {string} [one] @param {string} [many] @param {string} [message] in other languages
 */
function counted([certain, possible], one = "incident", many = "incidents", message = term("incidents: {n}")) {
  const n = between(certain, possible);
  return isEnglish() ? `${n} ${certain === 1 && possible === 1 ? one : many}` : say(message, { n });
}

/** What is said of an incident that is among the possible alone. */
const MAY_FIT = term("may fit the filter");

export { MAY_FIT, between, counted, grouped };
