// Owns where data come from: the program's routes, or data embedded in the page.
import { WORLD } from "./geometry.js";

const UNREACHABLE = "The map data could not be loaded. Is the program still running?";
const MAX_POINTS = 2000;
const MOST_LISTED = 100;

/** What went wrong, as a sentence for the reader; `canRetry` when asking again may help. */
class FeedError extends Error {
  constructor(sentence, canRetry) {
    super(sentence);
    this.name = "FeedError";
    this.canRetry = canRetry;
  }
}

async function getJson(url, signal) {
  let response;
  let body;
  try {
    response = await fetch(url, { signal, headers: { Accept: "application/json" } });
    // A server that answers every path with its page is not the one we need.
    if (!(response.headers.get("content-type") || "").includes("json")) throw new TypeError("not JSON");
    body = await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new FeedError(UNREACHABLE, true);
  }
  if (response.ok) return body;
  const sentence = typeof body.error === "string" ? body.error : UNREACHABLE;
  throw new FeedError(sentence, response.status >= 500 || typeof body.error !== "string");
}

/** Answers from the program's routes. The browser's cache keeps ETags and handles 304. */
class ServerFeed {
  /** @param {string} base prefix of the routes, such as "/api" */
  constructor(base) {
    this.base = base.replace(/\/+$/, "");
  }

  /** Points or clusters inside `box` (x0, y0, x1, y1 in 2^31 world pixels). */
  view({ version, zoom, box, filter }, signal) {
    const query = new URLSearchParams({ v: version, z: zoom, b: box.join(","), f: filter });
    return getJson(`${this.base}/view?${query}`, signal);
  }

  /** Base areas that hold for the filter's period. */
  async areas({ version, filter }, signal) {
    const query = new URLSearchParams({ v: version, f: filter });
    return (await getJson(`${this.base}/areas?${query}`, signal)).areas;
  }

  /** Titles of the incidents inside one cell. */
  list({ version, box, filter }, signal) {
    const query = new URLSearchParams({ v: version, f: filter, b: box.join(",") });
    return getJson(`${this.base}/list?${query}`, signal);
  }
}

/** What each point of an answer has. */
const COLUMNS = ["id", "x", "y", "kind", "status", "precision", "radius_km", "province", "title", "date"];

/** Cells of 64 screen pixels, as the server makes them. */
function cluster(points, rows, shift) {
  const size = 2 ** shift;
  const cells = new Map();
  for (const i of rows) {
    const key = `${Math.floor(points.x[i] / size)},${Math.floor(points.y[i] / size)}`;
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { x: 0, y: 0, n: 0, kinds: [] }));
    cell.x += points.x[i];
    cell.y += points.y[i];
    cell.n += 1;
    cell.kinds[points.kind[i]] = (cell.kinds[points.kind[i]] || 0) + 1;
  }
  const all = [...cells.values()];
  return {
    x: all.map((c) => Math.floor(c.x / c.n)),
    y: all.map((c) => Math.floor(c.y / c.n)),
    n: all.map((c) => c.n),
    kinds: all.map((c) => Array.from(c.kinds, (n) => n || 0)),
    cell: shift,
  };
}

/** Answers from data in the page, by the server's rule, so that one layer draws both. */
class EmbeddedFeed {
  /**
   * @param points columns as /view gives them, plus day_start
   * @param isKept whether a filter, given as text, keeps a row
   * @param areas base areas that a filter keeps
   */
  constructor(points, { isKept, areas }) {
    this.points = points;
    this.isKept = isKept;
    this.keptAreas = areas;
  }

  inside(filter, [x0, y0, x1, y1]) {
    const { x, y } = this.points;
    const rows = [];
    for (let i = 0; i < x.length; i += 1) {
      const isInside = x[i] >= x0 && x[i] <= x1 && y[i] >= y0 && y[i] <= y1;
      if (isInside && this.isKept(i, filter)) rows.push(i);
    }
    return rows;
  }

  async view({ version, zoom, box, filter }) {
    const { points } = this;
    const rows = this.inside(filter, box);
    const total = new Set(rows.map((i) => points.id[i])).size;
    if (rows.length > MAX_POINTS) {
      const shift = Math.max(0, Math.min(31, 29 - zoom));
      return { version, mode: "clusters", total, ...cluster(points, rows, shift) };
    }
    const columns = COLUMNS.map((name) => [name, rows.map((i) => points[name][i])]);
    return { version, mode: "points", total, ...Object.fromEntries(columns) };
  }

  async areas({ filter }) {
    return this.keptAreas(filter);
  }

  async list({ box, filter }) {
    const { points } = this;
    const rows = [...new Map(this.inside(filter, box).map((i) => [points.id[i], i])).values()];
    const newer = (a, b) => (points.day_start[b] - points.day_start[a]) || (points.id[a] < points.id[b] ? 1 : -1);
    rows.sort(newer);
    const shown = rows.slice(0, MOST_LISTED);
    const names = ["id", "title", "date", "kind", "status"];
    const columns = names.map((name) => [name, shown.map((i) => points[name][i])]);
    return { ...Object.fromEntries(columns), more: rows.length - shown.length };
  }
}

/**
 * Box to ask for: the viewport and 35 % around it, outwards to a grid of 256 px, in units
 * that may lie outside 0..1 where the view crosses the date line.
 */
function padded({ left, top, width, height, scale }, zoom) {
  const cells = 2 ** zoom;
  const pad = 0.35;
  const down = (px) => Math.floor((px / scale) * cells) / cells;
  const up = (px) => Math.ceil((px / scale) * cells) / cells;
  const box = [
    down(left - width * pad), Math.max(0, down(top - height * pad)),
    up(left + width * (1 + pad)), Math.min(1, up(top + height * (1 + pad))),
  ];
  return box[2] - box[0] >= 1 ? [0, box[1], 1, box[3]] : box;
}

/** The same box as one or two requests inside one world. */
function split([x0, y0, x1, y1]) {
  const shift = Math.floor(x0);
  const [a, b] = [x0 - shift, x1 - shift];
  const boxes = b > 1 ? [[a, y0, 1, y1], [0, y0, b - 1, y1]] : [[a, y0, b, y1]];
  return boxes.map((box) => box.map((unit) => Math.round(unit * WORLD)));
}

export { COLUMNS, FeedError, ServerFeed, EmbeddedFeed, padded, split, UNREACHABLE };
