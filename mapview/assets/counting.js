// Owns how counts are said: exactly, or from what certainly fits to what may.

/** @typedef {[certain: number, possible: number]} Count how many certainly fit a filter, and how many may */

const GROUPED = new Intl.NumberFormat("en");
/** A number as it is read; asked of each number anew, a language costs ten times as much. @param {number} number */
const grouped = (number) => (number < 1000 ? String(number) : GROUPED.format(number));

/** @param {number} certain @param {number} possible @param {string} [to] between both */
const between = (certain, possible, to = " to ") => (
  certain === possible ? grouped(possible) : `${grouped(certain)}${to}${grouped(possible)}`);

/** @param {Count} count @param {string} one @param {string} many */
const counted = ([certain, possible], one, many) => (
  `${between(certain, possible)} ${certain === 1 && possible === 1 ? one : many}`);

/** What is said of an incident that is among the possible alone. */
const MAY_FIT = "may fit the filter";

export { MAY_FIT, between, counted, grouped };
