// Owns where the name of a country may stand: inside the part of the country that is seen.
import { covers, inView } from "./geometry.js";

const MOST_FOREIGN = 1 / 3; // of a name that is wider than its country
const MOST_SPOTS = 120;
const AWAY = [0, -1, 1, -2, 2]; // lines from its own place, for a name that its country cannot hold
const SAMPLES = 15;
const MOST_PLACES = 4; // of maps, of which there may be two

/**
 * @import { Box, Frame, Shape } from "./geometry.js"
 * @typedef {Map<string, Shape>} Lands outlines of countries by their code
 * @typedef {[left: number, top: number]} Spot
 * @typedef {{ x: number, y: number, width: number, height: number, insists?: boolean }} Wanted its own
 *   place and size, and whether it may reach over the border where symbols leave no room inside
 * @typedef {[number, number]} Span from west to east on one row of the screen
 */

/**
 * Where rows of the screen cross a country, in one pass over its outline.
 * @param {Shape} shape @param {Frame} view @param {number} copy
 * @param {number} first @param {number} step @param {number} count rows at first + n * step
 * @returns {Span[][]}
 */
function spansOf(shape, view, copy, first, step, count) {
  const { scale, left, top } = view;
  /** @type {number[][]} */
  const crossings = Array.from({ length: count }, () => []);
  for (const { coords, box } of shape.parts) {
    if (!inView(box, view, copy)) continue;
    for (let i = 0, j = coords.length - 2; i < coords.length; j = i, i += 2) {
      const [y1, y2] = [coords[j + 1] * scale - top, coords[i + 1] * scale - top];
      if (y1 === y2) continue;
      const low = Math.max(0, Math.ceil((Math.min(y1, y2) - first) / step));
      const [x1, x2] = [(coords[j] + copy) * scale - left, (coords[i] + copy) * scale - left];
      for (let row = low; row < count && first + row * step < Math.max(y1, y2); row += 1) {
        crossings[row].push(x1 + ((first + row * step - y1) / (y2 - y1)) * (x2 - x1));
      }
    }
  }
  return crossings.map((found) => {
    found.sort((a, b) => a - b);
    /** @type {Span[]} */
    const spans = [];
    for (let i = 0; i + 1 < found.length; i += 2) spans.push([found[i], found[i + 1]]);
    return spans;
  });
}

/** What two rows have in common. @param {Span[]} some @param {Span[]} others */
const common = (some, others) => some.flatMap(([a, b]) => (
  others.flatMap(([c, d]) => {
    /** @type {Span} */
    const both = [Math.max(a, c), Math.min(b, d)];
    return both[0] < both[1] ? [both] : [];
  })));

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * Places at which all of a name stands in what is seen of its country, the nearest to its own first.
 * @param {Shape} shape @param {Frame} view @param {number} copy @param {Box} seen
 * @param {Wanted} wanted
 * @returns {Spot[]}
 */
function within(shape, view, copy, seen, { x, y, width, height }) {
  const step = height / 2;
  const [north, south] = [shape.box[1], shape.box[3]].map((unit) => unit * view.scale - view.top);
  const [from, to] = [Math.max(seen[1], north), Math.min(seen[3], south)];
  const lowest = Math.ceil((from - y) / step);
  const count = Math.floor((to - y) / step) - lowest + 1;
  if (count < 3) return [];
  /** @type {Span} */
  const across = [seen[0], seen[2]];
  const rows = spansOf(shape, view, copy, y + lowest * step, step, count)
    .map((spans) => common(spans, [across]));
  const found = [];
  for (let row = 1; row + 1 < count; row += 1) {
    const middle = y + (lowest + row) * step;
    for (const [a, b] of common(common(rows[row - 1], rows[row]), rows[row + 1])) {
      if (b - a < width) continue;
      // Beside its own place, where symbols stand on that.
      const centers = [clamp(x, a + width / 2, b - width / 2)];
      for (let center = a + width / 2; center <= b - width / 2; center += width / 2) centers.push(center);
      for (const center of centers) {
        found.push({ center, middle, away: Math.hypot(center - x, 2 * (middle - y)) });
      }
    }
  }
  found.sort((a, b) => a.away - b.away);
  return found.slice(0, MOST_SPOTS).map(({ center, middle }) => [center - width / 2, middle - step]);
}

/** The largest part of a country. @param {Shape} shape */
function largest({ parts }) {
  const size = (/** @type {Box} */ [x0, y0, x1, y1]) => (x1 - x0) * (y1 - y0);
  return parts.reduce((best, one) => (size(one.box) > size(best.box) ? one : best));
}

/**
 * Rows and middles near its own place at which the middle of a name lies in its country.
 * @param {Shape} own @param {Frame} view @param {number} copy @param {Wanted} wanted
 * @returns {Generator<[center: number, middle: number]>}
 */
function* middles(own, view, copy, { x, y, height }) {
  const row = (/** @type {number} */ middle) => spansOf(own, view, copy, middle, 1, 1)[0];
  let isAnyHeld = false;
  for (const lines of AWAY) {
    const middle = y + lines * height;
    const held = row(middle).find(([a, b]) => x >= a && x <= b);
    if (!held) continue;
    isAnyHeld = true;
    yield [x, middle];
    yield [(held[0] + held[1]) / 2, middle];
  }
  if (isAnyHeld) return;
  // Some islands are so small that their outline misses their own place.
  const [, north, , south] = largest(own).box;
  const middle = ((north + south) / 2) * view.scale - view.top;
  for (const [a, b] of row(middle)) yield [(a + b) / 2, middle];
}

/**
 * Places with the middle of a name in its country and little of it over another one: over the sea
 * a name may reach.
 * @param {Shape} own @param {Lands} lands @param {Frame} view @param {number} copy @param {Box} seen
 * @param {Wanted} wanted
 * @returns {Generator<Spot>}
 */
function* around(own, lands, view, copy, seen, wanted) {
  const { width, height } = wanted;
  const part = partOf(view, seen);
  const others = [...lands.values()].filter((land) => land !== own && inView(land.box, part, copy));
  const isForeign = (/** @type {number} */ px, /** @type {number} */ py) => {
    const [ux, uy] = [(px + view.left) / view.scale - copy, (py + view.top) / view.scale];
    for (const land of others) {
      const [west, north, east, south] = land.box;
      const isNear = ux >= west && ux <= east && uy >= north && uy <= south;
      if (isNear && covers(land, ux, uy)) return true;
    }
    return false;
  };
  for (const [center, middle] of middles(own, view, copy, wanted)) {
    const [left, top] = [center - width / 2, middle - height / 2];
    const isSeen = left >= seen[0] && top >= seen[1] && left + width <= seen[2] && top + height <= seen[3];
    if (!isSeen) continue;
    let foreign = 0;
    for (let i = 0; i < SAMPLES && foreign <= SAMPLES * MOST_FOREIGN; i += 1) {
      foreign += Number(isForeign(left + (width * (i + 0.5)) / SAMPLES, middle));
    }
    if (foreign <= SAMPLES * MOST_FOREIGN) yield [left, top];
  }
}

/**
 * Places where the name of a country may stand, the best first; none where it would mislead.
 * @param {string} code @param {Lands} lands @param {Frame & { seen?: Box }} view
 * @param {number} copy @param {Wanted} wanted
 * @returns {Generator<Spot>}
 */
function* spotsOf(code, lands, view, copy, wanted) {
  const shape = lands.get(code);
  if (!shape || !inView(shape.box, view, copy)) return;
  /** @type {Box} */
  const all = [0, 0, view.width, view.height];
  const seen = view.seen ?? all;
  if (!inView(shape.box, partOf(view, seen), copy)) {
    // Nothing of it is seen: in the margin its name waits for the map to be moved.
    yield* within(shape, view, copy, all, wanted);
    return;
  }
  const inside = within(shape, view, copy, seen, wanted);
  yield* inside;
  if (!inside.length || wanted.insists) yield* around(shape, lands, view, copy, seen, wanted);
}

/**
 * Places of names that were looked for where a map is, as far as anybody asked for them, from the corner of
 * what is seen: nothing of a country moves while symbols do, and little of it where a margin comes or goes.
 * @typedef {{ found: Spot[], more: Generator<Spot>, corner: Spot }} Search
 * @typedef {{ lands: Lands, at: string, searches: Map<string, Search> }} Searched
 * @type {Searched[]} the last first
 */
const searched = [];
/** @type {WeakMap<object, Searched>} */
const ofViews = new WeakMap();

/** @param {Frame} view @param {Box} seen @param {Lands} lands @returns {Searched} */
function searchedIn(view, [left, top, right, bottom], lands) {
  const known = ofViews.get(view);
  if (known?.lands === lands) return known;
  const place = [view.left + left, view.top + top, right - left, bottom - top].map((px) => Math.round(px));
  const at = [view.scale, ...place].join();
  const before = searched.findIndex((one) => one.at === at && one.lands === lands);
  const one = before < 0 ? { lands, at, searches: new Map() } : searched.splice(before, 1)[0];
  searched.unshift(one);
  searched.length = Math.min(searched.length, MOST_PLACES);
  ofViews.set(view, one);
  return one;
}

/**
 * What `spotsOf` finds, looked for once a place of the map.
 * @param {string} code @param {Lands} lands @param {Frame & { seen?: Box }} view
 * @param {number} copy @param {Wanted} wanted
 * @returns {Generator<Spot>}
 */
function* keptSpotsOf(code, lands, view, copy, wanted) {
  const shape = lands.get(code);
  if (!shape || !inView(shape.box, view, copy)) return;
  const { x, y, width, height, insists } = wanted;
  /** @type {Box} */
  const seen = view.seen ?? [0, 0, view.width, view.height];
  const [left, top] = seen;
  const { searches } = searchedIn(view, seen, lands);
  const near = [x - left, y - top, width, height].map((px) => Math.round(px * 8));
  const isSeen = inView(shape.box, partOf(view, seen), copy);
  const key = [code, copy, insists, ...near, ...(isSeen ? [] : [view.width, view.height])].join();
  let search = searches.get(key);
  if (!search) {
    search = { found: [], more: spotsOf(code, lands, view, copy, wanted), corner: [left, top] };
    searches.set(key, search);
  }
  for (let i = 0; ; i += 1) {
    if (i === search.found.length) {
      const { value, done } = search.more.next();
      if (done) return;
      search.found.push([value[0] - search.corner[0], value[1] - search.corner[1]]);
    }
    yield [search.found[i][0] + left, search.found[i][1] + top];
  }
}

/** A part of a view as one of its own. @param {Frame} view @param {Box} part @returns {Frame} */
const partOf = ({ left, top, scale }, [x0, y0, x1, y1]) => ({
  left: left + x0, top: top + y0, width: x1 - x0, height: y1 - y0, scale });

export { keptSpotsOf, spotsOf };
