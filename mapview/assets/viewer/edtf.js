// Owns dates as sources give them, in the browser: EDTF text as days, and in words; the rule of geodata/edtf.py.
import { dayOf, iso } from "../page/days.js";

/**
 * The days that a text may mean; null where an end is open or unknown. `unit` is empty where it names none.
 * @typedef {{ first: number | null, last: number | null, unit: string }} Span
 */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
const SEASONS = ["spring", "summer", "autumn", "winter"];
const [FIRST_DAY, LAST_DAY] = [dayOf(1, 1, 1), dayOf(9999, 12, 31)];
const OPEN = ["", "..", "XXXX"];
const MOST_LETTERS = 200;
// What may stand in a month's place from 21 on: its first month and its length.
const FIRST_MONTHS = [3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6, 1, 4, 7, 10, 1, 5, 9, 1, 7];
const LENGTHS = [...Array(16).fill(3), ...Array(3).fill(4), ...Array(2).fill(6)];

const bare = (/** @type {string} */ text) => text.replace(/[~?%]/g, "");

/** The digits of an X filled up, from the least or to the most. @param {string} digits @param {boolean} first */
const filled = (digits, first) => Number(digits.replaceAll("X", first ? "0" : "9"));

/** Length of a month. @param {number} year @param {number} month */
const lengthOf = (year, month) => dayOf(year, month + 1, 1) - dayOf(year, month, 1);

/** @param {string} part @param {boolean} first @param {number} least @param {number} most */
const within = (part, first, least, most) => Math.min(most, Math.max(least, filled(part, first)));

/** One date. @param {string} text @returns {Span | null} null where it is none */
function dateSpan(text) {
  const time = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}/.exec(text);
  const match = /^([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?$/.exec(bare(time ? time[1] : text));
  if (!match || match[1] === "0000") return null;
  const [, year, month, day] = match;
  const [from, to] = [within(year, true, 1, 9999), within(year, false, 1, 9999)];
  if (month && isBetween(month, 21, 99)) return day === undefined ? seasonSpan(from, to, Number(month) - 21) : null;
  if (month && !isBetween(month, 1, 12)) return month.includes("X") ? spread(match, from, to) : null;
  return spread(match, from, to);
}

/** @param {string} digits @param {number} least @param {number} most */
const isBetween = (digits, least, most) => !digits.includes("X") && Number(digits) >= least && Number(digits) <= most;

/** @param {number} from @param {number} to @param {number} season @returns {Span | null} */
function seasonSpan(from, to, season) {
  if (season >= LENGTHS.length) return null;
  const last = dayOf(to, FIRST_MONTHS[season] + LENGTHS[season], 1) - 1;
  const unit = from === to && season < 12 ? "season" : "";
  return { first: dayOf(from, FIRST_MONTHS[season], 1), last: Math.min(last, LAST_DAY), unit };
}

/**
 * From the least to the most that unknown digits may be.
 * @param {string[]} parts @param {number} from @param {number} to
 */
function spread([, year, month, day], from, to) {
  if (year === "XXXX") return { first: null, last: null, unit: "unknown" };
  const [fromMonth, toMonth] = [within(month ?? "XX", true, 1, 12), within(month ?? "XX", false, 1, 12)];
  const longest = lengthOf(to, toMonth);
  if (day && !day.includes("X") && !isBetween(day, 1, longest)) return null;
  return {
    first: dayOf(from, fromMonth, within(day ?? "XX", true, 1, 31)),
    last: dayOf(to, toMonth, within(day ?? "XX", false, 1, longest)), unit: unitOf(year, month, day) };
}

/** @param {string} year @param {string | undefined} month @param {string | undefined} day */
function unitOf(year, month, day) {
  if (year.includes("X")) return "";
  if (month === undefined || month === "XX") return day === undefined || day === "XX" ? "year" : "";
  if (month.includes("X")) return "";
  if (day === undefined || day === "XX") return "month";
  return day.includes("X") ? "" : "day";
}

/** @param {string} first @param {string} last @returns {Span | null} */
function interval(first, last) {
  const [from, to] = [first, last].map((one) => (one === "" || one === ".." ? undefined : dateSpan(one)));
  if (from === null || to === null) return null;
  const [start, end] = [from?.first ?? null, to?.last ?? null];
  if (start !== null && end !== null && end < start) return null;
  return { first: start, last: end, unit: start === null && end === null ? "unknown" : "" };
}

/** Several dates, of which one or all are meant. @param {string} text @returns {Span | null} */
function setSpan(text) {
  const members = text.slice(1, -1).split(",").map((one) => {
    const [first, last] = one.trim().split("..");
    return last === undefined ? dateSpan(first) : interval(first, last);
  });
  if (members.length === 1) return members[0] && { ...members[0] };
  let [first, last] = [/** @type {number | null} */ (Infinity), /** @type {number | null} */ (-Infinity)];
  for (const one of members) {
    if (!one) return null;
    first = first === null || one.first === null ? null : Math.min(first, one.first);
    last = last === null || one.last === null ? null : Math.max(last, one.last);
  }
  return { first, last, unit: "" };
}

/** The days that an EDTF text may mean. @param {string} raw @returns {Span | null} null where it is no EDTF */
function spanOf(raw) {
  const text = raw.trim();
  if (text.length > MOST_LETTERS) return null;
  if (/^(\[.*\]|\{.*\})$/.test(text)) return setSpan(text);
  const at = text.indexOf("/");
  return at < 0 ? dateSpan(text) : interval(text.slice(0, at), text.slice(at + 1));
}

/** How exactly a date is known, as records say it. @param {Span} span */
function precisionOf({ first, last, unit }) {
  if (unit) return unit;
  if (first === null || last === null) return "range";
  if (first === last) return "day";
  return last - first < 7 ? "week" : "range";
}

/** Days in words. @param {number} start @param {number} end */
function daysWords(start, end) {
  const ends = [iso(start), iso(end)];
  const isWhole = ends[0].endsWith("-01") && iso(end + 1).endsWith("-01");
  if (isWhole) {
    const isYears = ends[0].slice(5, 7) === "01" && ends[1].slice(5, 7) === "12";
    for (const at of [0, 1]) ends[at] = ends[at].slice(0, isYears ? 4 : 7);
  }
  return [...new Set(ends.map(dateWords))].join(" – ");
}

/** @param {string} first @param {string} last */
function endsWords(first, last) {
  if (!first && !last) return "date unknown";
  if (!first) return `by ${last}`;
  return last ? `${first} – ${last}` : `from ${first} on`;
}

/** @param {string} text */
function simpleWords(text) {
  const day = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(text);
  if (day) return `${Number(day[3])} ${MONTHS[Number(day[2]) - 1]} ${Number(day[1])}`;
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  const number = month ? Number(month[2]) : 0;
  if (month && number >= 21 && number <= 24) return `${SEASONS[number - 21]} ${Number(month[1])}`;
  if (month && number >= 1 && number <= 12) return `${MONTHS[number - 1]} ${Number(month[1])}`;
  if (/^\d{4}$/.test(text)) return String(Number(text));
  const span = spanOf(text);
  if (!span || span.unit === "unknown") return span ? "year unknown" : text;
  if (span.first !== null && span.last !== null) return daysWords(span.first, span.last);
  return endsWords(...spanEnds(span));
}

/** @param {Span} span @returns {[string, string]} */
const spanEnds = ({ first, last }) => [
  first === null ? "" : dateWords(iso(first)), last === null ? "" : dateWords(iso(last))];

/** An EDTF date in words, as precise as it is and no more. @param {string} raw @returns {string} */
function dateWords(raw) {
  const text = raw.trim();
  const upTo = /^\[\.\.([^,.]+)\]$/.exec(text);
  if (upTo) return `by ${dateWords(upTo[1])}`;
  const from = /^\[([^,.]+)\.\.\]$/.exec(text);
  if (from) return `in or after ${dateWords(from[1])}`;
  const at = text.indexOf("/");
  if (at >= 0) {
    const ends = [text.slice(0, at), text.slice(at + 1)].map((one) => (OPEN.includes(one) ? "" : dateWords(one)));
    return endsWords(ends[0], ends[1]);
  }
  if (text === "XXXX") return "date unknown";
  const words = simpleWords(bare(text));
  if (/[~%]/.test(text)) return `about ${words}`;
  return text.includes("?") ? `${words} (uncertain)` : words;
}

const isWithin = (/** @type {string} */ text) => /[/X]/.test(text) || /^[[{]/.test(text);

/** @param {"begun" | "ended"} verb @param {string} text */
function turnWords(verb, text) {
  if (OPEN.includes(text)) return "";
  const at = text.indexOf("/");
  if (at < 0) {
    if (isWithin(text)) return `${verb} at some time in ${dateWords(text)}`;
    return `${verb === "begun" ? "from" : "until"} ${dateWords(text)}`;
  }
  const [first, last] = [text.slice(0, at), text.slice(at + 1)];
  if (OPEN.includes(first)) return `${verb} by ${dateWords(last)}`;
  if (OPEN.includes(last)) return `${verb} in or after ${dateWords(first)}`;
  return `${verb} at some time in ${dateWords(text)}`;
}

/** From when to when something held; what is not stated is said to be so. @param {string} from @param {string} to */
function termWords(from, to) {
  const [begun, ended] = [turnWords("begun", from), turnWords("ended", to)];
  if (begun && ended && !isWithin(from) && !isWithin(to)) return `${dateWords(from)} to ${dateWords(to)}`;
  if (begun) return `${begun}, ${ended || "end not stated"}`;
  return ended ? `${ended}, start not stated` : "period not stated";
}

export { FIRST_DAY, LAST_DAY, dateWords, precisionOf, spanOf, termWords };
