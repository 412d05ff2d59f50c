// Owns what a filter is held against: which other filter that is, and how far both differ, within bounds.
import { between } from "../counting.js";
import { isEnglish, say, term } from "../tongue.js";
import * as days from "./days.js";
import { EVERYTHING, fromText, toText, wrong } from "./filter.js";
import { said } from "./words.js";

/**
 * @import { Count } from "../counting.js"
 * @import { Known, Sum } from "./answers.js"
 * @import { Filter, Known as Spelled } from "./filter.js"
 *
 * What is compared with is told by one of `WAYS`, which follow the filter, by `ALL`, or by the text of
 * a filter that stays as it is.
 * @typedef {{ compared: string | null, faults: string[] }} Comparison
 */

const ALL = "all";
const BOUNDS = term("A difference lies between what is certain of one and possible of the other, both ways around. "
  + "What may lie in both counts in both.");
/** What moves along with the filter's period, and how it is called. */
const WAYS = Object.freeze({ before: term("The period before"), year: term("The same period a year earlier") });

/** @param {string} text @returns {text is keyof typeof WAYS} */
const isWay = (text) => Object.hasOwn(WAYS, text);

/** What an address says of it. @param {string} text @param {Spelled} known @returns {Comparison} */
function readComparison(text, known) {
  if (!text || text === ALL || isWay(text)) return { compared: text || null, faults: [] };
  if (!text.includes("=")) {
    const wanted = say("one of {names} or a filter", { names: [...Object.keys(WAYS), ALL].join(", ") });
    return { compared: null, faults: [wrong("compare", wanted, text)] };
  }
  const { filter, faults } = fromText(text, known);
  const told = faults.map((fault) => say("within compare, {fault}", { fault }));
  return { compared: toText(filter) || ALL, faults: told };
}

/**
 * The filter that another is compared with; null without one, or where a period is missing to go back from.
 * @param {string | null} compared @param {Filter} filter @param {Known} known @returns {Filter | null}
 */
function otherOf(compared, filter, known) {
  if (compared === null) return null;
  if (compared === ALL) return EVERYTHING;
  if (!isWay(compared)) return fromText(compared, known).filter;
  const { from, to } = filter;
  const period = from === null || to === null ? null : days.earlier(from, to, compared);
  return period && { ...filter, from: period[0], to: period[1] };
}

/** A filter in one line. @param {Filter} filter @param {Known} known */
const inLine = (filter, known) => (
  said(filter, known).map(({ words }) => words).join(" · ") || say("Everything, all dates"));

/**
 * By how much one number exceeds another, of both of which only bounds are known, be they infinite.
 * @param {Count} one @param {Count} other @returns {Count}
 */
const difference = ([low, high], [otherLow, otherHigh]) => [low - otherHigh, high - otherLow];

/**
 * By how much one sum exceeds another in words; what is approximate bounds nothing.
 * @param {Sum} one @param {Sum} other
 */
function sumsDiffer(one, other) {
  const [first, second] = [one, other].map((sum) => /** @type {Count} */ ([
    sum.low_is_about ? -Infinity : sum.low, sum.high_is_open || sum.high_is_about ? Infinity : sum.high]));
  return differenceWords(difference(first, second));
}

/** A difference in words, never more exact than it is. @param {Count} bounds */
function differenceWords([low, high]) {
  if (low === 0 && high === 0) return say("as many");
  const [least, most] = [low, high].map(Math.abs);
  if (least === Infinity || most === Infinity) return openWords(low, high);
  const n = low >= 0 ? between(low, high) : between(most, least);
  if (low >= 0) return isEnglish() ? `${n} more` : say("more by {n}", { n });
  if (high <= 0) return isEnglish() ? `${n} fewer` : say("fewer by {n}", { n });
  return say("{fewer} fewer to {more} more", { fewer: least, more: most });
}

/** A difference of which one bound is known at most. @param {number} low @param {number} high */
function openWords(low, high) {
  const isMore = low > -Infinity;
  // Of two that may both be exceeded either may be the larger.
  if (!isMore && high === Infinity) return say("as many, more or fewer");
  const bound = isMore ? low : -high;
  if (bound === 0) return isMore ? say("as many or more") : say("as many or fewer");
  if (bound < 0) {
    return isMore ? say("at most {n} fewer, as many or more", { n: -bound })
      : say("at most {n} more, as many or fewer", { n: -bound });
  }
  const n = say("at least {n}", { n: bound });
  if (isMore) return isEnglish() ? `${n} more` : say("more by {n}", { n });
  return isEnglish() ? `${n} fewer` : say("fewer by {n}", { n });
}

export { ALL, BOUNDS, WAYS, difference, differenceWords, inLine, isWay, otherOf, readComparison, sumsDiffer };
