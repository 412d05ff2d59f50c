// Owns where data come from: the program's routes, or data embedded in the page.
import { cartography } from "./cartography.js";
import { WORLD } from "./geometry.js";
import { isEnglish, language, say, term } from "./tongue.js";

/**
 * @import { Count } from "./counting.js"
 * @import { Box, Frame } from "./geometry.js"
 *
 * Columns of the incidents' places, and of cells that stand for many, with incidents by kind.
 * @typedef {{
 *   id: string[], x: number[], y: number[], kind: number[], status: number[], precision: number[],
 *   radius_km: (number | null)[], province: (string | null)[], title: string[], date: string[],
 * }} Points
 * @typedef {{ x: number[], y: number[], n: number[], kinds: number[][], cell: number }} Cells
 *
 * What a view answers; `total` counts incidents, not places; `certain` says whether each certainly
 * fits the filter, as 1 or 0, or how many of each kind do.
 * @typedef {{ version: string, total: number }} Counted
 * @typedef {{ mode: "points", certain: number[] } & Counted & Points} PointsAnswer
 * @typedef {{ mode: "clusters", certain: number[][] } & Counted & Cells} CellsAnswer
 * @typedef {PointsAnswer | CellsAnswer} Answer
 *
 * Incidents for a list, and how many more there are.
 * @typedef {Pick<Points, "id" | "title" | "date" | "kind" | "status">
 *   & { certain: number[], more: Count }} Listed
 *
 * A base area; `hatch` is an index into the cartography's hatches.
 * @typedef {{
 *   id: string, group: string, group_name: string, place: string, kind: string, status: string,
 *   period: string, faded: boolean, undated: boolean, ended: boolean, standing: number,
 *   hatch: number, lon: number, lat: number,
 *   radius_km: number | null, province: string | null, level: string,
 * }} Area
 *
 * What is asked for; boxes are in the 2 ** 31 pixels of the world.
 * @typedef {{ version: string, filter: string }} Asked
 * @typedef {Asked & { box: Box }} AskedBox
 *
 * How many incidents have a place within some boxes, and how many anywhere on the map.
 * @typedef {{ inside: Count, placed: Count }} InView
 *
 * How many events of a country are not on the map: those that certainly are what is asked for, and
 * those that may be; by country code.
 * @typedef {Record<string, Count>} Unplaced
 * @typedef {{ areas: Area[], unplaced: Unplaced }} AreasAnswer
 *
 * Tests of the rows of places: whether a filter keeps one, and whether one that it keeps certainly fits.
 * @typedef {{ isKept: (row: number) => boolean, isCertain: (row: number) => boolean }} Kept
 *
 * @typedef {object} Feed
 * @property {(request: AskedBox & { zoom: number }, signal?: AbortSignal) => Promise<Answer>} view
 * @property {(request: Asked, signal?: AbortSignal) => Promise<AreasAnswer>} areas
 * @property {(request: AskedBox, signal?: AbortSignal) => Promise<Listed>} list
 * @property {(request: Asked & { boxes: Box[] }, signal?: AbortSignal) => Promise<InView>} count
 */

const UNREACHABLE = term("The map data could not be loaded. Is the program still running?");
/** After so long somebody who has no answer for now is asked again. */
const AGAIN_MS = 5000;
/** So long counts wait at most for what the map is drawn from, which an interpreter would else share with them. */
const AHEAD_MS = 500;
const MAX_POINTS = 2000;
const MOST_LISTED = 100;
/** What each point of an answer has. */
const COLUMNS = /** @type {(keyof Points)[]} */ (cartography.columns.points);
/** What each incident of a list has. */
const LIST_COLUMNS = /** @type {Exclude<keyof Listed, "certain" | "more">[]} */ (cartography.columns.listed);

/** What went wrong, as a sentence for the reader; `canRetry` when asking again may help. */
class FeedError extends Error {
  /** @param {string} sentence @param {boolean} canRetry @param {string} [lang] the sentence's, where it is not ours */
  constructor(sentence, canRetry, lang = "") {
    super(sentence);
    this.name = "FeedError";
    this.canRetry = canRetry;
    this.lang = lang;
  }
}

/** Whether an error says that a request was called off. @param {unknown} error */
const isAbort = (error) => error instanceof Error && error.name === "AbortError";

/** @param {string} url @param {AbortSignal} [signal] */
async function getJson(url, signal) {
  let response;
  let body;
  try {
    response = await fetch(url, { signal, headers: { Accept: "application/json" } });
    // A server that answers every path with its page is not the one we need.
    if (!(response.headers.get("content-type") ?? "").includes("json")) throw new TypeError("not JSON");
    body = await response.json();
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new FeedError(say(UNREACHABLE), true);
  }
  if (response.ok) return body;
  if (typeof body.error !== "string") throw new FeedError(say(UNREACHABLE), true);
  throw new FeedError(body.error, response.status >= 500, body.lang ?? "en");
}

/** How answers are asked for in the language that is spoken. @returns {Record<string, string>} */
const inTongue = () => (isEnglish() ? {} : { lang: language() });

/** Answers from the program's routes; the browser's cache keeps ETags. @implements {Feed} */
class ServerFeed {
  /** @param {string} base prefix of the routes, such as "/api" @param {string} [knownOn] as `Known` has it */
  constructor(base, knownOn) {
    this.base = base.replace(/\/+$/, "");
    /** @type {Record<string, string>} */
    this.all = { ...(knownOn ? { known: knownOn } : {}), ...inTongue() };
    /** @type {Promise<unknown>} until then what is asked for a count alone is better not asked */
    this.drawn = Promise.resolve();
  }

  /** Let an answer go before those that wait until all is drawn. @template T @param {Promise<T>} answer */
  first(answer) {
    const late = new Promise((resolve) => {
      const timer = setTimeout(resolve, AHEAD_MS);
      answer.catch(() => {}).then(() => clearTimeout(timer));
    });
    this.drawn = Promise.race([Promise.allSettled([this.drawn, answer]), late]);
    return answer;
  }

  /** Refuse if the program's data are no longer those of the page. @param {string} version */
  async check(version) {
    await getJson(`${this.base}/version?${new URLSearchParams({ ...this.all, v: version })}`);
  }

  /** Points or clusters inside `box`. @type {Feed["view"]} */
  view({ version, zoom, box, filter }, signal) {
    const query = new URLSearchParams({ ...this.all, v: version, z: String(zoom), b: box.join(","), f: filter });
    return this.first(getJson(`${this.base}/view?${query}`, signal));
  }

  /** Base areas that hold for the filter's period, and what is not on the map. @type {Feed["areas"]} */
  areas({ version, filter }, signal) {
    const query = new URLSearchParams({ ...this.all, v: version, f: filter });
    return this.first(getJson(`${this.base}/areas?${query}`, signal));
  }

  /** Titles of the incidents inside one cell. @type {Feed["list"]} */
  list({ version, box, filter }, signal) {
    const query = new URLSearchParams({ ...this.all, v: version, f: filter, b: box.join(",") });
    return getJson(`${this.base}/list?${query}`, signal);
  }

  /** How many incidents lie within some boxes. @type {Feed["count"]} */
  async count({ version, boxes, filter }, signal) {
    await this.drawn;
    const query = new URLSearchParams({ ...this.all, v: version, f: filter });
    for (const box of boxes) query.append("b", box.join(","));
    return getJson(`${this.base}/within?${query}`, signal);
  }
}

/** How many there are of each kind, from the first kind to the last that occurs. */
function countKinds(/** @type {Iterable<[kind: number, n: number]>} */ counts) {
  /** @type {number[]} */
  const kinds = [];
  for (const [kind, n] of counts) kinds[kind] = (kinds[kind] ?? 0) + n;
  return Array.from(kinds, (n) => n ?? 0);
}

/** The same of kinds that each occur once. @param {number[]} kinds */
const countEach = (kinds) => countKinds(kinds.map((kind) => [kind, 1]));

/** The sum of several counts by kind. @param {number[][]} counts */
function addedUp(counts) {
  const size = counts.reduce((most, { length }) => Math.max(most, length), 0);
  const sums = Array.from({ length: size }, () => 0);
  for (const kinds of counts) for (let kind = 0; kind < kinds.length; kind += 1) sums[kind] += kinds[kind];
  return sums;
}

/**
 * Count one more of a kind, in counts from the first kind to the last that occurs.
 * @param {number[]} kinds @param {number} kind
 */
function countOne(kinds, kind) {
  while (kinds.length <= kind) kinds.push(0);
  kinds[kind] += 1;
}

/**
 * Cells of 64 screen pixels, as the server makes them, in the order of the first row of each.
 * @param {Points} points @param {number[]} rows @param {number[]} certain of each row @param {number} shift
 * @returns {Cells & Pick<CellsAnswer, "certain">}
 */
function cluster({ x: xs, y: ys, kind }, rows, certain, shift) {
  const size = 2 ** shift;
  const across = WORLD / size + 1;
  /** @type {Map<number, { x: number, y: number, n: number, kinds: number[], certain: number[] }>} */
  const cells = new Map();
  for (let at = 0; at < rows.length; at += 1) {
    const i = rows[at];
    const key = Math.floor(ys[i] / size) * across + Math.floor(xs[i] / size);
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { x: 0, y: 0, n: 0, kinds: [], certain: [] }));
    cell.x += xs[i];
    cell.y += ys[i];
    cell.n += 1;
    countOne(cell.kinds, kind[i]);
    if (certain[at]) countOne(cell.certain, kind[i]);
  }
  const all = [...cells.values()];
  return {
    x: all.map((c) => Math.floor(c.x / c.n)),
    y: all.map((c) => Math.floor(c.y / c.n)),
    n: all.map((c) => c.n),
    kinds: all.map((c) => c.kinds),
    certain: all.map((c) => c.certain),
    cell: shift,
  };
}

/**
 * Answers from data in the page, by the server's rule, so that one layer draws both.
 * @implements {Feed}
 */
class EmbeddedFeed {
  /**
   * @param {Points & { day_start: number[] }} points
   * @param {object} kept
   * @param {(filter: string) => Kept} kept.kept what a filter keeps
   * @param {(filter: string) => AreasAnswer} kept.areas those that a filter keeps
   */
  constructor(points, { kept, areas }) {
    this.points = points;
    this.kept = kept;
    this.keptAreas = areas;
    /** @type {Map<string, number>} */
    const numbers = new Map();
    const numberOf = (/** @type {string} */ id) => {
      if (!numbers.has(id)) numbers.set(id, numbers.size);
      return numbers.get(id) ?? 0;
    };
    /** The incident of each row, as a number: one may have several places. */
    this.incident = Int32Array.from(points.id, numberOf);
    this.seen = new Uint8Array(numbers.size);
    this.seenInside = new Uint8Array(numbers.size);
  }

  /**
   * Rows that a filter keeps within a box, whether each certainly fits, as 1 or 0, and how many incidents
   * they are of: each counts once.
   * @param {Kept} kept @param {Box} box
   */
  inside({ isKept, isCertain }, [x0, y0, x1, y1]) {
    const { points: { x, y }, incident, seen } = this;
    /** @type {[number[], number[]]} */
    const [rows, certain] = [[], []];
    let total = 0;
    seen.fill(0);
    for (let i = 0; i < x.length; i += 1) {
      if (x[i] < x0 || x[i] > x1 || y[i] < y0 || y[i] > y1 || !isKept(i)) continue;
      rows.push(i);
      certain.push(Number(isCertain(i)));
      total += 1 - seen[incident[i]];
      seen[incident[i]] = 1;
    }
    return { rows, certain, total };
  }

  /** @type {Feed["view"]} */
  async view({ version, zoom, box, filter }) {
    const { points } = this;
    const { rows, certain, total } = this.inside(this.kept(filter), box);
    if (rows.length > MAX_POINTS) {
      const shift = Math.max(0, Math.min(31, 29 - zoom));
      return { version, mode: "clusters", total, ...cluster(points, rows, certain, shift) };
    }
    return { version, mode: "points", total, certain, ...taken(points, COLUMNS, rows) };
  }

  /** @type {Feed["areas"]} */
  async areas({ filter }) {
    return this.keptAreas(filter);
  }

  /** @type {Feed["list"]} */
  async list({ box, filter }) {
    const { points } = this;
    const kept = this.kept(filter);
    const rows = [...new Map(this.inside(kept, box).rows.map((i) => [points.id[i], i])).values()];
    const { id, day_start: start } = points;
    rows.sort((a, b) => (start[b] - start[a]) || (id[a] < id[b] ? 1 : -1)); // the newest first
    const [shown, rest] = [rows.slice(0, MOST_LISTED), rows.slice(MOST_LISTED)];
    const sure = rest.filter(kept.isCertain).length;
    const certain = shown.map((row) => Number(kept.isCertain(row)));
    return { ...taken(points, LIST_COLUMNS, shown), certain, more: [sure, rest.length] };
  }

  /** Goes over the rows once, since this is asked in each frame of a drag. @type {Feed["count"]} */
  async count({ boxes, filter }) {
    const { points: { x, y }, incident, seen, seenInside } = this;
    const { isKept, isCertain } = this.kept(filter);
    /** @type {[Count, Count]} */
    const [inside, placed] = [[0, 0], [0, 0]];
    /** @param {Uint8Array} counted @param {Count} count @param {number} i */
    const add = (counted, count, i) => {
      if (counted[incident[i]]) return;
      counted[incident[i]] = 1;
      count[0] += Number(isCertain(i));
      count[1] += 1;
    };
    for (const one of [seen, seenInside]) one.fill(0);
    for (let i = 0; i < x.length; i += 1) {
      if (!isKept(i)) continue;
      add(seen, placed, i);
      if (boxes.some(([x0, y0, x1, y1]) => x[i] >= x0 && x[i] <= x1 && y[i] >= y0 && y[i] <= y1)) {
        add(seenInside, inside, i);
      }
    }
    return { inside, placed };
  }
}

/**
 * Some rows of some columns.
 * @template {keyof Points} K
 * @param {Points} points @param {readonly K[]} names @param {number[]} rows
 */
function taken(points, names, rows) {
  const columns = names.map((name) => [name, rows.map((i) => points[name][i])]);
  return /** @type {Pick<Points, K>} */ (Object.fromEntries(columns));
}

/**
 * Box to ask for: the viewport and 35 % around it, outwards to a grid of 256 px, in units
 * that may lie outside 0..1 where the view crosses the date line.
 * @param {Frame} view @param {number} zoom @returns {Box}
 */
function padded({ left, top, width, height, scale }, zoom) {
  const cells = 2 ** zoom;
  const pad = 0.35;
  const down = (/** @type {number} */ px) => Math.floor((px / scale) * cells) / cells;
  const up = (/** @type {number} */ px) => Math.ceil((px / scale) * cells) / cells;
  /** @type {Box} */
  const box = [
    down(left - width * pad), Math.max(0, down(top - height * pad)),
    up(left + width * (1 + pad)), Math.min(1, up(top + height * (1 + pad))),
  ];
  return box[2] - box[0] >= 1 ? [0, box[1], 1, box[3]] : box;
}

/** The same box as one or two requests inside one world. @param {Box} box @returns {Box[]} */
function split([x0, y0, x1, y1]) {
  const shift = Math.floor(x0);
  const [a, b] = [x0 - shift, x1 - shift];
  const boxes = b > 1 ? [[a, y0, 1, y1], [0, y0, b - 1, y1]] : [[a, y0, b, y1]];
  return boxes.map((box) => /** @type {Box} */ (box.map((unit) => Math.round(unit * WORLD))));
}

export {
  AGAIN_MS, COLUMNS, UNREACHABLE, EmbeddedFeed, FeedError, ServerFeed, addedUp, countEach, countKinds, getJson,
  inTongue, isAbort, padded, split, taken,
};
