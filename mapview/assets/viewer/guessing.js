// Owns reading rows that other programs made: which column is what, and what each row says for certain.
import { cartography } from "../cartography.js";
import { dayOf, iso } from "../page/days.js";
import { spanOf } from "./edtf.js";
import { isNowhere, nothing } from "./exported.js";
import { checkCells } from "./faults.js";
import { columnsOf } from "./headings.js";

/**
 * @import { Item } from "./belonging.js"
 * @import { Collected, Terms } from "./columns.js"
 * @typedef {{ where: string, cells: string[], position?: [number, number] | null, why?: string }} Line `why` a
 *   line whose place cannot be read
 */

const UNSTATED = "Coordinates of the file, which does not say how exact they are.";
const STATED = "Coordinates of the file, and how exact it says they are.";
/** @type {{ id: string, radius_km: number }[]} */
const PRECISIONS = cartography.precisions;
const TOWN_KM = 15;
const TOO_LONG = { position: null, why: "it has more cells than the heading" };
const LONGEST_TITLE = 110;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Degrees, with a point or a comma; null where it is no number. @param {string} cell */
function degrees(cell) {
  const match = /^([+-]?)(\d{1,3}(?:[.,]\d+)?)(?:\s*°)?\s*([NSEW]?)$/i.exec(cell.trim());
  if (!match) return null;
  const size = Number(match[2].replace(",", "."));
  return match[1] === "-" || /[SW]/i.test(match[3]) ? -size : size;
}

/** A whole number of people; null where it is none. @param {string} cell */
function people(cell) {
  const digits = cell.trim().replace(/\.0+$/, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/** Whether the calendars of Iran and of Islam have such years now, as 1402 and 1445. @param {number} year */
const isOfAnyCalendar = (year) => year >= 1300 && year < 1500;

/** @param {number} year @param {number} month @param {number} day */
function isoOf(year, month, day) {
  if (year < 1 || isOfAnyCalendar(year) || month < 1 || month > 12 || day < 1) return null;
  const found = iso(dayOf(year, month, day)); // a day that the month does not have runs over
  return found.endsWith(`-${String(day).padStart(2, "0")}`) ? found : null;
}

const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[T ,].*)?$/;

/**
 * Whether days come first in dates such as 3/4/2020: only where a number above 12 proves it, and none the other.
 * @param {string[]} cells @returns {"day" | "month" | null}
 */
function orderOf(cells) {
  let [isDay, isMonth] = [false, false];
  for (const cell of cells) {
    const match = SLASHED.exec(cell.trim());
    if (match && Number(match[1]) > 12) isDay = true;
    if (match && Number(match[2]) > 12) isMonth = true;
  }
  return isDay === isMonth ? null : isDay ? "day" : "month";
}

/**
 * A date as EDTF; null where it cannot be read for certain.
 * @param {string} raw @param {"day" | "month" | null} order
 */
function dateOf(raw, order) {
  const cell = raw.trim();
  const moment = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(cell);
  if (moment) return isoOf(Number(moment[1]), Number(moment[2]), Number(moment[3]));
  if (/^\d{8}$/.test(cell)) return isoOf(Number(cell.slice(0, 4)), Number(cell.slice(4, 6)), Number(cell.slice(6)));
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,].*)?$/.exec(cell);
  if (dotted) return isoOf(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const slashed = SLASHED.exec(cell);
  if (slashed && !order) return null;
  if (slashed) {
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    return order === "day" ? isoOf(Number(slashed[3]), second, first) : isoOf(Number(slashed[3]), first, second);
  }
  const named = /^(\d{1,2}) ([a-z]{3})[a-z]*\.? (\d{4})$/i.exec(cell);
  if (named) return isoOf(Number(named[3]), MONTHS.indexOf(named[2].toLowerCase()) + 1, Number(named[1]));
  const years = (cell.match(/\d{4}/g) ?? []).map(Number);
  const isCertain = /[\dX]/.test(cell) && !/^\d{1,3}$/.test(cell) && !years.some(isOfAnyCalendar);
  return isCertain && spanOf(cell) ? cell : null;
}

/**
 * Code of a country by its code or English name; empty where it is neither.
 * @param {string} words @param {Terms} terms
 */
function countryOf(words, terms) {
  const name = words.trim();
  if (/^[A-Z]{2}$/.test(name) && terms.countries[name]) return name;
  const found = Object.entries(terms.countries).find(([, one]) => one.toLowerCase() === name.toLowerCase());
  return found ? found[0] : "";
}

/** @param {string} words */
function shortened(words) {
  const line = words.split(/\s+/).join(" ").trim();
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1)}…`;
}

/** What an incident has where its file says nothing. @returns {Item} */
const blank = () => ({
  isPlain: true, record_kind: "event", event_types: ["other"], type_of_source: "", status: "carried out",
  attribution: "unattributed", attribution_text: "not stated", fatalities_text: "not stated",
  injured_text: "not stated", casualties_text: "", fatalities_low: null, fatalities_high: null, injured_high: null,
  claims: [], points: [],
  place: "", admin1: "", admin2: "", admin1_code: "", country: "", other_countries: [], geo_precision: "unknown",
  geo_basis: "", radius_km: null, target: "", means: "", summary: "", actors: [], accused: [], cleared: [], targets: [],
  others: [], related: [], casualties_combined: [], shares_toll_beyond: false });

/**
 * @param {Line} line @param {Record<string, number>} at @returns {{ position: [number, number] | null, why: string }}
 */
function positionOf({ cells, position, why }, at) {
  if (position !== undefined || why) return { position: position ?? null, why: why ?? "" };
  const [lat, lon] = [cells[at.lat] ?? "", cells[at.lon] ?? ""];
  if (!lat.trim() && !lon.trim()) return { position: null, why: "" };
  const [y, x] = [degrees(lat), degrees(lon)];
  if (y === null || x === null) return { position: null, why: "its coordinates are no numbers" };
  if (Math.abs(y) > 90 || Math.abs(x) > 180) return { position: null, why: "its coordinates lie outside of the world" };
  return { position: [x, y], why: "" };
}

/**
 * Records of the rows of any table.
 * @param {string[]} header @param {Line[]} lines @param {Terms} terms @param {string} told what kind of file it is
 * @returns {Collected}
 */
function readAny(header, lines, terms, told) {
  const at = columnsOf(header);
  const collected = nothing();
  checkCells(header.length, lines.length);
  Object.assign(collected, { told, rows: lines.length });
  const order = orderOf(lines.map(({ cells }) => cells[at.date] ?? ""));
  /** @type {Set<string>} */
  const seen = new Set();
  let [unread, nowhere] = [0, 0];
  lines.forEach((line, i) => {
    const { where, cells } = line;
    const { position, why } = cells.length > header.length ? TOO_LONG : positionOf(line, at);
    if (why) {
      collected.left.push({ where, why });
      return;
    }
    const isAtZero = position !== null && isNowhere(position);
    nowhere += Number(isAtZero);
    const item = itemOf(cells, at, header, { order, terms, row: i + 1 });
    unread += Number(item.when !== undefined);
    if (seen.has(item.id)) item.id = `${item.id} (row ${i + 1})`;
    seen.add(item.id);
    if (position && !isAtZero) {
      Object.assign(item, { points: [position] }, precisionOf(cells[at.precision] ?? "", cells[at.radius] ?? ""));
    }
    collected.incidents.push(item);
  });
  note(collected, header, at, { unread, nowhere, order });
  return collected;
}

const rowsHave = (/** @type {number} */ n) => `${n.toLocaleString("en")} row${n === 1 ? " has" : "s have"}`;

/** @param {Collected} collected @param {string[]} header @param {Record<string, number>} at @param {Item} counted */
function note({ notes }, header, at, { unread, nowhere, order }) {
  const used = Object.entries(at).filter(([, column]) => column >= 0)
    .map(([part, column]) => `${part}: “${header[column]}”`);
  notes.push(used.length ? `Columns taken as ${used.join(", ")}. All others stand in each record as they are.`
    : "No column was recognised; each record has them as they are.");
  notes.push("Where the file does not say in Mapview's words how exact a place is, a ring of sparse dots says so: " +
    "it bounds nothing.");
  if (order) notes.push(`Dates such as 3/4/2020 are read with the ${order} first, which other dates of the column prove.`);
  if (nowhere) notes.push(`${rowsHave(nowhere)} the coordinates 0, 0, which stand for no place and are not drawn.`);
  if (unread) {
    notes.push(`${rowsHave(unread)} a date that could not be read for certain; it is kept as text, and no period finds it.`);
  }
}

/**
 * @param {string[]} cells @param {Record<string, number>} at @param {string[]} header
 * @param {{ order: "day" | "month" | null, terms: Terms, row: number }} options @returns {Item}
 */
function itemOf(cells, at, header, { order, terms, row }) {
  const cell = (/** @type {string} */ part) => (at[part] < 0 ? "" : (cells[at[part]] ?? "").trim());
  const date = cell("date");
  const edtf = date ? dateOf(date, order) : null;
  const country = countryOf(cell("country"), terms);
  const type = cell("type").toLowerCase();
  const isOurType = terms.vocabulary.types.includes(type);
  return {
    ...blank(), id: cell("id") || `row-${row}`, event_date: edtf ?? "XXXX",
    ...(date && !edtf ? { when: `date not read: “${shortened(date)}”` } : {}),
    title: shortened(cell("title") || cell("summary") || cell("type") || cell("place") || `Row ${row}`),
    place: cell("place"), admin1: [cell("admin1"), country ? "" : cell("country")].filter(Boolean).join(", "), country,
    event_types: [isOurType ? type : "other"], type_of_source: isOurType ? "" : cell("type"), summary: cell("summary"),
    ...tolls(people(cell("killed")), people(cell("injured"))),
    cells: header.map((name, i) => [name || `Column ${i + 1}`, (cells[i] ?? "").trim()]).filter(([, value]) => value) };
}

/**
 * How exact a place is, as far as the file says it in our words; else that it does not say.
 * @param {string} precision @param {string} radius in km
 */
function precisionOf(precision, radius) {
  const known = PRECISIONS.find(({ id }) => id === precision.trim().toLowerCase());
  if (!known || known.id === "not stated") return { geo_precision: "not stated", radius_km: null, geo_basis: UNSTATED };
  const km = Number(radius.trim().replace(",", ".") || NaN);
  const usual = known.radius_km || (known.id === "site" ? 1 : TOWN_KM);
  return { geo_precision: known.id, radius_km: km > 0 && km < 20_000 ? km : usual, geo_basis: STATED };
}

/** @param {number | null} killed @param {number | null} injured */
function tolls(killed, injured) {
  const [dead, hurt] = [killed, injured].map((n) => (n === null ? "not stated" : n.toLocaleString("en")));
  return {
    hasTolls: killed !== null || injured !== null,
    fatalities_text: dead, fatalities_low: killed, fatalities_high: killed,
    injured_text: hurt, injured_high: injured };
}

export { dateOf, degrees, orderOf, readAny };
