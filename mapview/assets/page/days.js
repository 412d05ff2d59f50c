// Owns days as whole numbers since 1970: reading them, wording them, the steps of the time slider.
import { solarDay } from "../solar.js";
import { capital, digits, isEnglish, language, say, spoken, term } from "../tongue.js";

/**
 * A step of the time slider: which step a day is in, when a step begins, how it is called.
 * @typedef {{
 *   id: string, name: string, index: (day: number) => number, start: (index: number) => number,
 *   wording: (day: number) => string, brief: (day: number) => string,
 * }} Step its name is a message; `brief` is for where there is little room
 */

const MS = 864e5;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
/** The name of a month, which counts from 0, by itself. @param {number} month */
const monthName = (month) => spoken()?.alone[month] ?? MONTHS[month];

/** @param {number} day */
function dateOf(day) {
  return new Date(day * MS);
}

/**
 * Day number of a date; months count from 1 and may run over.
 * @param {number} year @param {number} month @param {number} day
 */
function dayOf(year, month, day) {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day); // Date.UTC takes the years below 100 for 19xx
  return Math.round(moment.getTime() / MS);
}

/** The first day of the calendar. */
const FIRST = dayOf(1, 1, 1);

/** @param {number} n @param {number} width */
const pad = (n, width) => String(n).padStart(width, "0");

/** @param {number} day */
function iso(day) {
  const date = dateOf(day);
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
}

/**
 * First or last day of a day, month or year, by the rule of the program's filter.
 * @param {string} text such as 2018-07-29, 2018-07 or 2018
 * @param {boolean} first whether the first or the last day of it is meant
 * @returns {number | null} null when the text is no such date
 */
function parse(text, first) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text.trim());
  if (!match) return null;
  const year = Number(match[1]);
  const month = match[2] === undefined ? (first ? 1 : 12) : Number(match[2]);
  if (year < 1 || month < 1 || month > 12) return null;
  if (match[3] === undefined) return first ? dayOf(year, month, 1) : dayOf(year, month + 1, 1) - 1;
  const day = dayOf(year, month, Number(match[3]));
  return iso(day) === match[0] ? day : null;
}

/**
 * Words with the same days in the solar calendar, where its readers are spoken to.
 * @param {string} said @param {number} first @param {number} last
 */
function beside(said, first, last) {
  const names = spoken()?.solar ?? [];
  if (!names.length) return said;
  const [one, other] = [first, last].map((day) => solarDay(day, dateOf(day).getUTCFullYear()));
  if (!one || !other) return said;
  const [begin, end] = [names[one.month - 1], names[other.month - 1]];
  let text = `${begin} ${one.year}–${end} ${other.year}`;
  if (first === last) text = `${one.day} ${begin} ${one.year}`;
  else if (last - first > 300) text = [...new Set([one.year, other.year])].join("–");
  else if (one.year === other.year) text = `${begin}–${end} ${one.year}`;
  return `${said} (${digits(text)})`;
}

/** @param {number} day */
function words(day) {
  const date = dateOf(day);
  if (isEnglish()) return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  // The first of a month has a number of its own in French.
  const ordinal = date.getUTCDate() === 1 && language() === "fr" ? "er" : "";
  return beside(say("{day} {month} {year}", {
    day: digits(String(date.getUTCDate())) + ordinal, month: spoken()?.months[date.getUTCMonth()] ?? "",
    year: digits(String(date.getUTCFullYear())) }), day, day);
}

/** @param {number} day */
const monthOf = (day) => dateOf(day).getUTCFullYear() * 12 + dateOf(day).getUTCMonth();
/** @param {number} month */
const firstOfMonth = (month) => dayOf(Math.floor(month / 12), (month % 12) + 1, 1);

/** A month with its year. @param {number} day */
function monthWords(day) {
  const [month, year] = [monthOf(day) % 12, String(Math.floor(monthOf(day) / 12))];
  if (isEnglish()) return `${MONTHS[month]} ${year}`;
  const known = spoken();
  // Persian joins a month to its year, as to a day.
  const name = (known?.solar.length ? known.months : known?.alone)?.[month] ?? "";
  const first = firstOfMonth(monthOf(day));
  return beside(say("{month} {year}", { month: name, year: digits(year) }), first, firstOfMonth(monthOf(day) + 1) - 1);
}

/** The year of a day, with how others count it where they are spoken to. @param {number} day */
function yearWords(day) {
  const year = Math.floor(monthOf(day) / 12);
  return isEnglish() ? String(year) : beside(digits(String(year)), dayOf(year, 1, 1), dayOf(year, 12, 31));
}

/** @param {number} day */
function quarterWords(day) {
  const [month, year] = [monthOf(day) % 12, digits(String(Math.floor(monthOf(day) / 12)))];
  return `${monthName(month)} – ${monthName(month + 2)} ${year}`;
}

/**
 * A step of so many months.
 * @type {(id: string, name: string, n: number, wording: Step["wording"], brief?: Step["brief"]) => Step}
 */
const months = (id, name, n, wording, brief = wording) => ({
  id, name, wording, brief,
  index: (day) => Math.floor(monthOf(day) / n),
  start: (index) => Math.max(FIRST, firstOfMonth(index * n)), // the calendar has no year 0
});

/** So many years from a day on. @param {number} day @param {number} n */
function yearsWords(day, n) {
  const first = Math.floor(monthOf(day) / 12 / n) * n;
  return digits(`${Math.max(1, first)} – ${first + n - 1}`);
}

/** @type {readonly Step[]} */
const STEPS = Object.freeze([
  { id: "day", name: term("day"), index: (day) => day, start: (index) => index, wording: words, brief: words },
  months("month", term("month"), 1, monthWords),
  months("quarter", term("quarter"), 3, quarterWords),
  months("year", term("year"), 12, yearWords, (day) => digits(String(Math.floor(monthOf(day) / 12)))),
  months("decade", term("10 years"), 120, (day) => yearsWords(day, 10)),
  months("century", term("100 years"), 1200, (day) => yearsWords(day, 100)),
]);

/** @param {Step} step @param {number} index */
const endOf = (step, index) => step.start(index + 1) - 1;

/**
 * A period in words; one step of the slider by its own name.
 * @param {number | null} from @param {number | null} to
 */
function periodWords(from, to) {
  if (from === null && to === null) return say("All dates");
  if (from === null) {
    return isEnglish() ? `Until ${words(Number(to))}` : capital(say("by {date}", { date: words(Number(to)) }));
  }
  if (to === null) {
    return isEnglish() ? `From ${words(from)} on` : capital(say("from {date} on", { date: words(from) }));
  }
  const exact = STEPS.find((step) => (
    step.start(step.index(from)) === from && endOf(step, step.index(from)) === to));
  return exact ? exact.wording(from) : say("{first} – {last}", { first: words(from), last: words(to) });
}

/**
 * The period of the same length right before one, or the same period a year earlier. Whole months stay
 * whole months, so that February is held against January and not against 28 days of it.
 * @param {number} from @param {number} to @param {"before" | "year"} way
 * @returns {[from: number, to: number] | null} null before the calendar begins
 */
function earlier(from, to, way) {
  const [first, after] = [monthOf(from), monthOf(to + 1)];
  const isWhole = firstOfMonth(first) === from && firstOfMonth(after) === to + 1;
  const by = way === "year" ? 12 : after - first;
  const period = isWhole ? [firstOfMonth(first - by), firstOfMonth(after - by) - 1]
    : way === "year" ? [from, to].map(yearEarlier) : [from - (to - from + 1), from - 1];
  return period[0] < FIRST ? null : [period[0], period[1]];
}

/** The same day a year earlier; the last of February for its 29th. @param {number} day */
function yearEarlier(day) {
  const date = dateOf(day);
  const [year, month] = [date.getUTCFullYear() - 1, date.getUTCMonth() + 1];
  return Math.min(dayOf(year, month, date.getUTCDate()), dayOf(year, month + 1, 1) - 1);
}

export { FIRST, earlier, dayOf, parse, iso, words, periodWords, STEPS, endOf };
