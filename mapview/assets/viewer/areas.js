// Owns when a base area holds, and what the map is told of it: geodata/records/valid_time.py has the rule.
import { cartography } from "../cartography.js";
import { FIRST_DAY, LAST_DAY, dateWords, spanOf, termWords } from "./edtf.js";

/**
 * @import { Item } from "./belonging.js"
 * @import { Span } from "./edtf.js"
 * @import { Validity } from "../page/records.js"
 */

/** @type {{ kinds: string[] }[]} */
const STANDINGS = cartography.standings;

/** @param {string | undefined} text @returns {Span} */
const stated = (text) => spanOf(text || "XXXX") ?? { first: null, last: null, unit: "unknown" };
const startOf = (/** @type {Span} */ { first }) => first ?? FIRST_DAY;
const endOf = (/** @type {Span} */ { last }) => last ?? LAST_DAY;

/** @param {Item[]} claims */
const upheld = (claims) => claims.filter(({ stance }) => stance !== "denies" && stance !== "doubts");

/** The first day of a date; of one that is open to the past, that of its end. @param {string} text */
function firstDay(text) {
  const span = stated(text);
  const last = text.slice(text.lastIndexOf("/") + 1);
  if (span.first !== null || !text.includes("/") || last === "" || last === "..") return span.first ?? span.last;
  return stated(last).first;
}

/** @param {(number | null)[]} days */
const known = (days) => days.filter((day) => day !== null);

/**
 * The first day for which an area without a stated start is attested, never before its group was founded.
 * @param {Item} area @param {Item | undefined} group @param {Map<string, Item>} sources @param {string[]} founding
 */
function firstAttested(area, group, sources, founding) {
  const texts = [area.last_cited, area.valid_to, area.valid_from, ...upheld(area.claims).flatMap((claim) => [
    claim.as_of, ...(claim.about === "date" && !claim.topic ? [String(claim.value ?? "")] : [])])];
  const cited = startOf(stated(area.last_cited));
  const told = [...new Set(area.claims.map((/** @type {Item} */ one) => one.source))].flatMap((id) => {
    const date = sources.get(String(id))?.date;
    return date && endOf(stated(date)) < cited ? [startOf(stated(date))] : [];
  });
  const days = [...known(texts.map((text) => firstDay(text ?? ""))), ...told];
  const foundings = upheld(group?.claims ?? [])
    .filter(({ about, topic }) => about === "date" && founding.includes(topic));
  const founded = known(foundings.map(({ value }) => firstDay(String(value ?? ""))));
  if (!days.length) return null;
  return Math.max(Math.min(...days), founded.length ? Math.min(...founded) : FIRST_DAY);
}

/**
 * The days that decide when a base area is shown, is faded and has ended.
 * @param {Item} area @param {Item | undefined} group @param {Map<string, Item>} sources @param {string[]} founding
 * @returns {Validity}
 */
function validityOf(area, group, sources, founding) {
  const [starts, ends, cited] = [stated(area.valid_from), stated(area.valid_to), stated(area.last_cited)];
  const isLost = area.status === "lost" && !area.valid_to;
  const lastDay = ends.last ?? (isLost ? cited.last : null);
  const first = starts.first ?? firstAttested(area, group, sources, founding);
  if (first === null || endOf(ends) < first) return { possible: null, certain: null, last_day: lastDay };
  const possible = /** @type {[number, number]} */ ([first, endOf(ends)]);
  if (starts.first === null) return { possible, certain: null, last_day: lastDay };
  const ended = ends.first !== null || ends.last !== null ? startOf(ends) : LAST_DAY;
  const by = Math.max(Math.min(endOf(starts), endOf(cited), endOf(ends)), first);
  const until = Math.min(Math.max(startOf(starts), Math.min(startOf(cited), ended)), possible[1]);
  return { possible, certain: [by, until], last_day: lastDay };
}

/** From when to when it is stated to have been used. @param {Item} area */
const validityWords = (area) => (
  `${termWords(area.valid_from ?? "", area.valid_to ?? "")}; last attested ${dateWords(area.last_cited || "XXXX")}`);

/** @param {number[][]} ring @param {number} y @returns {number[]} */
const crossings = (ring, y) => ring.flatMap(([x0, y0], at) => {
  const [x1, y1] = ring[(at + 1) % ring.length];
  return (y0 > y) === (y1 > y) ? [] : [x0 + ((y - y0) * (x1 - x0)) / (y1 - y0)];
});

// Of more numbers than a call may have arguments.
const least = (/** @type {number[]} */ some) => some.reduce((a, b) => Math.min(a, b));
const most = (/** @type {number[]} */ some) => some.reduce((a, b) => Math.max(a, b));

/** All corners of a geometry. @param {any} nested @returns {number[][]} */
const corners = (nested) => (typeof nested[0] === "number" ? [nested] : nested.flatMap(corners));

/** A point inside of a geometry. @param {Item | null} geometry @returns {[number, number] | null} */
function pointIn(geometry) {
  if (!geometry) return null;
  const { type, coordinates } = geometry;
  if (!/Polygon$/.test(type)) {
    const [lon, lat] = corners(coordinates)[0];
    return [lon, lat];
  }
  let [best, wide] = [/** @type {[number, number]} */ ([0, 0]), -1];
  for (const polygon of type === "Polygon" ? [coordinates] : coordinates) {
    const lats = polygon[0].map((/** @type {number[]} */ one) => one[1]);
    const y = (least(lats) + most(lats)) / 2;
    /** @type {number[]} */
    const xs = polygon.flatMap((/** @type {number[][]} */ ring) => crossings(ring, y));
    xs.sort((a, b) => a - b);
    for (let at = 0; at + 1 < xs.length; at += 2) {
      if (xs[at + 1] - xs[at] > wide) [best, wide] = [[(xs[at] + xs[at + 1]) / 2, y], xs[at + 1] - xs[at]];
    }
  }
  return wide < 0 ? null : best;
}

/** The box around a geometry. @param {Item | null} geometry @returns {[number, number, number, number] | null} */
function boxOf(geometry) {
  if (!geometry) return null;
  const all = corners(geometry.coordinates);
  const [lons, lats] = [all.map((one) => one[0]), all.map((one) => one[1])];
  return [least(lons), least(lats), most(lons), most(lats)];
}

const standingOf = (/** @type {string} */ kind) => {
  const at = STANDINGS.findIndex(({ kinds }) => kinds.includes(kind));
  return at < 0 ? STANDINGS.length - 1 : at;
};

export { boxOf, pointIn, standingOf, validityOf, validityWords };
