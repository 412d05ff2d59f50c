// Owns how counts are said: exactly, or from what certainly fits to what may.
import { plural } from "../dom.js";

const n = (/** @type {number} */ number) => number.toLocaleString("en");

/** @param {number} certain @param {number} possible @param {string} [to] between both */
const between = (certain, possible, to = " to ") => (
  certain === possible ? n(possible) : `${n(certain)}${to}${n(possible)}`);

/**
 * How many incidents a filter keeps, where some only may fit it.
 * @param {{ shown: number, certain: number }} kept
 */
function foundWords({ shown, certain }) {
  const words = plural(shown, "incident", "incidents");
  return certain === shown ? words : `${n(certain)} to ${words}`;
}

export { between, foundWords };
